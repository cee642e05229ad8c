"""One container of remains: recorded, received, and examined by the receiver's laboratory."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from repatria.ledger.kinds.remains_examined import LaboratoryResult, RemainsExamined
from repatria.operations.remains import receive_remains, record_remains, state_examination
from repatria.store.queries.bureau import container
from repatria.store.queries.persons import names_of
from repatria.terms import PartyCode, Role
from repatria.terms.parties import INTERMEDIARY
from repatria.web.access import Request, desk_page
from repatria.web.acts import Act, Said, act_for, attempt, other_parties, sent, written
from repatria.web.dialogue_words import METHODS, RESULTS
from repatria.web.fields import PartiesForm, partial_date
from repatria.web.responses import never_stored
from repatria.web.signing import may
from repatria.web.typed import person_typed
from repatria.wiring.desks import desk_for

RECORDS = (Role.REGISTRAR, Role.INTERMEDIARY)
RECEIVES = (Role.REGISTRAR, Role.HANDOVER_OFFICER, Role.INTERMEDIARY)
EXAMINES = (Role.REGISTRAR, Role.MEDICAL)


class RecordForm(PartiesForm):
    """A container of remains that we hold."""

    label = forms.CharField(
        label=gettext_lazy("What stands on the container"), max_length=200, required=False
    )
    to = forms.ChoiceField(label=gettext_lazy("Told to which party"))
    said_to_be = forms.CharField(
        label=gettext_lazy("Whose remains they are said to be"),
        help_text=gettext_lazy(
            "Reference or id of a record, one a line. May be left empty. It is a claim, and "
            "identifies nobody."
        ),
        required=False,
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    found_on = partial_date(gettext_lazy("Found on which day"))
    found_at = forms.CharField(
        label=gettext_lazy("Found where"),
        help_text=gettext_lazy("In the words of whoever says so."),
        required=False,
        max_length=300,
    )


class ReceiveForm(PartiesForm):
    """From whose hands we received it."""

    chosen_in = "giver"
    giver = forms.ChoiceField(label=gettext_lazy("From which party"))
    on = partial_date(gettext_lazy("Received on which day"))


class ExaminationForm(PartiesForm):
    """What our laboratory says of one container and one person."""

    person = forms.CharField(
        label=gettext_lazy("Which person"),
        help_text=gettext_lazy("Reference or id of the record."),
        max_length=200,
    )
    result = forms.TypedChoiceField(
        label=gettext_lazy("What the laboratory says"),
        choices=[(r.value, RESULTS[r]) for r in LaboratoryResult],
        coerce=LaboratoryResult,
        widget=forms.RadioSelect,
    )
    laboratory = forms.CharField(
        label=gettext_lazy("Which laboratory"), max_length=200, required=False
    )
    method = forms.ChoiceField(label=gettext_lazy("By which method"), choices=METHODS.items)
    second_test_due = forms.BooleanField(
        label=gettext_lazy("A further test was recommended and is not done"), required=False
    )
    to = forms.MultipleChoiceField(
        label=gettext_lazy("Told to which parties"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


@act_for(*RECORDS)
def record(request: Request) -> Act:
    """Record a container that we hold."""
    form = RecordForm(sent(request), parties=other_parties(request.viewer))

    def do(said: Said) -> HttpResponse:
        named = [line.strip() for line in said["said_to_be"].splitlines() if line.strip()]
        made = record_remains(
            desk_for(request.viewer),
            label=said["label"].strip(),
            to=PartyCode(said["to"]),
            said_to_be=[person_typed(request.viewer, each) for each in named],
            found_on=said["found_on"],
            found_at=said["found_at"],
        )
        return written(
            request, _("The container is recorded."), "remains-one", made.partition(":")[2]
        )

    return Act(
        title=_("Record remains"),
        button=_("Record the container"),
        back=reverse("remains"),
        back_words=_("Remains"),
        lead=_("One container at a time: it may hold parts of several persons, or of one."),
        form=form,
        do=do,
        beside={"container-without-label": "label", "person-unknown": "said_to_be"},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def one(request: Request, token: str) -> HttpResponseBase:
    """One container, and the forms of those whose word on it counts."""
    row = container(request.viewer, f"remains:{token}")
    may_receive = may(request, RECEIVES) and row.receiver != request.viewer.party
    may_examine = may(request, EXAMINES) and row.receiver == request.viewer.party
    receives = "giver" in request.POST
    if request.method == "POST" and not (may_receive if receives else may_examine):
        raise Http404
    parties = other_parties(request.viewer)
    givers = [*parties, (INTERMEDIARY, _("the intermediary"))]
    receive_form = ReceiveForm(
        sent(request) if receives else None,
        parties=[each for each in givers if each[0] != request.viewer.party],
        initial={"giver": row.holder},
    )
    examination = ExaminationForm(sent(request) if not receives else None, parties=parties)

    def do(said: Said) -> HttpResponse:
        desk = desk_for(request.viewer)
        if receives:
            receive_remains(desk, row.subject, giver=PartyCode(said["giver"]), on=said["on"])
        else:
            _examine(request, row.subject, said)
        return written(request, _("Written down."), "remains-one", token)

    form = receive_form if receives else examination
    beside = {
        "remains-received-already": "giver",
        "laboratory-without-name": "laboratory",
        "person-unknown": "person",
    }
    tried = attempt(form, do, beside)
    if tried.response is not None:
        return tried.response
    context = {
        "row": row,
        "names": names_of(request.viewer, [*row.said_to_be, *row.persons, *row.ruled_out]),
        "receive_form": receive_form if may_receive else None,
        "examination": examination if may_examine else None,
        "form": form,
        "objections": tried.objections,
    }
    return never_stored(render(request, "bureau/container.html", context, status=tried.status))


def _examine(request: Request, remains: str, said: dict[str, Any]) -> None:
    state_examination(
        desk_for(request.viewer),
        RemainsExamined(
            remains=remains,
            person=person_typed(request.viewer, said["person"].strip()),
            result=said["result"],
            laboratory=said["laboratory"].strip(),
            method=said["method"],
            second_test_due=said["second_test_due"],
        ),
        to=[PartyCode(party) for party in said["to"]],
    )
