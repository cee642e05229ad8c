"""What the medical role says: a class after a check of health, a decision of a commission."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from repatria.ledger.kinds.commission_decided import CommissionDecision
from repatria.operations.health import class_health, state_commission
from repatria.store.queries.persons import PersonView
from repatria.store.queries.persons import person as person_of
from repatria.terms import PartyCode, PersonId
from repatria.web.access import Request
from repatria.web.acts import Act, Group, act_for, other_parties, sent, written
from repatria.web.fields import PastDayField, moment_of, partial_date
from repatria.web.health.views import SAYS
from repatria.web.keeping_words import COMMISSIONS
from repatria.web.words import HEALTH
from repatria.wiring.desks import desk_for

_KEPT = gettext_lazy("Only the medical role of this office ever reads this.")


def _kept_text(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class CheckForm(forms.Form):
    """A check of health: a class for the others, a finding for the doctors."""

    health = forms.ChoiceField(
        label=gettext_lazy("Class"), choices=HEALTH.items, widget=forms.RadioSelect
    )
    to = forms.MultipleChoiceField(
        label=gettext_lazy("Told to which parties"),
        help_text=gettext_lazy("The class alone. The neutral intermediary reads it always."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    checked_on = PastDayField(
        label=gettext_lazy("Checked on"),
        help_text=gettext_lazy("May be left empty when it was today. The day in UTC."),
    )
    finding = _kept_text(gettext_lazy("Finding"))
    advice = _kept_text(gettext_lazy("Advice"))

    def __init__(self, *args: Any, parties: Sequence[tuple[str, str]], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["to"].choices = parties  # type: ignore[attr-defined]


class CommissionForm(forms.Form):
    """A decision of a mixed medical commission."""

    decision = forms.TypedChoiceField(
        label=gettext_lazy("The commission decided"),
        choices=[(d.value, COMMISSIONS[d]) for d in CommissionDecision],
        coerce=CommissionDecision,
        widget=forms.RadioSelect,
    )
    visited_on = partial_date(gettext_lazy("Day of the visit"), required=True)
    members = forms.CharField(
        label=gettext_lazy("Who sat on it"),
        help_text=gettext_lazy("Three, two of them from neutral countries."),
        required=False,
        max_length=500,
    )
    medical_ground = _kept_text(gettext_lazy("Medical ground"))


@act_for(*SAYS)
def check(request: Request, token: str) -> Act:
    """A check of health; of somebody seriously sick it is the weekly report too."""
    view = person_of(request.viewer, f"person:{token}")
    form = CheckForm(sent(request), parties=other_parties(request.viewer))

    def do(said: dict[str, Any]) -> HttpResponse:
        class_health(
            desk_for(request.viewer),
            PersonId(view.record.person),
            said["health"],
            finding=said["finding"],
            advice=said["advice"],
            to=[PartyCode(party) for party in said["to"]],
            checked_at=moment_of(said["checked_on"]),
        )
        return written(request, _("Written down."), "person-health", token)

    return _act(
        view,
        title=_("Note a check of health"),
        button=_("Note the check"),
        lead=_(
            "While somebody is seriously ill or wounded a report is owed every week; each check "
            "is one (GC III art. 122, GC IV art. 138)."
        ),
        groups=(
            Group(title=_("What the others are told"), fields=("health", "to", "checked_on")),
            Group(title=_("What stays with you"), help=_KEPT, fields=("finding", "advice")),
        ),
        form=form,
        do=do,
        beside={"health-class-unknown": "health"},
    )


@act_for(*SAYS)
def commission(request: Request, token: str) -> Act:
    """What a mixed medical commission decided; three clocks run from the day of its visit."""
    view = person_of(request.viewer, f"person:{token}")
    form = CommissionForm(sent(request))

    def do(said: dict[str, Any]) -> HttpResponse:
        state_commission(
            desk_for(request.viewer),
            PersonId(view.record.person),
            said["decision"],
            visited_on=said["visited_on"],
            members=said["members"],
            medical_ground=said["medical_ground"],
        )
        return written(request, _("Written down."), "person-health", token)

    return _act(
        view,
        title=_("Decision of a medical commission"),
        button=_("Write the decision down"),
        lead=_(
            "Your office and the neutral intermediary read the decision. It is to be told within "
            "a month and carried out within three; the commission comes again within six "
            "(GC III Annex II)."
        ),
        groups=(
            Group(title=_("What is decided"), fields=("decision", "visited_on", "members")),
            Group(title=_("What stays with you"), help=_KEPT, fields=("medical_ground",)),
        ),
        form=form,
        do=do,
        beside={"commission-visit-to-come": "visited_on"},
    )


def _act(view: PersonView, **rest: Any) -> Act:
    token = view.record.person.partition(":")[2]
    back = reverse("person-health", args=[token])
    return Act(back=back, back_words=_("Health"), about=view.shown, **rest)
