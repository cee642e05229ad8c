"""The pages that add to one person's record, each for the desk whose word it is."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from repatria.ledger.kinds.person_described import Property
from repatria.operations.register_acts import (
    describe_fully,
    do_duties,
    note_visit,
    state_whereabouts,
)
from repatria.operations.tags import join_number
from repatria.register import PersonRecord
from repatria.store.queries.bureau import duties_of_person
from repatria.store.queries.persons import PersonView
from repatria.store.queries.persons import person as person_of
from repatria.terms import PartyCode, PersonId, Role
from repatria.web.access import Request
from repatria.web.acts import Act, Said, act_for, files_sent, other_parties, sent
from repatria.web.fields import moment_of
from repatria.web.register.forms import (
    BIRTH,
    GROUPS,
    DescribeForm,
    DutyForm,
    JoinForm,
    VisitForm,
    WhereaboutsForm,
)
from repatria.web.responses import see_other
from repatria.web.templatetags.repatria import said_date
from repatria.web.words import word
from repatria.wiring.desks import desk_for

_COLUMNS = {
    Property.FATHER: "father",
    Property.SEX: "sex",
    Property.RANK: "rank",
    Property.REFERENCE: "reference",
    Property.NOTE: "notes",
}


@act_for(Role.REGISTRAR)
def describe_page(request: Request, token: str) -> Act:
    """Particulars of a person, under the articles that ask for them."""
    view = person_of(request.viewer, f"person:{token}")
    form = DescribeForm(sent(request), known=_known(view.record))

    def do(said: Said) -> HttpResponse:
        describe_fully(
            desk_for(request.viewer),
            PersonId(view.record.person),
            form.given,
            birth=said[BIRTH],
            source=said["source"],
        )
        return _written(request, token)

    return _act(
        view,
        title=_("Describe this person"),
        button=_("Write it down"),
        lead=_(
            "Fill in what is known. Your office and the neutral intermediary read it; "
            "the other party does not. What was said before stays to be seen."
        ),
        groups=GROUPS,
        form=form,
        do=do,
        beside={"particular-missing": "rank"},
    )


def _known(record: PersonRecord) -> Mapping[str, Sequence[str]]:
    known: defaultdict[str, list[str]] = defaultdict(list)
    for which, column in _COLUMNS.items():
        for each in getattr(record, column):
            if not each.superseded:
                said = word("sex", each.value) if which is Property.SEX else str(each.value)
                known[which.value].append(said)
    for each in record.birth:
        if not each.superseded:
            known[BIRTH].append(said_date(each.value))
    for each in record.particulars:
        if not each.superseded and each.value.value:
            which, value = each.value.property, each.value.value
            known[which.value].append(
                word("identity", value) if which is Property.IDENTITY else value
            )
    return {name: list(dict.fromkeys(values)) for name, values in known.items()}


@act_for(Role.REGISTRAR)
def whereabouts_page(request: Request, token: str) -> Act:
    """Our word to another party on whether we have this person."""
    view = person_of(request.viewer, f"person:{token}")
    form = WhereaboutsForm(sent(request), parties=other_parties(request.viewer))

    def do(said: Said) -> HttpResponse:
        person, to = PersonId(view.record.person), PartyCode(said["to"])
        state_whereabouts(desk_for(request.viewer), person, said["says"], to=to)
        return _written(request, token)

    return _act(
        view,
        title=_("Say whether we have this person"),
        button=_("Say it"),
        lead=_(
            "That party and the neutral intermediary read it. It cannot be unsaid: a later word "
            "stays beside an earlier one. What is withheld from a party is not withheld from the "
            "Agency (GC IV art. 137)."
        ),
        form=form,
        do=do,
    )


@act_for(Role.INTERMEDIARY)
def visit_page(request: Request, token: str) -> Act:
    """That a neutral visitor saw this person, and when."""
    view = person_of(request.viewer, f"person:{token}")
    form = VisitForm(sent(request), parties=other_parties(request.viewer))

    def do(said: Said) -> HttpResponse:
        note_visit(
            desk_for(request.viewer),
            PersonId(view.record.person),
            on=said["on"],
            in_private=said["in_private"],
            to=[PartyCode(party) for party in said["to"]],
        )
        return _written(request, token)

    return _act(
        view,
        title=_("Note a visit"),
        button=_("Note the visit"),
        lead=_("Only that it was, when, and whether without witnesses."),
        form=form,
        do=do,
        beside={"visit-not-neutral": "on"},
    )


@act_for(Role.REGISTRAR)
def duty_page(request: Request, token: str) -> Act:
    """That what the law asks for this person was done."""
    view = person_of(request.viewer, f"person:{token}")
    owed = [row for row in duties_of_person(request.viewer, view.record.person) if not row.done_on]
    first = {"duty": owed[0].duty} if owed else {}
    form = DutyForm(sent(request), files_sent(request), initial=first)

    def do(said: Said) -> HttpResponse:
        do_duties(
            desk_for(request.viewer),
            [PersonId(view.record.person)],
            said["duty"],
            digest=said["digest"],
            done_at=moment_of(said["done_on"]),
        )
        return _written(request, token)

    lead = "; ".join(
        _("%(duty)s: due on %(day)s")
        % {"duty": word("duty", row.duty), "day": said_date(row.due_on)}
        for row in owed
    )
    return _act(
        view,
        title=_("Note a duty that was done"),
        button=_("Note it"),
        lead=lead,
        form=form,
        do=do,
        beside={"duty-unknown": "duty"},
    )


@act_for(Role.REGISTRAR)
def join_page(request: Request, token: str) -> Act:
    """A permanent number for somebody who has a tag."""
    view = person_of(request.viewer, f"person:{token}")
    numbers = [each.value for each in view.record.numbers]
    form = JoinForm(sent(request), initial={"tag": numbers[0] if numbers else ""})

    def do(said: Said) -> HttpResponse:
        join_number(
            desk_for(request.viewer),
            PersonId(view.record.person),
            tag=said["tag"].strip().upper(),
            permanent=said["permanent"].strip(),
        )
        return _written(request, token)

    return _act(
        view,
        title=_("Give a permanent number"),
        button=_("Join the numbers"),
        form=form,
        do=do,
        beside={"tag-unknown": "tag", "number-taken": "permanent"},
    )


def _act(view: PersonView, **rest: Any) -> Act:
    back = reverse("person", args=[view.record.person.partition(":")[2]])
    return Act(back=back, back_words=_("Back to the person"), about=view.shown, **rest)


def _written(request: Request, token: str) -> HttpResponse:
    messages.success(request, _("Written down."))
    return see_other("person", token)
