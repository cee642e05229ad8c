"""In which order are statements of several parties read?

Within one log its own order holds, whatever the clocks say. Between logs there
is no order to find, so one is agreed: by the time written down, never running
backwards within a log. How the entries arrived, and how often, changes nothing.
"""

from collections.abc import Iterable
from datetime import datetime

from repatria.ledger.statement import Entry
from repatria.terms import PartyCode


def in_order(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries once each: by log order, and across logs by the time written down.

    Cost: n log n.
    """
    once = {(entry.origin, entry.seq): entry for entry in entries}
    if len({origin for origin, _ in once}) < 2:  # the log's own order, whatever the clocks say
        return tuple(once[place] for place in sorted(once))
    latest: dict[PartyCode, datetime] = {}
    keyed: list[tuple[datetime, PartyCode, int]] = []
    for origin, seq in sorted(once):
        recorded_at = once[origin, seq].statement.recorded_at
        latest[origin] = max(latest.get(origin, recorded_at), recorded_at)
        keyed.append((latest[origin], origin, seq))
    return tuple(once[origin, seq] for _, origin, seq in sorted(keyed))


def taken_back(entries: Iterable[Entry]) -> frozenset[str]:
    """References of statements their own speaker replaced; nobody replaces another's."""
    return frozenset(
        ref
        for entry in entries
        for ref in entry.statement.supersedes
        if ref.startswith(f"{entry.origin}/") and ref != entry.ref
    )
