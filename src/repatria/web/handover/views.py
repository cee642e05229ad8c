"""The manifest: who is on it, who is ready, who has signed, what both sides confirm.

A signature is asked for on a page of its own that shows exactly the lines.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from repatria.operations.document_kinds import DocumentKind, SubstitutionDocument
from repatria.operations.gate import AT_THE_GATE
from repatria.operations.manifests import accept_manifest, accept_substitution
from repatria.store.queries import exchange
from repatria.store.queries.exchange import ManifestLineView, ManifestView
from repatria.terms import ManifestId, NotVisible, Role
from repatria.web.access import Request, desk_page
from repatria.web.documents.signing import act, document_on, may_take_part, signing_view
from repatria.web.handover.freezing import REPLACES
from repatria.web.lists.short import short_list
from repatria.web.paper_words import paper_languages
from repatria.web.responses import see_other
from repatria.web.signing import GIVES_RECEIPTS, PRINTS, SIGNS, may, page_for
from repatria.wiring.installation import now

LINES_PER_PAGE = 100


def parties_on(view: ManifestView) -> list[str]:
    """Every giver and receiver of a manifest."""
    return sorted({code for line in view.lines for code in (line.giver, line.receiver)})


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def manifests_page(request: Request) -> HttpResponseBase:
    """Every manifest, newest first."""
    headings = [
        _("Frozen"),
        _("Crossing point"),
        _("Persons"),
        _("Signed by"),
        _("Receipts of"),
        _("Confirmed by both sides"),
    ]
    manifests = exchange.manifests(request.viewer)
    found = short_list(request, "handovers", headings, manifests, _manifest_cells)
    if found.file is not None:
        return found.file
    context = {"page": found.page, "asked": found.asked}
    return render(request, "handover/manifests.html", context)


def _manifest_cells(row: Any) -> list[object]:
    return [
        row.recorded_at.isoformat(sep=" ", timespec="minutes"),
        row.crossing_point,
        len(row.lines),
        " ".join(row.accepted_by),
        " ".join(row.receipts["given"]),
        len(row.receipts["confirmed"]),
    ]


@require_safe
@desk_page
def manifest_page(request: Request, manifest_id: str) -> HttpResponseBase:
    """One manifest with everybody's readiness, the changes, and both sides' receipts."""
    view = exchange.manifest(request.viewer, f"manifest:{manifest_id}")
    parties = parties_on(view)
    ours = request.viewer.party in parties
    state = request.GET.get("state", "")
    lines = [line for line in view.lines if not state or line.state == state]
    page = Paginator(lines, LINES_PER_PAGE).get_page(request.GET.get("page"))
    names = {line.shown.id: line.shown for line in view.lines}
    moment = now()
    context = {
        "now": moment,
        "view": view,
        "token": manifest_id,
        "parties": parties,
        "state": state,
        "lines": page,
        "sides": directions(page.object_list),
        "ready": sum(is_ready(line, moment) for line in view.lines),
        "substitutions": list(_substitutions(request, view)),
        "one_sided": [
            {"shown": names[each["person"]], "said_by": each["said_by"]}
            for each in view.row.receipts["one_sided"]
        ],
        "may_sign": may_take_part(request, view.row.subject, DocumentKind.MANIFEST, *SIGNS),
        "may_cross": may(request, AT_THE_GATE),
        "may_print": may(request, PRINTS),
        "paper_languages": paper_languages(),
        "print_languages": f"language={request.LANGUAGE_CODE}",
        "may_examine": may(request, (Role.MEDICAL,)),
        "may_replace": may(request, REPLACES),
        "may_interview": may(request, (Role.INTERMEDIARY,)),
        "may_receipt": ours and may(request, GIVES_RECEIPTS) and bool(view.by_state.get("crossed")),
    }
    return render(request, "handover/manifest.html", context)


def is_ready(line: ManifestLineView, at: datetime) -> bool:
    """Whether fitness and will were both said, both are yes, and the clearance still holds."""
    crossing = line.crossing
    if crossing is None or not (crossing.cleared and crossing.willing and crossing.available):
        return False
    # Who has left is judged by the moment he left.
    return crossing.valid_until is None or bool(
        crossing.valid_until >= (crossing.departed_at or at)
    )


def _substitutions(request: Request, view: ManifestView) -> Iterable[Mapping[str, Any]]:
    for each in view.substitutions:
        kind = DocumentKind.SUBSTITUTION
        yield {**each, "may_accept": may_take_part(request, each["id"], kind, *SIGNS)}


@require_http_methods(["GET", "POST"])
@page_for(*SIGNS)
def sign_page(request: Request, manifest_id: str) -> HttpResponseBase:
    """Exactly the lines that will be signed; then, with a signature, signed."""
    subject = ManifestId(f"manifest:{manifest_id}")
    view = signing_view(request, document_on(request, subject, DocumentKind.MANIFEST), *SIGNS)
    if request.method == "POST":
        act(
            request,
            view,
            lambda desk, shown: accept_manifest(desk, manifest_id=subject, shown=shown),
            _("Your party has signed the list."),
        )
        return see_other("manifest", manifest_id)
    return render(request, "handover/sign.html", {"signing": view, "token": manifest_id})


def directions(
    lines: Iterable[ManifestLineView],
) -> Sequence[tuple[str, str, Sequence[ManifestLineView]]]:
    """The lines by giver and receiver."""
    sides: dict[tuple[str, str], list[ManifestLineView]] = {}
    for line in lines:
        sides.setdefault((line.giver, line.receiver), []).append(line)
    return [(giver, receiver, sides[giver, receiver]) for giver, receiver in sorted(sides)]


@require_http_methods(["GET", "POST"])
@page_for(*SIGNS)
def accept_substitution_page(
    request: Request, manifest_id: str, substitution_id: str
) -> HttpResponseBase:
    """Exactly the change that will be signed; then, with a signature, signed."""
    wanted, subject = f"substitution:{substitution_id}", ManifestId(f"manifest:{manifest_id}")
    document = document_on(request, wanted, DocumentKind.SUBSTITUTION)
    if not isinstance(document, SubstitutionDocument) or document.manifest_id != subject:
        raise NotVisible
    view = signing_view(request, document, *SIGNS)
    if request.method == "POST":
        act(
            request,
            view,
            lambda desk, shown: accept_substitution(
                desk, manifest_id=subject, substitution_id=wanted, shown=shown
            ),
            _("Your party has accepted the change."),
        )
        return see_other("manifest", manifest_id)
    context = {"signing": view, "token": manifest_id}
    return render(request, "handover/accept_substitution.html", context)
