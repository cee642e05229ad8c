"""What do peers hold of our own log that we lost?

Whatever they give back proves itself: the head bears our signature, the entries
make its root, each body is what its entry commits to. So it does not matter who
brings it, and several peers' copies add up: the longest log, every body that
any of them was given. What nobody was given is lost, and said to be.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from repatria.ledger.checkpoint import Signers, open_checkpoint, read_note
from repatria.ledger.fork import Evidence, evidence_from
from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.statement_lost import StatementLost
from repatria.ledger.log import Disclosed
from repatria.ledger.merkle import root_of
from repatria.ledger.package_content import Returned
from repatria.ledger.places import Places
from repatria.ledger.statement import Entry, Statement
from repatria.terms.errors import IntegrityError


class OwnLogDiffersError(IntegrityError):
    """What a peer gives back bears our signature and is another log than ours.

    Attributes:
        evidence: both heads, if it can be shown to anybody that they contradict
            each other.
    """

    def __init__(self, place: str, evidence: Evidence | None) -> None:
        super().__init__(place, "our-log-differs")
        self.evidence = evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery:
    """What is added to our own log.

    Attributes:
        have: how many entries we hold.
        note: the longest head that came back, if it is longer than ours; else empty.
        commitments: entries from `have` to there.
        bodies: those that we did not hold, in order of place.
        lost: places for which no body is held by anybody who gave something back.
    """

    have: int
    note: str
    commitments: tuple[bytes, ...]
    bodies: tuple[tuple[Disclosed, Statement], ...]
    lost: Places

    @property
    def size(self) -> int:
        """Of our log afterwards."""
        return self.have + len(self.commitments)


def recovery_from(
    returned: Mapping[str, Returned],
    *,
    held: Sequence[bytes],
    our_note: str,
    bodies_held: Iterable[int],
    lost_before: Places,
    erased: Places,
    keyring: Signers,
) -> Recovery:
    """What these copies of our own log add to what we hold.

    Args:
        returned: as peers gave it back, by a name for each copy.
        held: the entries of our own log.
        our_note: our newest signed head; empty when we hold none.
        bodies_held: places whose bodies we hold.
        lost_before: places that we said are lost; their bodies are welcome all the same.
        erased: places whose bodies must not come back.
        keyring: ours.

    Raises:
        IntegrityError: a head is not signed by us, or is not that of its entries
            (`root-differs`); a copy starts after everything else ends (`package-gap`).
        OwnLogDiffersError: two of them are not the beginning of one log.
    """
    longest, note = tuple(held), our_note
    for place, copy in sorted(returned.items(), key=lambda item: _end_of(item[1]), reverse=True):
        longest, note = _longer(longest, note, copy, keyring, place)
    bodies: dict[int, tuple[Disclosed, Statement]] = {}
    present = set(bodies_held)
    for copy in returned.values():
        for disclosed, statement in copy.bodies:
            if disclosed.seq not in present and disclosed.seq not in erased:
                bodies.setdefault(disclosed.seq, (disclosed, statement))
    present.update(bodies)
    missing = (
        n
        for n in range(len(longest))
        if n not in present and n not in erased and n not in lost_before
    )
    return Recovery(
        have=len(held),
        note=note if len(longest) > len(held) else "",
        commitments=longest[len(held) :],
        bodies=tuple(bodies[seq] for seq in sorted(bodies)),
        lost=Places.of(missing),
    )


def _end_of(copy: Returned) -> int:
    return copy.have + len(copy.commitments)


def _longer(
    known: tuple[bytes, ...], note: str, copy: Returned, keyring: Signers, place: str
) -> tuple[tuple[bytes, ...], str]:
    """The longer of two copies of one log, with its head, once they were compared."""
    head = open_checkpoint(copy.note, keyring, place=f"{place} returned")
    if copy.have > len(known):
        raise IntegrityError(f"{place} returned", "package-gap")
    entries = known[: copy.have] + copy.commitments
    overlap = min(len(known), len(entries))
    if entries[:overlap] != known[:overlap]:
        raise OwnLogDiffersError(f"{place} returned", _evidence(note, copy.note, known, entries))
    if root_of(entries) != head.root:
        raise IntegrityError(f"{place} returned", "root-differs")
    return (entries, copy.note) if len(entries) > len(known) else (known, note)


def _evidence(
    ours: str, theirs: str, known: tuple[bytes, ...], entries: tuple[bytes, ...]
) -> Evidence | None:
    """That we signed two stories, if the heads show it."""
    if not ours:
        return None
    (a, _), (b, _) = (read_note(note, place="our log") for note in (ours, theirs))
    if root_of(known[: a.size]) != a.root or root_of(entries[: b.size]) != b.root:
        return None
    if a.size <= b.size:
        return evidence_from(ours, theirs, entries, place="our log")
    return evidence_from(theirs, ours, known, place="our log")


def places_lost(entry: Entry) -> tuple[Places, ...]:
    """The places in its own log that an entry says were lost; nothing for other kinds.

    Raises:
        IntegrityError: it is a `statement.lost` that cannot be read, or speaks of
            what was not said yet.
    """
    if entry.statement.kind != "statement.lost":
        return ()
    try:
        places = Places.read(payload_of(entry, StatementLost).places)
    except ValueError:
        raise IntegrityError(f"{entry.ref} content", "payload-malformed") from None
    if places.last >= entry.seq:
        raise IntegrityError(f"{entry.ref} content", "payload-malformed")
    return (places,)
