"""Who is sick, what did a commission decide, what is owed? Findings stay with the doctors."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.clearance_given import ClearanceGiven
from repatria.ledger.kinds.commission_decided import CommissionDecided
from repatria.ledger.kinds.health_classed import HealthClassed
from repatria.ledger.kinds.health_examined import HealthExamined
from repatria.ledger.order import in_order
from repatria.ledger.statement import Entry
from repatria.store.queries.health import (
    HEALTH_DUTIES,
    Duty,
    Health,
    HealthWanted,
    all_health,
    health_of_person,
    owed_for_health,
)
from repatria.store.queries.health import health as health_of
from repatria.store.queries.persons import names_of
from repatria.store.queries.persons import person as person_of
from repatria.terms import PartyCode, Role
from repatria.terms.times import day_of
from repatria.web.access import Request, desk_page_of
from repatria.web.dialogue_words import DUTIES
from repatria.web.exports import TableFormat, table_file
from repatria.web.keeping_words import COMMISSIONS
from repatria.web.lists.forms import AskedForm
from repatria.web.responses import never_stored
from repatria.web.signing import may
from repatria.web.words import HEALTH, word
from repatria.wiring.installation import now

LOOKS = (Role.MEDICAL, Role.REGISTRAR, Role.INTERMEDIARY)
SAYS = (Role.MEDICAL,)
LATE: Mapping[str, object] = {duty: DUTIES[duty] for duty in HEALTH_DUTIES}


class HealthForm(AskedForm):
    """Which persons to show."""

    health = forms.ChoiceField(required=False, choices=[("", ""), *HEALTH.items()])
    decision = forms.ChoiceField(required=False, choices=[("", ""), *COMMISSIONS.items()])
    overdue = forms.ChoiceField(required=False, choices=[("", ""), *LATE.items()])


def _asked(request: Request) -> dict[str, Any]:
    form = HealthForm(request.POST or request.GET)
    return form.asked


def _wanted(asked: dict[str, Any]) -> HealthWanted:
    return HealthWanted(
        search=asked["q"],
        health=asked["health"],
        decision=asked["decision"],
        overdue=asked["overdue"],
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page_of(*LOOKS)
def all_of_them(request: Request) -> HttpResponseBase:
    """Of whom something was said. Names are searched by POST: an address would keep them."""
    asked, today = _asked(request), now().date()
    wanted = _wanted(asked)
    page = health_of(request.viewer, today, wanted, page=asked["page"] or 1)
    ids = [row.subject for row in page.rows]
    context = {
        "page": page,
        "asked": asked,
        "is_filtered": wanted != HealthWanted(),
        "classes": HEALTH,
        "decisions": COMMISSIONS,
        "duties": LATE,
        "owed": owed_for_health(request.viewer, ids),
        "names": names_of(request.viewer, ids),
        "today": today.isoformat(),
        "may_say": may(request, SAYS),
    }
    return never_stored(render(request, "health/all.html", context))


@require_POST
@desk_page_of(*LOOKS)
def export(request: Request) -> HttpResponseBase:
    """The same as a file, ids of persons and not their names."""
    asked, today = _asked(request), now().date()
    rows = list(all_health(request.viewer, today, _wanted(asked)))
    owed = owed_for_health(request.viewer, [row.subject for row in rows])
    headings = [
        _("Record"),
        _("Class"),
        _("Checked on"),
        _("Commission"),
        _("Visited on"),
        _("Owed"),
        _("Due"),
    ]
    cells = (_cells(row, owed.get(row.subject, ())) for row in rows)
    return table_file("health", headings, cells, TableFormat(asked["format"] or TableFormat.CSV))


def _cells(row: Health, owed: Sequence[Duty]) -> Sequence[object]:
    return [
        row.subject,
        word("health", row.health) if row.health else "",
        row.checked_on,
        word("commission", row.decision) if row.decision else "",
        row.visited_on,
        "; ".join(word("duty", each.duty) for each in owed),
        owed[0].due_on if owed else "",
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One thing that was said of a person's health.

    Attributes:
        says: class, decision or verdict, in words; empty for a finding.
        finding, advice: for those who may read them.
        kept: whether only the medical role reads it.
        beside: who sat on a commission, or when a verdict ends.
    """

    on: date
    by: PartyCode
    actor: str
    kind: str
    says: str = ""
    beside: str = ""
    finding: str = ""
    advice: str = ""
    kept: bool = False


@require_safe
@desk_page_of(*LOOKS)
def one(request: Request, token: str) -> HttpResponseBase:
    """What was said of one person's health, as far as this viewer may read it."""
    view = person_of(request.viewer, f"person:{token}")
    person = view.record.person
    context = {
        "shown": view.shown,
        "person": person,
        "said": list(_said(health_of_person(request.viewer, person))),
        "owed": owed_for_health(request.viewer, [person]).get(person, ()),
        "today": now().date().isoformat(),
        "may_say": may(request, SAYS),
        "may_note": may(request, (Role.REGISTRAR,)),
    }
    return never_stored(render(request, "health/one.html", context))


def _said(entries: Sequence[Entry]) -> Iterator[Word]:
    for entry in reversed(in_order(entries)):
        statement = entry.statement
        yield Word(
            on=day_of(statement.occurred_at or statement.recorded_at),
            by=entry.origin,
            actor=statement.actor,
            kind=statement.kind,
            **_content(entry),
        )


def _content(entry: Entry) -> dict[str, Any]:
    match entry.statement.kind:
        case "health.classed":
            return {"says": word("health", payload_of(entry, HealthClassed).health)}
        case "commission.decided":
            decided = payload_of(entry, CommissionDecided)
            says = word("commission", decided.decision)
            return {"says": says, "beside": entry.statement.ground.note}
        case "clearance.given":
            fit = payload_of(entry, ClearanceGiven).fit_to_travel
            return {"says": _("fit to travel") if fit else _("not fit to travel")}
        case _:
            found = payload_of(entry, HealthExamined)
            return {"finding": found.finding, "advice": found.advice, "kept": True}
