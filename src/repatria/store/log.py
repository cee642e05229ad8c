"""How is a statement written, durably and with all that follows from it?

The one write path: entries, bodies, signed checkpoint, index and projections in
one transaction. Nothing else in the program writes to these tables.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from django.db import DataError, connections, transaction
from django.db import IntegrityError as ConstraintError

from repatria.ledger.checkpoint import Checkpoint, origin_of, sign_checkpoint
from repatria.ledger.commitment import SALT_BYTES, commitment
from repatria.ledger.log import Arrival, Disclosed, Receipt, meant_for
from repatria.ledger.merkle import EMPTY_ROOT, Frontier
from repatria.ledger.signing import SigningKey
from repatria.ledger.statement import Entry, Statement
from repatria.store import models
from repatria.store.bulk import insert_values
from repatria.store.database import current
from repatria.store.entries import entries_about, entries_at, entries_of_kind, entry_of
from repatria.store.erasing import erase_what_is_said, not_erased
from repatria.store.projections import project
from repatria.terms import IntegrityError, PartyCode

BATCH = 2_000
_EntryRow = tuple[str, int, bytes]
_BodyRow = tuple[str, int, bytes, str]


class StoreLog:
    """The log of an installation, kept in the database that is open.

    Args:
        party: whose installation it is.
        key: the party's signing key.
        entropy: gives as many random bytes as asked.
    """

    def __init__(self, party: PartyCode, key: SigningKey, entropy: Callable[[int], bytes]) -> None:
        self._party = party
        self._key = key
        self._entropy = entropy
        self._alias = current()

    @property
    def party(self) -> PartyCode:
        """Whose installation this is."""
        return self._party

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """One transaction in which nobody else writes; may be nested."""
        with transaction.atomic(using=self._alias, savepoint=False):
            if connections[self._alias].vendor == "postgresql":
                # SQLite's BEGIN IMMEDIATE already excludes other writers.
                models.Frontier.objects.get_or_create(
                    origin=self._party, defaults={"size": 0, "hashes": b""}
                )
                models.Frontier.objects.select_for_update().get(origin=self._party)
            yield

    def append(self, statements: Sequence[Statement]) -> Receipt:
        """Write statements to our own log: all of them durably, or none."""
        with self.exclusive():
            frontier = self._frontier(self._party)
            first = frontier.size
            if statements:
                self._write_own(frontier, statements)
            return Receipt(
                origin=self._party, size=frontier.size, root=frontier.root(), first=first
            )

    def _write_own(self, frontier: Frontier, statements: Sequence[Statement]) -> None:
        entries: list[_EntryRow] = []
        bodies: list[_BodyRow] = []
        said: list[Entry] = []
        for statement in statements:
            seq, salt, body = frontier.size, self._entropy(SALT_BYTES), statement.body
            committed = commitment(salt, body)
            frontier.append(committed)
            entries.append((self._party, seq, committed))
            bodies.append((self._party, seq, salt, body.decode("utf-8")))
            said.append(Entry(self._party, seq, statement))
        head = Checkpoint(origin=origin_of(self._party), size=frontier.size, root=frontier.root())
        self._write(self._party, frontier, entries, bodies, sign_checkpoint(head, self._key))
        project(said, own=self._party)
        erase_what_is_said(said, own=self._party)

    def _write(
        self,
        origin: PartyCode,
        frontier: Frontier,
        entries: Sequence[_EntryRow],
        bodies: Sequence[_BodyRow],
        note: str,
    ) -> None:
        insert_values(models.LogEntry, ("origin", "seq", "commitment"), entries)
        insert_values(models.Body, ("origin", "seq", "salt", "text"), bodies)
        models.HeadNote.objects.create(origin=origin, size=frontier.size, note=note)
        models.Frontier.objects.update_or_create(
            origin=origin,
            defaults={"size": frontier.size, "hashes": b"".join(frontier.hashes)},
        )

    def mirror(self, arrival: Arrival, note: Callable[[], Sequence[Statement]]) -> Receipt:
        """Take in a peer's log and append our own note of it, all or nothing.

        Raises:
            IntegrityError: a statement says what no table can hold (a negative
                number of lines, a zero character in a name...).
        """
        try:
            with self.exclusive():
                self._take_in(arrival)
                return self.append(note())
        except (DataError, ConstraintError):
            raise IntegrityError(f"{arrival.origin} log", "statement-not-storable") from None

    def _take_in(self, arrival: Arrival) -> None:
        frontier = self._frontier(arrival.origin)
        new = arrival.commitments[frontier.size - arrival.have :]
        entries: list[_EntryRow] = []
        for committed in new:
            entries.append((arrival.origin, frontier.size, committed))
            frontier.append(committed)
        held = frontier.size - len(new)
        kept = not_erased(arrival.origin, (d.seq for d, _ in arrival.bodies if d.seq >= held))
        fresh = [pair for pair in arrival.bodies if pair[0].seq in kept]
        bodies = [(arrival.origin, d.seq, d.salt, d.body.decode("utf-8")) for d, _ in fresh]
        self._write(arrival.origin, frontier, entries, bodies, arrival.note)
        said = [Entry(arrival.origin, d.seq, statement) for d, statement in fresh]
        project(said, own=self._party)
        erase_what_is_said(said, own=self._party)

    def head(self, origin: PartyCode) -> Checkpoint:
        """Size and root of a log as we hold it; size 0 for one we never met."""
        frontier = self._frontier(origin)
        root = frontier.root() if frontier.size else EMPTY_ROOT
        return Checkpoint(origin=origin_of(origin), size=frontier.size, root=root)

    def commitments(self, origin: PartyCode, start: int = 0) -> tuple[bytes, ...]:
        """The entries of a log from a place on."""
        rows = models.LogEntry.objects.filter(origin=origin, seq__gte=start).order_by("seq")
        return tuple(bytes(c) for c in rows.values_list("commitment", flat=True))

    def signed_head(self) -> str:
        """Our own newest signed checkpoint; empty text when nothing was said yet."""
        row = models.HeadNote.objects.filter(origin=self._party).order_by("-size").first()
        return row.note if row is not None else ""

    def bodies_for(self, label: PartyCode, start: int = 0) -> tuple[Disclosed, ...]:
        """Bodies of our own log from a place on that are meant for a party."""
        rows = models.Body.objects.filter(origin=self._party, seq__gte=start).order_by("seq")
        out = []
        for row in rows.iterator(chunk_size=BATCH):
            entry = entry_of(row)
            if meant_for(entry.statement, label):
                out.append(Disclosed(seq=row.seq, salt=bytes(row.salt), body=row.text.encode()))
        return tuple(out)

    def about(self, subject: str) -> tuple[Entry, ...]:
        """All we hold about a subject, by origin and place."""
        return tuple(entries_about([subject]).get(subject, ()))

    def about_each(self, subjects: Iterable[str], *kinds: str) -> Mapping[str, Sequence[Entry]]:
        """The same for many subjects, read at once; one nothing was said about is absent."""
        return entries_about(sorted(set(subjects)), kinds or None)

    def of_kind(self, *kinds: str) -> tuple[Entry, ...]:
        """All we hold of these kinds, by origin and place."""
        return entries_of_kind(*kinds)

    def is_named(self, subject: str) -> bool:
        """Whether anything was ever said about a subject."""
        return models.Mention.objects.filter(subject=subject).exists()

    def at(self, places: Iterable[tuple[PartyCode, int]]) -> tuple[Entry, ...]:
        """What we hold at these places, by origin and place."""
        return entries_at(places)

    def _frontier(self, origin: PartyCode) -> Frontier:
        row = models.Frontier.objects.filter(origin=origin).first()
        if row is None:
            return Frontier()
        joined = bytes(row.hashes)
        return Frontier(row.size, [joined[i : i + 32] for i in range(0, len(joined), 32)])
