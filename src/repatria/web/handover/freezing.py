"""A list is frozen from a plan that all accepted; later it changes by substitution alone."""

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from repatria.operations.manifests import freeze_manifest, propose_substitution
from repatria.store.queries.planned import plan_row
from repatria.terms import ManifestId, PersonId, PlanId, Role
from repatria.web.access import Request
from repatria.web.acts import Act, Said, act_for, sent, written
from repatria.web.handover.line import person_on
from repatria.web.signing import FREEZES
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


@act_for(*FREEZES)
def freeze_page(request: Request, plan_id: str) -> Act:
    """Freeze the list of a plan; both parties sign it before anybody departs."""
    row = plan_row(request.viewer, f"plan:{plan_id}")

    def do(said: Said) -> HttpResponse:
        made = freeze_manifest(
            desk_for(request.viewer),
            plan_id=PlanId(row.subject),
            crossing_point=said["crossing_point"],
        )
        return written(
            request,
            _("The list is frozen. Both parties sign it now."),
            "manifest",
            made.partition(":")[2],
        )

    return Act(
        title=_("Freeze the list"),
        button=_("Freeze the list"),
        back=reverse("plan", args=[plan_id]),
        back_words=_("Plan"),
        lead=_(
            "Exactly the persons of the plan stand on it. Afterwards it is changed only by a "
            "substitution that every party signs."
        ),
        form=FreezeForm(sent(request)),
        do=do,
    )


@act_for(*REPLACES)
def replace_page(request: Request, manifest_id: str, person_id: str) -> Act:
    """Propose whoever comes next under the terms in place of somebody."""
    view, line = person_on(request, manifest_id, person_id)

    def do(said: Said) -> HttpResponse:
        propose_substitution(
            desk_for(request.viewer),
            manifest_id=ManifestId(view.row.subject),
            outgoing=PersonId(line.shown.id),
            reason=said["reason"],
        )
        return written(
            request, _("The change is proposed. Both parties sign it now."), "manifest", manifest_id
        )

    return Act(
        title=_("Propose somebody else"),
        button=_("Propose whoever comes next"),
        back=reverse("manifest", args=[manifest_id]),
        back_words=_("Handover"),
        about=line.shown,
        lead=_(
            "Nobody is chosen by hand: the terms decide who comes next. Every party signs the "
            "reason; a refusal that only you heard is written as not available."
        ),
        form=ReplaceForm(sent(request)),
        do=do,
        beside={"no-substitute": "reason"},
    )
