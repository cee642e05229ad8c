"""Has the person left the holder's hands, by the word of both sides?

A plane that departs, a crossing one side reports, a receipt one side gives:
none of them ends custody. Both receipts for the same person do.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from repatria.ledger.kinds import crossing_recorded, payload_of, receipt_given
from repatria.ledger.kinds.crossing_recorded import CrossingEvent, CrossingRecorded
from repatria.ledger.kinds.custody_noted import CustodyEvent
from repatria.ledger.kinds.receipt_given import ReceiptGiven
from repatria.ledger.statement import Entry
from repatria.register.model import CustodyNotice
from repatria.terms import ManifestId, PartialDate, PersonId
from repatria.terms.times import day_of

_TOLD = frozenset({receipt_given.KIND.name, crossing_recorded.KIND.name})


@dataclass(frozen=True, slots=True)
class Release:
    """A release that both receipts confirm: the notice, and the entry that completed it."""

    notice: CustodyNotice
    entry: Entry


def releases_in(person: PersonId, said: Iterable[Entry], gone: frozenset[str]) -> Iterator[Release]:
    """A notice of release for each manifest on which two sides confirm the person.

    Args:
        person: of whom.
        said: entries in reading order.
        gone: references of those taken back.
    """
    given: dict[ManifestId, Entry] = {}
    taken: dict[ManifestId, Entry] = {}
    crossed: dict[ManifestId, PartialDate] = {}
    for entry in said:
        if entry.statement.kind not in _TOLD or entry.ref in gone:
            continue
        if entry.statement.kind == receipt_given.KIND.name:
            receipt = payload_of(entry, ReceiptGiven)
            if person in receipt.handed_over:
                given[receipt.manifest_id] = entry
            if person in receipt.received:
                taken[receipt.manifest_id] = entry
        else:
            event = payload_of(entry, CrossingRecorded)
            if event.person == person and event.event is CrossingEvent.CROSSED:
                crossed[event.manifest_id] = _day(entry)
    for manifest, first in given.items():
        last = taken.get(manifest)
        if last is None or first.origin == last.origin:
            continue
        yield Release(
            CustodyNotice(
                event=CustodyEvent.RELEASED,
                holder=first.origin,
                by=last.origin,
                ref=last.ref,
                recorded_at=last.statement.recorded_at,
                on=crossed.get(manifest, _day(last)),
                exchange=manifest,
            ),
            last,
        )


def _day(entry: Entry) -> PartialDate:
    moment = entry.statement.occurred_at or entry.statement.recorded_at
    return PartialDate.on(day_of(moment))
