"""Which rows make up a log, in order, read a batch at a time?

Rows are only ever added, so whoever reads up to a size he asked for first is not
disturbed by what is written meanwhile.
"""

from collections.abc import Iterator

from repatria.ledger.verification import StoredEntry
from repatria.store import models
from repatria.terms import PartyCode

BATCH = 5_000


def stored_entries(origin: PartyCode, size: int, *, bodies: bool) -> Iterator[StoredEntry]:
    """The entries of a log up to a size, with what we hold of their bodies if asked for."""
    entries = models.LogEntry.objects.filter(origin=origin, seq__lt=size).order_by("seq")
    held = models.Body.objects.filter(origin=origin, seq__lt=size).order_by("seq")
    coming = held.values_list("seq", "salt", "text").iterator(chunk_size=BATCH) if bodies else ()
    rows = iter(coming)
    body = next(rows, None)
    for seq, committed in entries.values_list("seq", "commitment").iterator(chunk_size=BATCH):
        if body is None or body[0] != seq:
            yield StoredEntry(seq=seq, commitment=bytes(committed))
            continue
        salt, text = bytes(body[1]), body[2].encode("utf-8")
        yield StoredEntry(seq=seq, commitment=bytes(committed), salt=salt, body=text)
        body = next(rows, None)


def stored_notes(origin: PartyCode, size: int) -> Iterator[tuple[int, str]]:
    """The signed checkpoints of a log up to a size, by size."""
    rows = models.HeadNote.objects.filter(origin=origin, size__lte=size).order_by("size")
    yield from rows.values_list("size", "note").iterator(chunk_size=BATCH)
