"""What leaves as paper: the list, the receipts, the forms about one person."""

from collections.abc import Sequence

from django.http import Http404, HttpResponseBase
from django.views.decorators.http import require_safe

from repatria.paper import FORMS
from repatria.terms import ManifestId, PartyCode
from repatria.web.access import Request
from repatria.web.exports import download
from repatria.web.signing import PRINTS, page_for
from repatria.wiring import printing
from repatria.wiring.desks import installation_here


@require_safe
@page_for(*PRINTS)
def manifest_print(request: Request, manifest_id: str) -> HttpResponseBase:
    """The list as it stands, with codes and columns to sign."""
    subject = ManifestId(f"manifest:{manifest_id}")
    pdf = printing.print_manifest(installation_here(), request.viewer, subject, _languages(request))
    return _as_pdf(pdf, f"manifest-{manifest_id}")


@require_safe
@page_for(*PRINTS)
def receipt_print(request: Request, manifest_id: str, party: str) -> HttpResponseBase:
    """What one party's receipts say together."""
    subject = ManifestId(f"manifest:{manifest_id}")
    pdf = printing.print_receipt(
        installation_here(), request.viewer, subject, PartyCode(party), _languages(request)
    )
    return _as_pdf(pdf, f"receipt-{party}-{manifest_id}")


@require_safe
@page_for(*PRINTS)
def sheet_print(request: Request, person_id: str, form: str) -> HttpResponseBase:
    """A form about one person, for whoever has his register."""
    if form not in FORMS:
        raise Http404
    pdf = printing.print_sheet(
        installation_here(), request.viewer, form, f"person:{person_id}", _languages(request)
    )
    return _as_pdf(pdf, f"{form}-{person_id}")


def _languages(request: Request) -> Sequence[str]:
    return request.GET.getlist("language") or ["en"]


def _as_pdf(pdf: bytes, name: str) -> HttpResponseBase:
    return download(pdf, f"{name}.pdf", "application/pdf")
