"""What does a bureau owe for each person, and what is known of remains?"""

from collections.abc import Sequence

from repatria.ledger.statement import Entry
from repatria.register.clocks import duties_of
from repatria.register.remains import fold_remains
from repatria.store import models
from repatria.store.projections.projection import Projection


def duty_rows(_subject: str, entries: Sequence[Entry]) -> Sequence[models.Seen]:
    """What whoever holds a person owes for him, by its own words."""
    holders = sorted({e.origin for e in entries if e.statement.kind == "custody.noted"})
    return [
        models.DutyRow(
            duty=duty.duty,
            source=duty.source,
            starts_on=str(duty.starts_on),
            due_on=str(duty.due_on),
            done_on=str(duty.done_on or ""),
            digest=duty.digest,
        )
        for holder in holders
        for duty in duties_of(entries, holder=holder)
    ]


def remains_rows(subject: str, entries: Sequence[Entry]) -> Sequence[models.Seen]:
    """A container with what is known of it."""
    found = fold_remains(subject, entries)
    if found is None:
        return []
    return [
        models.RemainsRow(
            label=found.label,
            holder=found.holder,
            receiver=found.receiver,
            said_to_be=sorted(found.said_to_be),
            persons=sorted(found.persons),
            ruled_out=sorted(found.ruled_out),
            findings=sorted({finding.code for finding in found.findings}),
        )
    ]


PROJECTIONS = (
    Projection(
        model=models.DutyRow,
        subject="person",
        kinds=frozenset({"custody.noted", "duty.done", "health.classed", "commission.decided"}),
        rows=duty_rows,
    ),
    Projection(
        model=models.RemainsRow,
        subject="remains",
        kinds=frozenset({"remains.recorded", "remains.passed", "remains.examined"}),
        rows=remains_rows,
    ),
)
