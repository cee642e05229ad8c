"""The manifest: who is on it, who is ready, who has signed, what both sides confirm.

A signature is asked for on a page of its own that shows exactly the lines.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from repatria.operations.manifests import accept_manifest, accept_substitution
from repatria.store.queries import exchange
from repatria.store.queries.exchange import ManifestLineView, ManifestView
from repatria.terms import ManifestId, NotVisible, Role
from repatria.web.access import Request, desk_page
from repatria.web.responses import see_other
from repatria.web.signing import AT_THE_LINE, GIVES_RECEIPTS, SIGNS, may, page_for
from repatria.wiring.desks import desk_for

LINES_PER_PAGE = 100


def parties_on(view: ManifestView) -> list[str]:
    """Every giver and receiver of a manifest."""
    return sorted({code for line in view.lines for code in (line.giver, line.receiver)})


@require_safe
@desk_page
def manifests_page(request: Request) -> HttpResponseBase:
    """Every manifest, newest first."""
    page = Paginator(exchange.manifests(request.viewer), LINES_PER_PAGE).get_page(
        request.GET.get("page")
    )
    return render(request, "handover/manifests.html", {"page": page})


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
    context = {
        "view": view,
        "token": manifest_id,
        "parties": parties,
        "state": state,
        "lines": page,
        "sides": directions(page.object_list),
        "ready": sum(is_ready(line) for line in view.lines),
        "substitutions": list(_substitutions(request, view, ours=ours)),
        "one_sided": [
            {"shown": names[each["person"]], "said_by": each["said_by"]}
            for each in view.row.receipts["one_sided"]
        ],
        "may_sign": ours
        and may(request, SIGNS)
        and request.viewer.party not in view.row.accepted_by,
        "may_cross": may(request, AT_THE_LINE),
        "may_examine": may(request, (Role.MEDICAL,)),
        "may_interview": may(request, (Role.INTERMEDIARY,)),
        "may_receipt": ours and may(request, GIVES_RECEIPTS) and bool(view.by_state.get("crossed")),
    }
    return render(request, "handover/manifest.html", context)


def is_ready(line: ManifestLineView) -> bool:
    """Whether fitness and will were both said, and both are yes."""
    crossing = line.crossing
    return crossing is not None and bool(crossing.cleared) and bool(crossing.willing)


def _substitutions(
    request: Request, view: ManifestView, *, ours: bool
) -> Iterable[Mapping[str, Any]]:
    for each in view.substitutions:
        waits_for_us = not each["in_force"] and request.viewer.party not in each["accepted_by"]
        yield {**each, "may_accept": ours and waits_for_us and may(request, SIGNS)}


@require_http_methods(["GET", "POST"])
@page_for(*SIGNS)
def sign_page(request: Request, manifest_id: str) -> HttpResponseBase:
    """Exactly the lines that will be signed; then, with a signature, signed."""
    view = exchange.manifest(request.viewer, f"manifest:{manifest_id}")
    if request.method == "POST":
        accept_manifest(desk_for(request.viewer), manifest_id=ManifestId(view.row.subject))
        messages.success(request, _("Your party has signed the list."))
        return see_other("manifest", manifest_id)
    context = {"view": view, "token": manifest_id, "directions": directions(view.lines)}
    return render(request, "handover/sign.html", context)


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
    view = exchange.manifest(request.viewer, f"manifest:{manifest_id}")
    wanted = f"substitution:{substitution_id}"
    change = next((s for s in view.substitutions if s["id"] == wanted), None)
    if change is None:
        raise NotVisible
    if request.method == "POST":
        accept_substitution(
            desk_for(request.viewer),
            manifest_id=ManifestId(view.row.subject),
            substitution_id=wanted,
        )
        messages.success(request, _("Your party has accepted the change."))
        return see_other("manifest", manifest_id)
    context = {"view": view, "token": manifest_id, "change": change}
    return render(request, "handover/accept_substitution.html", context)
