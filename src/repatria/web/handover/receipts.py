"""Our side's receipt: chosen first, then shown exactly as it will be signed.

Nobody is ticked who has not crossed. Where the terms ask for two people, the first
prepares it and the second finds it here, looks at it and signs it.
"""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from repatria.operations.crossing import draft_receipt, give_receipt
from repatria.operations.four_eyes import Approval, prepared_receipts
from repatria.store.queries import exchange
from repatria.store.queries.exchange import ManifestLineView, ManifestView
from repatria.terms import ManifestId, NotVisible, PersonId
from repatria.web.access import Request
from repatria.web.documents.signing import act, signing_view
from repatria.web.handover.forms import ReceiptForm
from repatria.web.handover.views import parties_on
from repatria.web.responses import see_other
from repatria.web.signing import GIVES_RECEIPTS, page_for
from repatria.wiring.desks import desk_for


@require_http_methods(["GET", "POST"])
@page_for(*GIVES_RECEIPTS)
def receipt_page(request: Request, manifest_id: str) -> HttpResponseBase:
    """Choose the lines; see what will be signed; sign.

    Raises:
        NotVisible: the viewer's party is not on the manifest.
    """
    view = exchange.manifest(request.viewer, f"manifest:{manifest_id}")
    if request.viewer.party not in parties_on(view):
        raise NotVisible
    crossed = [line for line in view.lines if line.state == "crossed"]
    given = [line for line in crossed if line.giver == request.viewer.party]
    taken = [line for line in crossed if line.receiver == request.viewer.party]
    form = ReceiptForm(
        request.POST if request.method == "POST" else None,
        handing_over=_choices(given),
        receiving=_choices(taken),
    )
    if request.method != "POST" or not form.is_valid() or "change" in request.POST:
        context = {
            "view": view,
            "token": manifest_id,
            "form": form,
            "given": _ticked(form, "handed_over", given),
            "taken": _ticked(form, "received", taken),
            "prepared": _prepared(request, view),
        }
        is_bad = form.is_bound and not form.is_valid()
        status = HTTPStatus.UNPROCESSABLE_ENTITY if is_bad else HTTPStatus.OK
        return render(request, "handover/receipt.html", context, status=status)
    chosen = _chosen(view, form)
    shown = signing_view(
        request, draft_receipt(desk_for(request.viewer), **chosen), *GIVES_RECEIPTS
    )
    if "act" in request.POST:
        act(
            request,
            shown,
            lambda desk, digest: give_receipt(desk, **chosen, shown=digest),
            _("Your party has signed its receipt."),
        )
        return see_other("manifest", manifest_id)
    return render(
        request, "handover/receipt_confirm.html", {"signing": shown, "token": manifest_id}
    )


def _chosen(view: ManifestView, form: ReceiptForm) -> dict[str, Any]:
    """What was chosen, as operations take it."""
    return {
        "manifest_id": ManifestId(view.row.subject),
        "handed_over": [PersonId(person) for person in form.cleaned_data["handed_over"]],
        "received": [PersonId(person) for person in form.cleaned_data["received"]],
        "incident": form.cleaned_data["incident"],
    }


def _prepared(request: Request, view: ManifestView) -> Sequence[Approval]:
    """Receipts that somebody of the party has prepared for the list as it stands, newest first."""
    log = desk_for(request.viewer).log
    return prepared_receipts(log, ManifestId(view.row.subject), digest=view.row.digest)


def _choices(lines: list[ManifestLineView]) -> list[tuple[str, str]]:
    return [(line.shown.id, str(line.number)) for line in lines]


def _ticked(
    form: ReceiptForm, field: str, lines: list[ManifestLineView]
) -> list[tuple[ManifestLineView, bool]]:
    """The lines with whether each is chosen; at first everybody who crossed is."""
    chosen = form.data.getlist(field) if form.is_bound else None  # type: ignore[attr-defined]
    return [(line, chosen is None or line.shown.id in chosen) for line in lines]
