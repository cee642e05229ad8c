"""A list is frozen from a plan that all accepted; later it changes by substitution alone."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from repatria.operations.manifests import freeze_manifest, propose_substitution
from repatria.store.queries.planned import plan_row
from repatria.terms import ManifestId, PersonId, PlanId, Role
from repatria.web.access import Request
from repatria.web.acts import Act, act_page, sent
from repatria.web.handover.line import person_on
from repatria.web.responses import see_other
from repatria.web.signing import FREEZES, page_for
from repatria.web.words import REASONS
from repatria.wiring.desks import desk_for

REPLACES = (Role.INTERMEDIARY, Role.HANDOVER_OFFICER, Role.NEGOTIATOR)


class FreezeForm(forms.Form):
    """Where the persons of a plan will cross."""

    crossing_point = forms.CharField(
        label=gettext_lazy("Crossing point"),
        help_text=gettext_lazy("As both sides call it."),
        max_length=200,
    )


class ReplaceForm(forms.Form):
    """Why somebody does not go."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why this person does not go"),
        choices=REASONS.items,
        widget=forms.RadioSelect,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@page_for(*FREEZES)
def freeze_page(request: Request, plan_id: str) -> HttpResponseBase:
    """Freeze the list of a plan; both parties sign it before anybody departs."""
    row = plan_row(request.viewer, f"plan:{plan_id}")

    def do(said: dict[str, Any]) -> HttpResponse:
        made = freeze_manifest(
            desk_for(request.viewer),
            plan_id=PlanId(row.subject),
            crossing_point=said["crossing_point"],
        )
        messages.success(request, _("The list is frozen. Both parties sign it now."))
        return see_other("manifest", made.partition(":")[2])

    act = Act(
        title=_("Freeze the list"),
        button=_("Freeze the list"),
        back=reverse("plan", args=[plan_id]),
        back_words=_("Plan"),
        lead=_(
            "Exactly the persons of the plan stand on it. Afterwards it is changed only by a "
            "substitution that every party signs."
        ),
    )
    return act_page(request, act, FreezeForm(sent(request)), do, beside={})


@require_http_methods(["GET", "HEAD", "POST"])
@page_for(*REPLACES)
def replace_page(request: Request, manifest_id: str, person_id: str) -> HttpResponseBase:
    """Propose whoever comes next under the terms in place of somebody."""
    view, line = person_on(request, manifest_id, person_id)

    def do(said: dict[str, Any]) -> HttpResponse:
        propose_substitution(
            desk_for(request.viewer),
            manifest_id=ManifestId(view.row.subject),
            outgoing=PersonId(line.shown.id),
            reason=said["reason"],
        )
        messages.success(request, _("The change is proposed. Both parties sign it now."))
        return see_other("manifest", manifest_id)

    act = Act(
        title=_("Propose somebody else"),
        button=_("Propose whoever comes next"),
        back=reverse("manifest", args=[manifest_id]),
        back_words=_("Handover"),
        about=line.shown,
        lead=_("Nobody is chosen by hand: the terms decide who comes next."),
    )
    beside = {"no-substitute": "reason"}
    return act_page(request, act, ReplaceForm(sent(request)), do, beside=beside)
