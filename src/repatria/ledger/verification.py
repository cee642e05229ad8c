"""Is this log what its party signed? From the files alone, believing nobody.

Everything is recomputed: each commitment from its salt and body, the tree from
the commitments, the root under each signed checkpoint. All that is wrong is
returned, each with its place, not only the first.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from repatria.ledger.checkpoint import Signers, open_checkpoint, origin_of
from repatria.ledger.commitment import SALT_BYTES, commitment
from repatria.ledger.erasure import what_is_erased
from repatria.ledger.healing import places_lost
from repatria.ledger.merkle import Frontier
from repatria.ledger.places import Places
from repatria.ledger.statement import Entry, read_statement, speaker_in
from repatria.terms import IntegrityError, PartyCode

BATCH = 4_096  # entries whose bytes are kept until they are hashed together
_ABSENCES = b'"kind":"statement.'  # of what a log says is missing in it; in canonical bytes


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
        missing: places whose body is not held.
        lost: what the log itself says was lost.
        erased: places of this log that it calls erased itself.
        erased_elsewhere: the same for places of other logs, by log.
        faults: place and code of everything wrong; empty when all is as signed.
    """

    origin: PartyCode
    size: int = 0
    root: bytes = b""
    bodies: int = 0
    missing: list[int] = field(default_factory=list)
    lost: list[Places] = field(default_factory=list)
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
    key: Signers,
    *,
    every_body_expected: bool,
) -> Verdict:
    """Recompute a log and compare it with every checkpoint stored for it.

    Args:
        origin: whose log.
        entries: all of them, in order.
        checkpoints: signed notes by the size they are stored under; the last
            entry must be covered by one (there is no unsigned tail).
        key: the party's keyring, or its one public key.
        every_body_expected: True for our own log, where a missing body is a fault
            unless the log itself says that it was lost or erased.

    Cost:
        Two hashes an entry and one a body, O(log n) memory beside the checkpoints.
    """
    verdict = Verdict(origin=origin)
    frontier, size, unhashed = Frontier(), 0, []
    erased: dict[PartyCode, set[int]] = defaultdict(set)
    waiting = dict(checkpoints)
    for entry in entries:
        if entry.seq != size:
            verdict.faults.append(IntegrityError(f"{origin}/{entry.seq}", "entry-out-of-place"))
            return verdict
        if _is_whole(entry, origin):
            verdict.faults.extend(_collect(entry, origin, verdict, erased))
        else:
            verdict.faults.extend(_faults_of(entry, origin))
        if entry.body is None and entry.salt is None:
            verdict.missing.append(entry.seq)
        verdict.bodies += entry.body is not None
        size += 1
        unhashed.append(entry.commitment)
        if size in waiting or len(unhashed) == BATCH:
            frontier.extend(unhashed)
            unhashed.clear()
        if size in waiting:
            verdict.faults.extend(_faults_of_head(waiting.pop(size), origin, frontier, key))
    frontier.extend(unhashed)
    verdict.size, verdict.root = size, frontier.root()
    places = {party: Places.of(seqs) for party, seqs in erased.items()}
    verdict.erased, verdict.erased_elsewhere = places.pop(origin, Places()), places
    if every_body_expected:
        verdict.faults.extend(_faults_of_absence(verdict))
    if size and size not in checkpoints:
        verdict.faults.append(IntegrityError(f"{origin} checkpoint", "tail-not-signed"))
    verdict.faults.extend(
        IntegrityError(f"{origin} checkpoint {beyond}", "checkpoint-beyond-log")
        for beyond in sorted(waiting)
    )
    return verdict


def _is_whole(entry: StoredEntry, origin: str) -> bool:
    """Whether a body is there and right in every way; if not, `_faults_of` says why not."""
    salt, body = entry.salt, entry.body
    try:
        return (
            salt is not None
            and body is not None
            and commitment(salt, body) == entry.commitment
            and speaker_in(body, place="") == origin
        )
    except (IntegrityError, ValueError):
        return False


def _collect(
    entry: StoredEntry, origin: PartyCode, verdict: Verdict, erased: dict[PartyCode, set[int]]
) -> Iterator[IntegrityError]:
    """Note what a statement says is missing in the log."""
    if entry.body is None or _ABSENCES not in entry.body:
        return
    place = f"{origin}/{entry.seq} body"
    try:
        said = Entry(origin, entry.seq, read_statement(entry.body, place=place))
        verdict.lost.extend(places_lost(said))
        found = what_is_erased(said, origin)
        if found is not None:
            erased[found.origin].update(found.places)
    except IntegrityError as fault:
        yield fault


def _faults_of_absence(verdict: Verdict) -> Iterator[IntegrityError]:
    """Only what the log itself says was lost or erased may be missing."""
    told = (verdict.erased, *verdict.lost)
    for seq in verdict.missing:
        if not any(seq in places for places in told):
            yield IntegrityError(f"{verdict.origin}/{seq} body", "body-missing")


def _faults_of(entry: StoredEntry, origin: str) -> Iterator[IntegrityError]:
    place = f"{origin}/{entry.seq}"
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
        speaker = speaker_in(entry.body, place=f"{place} body")
    except IntegrityError as fault:
        yield fault
        return
    if speaker != origin:
        yield IntegrityError(f"{place} body", "body-by-another-party")


def _faults_of_head(
    note: str, origin: PartyCode, frontier: Frontier, key: Signers
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
