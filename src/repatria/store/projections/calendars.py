"""What does each party owe by which day, and what did it deliver?"""

from collections.abc import Sequence

from repatria.ledger.statement import Entry
from repatria.lists import fold_calendar
from repatria.store import models
from repatria.store.projections.projection import Projection


def calendar_rows(_subject: str, entries: Sequence[Entry]) -> Sequence[models.Seen]:
    """One row for each obligation of a calendar."""
    found = fold_calendar(entries)
    if found is None:
        return []
    return [
        models.CalendarRow(
            title=found.title,
            start_event=each.start_event,
            place=place,
            step=each.step,
            party=each.by or "",
            starts_on=str(each.starts_on),
            planned_on=str(each.planned_on),
            due_on=str(each.due_on),
            delivered_on=str(each.delivered_on or ""),
            digest=each.digest,
            about=each.subject,
            items=each.items,
            ref=each.ref,
        )
        for place, each in enumerate(found.obligations)
    ]


PROJECTIONS = (
    Projection(
        model=models.CalendarRow,
        subject="calendar",
        kinds=frozenset({"calendar.opened", "step.delivered"}),
        rows=calendar_rows,
    ),
)
