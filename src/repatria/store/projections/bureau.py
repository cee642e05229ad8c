"""What is owed for each person, how is he, where are his packets, and what is known of remains?"""

from collections.abc import Sequence

from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.commission_decided import CommissionDecided
from repatria.ledger.kinds.health_classed import HealthClassed
from repatria.ledger.order import in_order, taken_back
from repatria.ledger.statement import Entry
from repatria.register.clocks import duties_of
from repatria.register.packets import fold_packet
from repatria.register.remains import fold_remains
from repatria.store import models
from repatria.store.projections.projection import Projection
from repatria.terms.times import day_of


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


def health_rows(_subject: str, entries: Sequence[Entry]) -> Sequence[models.Seen]:
    """A person's class of health as last said, and what a commission decided last."""
    said = in_order(entries)
    gone = taken_back(said)
    row = models.HealthRow(health="", checked_on="", decision="", visited_on="")
    for entry in said:
        if entry.ref in gone:
            continue
        statement = entry.statement
        if statement.kind == "health.classed":
            row.health = payload_of(entry, HealthClassed).health[:16]
            row.checked_on = str(day_of(statement.occurred_at or statement.recorded_at))
        else:
            decided = payload_of(entry, CommissionDecided)
            row.decision, row.visited_on = str(decided.decision), str(decided.visited_on)
    return [row]


def packet_rows(subject: str, entries: Sequence[Entry]) -> Sequence[models.Seen]:
    """A packet as it now stands."""
    found = fold_packet(subject, entries)
    if found is None:
        return []
    return [
        models.PacketRow(
            person=found.person,
            seal=found.seal,
            items=[{"what": item.what, "count": item.count} for item in found.items],
            event=str(found.event or "sealed"),
            to=found.to,
            since=str(found.since),
            settled=not found.is_open_debt,
            findings=sorted({finding.code for finding in found.findings}),
        )
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
        model=models.HealthRow,
        subject="person",
        kinds=frozenset({"health.classed", "commission.decided"}),
        rows=health_rows,
    ),
    Projection(
        model=models.PacketRow,
        subject="packet",
        kinds=frozenset({"packet.sealed", "packet.passed"}),
        rows=packet_rows,
    ),
    Projection(
        model=models.RemainsRow,
        subject="remains",
        kinds=frozenset({"remains.recorded", "remains.passed", "remains.examined"}),
        rows=remains_rows,
    ),
)
