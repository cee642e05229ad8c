"""How is a body destroyed, with everything that was derived from it?

In the transaction that says so: the place is noted in `erasure`, body and salt go,
the index forgets them, every projection of the subjects they were about is folded
anew. What is left on the disk afterwards is the matter of `wiring.residues`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from repatria.ledger.erasure import is_erasable, what_is_erased
from repatria.ledger.places import Places
from repatria.ledger.statement import Entry
from repatria.store import models
from repatria.store.bulk import insert_values
from repatria.store.drafts import forget_all_drafts
from repatria.store.entries import CHUNK, entry_of, forget_statements
from repatria.store.jobs import forget_persons
from repatria.store.projections.engine import fold_again
from repatria.terms import PartyCode


def erase_what_is_said(said: Sequence[Entry], *, own: PartyCode) -> None:
    """Destroy the bodies that entries which were just written say are erased.

    Runs in the caller's transaction.
    """
    gone: list[Entry] = []
    for entry in said:
        found = what_is_erased(entry, own)
        if found is not None:
            gone.extend(_destroy(found.origin, found.places, said_by=entry.ref))
    if gone:
        fold_again(gone, own=own)
        forget_statements()
        forget_all_drafts()
        forget_persons()


def erase_again(origin: PartyCode, places: Places, *, own: PartyCode) -> int:
    """How many bodies were destroyed that had come back with an older database.

    Runs in the caller's transaction.
    """
    gone = _destroy(origin, places, said_by="")
    if gone:
        fold_again(gone, own=own)
        forget_statements()
    return len(gone)


def not_erased(origin: PartyCode, places: Iterable[int]) -> frozenset[int]:
    """Those of the places in a log whose bodies may be kept when they come."""
    wanted = Places.of(places)
    return frozenset(wanted) - erased_places(origin, wanted)


def erased_places(origin: PartyCode, among: Places | None = None) -> set[int]:
    """Places of a log that stand in `erasure`; all of them, or those among some."""
    rows = models.Erasure.objects.filter(origin=origin)
    if among is None:
        return set(rows.values_list("seq", flat=True))
    found: set[int] = set()
    for first, last in among.ranges:
        part = rows.filter(seq__gte=first, seq__lte=last)
        found.update(seq for seq in part.values_list("seq", flat=True))
    return found


def all_erased() -> Mapping[PartyCode, Places]:
    """Every place that stands in `erasure`, by log."""
    found: dict[PartyCode, set[int]] = defaultdict(set)
    for origin, seq in models.Erasure.objects.values_list("origin", "seq"):
        found[PartyCode(origin)].add(seq)
    return {origin: Places.of(seqs) for origin, seqs in sorted(found.items())}


def held_in_spite(origin: PartyCode, places: Places) -> Iterator[tuple[int, str]]:
    """Places of bodies that are held though they were called erased, with their kinds."""
    for first, last in places.ranges:
        rows = models.Body.objects.filter(origin=origin, seq__gte=first, seq__lte=last)
        for row in rows.order_by("seq").iterator(chunk_size=CHUNK):
            yield row.seq, entry_of(row).statement.kind


def _destroy(origin: PartyCode, places: Places, *, said_by: str) -> list[Entry]:
    """Note the places, destroy what is held there; gives what it said."""
    gone: list[Entry] = []
    kept: set[int] = set()
    for first, last in places.ranges:
        rows = models.Body.objects.filter(origin=origin, seq__gte=first, seq__lte=last)
        for entry in [entry_of(row) for row in rows.order_by("seq")]:
            if is_erasable(entry.statement.kind):
                gone.append(entry)
            else:
                kept.add(entry.seq)
    known = erased_places(origin, places) | kept
    insert_values(
        models.Erasure,
        ("origin", "seq", "said_by"),
        [(origin, seq, said_by) for seq in places if seq not in known],
    )
    seqs = [entry.seq for entry in gone]
    for start in range(0, len(seqs), CHUNK):
        part = seqs[start : start + CHUNK]
        models.Mention.objects.filter(origin=origin, seq__in=part).delete()
        models.Body.objects.filter(origin=origin, seq__in=part).delete()
    return gone
