"""What the parties sign together: the list, one document in plain words, its file."""

from collections.abc import Iterator, Sequence

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from repatria.ledger.fingerprint import qr_of
from repatria.operations.document_kinds import DocumentKind, spoken
from repatria.operations.document_statements import SignedDocument
from repatria.operations.four_eyes import approvals_of
from repatria.operations.signed_documents import Standing
from repatria.store.queries.documents import document, documents
from repatria.web.access import Request, desk_page
from repatria.web.documents.content import content_of
from repatria.web.documents.signing import hands_of
from repatria.web.exports import download, table_file
from repatria.web.table_formats import asked_format
from repatria.web.words import DOCUMENTS, word
from repatria.wiring.desks import installation_here, sits_here

STATES = ("signed", "open", "ours")
Row = tuple[SignedDocument, Standing]


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def all_documents(request: Request) -> HttpResponseBase:
    """Every document the viewer may read, filtered and searched, newest first."""
    context = {
        "rows": [
            (signed, reached, sorted(reached.signed), sorted(reached.missing))
            for signed, reached in _asked_for(request)
        ],
        "asked": _asked(request),
        "kinds": DOCUMENTS,
        "states": {code: word("document_state", code) for code in STATES},
    }
    return render(request, "documents/all.html", context)


def _asked(request: Request) -> dict[str, str]:
    given = request.POST if request.method == "POST" else request.GET
    return {key: given.get(key, "").strip()[:100] for key in ("q", "kind", "state")}


def _asked_for(request: Request) -> Iterator[Row]:
    asked = _asked(request)
    wanted = asked["q"].casefold().replace(" ", "")
    for signed, reached in documents(request.viewer, installation_here().log()):
        words = f"{signed.subject} {signed.digest} {word('document', signed.kind)}"
        if asked["kind"] not in ("", signed.kind):
            continue
        if wanted and wanted not in words.casefold().replace(" ", ""):
            continue
        if _fits(asked["state"], reached, request.viewer.party):
            yield signed, reached


def _fits(state: str, reached: Standing, party: str | None) -> bool:
    match state:
        case "signed":
            return reached.complete
        case "open":
            return not reached.complete
        case "ours":
            return party in reached.missing
        case _:
            return True


@require_http_methods(["POST"])
@desk_page
def export(request: Request) -> HttpResponseBase:
    """The list as a table, filtered as on the page."""
    headings = [_("Document"), _("Which"), _("Digest"), _("Signed by"), _("Not signed by")]
    rows = (_cells(*row) for row in _asked_for(request))
    return table_file("documents", headings, rows, asked_format(request))


def _cells(signed: SignedDocument, reached: Standing) -> Sequence[object]:
    return [
        word("document", signed.kind),
        signed.subject,
        signed.digest,
        ", ".join(sorted(reached.signed)),
        ", ".join(sorted(reached.missing)),
    ]


@require_safe
@desk_page
def one_document(request: Request, digest: str) -> HttpResponseBase:
    """One document in plain words, with who signed it and what to compare."""
    log = installation_here().log()
    signed, reached = document(request.viewer, log, digest)
    picture = qr_of(signed.digest)
    context = {
        "signed": signed,
        "reached": reached,
        "document": signed.document,
        "kind": signed.kind,
        "content": content_of(request.viewer, signed.document),
        "groups": spoken(signed.digest).split(),
        "hands": hands_of(signed, reached),
        "approvals": approvals_of(log, signed.document) if sits_here(request.viewer) else (),
        "qr": mark_safe(picture),  # noqa: S308 -- drawn here, of hexadecimal digits
        "is_receipt": signed.kind is DocumentKind.RECEIPT,
    }
    return render(request, "documents/one.html", context)


@require_safe
@desk_page
def envelope_file(request: Request, digest: str) -> HttpResponseBase:
    """The document with every signature that holds, as a file anybody can check."""
    signed, reached = document(request.viewer, installation_here().log(), digest)
    name = f"{signed.kind}-{signed.digest[:16]}.dsse.json"
    return download(reached.envelope.text, name, "application/json")
