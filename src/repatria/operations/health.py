"""What does the medical role say of a person? The verdict leaves it, the finding never does.

A check of health gives a class; a mixed medical commission gives a decision. Each is two
statements where there is a finding: one that only the medical role reads, one without it.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from repatria.ledger.kinds.commission_decided import CommissionDecided, CommissionDecision
from repatria.ledger.kinds.duty_done import DutyDone
from repatria.ledger.kinds.health_classed import HealthClassed
from repatria.ledger.kinds.health_examined import HealthExamined
from repatria.ledger.log import Receipt
from repatria.ledger.statement import Entry, Ground, Statement
from repatria.operations.desk import Desk
from repatria.register.clocks import duties_of
from repatria.terms import Objection, PartialDate, PartyCode, PersonId, Refusal, Role
from repatria.terms.ids import subject_kind
from repatria.terms.times import day_of

HEALTH_CLASSES = ("fit", "sick", "serious")
_EXAMINED = Ground(basis="examination")
_CLASSED = "GC III art. 109, 110"


def class_health(
    desk: Desk,
    person: PersonId,
    health: str,
    *,
    finding: str = "",
    advice: str = "",
    to: Iterable[PartyCode] = (),
    checked_at: datetime | None = None,
) -> Receipt:
    """The receipt of a check of health: the class for those named, the finding for nobody else.

    Where a weekly report is owed for somebody seriously sick, the class is that report and the
    duty is noted as done.

    Args:
        desk: of the medical role.
        person: who was checked.
        health: `fit`, `sick` or `serious`.
        finding, advice: stay with the medical role.
        to: parties that are told the class, beside the intermediary.
        checked_at: when, if not just now.

    Raises:
        Refusal: `role-may-not`, `health-class-unknown`, `person-unknown`.

    Source: GC III art. 122: weekly, if possible, of the seriously sick; GC IV art. 138.
    """
    desk.require(Role.MEDICAL)
    with desk.log.exclusive():
        found = list(_unknown(desk, person))
        if health not in HEALTH_CLASSES:
            found.append(Objection(code="health-class-unknown", rule=_CLASSED))
        Refusal.unless_empty(found)
        audience = desk.with_parties(*to)
        said = [
            *_kept(desk, person, finding, advice, checked_at),
            desk.state(
                HealthClassed(person=person, health=health),
                about=(person,),
                audience=audience,
                ground=_EXAMINED,
                occurred_at=checked_at,
            ),
        ]
        if _report_owed(desk, desk.log.about(person), checked_at):
            said.append(
                desk.state(
                    DutyDone(person=person, duty="health_report"),
                    about=(person,),
                    audience=desk.for_agency(),
                    ground=_EXAMINED,
                    occurred_at=checked_at,
                )
            )
        return desk.log.append(said)


def state_commission(
    desk: Desk,
    person: PersonId,
    decision: CommissionDecision,
    *,
    visited_on: PartialDate,
    members: str = "",
    medical_ground: str = "",
) -> Receipt:
    """The receipt of a decision of a mixed medical commission, without its medical ground.

    From the day of the visit three clocks run: a month to tell the decision, three to carry it
    out, six to the next visit.

    Args:
        desk: of the medical role.
        person: of whom it decided.
        decision: what it decided.
        visited_on: the day of the visit.
        members: who sat on it, in words.
        medical_ground: stays with the medical role.

    Raises:
        Refusal: `role-may-not`, `commission-visit-to-come`, `person-unknown`.

    Source: GC III art. 110, 112, Annex I, Annex II.
    """
    desk.require(Role.MEDICAL)
    with desk.log.exclusive():
        found = list(_unknown(desk, person))
        if visited_on.earliest > day_of(desk.clock()):
            found.append(Objection(code="commission-visit-to-come", rule="GC III Annex II"))
        Refusal.unless_empty(found)
        decided = desk.state(
            CommissionDecided(person=person, decision=decision, visited_on=visited_on),
            about=(person,),
            audience=desk.for_agency(),
            ground=Ground(basis="examination", note=members.strip()),
            as_of=visited_on,
        )
        return desk.log.append([*_kept(desk, person, medical_ground, "", None), decided])


def _kept(
    desk: Desk, person: PersonId, finding: str, advice: str, at: datetime | None
) -> Iterator[Statement]:
    """What stays with the medical role, if there is anything."""
    if finding.strip() or advice.strip():
        yield desk.state(
            HealthExamined(person=person, finding=finding.strip(), advice=advice.strip()),
            about=(person,),
            audience={f"{desk.party}.medical"},
            ground=_EXAMINED,
            occurred_at=at,
        )


def _unknown(desk: Desk, person: PersonId) -> Iterator[Objection]:
    if subject_kind(person) != "person" or not desk.log.is_named(person):
        yield Objection(code="person-unknown", rule="register", about=(person,))


def _report_owed(desk: Desk, about: Iterable[Entry], at: datetime | None) -> bool:
    """Whether somebody waits for the weekly report that this check is."""
    day = day_of(at or desk.clock())
    return any(
        duty.duty == "health_report" and duty.done_on is None and duty.starts_on <= day
        for duty in duties_of(about, holder=desk.party)
    )
