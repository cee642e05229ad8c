"""How is a statement written, durably and with all that follows from it?

The one write path: entries, bodies, signed checkpoint, index and projections in
one transaction. Nothing else in the program writes to these tables.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from hashlib import sha256

from django.db import DataError, connections, transaction
from django.db import IntegrityError as ConstraintError

from repatria.ledger.checkpoint import Checkpoint, origin_of, sign_checkpoint
from repatria.ledger.commitment import SALT_BYTES, commitment
from repatria.ledger.healing import Recovery
from repatria.ledger.log import (
    Arrival,
    Disclosed,
    Progress,
    Receipt,
    SigningGuard,
    attached_to,
    meant_for,
)
from repatria.ledger.merkle import Frontier
from repatria.ledger.signing import SigningKey
from repatria.ledger.statement import Entry, Statement
from repatria.store import models
from repatria.store.collector import resting_collector
from repatria.store.database import current
from repatria.store.direct import BodyRow, EntryRow, Tables, tables
from repatria.store.entries import (
    entries_about,
    entries_at,
    entries_of_kind,
    entry_of,
    remember_written,
)
from repatria.store.erasing import erase_what_is_said, not_erased
from repatria.store.projections import project
from repatria.terms import IntegrityError, PartyCode

BATCH = 2_000
Settle = Callable[[int, bytes], None]


class StoreLog:
    """The log of an installation, kept in the database that is open.

    Args:
        party: whose installation it is.
        key: the party's signing key.
        entropy: gives as many random bytes as asked.
        guard: remembers outside the database what was signed; nobody when None.
    """

    def __init__(
        self,
        party: PartyCode,
        key: SigningKey,
        entropy: Callable[[int], bytes],
        guard: SigningGuard | None = None,
    ) -> None:
        self._party = party
        self._key = key
        self._entropy = entropy
        self._guard = guard
        self._alias = current()
        # The head this log signed in the transaction that is not yet committed.
        self._signed_here: tuple[int, bytes] | None = None

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

    def append(
        self,
        statements: Sequence[Statement],
        attachments: Sequence[bytes] = (),
        *,
        progress: Progress | None = None,
    ) -> Receipt:
        """Write statements to our own log: all of them durably, or none."""
        with self.exclusive(), tables(self._alias) as here:
            _keep({sha256(raw).hexdigest(): raw for raw in attachments})
            frontier = here.frontier(self._party)
            first = frontier.size
            if statements:
                with resting_collector(len(statements)):
                    head = self._write_own(here, frontier, statements, progress)
            else:
                head = _head_of(frontier, self._party)
            return Receipt(origin=self._party, size=head.size, root=head.root, first=first)

    def _write_own(
        self,
        here: Tables,
        frontier: Frontier,
        statements: Sequence[Statement],
        progress: Progress | None,
    ) -> Checkpoint:
        self._ask_guard(frontier)
        first = frontier.size
        entries: list[EntryRow] = []
        bodies: list[BodyRow] = []
        for seq, statement in enumerate(statements, first):
            salt, body = self._entropy(SALT_BYTES), statement.body
            text = body.decode("utf-8")
            entries.append((self._party, seq, commitment(salt, body)))
            bodies.append((self._party, seq, salt, text))
            remember_written(text, statement)
        frontier.extend(committed for _, _, committed in entries)
        head = _head_of(frontier, self._party)
        note = sign_checkpoint(head, self._key)
        here.add(self._party, frontier, entries, bodies, note)
        self._tell_guard(head)
        said = [Entry(self._party, seq, one) for seq, one in enumerate(statements, first)]
        project(said, own=self._party, progress=progress)
        erase_what_is_said(said, own=self._party)
        return head

    def _ask_guard(self, frontier: Frontier) -> None:
        # What was signed in this same transaction is not yet remembered, and needs no asking.
        if self._guard is None or (
            self._signed_here is not None and self._signed_here == (frontier.size, frontier.root())
        ):
            return
        self._guard.check(frontier.size, partial(self._root_at, frontier))

    def _tell_guard(self, head: Checkpoint) -> None:
        if self._guard is not None:
            self._signed_here = (head.size, head.root)
            transaction.on_commit(partial(self._advance, head), using=self._alias)

    def _advance(self, head: Checkpoint) -> None:
        self._signed_here = None
        if self._guard is not None:
            self._guard.advance(head.size, head.root)

    def _root_at(self, frontier: Frontier, size: int) -> bytes | None:
        """The root of our log at a size it had; the next head goes on from this frontier."""
        if size == frontier.size:
            return frontier.root()
        if not 0 <= size < frontier.size:
            return None
        # Rare: the machine stopped between a commit and its being remembered.
        commitments = self.commitments(self._party)
        again = Frontier()
        again.extend(commitments[:size])
        root = again.root()
        again.extend(commitments[size:])
        whole = (again.size, again.hashes) == (frontier.size, frontier.hashes)
        return root if whole else None

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
        origin = arrival.origin
        with tables(self._alias) as here:
            frontier = here.frontier(origin)
            held = frontier.size
            new = arrival.commitments[held - arrival.have :]
            frontier.extend(new)
            entries = ((origin, seq, committed) for seq, committed in enumerate(new, held))
            due = not_erased(origin, (d.seq for d, _ in arrival.bodies if d.seq >= held))
            fresh = [pair for pair in arrival.bodies if pair[0].seq in due]
            bodies = ((origin, d.seq, d.salt, d.body.decode("utf-8")) for d, _ in fresh)
            here.add(origin, frontier, entries, bodies, arrival.note)
        _keep(arrival.attachments)
        said = [Entry(origin, d.seq, statement) for d, statement in fresh]
        project(said, own=self._party)
        erase_what_is_said(said, own=self._party)

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
        own = self._party
        due = not_erased(own, (d.seq for d, _ in recovery.bodies))
        coming = [pair for pair in recovery.bodies if pair[0].seq in due]
        bodies = [(own, d.seq, d.salt, d.body.decode("utf-8")) for d, _ in coming]
        with tables(self._alias) as here:
            frontier = here.frontier(own)
            new = list(enumerate(recovery.commitments, frontier.size))
            frontier.extend(recovery.commitments)
            if recovery.note:
                entries = ((own, seq, committed) for seq, committed in new)
                here.add(own, frontier, entries, bodies, recovery.note)
            else:
                here.add_bodies(bodies)
        said = [Entry(own, d.seq, statement) for d, statement in coming]
        project(said, own=own)
        # What was erased since the backup is erased again before anybody sees it.
        erase_what_is_said(said, own=own)

    def places_held(self) -> Iterator[int]:
        """Places of our own log whose bodies we hold, in order."""
        rows = models.Body.objects.filter(origin=self._party).order_by("seq")
        return rows.values_list("seq", flat=True).iterator(chunk_size=BATCH)

    def head(self, origin: PartyCode) -> Checkpoint:
        """Size and root of a log as we hold it; size 0 for one we never met."""
        return _head_of(self._frontier(origin), origin)

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

    def at(self, places: Iterable[tuple[PartyCode, int]]) -> tuple[Entry, ...]:
        """What we hold at these places, by origin and place."""
        return entries_at(places)

    def _frontier(self, origin: PartyCode) -> Frontier:
        with tables(self._alias) as here:
            return here.frontier(origin)


def _keep(attachments: Mapping[str, bytes]) -> None:
    """Keep files under their digests, each once."""
    for digest, raw in attachments.items():
        models.Attachment.objects.get_or_create(digest=digest, defaults={"content": raw})


def own_commitments(party: PartyCode) -> tuple[bytes, ...]:
    """The entries of a party's log in the database that is open; reading takes no key."""
    rows = models.LogEntry.objects.filter(origin=party).order_by("seq")
    return tuple(bytes(c) for c in rows.values_list("commitment", flat=True))


def _head_of(frontier: Frontier, origin: PartyCode) -> Checkpoint:
    return Checkpoint(origin=origin_of(origin), size=frontier.size, root=frontier.root())
