"""In what order was it said, and how is something added?

`Log` is what operations need of an installation's memory: its own log, which
alone can be appended to, and mirrors of the others'. `ListLog` keeps it in
memory for tests of rules; the database keeps it in `store`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Protocol

from repatria.ledger.checkpoint import Checkpoint, origin_of, sign_checkpoint
from repatria.ledger.commitment import SALT_BYTES, commitment
from repatria.ledger.erasure import is_erasable, what_is_erased
from repatria.ledger.merkle import EMPTY_ROOT, Frontier
from repatria.ledger.signing import SigningKey
from repatria.ledger.statement import Entry, Statement
from repatria.terms import PartyCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """Proof that something was written durably.

    Attributes:
        origin: whose log.
        size, root: its head afterwards.
        first: place of the first statement written; equals `size` when none was.
    """

    origin: PartyCode
    size: int
    root: bytes
    first: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosed:
    """A body that travels, with its place and its salt."""

    seq: int
    salt: bytes
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A peer's log as a checked package brings it.

    Attributes:
        origin: whose log.
        checkpoint: its head, `note` the signed text.
        have: size the commitments start at.
        commitments: entries `have` to the head.
        bodies: what was disclosed to us, with the statements read from them.
        attachments: files that disclosed statements name, by SHA-256.
    """

    origin: PartyCode
    checkpoint: Checkpoint
    note: str
    have: int
    commitments: tuple[bytes, ...]
    bodies: tuple[tuple[Disclosed, Statement], ...]
    attachments: Mapping[str, bytes] = field(default_factory=dict)


Progress = Callable[[int, int], None]


class SigningGuard(Protocol):
    """What remembers, outside the log, the newest head that was signed.

    A database that was set back, or exchanged for another, knows nothing of it; who
    signs another story than the one he signed before has forked his own log.
    """

    def check(self, size: int, root_at: Callable[[int], bytes | None]) -> None:
        """Refuse to let anything be signed unless the log goes on from the remembered head.

        Called inside the transaction, before the next head is signed.

        Args:
            size: of our log as it stands, before what is about to be added.
            root_at: the root our log had at a size, from the log as it stands; None
                for a size it never had, or where its own parts do not agree.

        Raises:
            IntegrityError: it does not.
        """

    def advance(self, size: int, root: bytes) -> None:
        """Remember durably that this head was signed.

        Called after the outermost commit, before the caller gets his receipt. Where
        the machine stopped in between, the remembered head is an older one.
        """


class Log(Protocol):
    """What an operation may ask of an installation's memory."""

    @property
    def party(self) -> PartyCode:
        """Whose installation this is."""

    def exclusive(self) -> AbstractContextManager[None]:
        """Nobody else writes while rules are checked and statements appended."""

    def append(
        self,
        statements: Sequence[Statement],
        attachments: Sequence[bytes] = (),
        *,
        progress: Progress | None = None,
    ) -> Receipt:
        """Write statements to our own log: all of them durably, or none.

        Args:
            statements: what is said.
            attachments: files that they name by hash; kept in the same transaction.
            progress: hears how much is written; what it raises leaves nothing written.
        """

    def mirror(self, arrival: Arrival, note: Callable[[], Sequence[Statement]]) -> Receipt:
        """Take in a peer's log and append our own note of it, all or nothing."""

    def head(self, origin: PartyCode) -> Checkpoint:
        """Size and root of a log as we hold it; size 0 for one we never met."""

    def commitments(self, origin: PartyCode, start: int = 0) -> tuple[bytes, ...]:
        """The entries of a log from a place on."""

    def signed_head(self) -> str:
        """Our own newest signed checkpoint; empty text when nothing was said yet."""

    def note(self, origin: PartyCode, size: int | None = None) -> str:
        """The signed checkpoint we hold of a log: of a size, else the newest; empty for none."""

    def frontier(self, origin: PartyCode) -> Frontier:
        """The subtree roots of a log as we hold it: a copy, to go on from."""

    def bodies_for(self, label: PartyCode, start: int = 0) -> tuple[Disclosed, ...]:
        """Bodies of our own log from a place on that are meant for a party."""

    def mirrored_bodies(self, origin: PartyCode) -> tuple[tuple[Disclosed, Statement], ...]:
        """All bodies we hold of a log, in order."""

    def attachments_of(self, places: Sequence[int]) -> Mapping[str, bytes]:
        """Files that these statements of our own log name, by SHA-256, in order of it."""

    def attachment(self, digest: str) -> bytes | None:
        """A file we hold, by its SHA-256 in hexadecimal."""

    def about(self, subject: str) -> tuple[Entry, ...]:
        """All we hold about a subject, by origin and place."""

    def about_each(self, subjects: Iterable[str], *kinds: str) -> Mapping[str, Sequence[Entry]]:
        """The same for many subjects, read at once; one nothing was said about is absent.

        Args:
            subjects: ids; may be many.
            kinds: only these kinds; all when none is named.
        """

    def of_kind(self, *kinds: str) -> tuple[Entry, ...]:
        """All we hold of these kinds, by origin and place."""

    def is_named(self, subject: str) -> bool:
        """Whether anything was ever said about a subject."""

    def at(self, places: Iterable[tuple[PartyCode, int]]) -> tuple[Entry, ...]:
        """What we hold at these places, by origin and place."""


