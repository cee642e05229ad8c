"""Is this log what its party signed? From the files alone, believing nobody.

Everything is recomputed: each commitment from its salt and body, the tree from
the commitments, the root under each signed checkpoint. All that is wrong is
returned, each with its place, not only the first.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from repatria.ledger.checkpoint import open_checkpoint, origin_of
from repatria.ledger.commitment import SALT_BYTES, commitment
from repatria.ledger.erasure import what_is_erased
from repatria.ledger.merkle import Frontier
from repatria.ledger.places import Places
from repatria.ledger.signing import VerifyKey
from repatria.ledger.statement import Entry, Statement, read_statement
from repatria.terms import IntegrityError, PartyCode


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredEntry:
    """A row of a stored log: its commitment and, where held, salt and body."""

    seq: int
    commitment: bytes
    salt: bytes | None = None
    body: bytes | None = None


@dataclass(slots=True, kw_only=True)
class Verdict:
    """What checking a log found.

    Attributes:
        size, root: of the log as recomputed.
        bodies: how many bodies were checked.
        erased: places of this log that it calls erased itself.
        erased_elsewhere: the same for places of other logs, by log.
        faults: place and code of everything wrong; empty when all is as signed.
    """

    origin: PartyCode
    size: int = 0
    root: bytes = b""
    bodies: int = 0
    erased: Places = field(default_factory=Places)
    erased_elsewhere: Mapping[PartyCode, Places] = field(default_factory=dict)
    faults: list[IntegrityError] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


def verify_log(
    origin: PartyCode,
    entries: Iterable[StoredEntry],
    checkpoints: Mapping[int, str],
    key: VerifyKey,
    *,
    every_body_expected: bool,
) -> Verdict:
    """Recompute a log and compare it with every checkpoint stored for it.

    Args:
        origin: whose log.
        entries: all of them, in order.
        checkpoints: signed notes by the size they are stored under; the last
            entry must be covered by one (there is no unsigned tail).
        key: the party's public key.
        every_body_expected: True for our own log, where a missing body is a fault
            unless a later statement calls it erased.

    Cost:
        Two hashes an entry and one a body, O(log n) memory beside the checkpoints.
    """
    verdict = Verdict(origin=origin)
    frontier = Frontier()
    waiting = dict(checkpoints)
    missing: list[int] = []
    erased: dict[PartyCode, set[int]] = defaultdict(set)
    for entry in entries:
        place = f"{origin}/{entry.seq}"
        if entry.seq != frontier.size:
            verdict.faults.append(IntegrityError(place, "entry-out-of-place"))
            return verdict
        said: list[Statement] = []
        verdict.faults.extend(_faults_of(entry, origin, place, said))
        if entry.body is None and entry.salt is None:
            missing.append(entry.seq)
        verdict.bodies += entry.body is not None
        verdict.faults.extend(_collect(said, origin, entry.seq, erased))
        frontier.append(entry.commitment)
        if frontier.size in waiting:
            note = waiting.pop(frontier.size)
            verdict.faults.extend(_faults_of_head(note, origin, frontier, key))
    verdict.size, verdict.root = frontier.size, frontier.root()
    _settle(verdict, erased, missing if every_body_expected else [])
    if frontier.size and frontier.size not in checkpoints:
        verdict.faults.append(IntegrityError(f"{origin} checkpoint", "tail-not-signed"))
    verdict.faults.extend(
        IntegrityError(f"{origin} checkpoint {size}", "checkpoint-beyond-log")
        for size in sorted(waiting)
    )
    return verdict


def _collect(
    said: list[Statement], origin: PartyCode, seq: int, erased: dict[PartyCode, set[int]]
) -> Iterator[IntegrityError]:
    """Note what a statement calls erased."""
    for statement in said:
        try:
            found = what_is_erased(Entry(origin, seq, statement), origin)
        except IntegrityError as fault:
            yield fault
            continue
        if found is not None:
            erased[found.origin].update(found.places)


def _settle(verdict: Verdict, erased: Mapping[PartyCode, set[int]], missing: list[int]) -> None:
    """Only what a statement calls erased may be missing."""
    places = {origin: Places.of(seqs) for origin, seqs in erased.items()}
    verdict.erased = places.pop(verdict.origin, Places())
    verdict.erased_elsewhere = places
    verdict.faults.extend(
        IntegrityError(f"{verdict.origin}/{seq} body", "body-missing")
        for seq in missing
        if seq not in verdict.erased
    )


def _faults_of(
    entry: StoredEntry, origin: str, place: str, said: list[Statement]
) -> Iterator[IntegrityError]:
    if len(entry.commitment) != 32:
        yield IntegrityError(f"{place} commitment", "commitment-malformed")
    if entry.body is None or entry.salt is None:
        if entry.body is not entry.salt:
            yield IntegrityError(f"{place} body", "body-missing")
        return
    if len(entry.salt) != SALT_BYTES or commitment(entry.salt, entry.body) != entry.commitment:
        yield IntegrityError(f"{place} body", "body-not-as-committed")
        return
    try:
        statement = read_statement(entry.body, place=f"{place} body")
    except IntegrityError as fault:
        yield fault
        return
    if statement.by != origin:
        yield IntegrityError(f"{place} body", "body-by-another-party")
    said.append(statement)


def _faults_of_head(
    note: str, origin: PartyCode, frontier: Frontier, key: VerifyKey
) -> Iterator[IntegrityError]:
    place = f"{origin} checkpoint {frontier.size}"
    try:
        head = open_checkpoint(note, key, place=place)
    except IntegrityError as fault:
        yield fault
        return
    if head.origin != origin_of(origin):
        yield IntegrityError(place, "checkpoint-other-log")
    if head.size != frontier.size or head.root != frontier.root():
        yield IntegrityError(place, "root-differs")
