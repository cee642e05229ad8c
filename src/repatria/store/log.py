"""How is a statement written, durably and with all that follows from it?

The one write path: entries, bodies, signed checkpoint, index and projections in
one transaction. Nothing else in the program writes to these tables.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha256

from django.db import DataError, connections, transaction
from django.db import IntegrityError as ConstraintError

from repatria.ledger.checkpoint import Checkpoint, origin_of, read_note, sign_checkpoint
from repatria.ledger.commitment import SALT_BYTES, commitment
from repatria.ledger.healing import Recovery
from repatria.ledger.log import (
    Arrival,
    Disclosed,
    Receipt,
    SigningGuard,
    attached_to,
    meant_for,
)
from repatria.ledger.merkle import EMPTY_ROOT, Frontier
from repatria.ledger.signing import SigningKey
from repatria.ledger.statement import Entry, Statement
from repatria.store import models
from repatria.store.bulk import insert_values
from repatria.store.database import current
from repatria.store.entries import entries_about, entries_of_kind, entry_of
from repatria.store.projections import project
from repatria.terms import IntegrityError, PartyCode

BATCH = 2_000
Settle = Callable[[int, bytes], None]
_EntryRow = tuple[str, int, bytes]
_BodyRow = tuple[str, int, bytes, str]


class StoreLog:
    """The log of an installation, kept in the database that is open.

    Args:
        party: whose installation it is.
        key: the party's signing key.
        entropy: gives as many random bytes as asked.
        guard: keeps the signer from signing what contradicts what it signed before.
    """

    def __init__(
        self,
        party: PartyCode,
        key: SigningKey,
        entropy: Callable[[int], bytes],
        *,
        guard: SigningGuard | None = None,
    ) -> None:
        self._party = party
        self._guard = guard
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

    def append(self, statements: Sequence[Statement], attachments: Sequence[bytes] = ()) -> Receipt:
        """Write statements to our own log: all of them durably, or none."""
        with self.exclusive():
            _keep({sha256(raw).hexdigest(): raw for raw in attachments})
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
        if self._guard is not None:
            self._guard.check(frontier.size, lambda size: self._root_at(frontier, size))
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
        if self._guard is not None:
            signed, guard = (head.size, head.root), self._guard
            transaction.on_commit(lambda: guard.advance(*signed), using=self._alias)

    def _root_at(self, frontier: Frontier, size: int) -> bytes | None:
        """The root of our log at a size that was signed."""
        if size == frontier.size:
            return frontier.root()
        note = self.note(self._party, size)
        return read_note(note, place="our log")[0].root if note else None

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
        fresh = [pair for pair in arrival.bodies if pair[0].seq >= held]
        bodies = [(arrival.origin, d.seq, d.salt, d.body.decode("utf-8")) for d, _ in fresh]
        self._write(arrival.origin, frontier, entries, bodies, arrival.note)
        _keep(arrival.attachments)
        project([Entry(arrival.origin, d.seq, said) for d, said in fresh], own=self._party)

    def complete(
        self, recovery: Recovery, note: Callable[[], Sequence[Statement]], settle: Settle
    ) -> Receipt:
        """Take back what peers gave of our own log and append `note`, all or nothing.

        Args:
            recovery: checked against the log as it stands under the same lock.
            note: what is to be said of it, asked once the rest is written.
            settle: told the head durably written, also when nothing was appended.

        Raises:
            IntegrityError: a statement says what no table can hold.
        """
        try:
            with self.exclusive():
                self._take_back(recovery)
                receipt = self.append(note())
                transaction.on_commit(lambda: settle(receipt.size, receipt.root), using=self._alias)
                return receipt
        except (DataError, ConstraintError):
            raise IntegrityError(f"{self._party} log", "statement-not-storable") from None

    def _take_back(self, recovery: Recovery) -> None:
        frontier = self._frontier(self._party)
        entries: list[_EntryRow] = []
        for committed in recovery.commitments:
            entries.append((self._party, frontier.size, committed))
            frontier.append(committed)
        bodies = [(self._party, d.seq, d.salt, d.body.decode("utf-8")) for d, _ in recovery.bodies]
        if recovery.note:
            self._write(self._party, frontier, entries, bodies, recovery.note)
        else:
            insert_values(models.Body, ("origin", "seq", "salt", "text"), bodies)
        project([Entry(self._party, d.seq, said) for d, said in recovery.bodies], own=self._party)

    def places_held(self) -> Iterator[int]:
        """Places of our own log whose bodies we hold, in order."""
        rows = models.Body.objects.filter(origin=self._party).order_by("seq")
        return rows.values_list("seq", flat=True).iterator(chunk_size=BATCH)

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
        return self.note(self._party)

    def note(self, origin: PartyCode, size: int | None = None) -> str:
        """The signed checkpoint we hold of a log: of a size, else the newest; empty for none."""
        rows = models.HeadNote.objects.filter(origin=origin)
        row = (rows.order_by("-size") if size is None else rows.filter(size=size)).first()
        return row.note if row is not None else ""

    def frontier(self, origin: PartyCode) -> Frontier:
        """The subtree roots of a log as we hold it: a copy, to go on from."""
        return self._frontier(origin)

    def bodies_for(self, label: PartyCode, start: int = 0) -> tuple[Disclosed, ...]:
        """Bodies of our own log from a place on that are meant for a party."""
        rows = models.Body.objects.filter(origin=self._party, seq__gte=start).order_by("seq")
        out = []
        for row in rows.iterator(chunk_size=BATCH):
            entry = entry_of(row)
            if meant_for(entry.statement, label):
                out.append(Disclosed(seq=row.seq, salt=bytes(row.salt), body=row.text.encode()))
        return tuple(out)

    def mirrored_bodies(self, origin: PartyCode) -> tuple[tuple[Disclosed, Statement], ...]:
        """All bodies we hold of a log, in order."""
        rows = models.Body.objects.filter(origin=origin).order_by("seq")
        return tuple(
            (
                Disclosed(seq=row.seq, salt=bytes(row.salt), body=row.text.encode()),
                entry_of(row).statement,
            )
            for row in rows.iterator(chunk_size=BATCH)
        )

    def attachments_of(self, places: Sequence[int]) -> Mapping[str, bytes]:
        """Files that these statements of our own log name, by SHA-256, in order of it."""
        wanted = frozenset(places)
        named = {
            digest
            for entry in entries_of_kind("file.attached")
            if entry.origin == self._party and entry.seq in wanted
            for digest in attached_to(entry.statement)
        }
        rows = models.Attachment.objects.filter(digest__in=named).order_by("digest")
        return {row.digest: bytes(row.content) for row in rows}

    def attachment(self, digest: str) -> bytes | None:
        """A file we hold, by its SHA-256 in hexadecimal."""
        row = models.Attachment.objects.filter(digest=digest).first()
        return bytes(row.content) if row is not None else None

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

    def _frontier(self, origin: PartyCode) -> Frontier:
        row = models.Frontier.objects.filter(origin=origin).first()
        if row is None:
            return Frontier()
        joined = bytes(row.hashes)
        return Frontier(row.size, [joined[i : i + 32] for i in range(0, len(joined), 32)])


def _keep(attachments: Mapping[str, bytes]) -> None:
    """Keep files under their digests, each once."""
    for digest, raw in attachments.items():
        models.Attachment.objects.get_or_create(digest=digest, defaults={"content": raw})


def own_commitments(party: PartyCode) -> tuple[bytes, ...]:
    """The entries of a party's log in the database that is open; reading takes no key."""
    rows = models.LogEntry.objects.filter(origin=party).order_by("seq")
    return tuple(bytes(c) for c in rows.values_list("commitment", flat=True))