@dataclass(slots=True)
class _Kept:
    commitments: list[bytes]
    frontier: Frontier
    bodies: dict[int, tuple[bytes, Statement]]
    notes: dict[int, str]
    erased: set[int] = field(default_factory=set)

    def __deepcopy__(self, memo: dict[int, object]) -> "_Kept":
        # Entries and statements never change: a copy shares them.
        return _Kept(
            commitments=list(self.commitments),
            frontier=Frontier(self.frontier.size, self.frontier.hashes),
            bodies=dict(self.bodies),
            notes=dict(self.notes),
            erased=set(self.erased),
        )


class _Held:
    """What is held of all logs, by origin and place, found by subject and by kind."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.all = tuple(entries)
        self.about: dict[str, list[Entry]] = {}
        self.of_kind: dict[str, list[Entry]] = {}
        for entry in self.all:
            self.of_kind.setdefault(entry.statement.kind, []).append(entry)
            for subject in dict.fromkeys(entry.statement.about):
                self.about.setdefault(subject, []).append(entry)

    def __deepcopy__(self, memo: dict[int, object]) -> "_Held":
        return self


class ListLog:
    """A log in memory, with real commitments, tree and signatures.

    Args:
        party: whose it is.
        key: the party's signing key.
        entropy: gives as many random bytes as asked.
    """

    def __init__(self, party: PartyCode, key: SigningKey, entropy: Callable[[int], bytes]) -> None:
        self._party = party
        self._key = key
        self._entropy = entropy
        self._attachments: dict[str, bytes] = {}
        self._logs: dict[PartyCode, _Kept] = defaultdict(lambda: _Kept([], Frontier(), {}, {}))
        self._held: _Held | None = None

    @property
    def party(self) -> PartyCode:
        """Whose installation this is."""
        return self._party

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """There is only one writer in memory."""
        yield

    def append(
        self,
        statements: Sequence[Statement],
        attachments: Sequence[bytes] = (),
        *,
        progress: Progress | None = None,
    ) -> Receipt:
        """Write statements to our own log."""
        self._held = None
        self._attachments |= {sha256(raw).hexdigest(): raw for raw in attachments}
        kept = self._logs[self._party]
        first = kept.frontier.size
        for statement in statements:
            salt = self._entropy(SALT_BYTES)
            entry = commitment(salt, statement.body)
            kept.bodies[len(kept.commitments)] = (salt, statement)
            kept.commitments.append(entry)
            kept.frontier.append(entry)
        self._erase(Entry(self._party, first + n, said) for n, said in enumerate(statements))
        if progress is not None:
            progress(len(statements), len(statements))
        head = self.head(self._party)
        if statements:
            kept.notes[head.size] = sign_checkpoint(head, self._key)
        return Receipt(origin=self._party, size=head.size, root=head.root, first=first)

    def mirror(self, arrival: Arrival, note: Callable[[], Sequence[Statement]]) -> Receipt:
        """Take in a peer's log and append our own note of it."""
        self._held = None
        kept = self._logs[arrival.origin]
        for entry in arrival.commitments[kept.frontier.size - arrival.have :]:
            kept.commitments.append(entry)
            kept.frontier.append(entry)
        for disclosed, statement in arrival.bodies:
            if disclosed.seq not in kept.erased:
                kept.bodies.setdefault(disclosed.seq, (disclosed.salt, statement))
        kept.notes[arrival.checkpoint.size] = arrival.note
        self._attachments |= arrival.attachments
        self._erase(Entry(arrival.origin, d.seq, said) for d, said in arrival.bodies)
        return self.append(note())

    def _erase(self, said: Iterable[Entry]) -> None:
        """Destroy the bodies that these statements say are erased."""
        for entry in said:
            found = what_is_erased(entry, self._party)
            if found is None:
                continue
            kept = self._logs[found.origin]
            for seq in found.places:
                held = kept.bodies.get(seq)
                if held is None or is_erasable(held[1].kind):
                    kept.erased.add(seq)
                    kept.bodies.pop(seq, None)

    def head(self, origin: PartyCode) -> Checkpoint:
        """Size and root of a log as we hold it."""
        kept = self._logs.get(origin)
        size, root = (kept.frontier.size, kept.frontier.root()) if kept else (0, EMPTY_ROOT)
        return Checkpoint(origin=origin_of(origin), size=size, root=root)

    def commitments(self, origin: PartyCode, start: int = 0) -> tuple[bytes, ...]:
        """The entries of a log from a place on."""
        return tuple(self._logs[origin].commitments[start:])

    def signed_head(self) -> str:
        """Our own newest signed checkpoint."""
        return self.note(self._party)

    def note(self, origin: PartyCode, size: int | None = None) -> str:
        """The signed checkpoint we hold of a log: of a size, else the newest; empty for none."""
        notes = self._logs[origin].notes
        return notes.get(max(notes, default=0) if size is None else size, "")

    def frontier(self, origin: PartyCode) -> Frontier:
        """The subtree roots of a log as we hold it: a copy, to go on from."""
        kept = self._logs[origin].frontier
        return Frontier(kept.size, kept.hashes)

    def bodies_for(self, label: PartyCode, start: int = 0) -> tuple[Disclosed, ...]:
        """Bodies of our own log from a place on that are meant for a party."""
        return tuple(
            Disclosed(seq=seq, salt=salt, body=statement.body)
            for seq, (salt, statement) in sorted(self._logs[self._party].bodies.items())
            if seq >= start and meant_for(statement, label)
        )

    def mirrored_bodies(self, origin: PartyCode) -> tuple[tuple[Disclosed, Statement], ...]:
        """All bodies we hold of a log, in order."""
        return tuple(
            (Disclosed(seq=seq, salt=salt, body=statement.body), statement)
            for seq, (salt, statement) in sorted(self._logs[origin].bodies.items())
        )

    def attachments_of(self, places: Sequence[int]) -> Mapping[str, bytes]:
        """Files that these statements of our own log name, by SHA-256, in order of it."""
        bodies = self._logs[self._party].bodies
        named = {d for seq in places if seq in bodies for d in attached_to(bodies[seq][1])}
        return {d: self._attachments[d] for d in sorted(named) if d in self._attachments}

    def attachment(self, digest: str) -> bytes | None:
        """A file we hold, by its SHA-256 in hexadecimal."""
        return self._attachments.get(digest)

    def about(self, subject: str) -> tuple[Entry, ...]:
        """All we hold about a subject, by origin and place."""
        return tuple(self._found().about.get(subject, ()))

    def about_each(self, subjects: Iterable[str], *kinds: str) -> Mapping[str, Sequence[Entry]]:
        """The same for many subjects, read at once; one nothing was said about is absent."""
        wanted = frozenset(subjects)
        found: dict[str, list[Entry]] = {}
        for entry in self.of_kind(*kinds) if kinds else self._all():
            for subject in wanted.intersection(entry.statement.about):
                found.setdefault(subject, []).append(entry)
        return found

    def of_kind(self, *kinds: str) -> tuple[Entry, ...]:
        """All we hold of these kinds, by origin and place."""
        held = self._found().of_kind
        if len(kinds) == 1:
            return tuple(held.get(kinds[0], ()))
        return tuple(entry for entry in self._all() if entry.statement.kind in kinds)

    def is_named(self, subject: str) -> bool:
        """Whether anything was ever said about a subject."""
        return subject in self._found().about

    def at(self, places: Iterable[tuple[PartyCode, int]]) -> tuple[Entry, ...]:
        """What we hold at these places, by origin and place."""
        wanted = frozenset(places)
        return tuple(entry for entry in self._all() if (entry.origin, entry.seq) in wanted)

    def _all(self) -> tuple[Entry, ...]:
        return self._found().all

    def _found(self) -> _Held:
        if self._held is None:
            logs: Mapping[PartyCode, _Kept] = self._logs
            self._held = _Held(
                Entry(origin, seq, statement)
                for origin in sorted(logs)
                for seq, (_, statement) in sorted(logs[origin].bodies.items())
            )
        return self._held


def meant_for(statement: Statement, party: PartyCode) -> bool:
    """Whether a statement's body may travel to a party: its label or the public's is on it.

    Labels of roles inside a party (`north.medical`) and of families never travel.
    """
    return party in statement.audience or "public" in statement.audience


def attached_to(statement: Statement) -> tuple[str, ...]:
    """The files that a statement names, by SHA-256 in hexadecimal."""
    if statement.kind != "file.attached":
        return ()
    digest = statement.content.get("digest")
    return (digest,) if isinstance(digest, str) else ()
