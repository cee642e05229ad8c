"""A schedule is proposed and accepted, as a plan is: exactly these persons on these days.

Before anybody signs, the schedule is counted again without a solver, and laid beside
what the terms and our own records say.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any

from repatria.ledger.canonical import encode
from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.plan_proposed import PlanProposed
from repatria.ledger.kinds.schedule_accepted import ScheduleAccepted
from repatria.ledger.kinds.schedule_proposed import ScheduleLine, ScheduleProposed
from repatria.ledger.log import Log, Receipt
from repatria.ledger.payload import to_json
from repatria.ledger.statement import Entry, Ground
from repatria.operations.agreement import latest_terms, plan_of
from repatria.operations.candidates import candidates_from
from repatria.operations.desk import Desk
from repatria.operations.document_kinds import schedule_document
from repatria.operations.four_eyes import objections_to_signing, signature_of_author
from repatria.operations.schedules import Schedule, days_of, lines_of, question_for, units_of
from repatria.operations.signed_documents import signature_under
from repatria.planning import Candidate, Terms, terms_from_json
from repatria.planning.staging import Legs, check_staging, staging_from_json
from repatria.terms import Objection, PartyCode, PlanId, Refusal, Role

_AGREEMENT = Ground(basis="agreement")
_SOLVED = Ground(basis="computation", source="CP-SAT")
_RULE = "a schedule is for exactly these persons, under exactly these terms"


def propose_schedule(desk: Desk, *, plan_id: PlanId, schedule: Schedule) -> ScheduleProposed:
    """A schedule that was solved before, written down for the parties of its plan.

    Raises:
        Refusal: `plan-unknown`; `schedule-without-days` when there is none to write down;
            or all that `objections_to_schedule` says.
    """
    desk.require(Role.NEGOTIATOR, Role.INTERMEDIARY)
    with desk.log.exclusive():
        plan, entry = plan_of(desk.log, plan_id)
        if not schedule.lines:
            raise Refusal(Objection(code="schedule-without-days", rule=_RULE, about=(plan_id,)))
        said = ScheduleProposed(
            schedule_id=desk.new_id("schedule"),
            plan_id=plan_id,
            plan_digest=plan.digest,
            terms_digest=plan.terms_digest,
            lines=schedule.lines,
            schedule=schedule.document,
            digest=digest_of_schedule(plan, schedule.lines, schedule.document),
        )
        Refusal.unless_empty(objections_to_schedule(desk.log, said))
        audience = entry.statement.audience | {desk.party}
        document = schedule_document(said, audience)
        said = replace(said, **signature_of_author(desk, document))
        desk.log.append(
            (
                desk.state(
                    said,
                    about=(said.schedule_id, plan_id, *plan.selected),
                    audience=audience,
                    ground=_SOLVED,
                ),
            )
        )
    return said


def digest_of_schedule(
    plan: PlanProposed, lines: Sequence[ScheduleLine], schedule: Mapping[str, Any]
) -> str:
    """SHA-256 over the plan, its terms, the days and how they were found, hexadecimal."""
    text = encode(
        [plan.digest, plan.terms_digest, [to_json(line) for line in lines], dict(schedule)]
    )
    return sha256(b"repatria/schedule/v1\n" + text).hexdigest()


def accept_schedule(desk: Desk, *, schedule_id: str, shown: str = "") -> Receipt:
    """The receipt of our signature under exactly this schedule; once is enough.

    Args:
        desk: of whoever signs.
        schedule_id: which schedule.
        shown: digest of the document that he saw; empty when he names it alone.

    Raises:
        Refusal: `schedule-unknown`, or all of `not-a-party`, what `objections_to_schedule`
            and `four_eyes.objections_to_signing` say.
    """
    desk.require(Role.NEGOTIATOR)
    with desk.log.exclusive():
        said, entry = schedule_of(desk.log, schedule_id)
        document = schedule_document(said, entry.statement.audience)
        if desk.party in schedule_accepted_by(desk.log, said):
            return desk.log.append(())
        found = [*objections_to_schedule(desk.log, said)]
        if desk.party not in document.parties:
            found.append(Objection(code="not-a-party", rule=_RULE, about=(schedule_id,)))
        Refusal.unless_empty([*found, *objections_to_signing(desk, document, shown)])
        accepted = desk.state(
            ScheduleAccepted(
                schedule_id=schedule_id,
                digest=said.digest,
                **signature_under(desk.key, document),
            ),
            about=(schedule_id, said.plan_id),
            audience=entry.statement.audience | {desk.party},
            ground=_AGREEMENT,
        )
        return desk.log.append((accepted,))


def schedule_of(log: Log, schedule_id: str) -> tuple[ScheduleProposed, Entry]:
    """A schedule as proposed.

    Raises:
        Refusal: `schedule-unknown`.
    """
    for entry in log.about(schedule_id):
        if entry.statement.kind == "schedule.proposed":
            return payload_of(entry, ScheduleProposed), entry
    raise Refusal(Objection(code="schedule-unknown", rule=_RULE))


def schedules_for(log: Log, plan_id: PlanId) -> tuple[ScheduleProposed, ...]:
    """The schedules that were proposed for a plan, newest last."""
    return tuple(
        payload_of(entry, ScheduleProposed)
        for entry in log.about(plan_id)
        if entry.statement.kind == "schedule.proposed"
    )


def schedule_accepted_by(log: Log, said: ScheduleProposed) -> frozenset[PartyCode]:
    """The parties that accepted exactly this schedule."""
    return frozenset(
        entry.origin
        for entry in log.about(said.schedule_id)
        if entry.statement.kind == "schedule.accepted"
        and payload_of(entry, ScheduleAccepted).digest == said.digest
    )


def going_in(log: Log, plan: PlanProposed) -> tuple[Candidate, ...]:
    """The persons of a plan, as our own records describe them."""
    chosen = frozenset(plan.selected)
    return tuple(person for person in candidates_from(log) if person.id in chosen)


def objections_to_schedule(log: Log, said: ScheduleProposed) -> Iterator[Objection]:
    """Everything wrong with a schedule, counted again from what we hold.

    Codes: `plan-digest-differs`, `terms-digest-differs`, `schedule-digest-differs`,
    `schedule-miscounted`, `schedule-other-question`, `schedule-other-persons`.

    Raises:
        Refusal: `plan-unknown`, `terms-unknown`, `capacity-without-days`.
    """
    about = (said.schedule_id,)
    plan, _entry = plan_of(log, said.plan_id)
    written, _entry = latest_terms(log, plan.terms_id)
    if plan.digest != said.plan_digest:
        yield Objection(code="plan-digest-differs", rule=_RULE, about=about)
    if said.terms_digest != plan.terms_digest or written.digest != said.terms_digest:
        yield Objection(code="terms-digest-differs", rule=_RULE, about=about)
    if digest_of_schedule(plan, said.lines, said.schedule) != said.digest:
        yield Objection(code="schedule-digest-differs", rule=_RULE, about=about)
    findings, _word = check_staging(dict(said.schedule))
    if findings or "schedule" not in said.schedule:
        yield Objection(code="schedule-miscounted", rule=_RULE, about=about)
        return
    terms, going = terms_from_json(written.document), going_in(log, plan)
    if len(going) < len(plan.selected) or not _keeps_to(said.schedule, going, terms):
        yield Objection(code="schedule-other-question", rule=_RULE, about=about)
    elif not _same_persons(said, going, terms):
        yield Objection(code="schedule-other-persons", rule=_RULE, about=about)


def _keeps_to(document: Mapping[str, Any], going: Iterable[Candidate], terms: Terms) -> bool:
    """Whether the question is the one that our records and the terms ask.

    What the terms leave open was chosen by whoever asked: persons in a day where no site
    has a capacity, how many days, and limits that are tighter than the terms.
    """
    asked = staging_from_json(document["question"])
    ours = question_for(
        going,
        terms,
        per_day=asked.capacity,
        days=asked.tranches,
        simultaneous=asked.legs is Legs.SIMULTANEOUS,
    )
    limits = all(asked.agreed.get(party, most + 1) <= most for party, most in ours.agreed.items())
    return limits and replace(ours, agreed=asked.agreed) == asked


def _same_persons(said: ScheduleProposed, going: Iterable[Candidate], terms: Terms) -> bool:
    """Whether everybody crosses once, with his own, on a day that the schedule has for such."""
    days = tuple(day.isoformat() for day in days_of(terms))
    units = units_of(going, terms)
    ours = lines_of(said.schedule, units, days)
    places = [_place(line) for line in said.lines]
    if places != [_place(line) for line in ours]:
        return False
    where: dict[str, int] = {
        one: number for number, line in enumerate(said.lines) for one in line.persons
    }
    if Counter(one for line in said.lines for one in line.persons) != Counter(
        one for unit in units for one in unit.persons
    ):
        return False
    seen: Counter[tuple[Any, ...]] = Counter()
    for unit in units:
        if len({where[one] for one in unit.persons}) > 1:
            return False
        seen[places[where[unit.persons[0]]], unit.look.look] += 1
    return seen == _moves(said.schedule, days)


def _place(line: ScheduleLine) -> tuple[int, str, str, str, str]:
    return line.day, line.on, line.site, line.giver, line.receiver


def _moves(document: Mapping[str, Any], days: Sequence[str]) -> Counter[tuple[Any, ...]]:
    classes = staging_from_json(document["question"]).classes
    counts: Counter[tuple[Any, ...]] = Counter()
    for move in document["schedule"]:
        each, day = classes[move["class"]], move["tranche"]
        on = days[day] if day < len(days) else ""
        place = (day + 1, on, each.site, each.holder, each.claimant)
        counts[place, each.look] += move["units"]
    return counts
