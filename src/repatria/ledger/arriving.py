"""What does a package add to what we hold, and is it the same story as before?

Compared with the mirror before anything is written: the recipient, the place
where it goes on, everything that overlaps, the root. A log that is not the
continuation of the one we hold is a fork, and evidence of it is made here.

    older than what we hold, and the same    nothing to do
    beginning after what we hold             a gap: ask for an earlier beginning
    another entry, or another root           a fork, with evidence where it can be shown
"""

from collections.abc import Sequence

from repatria.ledger.checkpoint import Checkpoint, origin_of, read_note
from repatria.ledger.fork import Evidence, ForkError, evidence_from
from repatria.ledger.log import Arrival, Log
from repatria.ledger.merkle import EMPTY_ROOT, root_of
from repatria.ledger.package_content import Package
from repatria.terms import IntegrityError, PartyCode


def arrival_of(package: Package, log: Log, *, place: str = "package") -> Arrival | None:
    """What the package adds to our mirror; None when we hold all of it already.

    Its key must have been trusted before (`package.trust`).

    Cost:
        The size of the package; the whole mirror only to show a fork.

    Raises:
        IntegrityError: for another party, or a gap.
        ForkError: the log is not the continuation of the one we hold, with evidence.
    """
    if log.party not in package.recipients:
        raise IntegrityError(place, "package-for-another-party")
    ours = log.head(package.sender)
    if package.have > ours.size:
        raise IntegrityError(place, "package-gap")
    _compare_base(package, log, place)
    overlap = min(ours.size, package.checkpoint.size) - package.have
    held = log.commitments(package.sender, package.have)
    if overlap > 0 and held[:overlap] != package.commitments[:overlap]:
        raise _fork_of(package, log, place)
    if _root_after(package, log, ours, held) != package.checkpoint.root:
        raise _fork_of(package, log, place)
    if package.checkpoint.size <= ours.size:
        return None
    return Arrival(
        origin=package.sender,
        checkpoint=package.checkpoint,
        note=package.note,
        have=package.have,
        commitments=package.commitments,
        bodies=package.bodies,
        attachments=package.attachments,
    )


def _root_after(package: Package, log: Log, ours: Checkpoint, held: Sequence[bytes]) -> bytes:
    """The root that our mirror has, or will have, at the size of the package's head."""
    size = package.checkpoint.size
    if size < ours.size:
        note = log.note(package.sender, size)
        if note:
            return read_note(note, place="our mirror")[0].root
        return root_of(log.commitments(package.sender)[:size])
    frontier = log.frontier(package.sender)
    for entry in package.commitments[len(held) :]:
        frontier.append(entry)
    return frontier.root()


def _compare_base(package: Package, log: Log, place: str) -> None:
    """The sender's own word on where he goes on from is a checkpoint like any other."""
    if package.base:
        fork = contradiction(log, package.sender, package.base, place=place)
        if fork is not None:
            raise ForkError(f"{place} base", fork)


def contradiction(log: Log, origin: PartyCode, note: str, *, place: str) -> Evidence | None:
    """Evidence that a signed checkpoint is not of the log we mirror; None if it may be.

    Args:
        note: its signature was checked with the origin's keyring.

    Cost:
        Nothing for a checkpoint we hold ourselves; else the log up to its size.
    """
    head, _ = read_note(note, place=place)
    ours = log.head(origin)
    if not 0 < head.size <= ours.size or log.note(origin, head.size) == note:
        return None
    entries = log.commitments(origin)
    return evidence_from(note, log.note(origin), entries, place=place)


def _fork_of(package: Package, log: Log, place: str) -> IntegrityError:
    """The error for a package that tells another story, with evidence if it can be shown."""
    ours = log.note(package.sender)
    theirs = log.commitments(package.sender)[: package.have] + package.commitments
    if root_of(theirs) != package.checkpoint.root:
        # Its own entries do not make its root: it changed what is below them, or is malformed.
        theirs = ()
    evidence = None
    if ours and package.note:
        held = read_note(ours, place=place)[0]
        if package.checkpoint.size <= held.size:
            entries = log.commitments(package.sender)
            evidence = evidence_from(package.note, ours, entries, place=place)
        elif theirs:
            evidence = evidence_from(ours, package.note, theirs, place=place)
    if evidence is None:
        return IntegrityError(f"{place} checkpoint", "root-differs")
    return ForkError(f"{place} commitments", evidence)


def check_our_own(log: Log, note: str, *, place: str) -> None:
    """Nothing, when a checkpoint of our own log that somebody shows is of the log we hold.

    Raises:
        IntegrityError: `our-log-shorter-than-theirs` when we hold less than we once
            signed, `our-log-differs` when we hold something else.
    """
    head, _ = read_note(note, place=place)
    ours = log.head(log.party)
    if head.origin != origin_of(log.party):
        raise IntegrityError(place, "checkpoint-other-log")
    if head.size > ours.size:
        raise IntegrityError(place, "our-log-shorter-than-theirs")
    if head.size == 0:
        root = EMPTY_ROOT
    elif known := log.note(log.party, head.size):
        root = read_note(known, place=place)[0].root
    else:
        root = root_of(log.commitments(log.party)[: head.size])
    if root != head.root:
        raise IntegrityError(place, "our-log-differs")
