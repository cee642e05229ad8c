"""A calendar is agreed, and each delivery under it is noted with its digest."""

from collections.abc import Sequence
from datetime import date, datetime

from repatria.ledger.kinds.calendar_opened import CalendarOpened, CalendarStep
from repatria.ledger.kinds.step_delivered import StepDelivered
from repatria.ledger.log import Receipt
from repatria.ledger.statement import Ground
from repatria.lists.calendar import STOCKHOLM, Calendar, fold_calendar
from repatria.operations.desk import Desk
from repatria.terms import NotVisible, Objection, PartialDate, PartyCode, Refusal, Role

_RULE = "procedure: a calendar counts from a named event, in whole days"


def open_calendar(
    desk: Desk,
    *,
    title: str,
    start_event: str,
    starts_on: date,
    parties: Sequence[PartyCode],
    steps: Sequence[CalendarStep] = STOCKHOLM,
) -> str:
    """The id of a calendar that counts from an event.

    Raises:
        Refusal: `role-may-not`, `calendar-without-start`, `calendar-steps-wrong`.
    """
    desk.require(Role.REGISTRAR, Role.NEGOTIATOR, Role.INTERMEDIARY)
    found = []
    if not start_event.strip() or not title.strip():
        found.append(Objection(code="calendar-without-start", rule=_RULE))
    codes = [step.step for step in steps]
    if not codes or len(set(codes)) < len(codes) or any(step.days < 0 for step in steps):
        found.append(Objection(code="calendar-steps-wrong", rule=_RULE))
    Refusal.unless_empty(found)
    calendar = desk.new_id("calendar")
    opened = desk.state(
        CalendarOpened(
            calendar_id=calendar,
            title=title,
            start_event=start_event,
            starts_on=PartialDate.on(starts_on),
            steps=tuple(steps),
            parties=tuple(parties),
        ),
        about=(calendar,),
        audience=desk.with_parties(*parties),
        ground=Ground(basis="agreement"),
    )
    desk.log.append((opened,))
    return calendar


def deliver_step(
    desk: Desk,
    calendar: str,
    step: str,
    *,
    digest: str,
    subject: str = "",
    items: int = 0,
    delivered_at: datetime | None = None,
) -> Receipt:
    """The receipt of the note that we delivered what a step asks of us.

    Args:
        delivered_at: when it was, where that is not now.

    Raises:
        NotVisible: there is no such calendar here.
        Refusal: `step-unknown`, `step-not-yours`, `step-delivered-already`.
    """
    desk.require(Role.REGISTRAR, Role.NEGOTIATOR, Role.INTERMEDIARY)
    with desk.log.exclusive():
        found = calendar_of(desk, calendar)
        at_step = [o for o in found.obligations if o.step == step]
        ours = [o for o in at_step if o.by in (desk.party, None)]
        if not at_step:
            raise Refusal(Objection(code="step-unknown", rule=_RULE, about=(calendar,)))
        if not ours:
            raise Refusal(Objection(code="step-not-yours", rule=_RULE, about=(calendar,)))
        if ours[0].delivered_on is not None:
            raise Refusal(Objection(code="step-delivered-already", rule=_RULE, about=(calendar,)))
        about = (calendar, subject) if subject else (calendar,)
        said = desk.state(
            StepDelivered(
                calendar_id=calendar, step=step, digest=digest, subject=subject, items=items
            ),
            about=about,
            audience=desk.with_parties(*found.parties),
            ground=Ground(basis="delivery"),
            occurred_at=delivered_at,
        )
        return desk.log.append((said,))


def calendar_of(desk: Desk, calendar: str) -> Calendar:
    """A calendar as it now stands.

    Raises:
        NotVisible: there is no such calendar here.
    """
    found = fold_calendar(desk.log.about(calendar))
    if found is None:
        raise NotVisible
    return found
