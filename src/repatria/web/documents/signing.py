"""What stands beside the button that signs: digest, key, who has signed, who approved?

Whoever signs sends back the digest of what he saw. A document that changed meanwhile
is refused, and so is a form without a digest.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404
from django.utils.translation import gettext as _

from repatria.operations.desk import Desk
from repatria.operations.document_kinds import (
    Document,
    DocumentKind,
    envelope_for,
    kind_of_document,
    spoken,
)
from repatria.operations.document_statements import SignedDocument
from repatria.operations.four_eyes import (
    APPROVES,
    Approval,
    approvals_of,
    approve_document,
    authors_of,
    needs_four_eyes,
)
from repatria.operations.signed_documents import Standing, documents_of, keys_known, standing_of
from repatria.store.queries.documents import subject_of
from repatria.terms import NotVisible, Role
from repatria.web.access import Request
from repatria.web.documents.content import content_of
from repatria.web.signing import may
from repatria.wiring.desks import desk_for

_NO_DIGEST = "none"  # never a digest: a form that sends none saw nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """One party's part in a document.

    Attributes:
        state: `signed`, `said` without a signature, `broken`, or `missing`.
        at, actor: when and by which account of it; only where it said something.
    """

    party: str
    state: str
    at: datetime | None = None
    actor: str = ""


def hands_of(signed: SignedDocument, reached: Standing) -> Sequence[Hand]:
    """Everybody who has to sign, and who signed besides, with how far each has come."""
    broken = {said.party for said in reached.broken}
    hands = []
    for party in sorted(reached.required | reached.signed):
        own = [said for said in signed.said if said.party == party]
        if party in reached.signed:
            state = "signed"
            own = [said for said in own if said.signature is not None]
        elif party in broken:
            state = "broken"
        else:
            state = "said" if party in reached.said_only else "missing"
        last = own[-1] if own and state != "missing" else None
        hands.append(
            Hand(
                party=party,
                state=state,
                at=last.at if last else None,
                actor=last.actor if last else "",
            )
        )
    return hands


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningView:
    """A document in front of somebody who may sign or approve it.

    Attributes:
        content: every fact of it, see `content_of`.
        digest, groups: what people compare, whole and in groups of four.
        key: fingerprint of the key that signs.
        hands: who has signed.
        four_eyes: whether one approves and another signs.
        approvals: of this document, newest last; also stale ones.
        may_sign, may_approve: what this person can do now.
        why_not: why he cannot sign: `nobody`, `stale`, `same`, `role`; empty when he can.
    """

    kind: DocumentKind
    document: Document
    content: Mapping[str, Any]
    digest: str
    groups: Sequence[str]
    key: str
    hands: Sequence[Hand]
    four_eyes: bool
    approvals: Sequence[Approval]
    may_sign: bool
    may_approve: bool
    why_not: str


def signing_view(request: Request, document: Document, *roles: Role) -> SigningView:
    """A document as it is shown to somebody before the key is used.

    Args:
        request: whose viewer signs or approves.
        document: what is signed.
        roles: that may sign it.

    Raises:
        Http404: the viewer may neither sign nor approve it.
    """
    desk = desk_for(request.viewer)
    four_eyes = needs_four_eyes(desk.log, document)
    signs, approves = may(request, roles), four_eyes and may(request, APPROVES)
    if not signs and not approves:
        raise Http404
    digest = envelope_for(document).digest
    approvals = approvals_of(desk.log, document) if four_eyes else ()
    standing = [each for each in approvals if not each.stale]
    approved_already = any(each.actor == desk.actor for each in standing)
    why_not = _why_not(desk, approvals) if four_eyes else ""
    return SigningView(
        kind=kind_of_document(document),
        document=document,
        content=content_of(request.viewer, document),
        digest=digest,
        groups=spoken(digest).split(),
        key=desk.key.verify_key.fingerprint,
        hands=_hands(desk, document, digest),
        four_eyes=four_eyes,
        approvals=approvals,
        may_sign=signs and not why_not,
        may_approve=approves
        and not approved_already
        and desk.actor not in authors_of(desk.log, document),
        why_not=why_not if signs else "role",
    )


def may_take_part(request: Request, subject: str, kind: DocumentKind, *roles: Role) -> bool:
    """Whether the viewer may sign this document, or approve it, and his party has not signed."""
    if not may(request, (*roles, *APPROVES)):
        return False
    desk = desk_for(request.viewer)
    found = subject_of(request.viewer, desk.log, subject, kind)
    if found is None or desk.party not in found.required:
        return False
    if not may(request, roles) and not needs_four_eyes(desk.log, found.document):
        return False
    return desk.party in standing_of(found, keys_known(desk.log, desk.key.verify_key)).missing


def _why_not(desk: Desk, approvals: Sequence[Approval]) -> str:
    """Why this person may not sign yet; empty when another approved."""
    standing = {each.actor for each in approvals if not each.stale}
    if standing - {desk.actor}:
        return ""
    if standing:
        return "same"
    return "stale" if approvals else "nobody"


def _hands(desk: Desk, document: Document, digest: str) -> Sequence[Hand]:
    for each in documents_of(desk.log):
        if each.digest == digest:
            return hands_of(each, standing_of(each, keys_known(desk.log, desk.key.verify_key)))
    return [Hand(party=party, state="missing") for party in document.parties]


def act(
    request: Request, view: SigningView, sign: Callable[[Desk, str], object], done: str
) -> None:
    """Approve or sign what was shown, whichever button was pressed, and say so.

    Args:
        request: a POST.
        view: the document as it now is.
        sign: signs, given the desk and the digest of what was shown.
        done: what to say once it is signed.

    Raises:
        Refusal: what approving or signing says; `document-changed`.
    """
    shown = request.POST.get("digest") or _NO_DIGEST
    desk = desk_for(request.viewer)
    if request.POST.get("act") == "approve":
        approve_document(desk, view.document, digest=shown)
        messages.success(request, _("Approved. Somebody else of your party can now sign it."))
    else:
        sign(desk, shown)
        messages.success(request, done)


def document_on(request: Request, subject: str, kind: DocumentKind) -> Document:
    """The document of a subject, as the viewer may read it.

    Raises:
        NotVisible: there is none, or it is not his.
    """
    found = subject_of(request.viewer, desk_for(request.viewer).log, subject, kind)
    if found is None:
        raise NotVisible
    return found.document
