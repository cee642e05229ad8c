"""What do we hand to a peer, and what do we take in from one?

A package is a file. Making one is noted before the file leaves; taking one in
happens after every check, all or nothing, and taking it in twice changes nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from repatria.ledger.checkpoint import Checkpoint
from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.package_received import PackageReceived
from repatria.ledger.kinds.package_sent import PackageSent
from repatria.ledger.kinds.peer_introduced import PeerIntroduced
from repatria.ledger.package import Package, arrival_of, make_package, open_package, sender_of
from repatria.ledger.statement import Entry, Ground
from repatria.operations.access import key_of_peer
from repatria.operations.admission import refuse_inadmissible
from repatria.operations.desk import Desk
from repatria.operations.erasure_answers import acknowledgements
from repatria.terms import IntegrityError, Objection, PartyCode, Refusal

_DISPATCH = Ground(basis="dispatch")


@dataclass(frozen=True, slots=True, kw_only=True)
class MadePackage:
    """A package file that was made.

    Attributes:
        raw: its bytes.
        digest: SHA-256 of them, hexadecimal.
        statements: how many commitments it brings.
        disclosed: how many bodies it holds.
    """

    raw: bytes
    digest: str
    statements: int
    disclosed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """What a package brought.

    Attributes:
        sender: whose it is.
        new: commitments that we did not hold before; 0 for one taken in already.
        disclosed: bodies among them.
    """

    sender: PartyCode
    new: int
    disclosed: int


def send_package(desk: Desk, *, to: PartyCode) -> MadePackage:
    """A package bringing a peer from where it said it stands to our head.

    Raises:
        Refusal: `peer-unknown`.
    """
    with desk.log.exclusive():
        if key_of_peer(desk, to) is None:
            raise Refusal(Objection(code="peer-unknown", rule="first contact", about=(to,)))
        have = _acknowledged_by(desk, to)
        raw = make_package(desk.log, to=to, have=have, key=desk.key, seen=_mirrors(desk))
        size = desk.log.head(desk.party).size
        disclosed = len(desk.log.bodies_for(to, have))
        digest = sha256(raw).hexdigest()
        noted = desk.state(
            PackageSent(to=to, digest=digest, have=have, size=size, disclosed=disclosed),
            about=(f"package:{digest}",),
            audience={desk.party},
            ground=_DISPATCH,
        )
        desk.log.append((noted,))
    return MadePackage(raw=raw, digest=digest, statements=size - have, disclosed=disclosed)


def take_in_package(desk: Desk, raw: bytes, *, place: str = "package") -> TakenIn:
    """What a package brought, once every check has passed and it is written.

    Raises:
        IntegrityError: the package is damaged, not for us, leaves a gap, tells
            another story than the one we mirror, or holds a statement that a peer
            may not make here; nothing is written then.
        Refusal: `peer-unknown`: we never met its sender.
    """
    with desk.log.exclusive():
        # The header only says whose key to look up; everything is then checked with
        # the key that was noted for that sender at first contact.
        sender, _ = sender_of(raw, place=place)
        key = key_of_peer(desk, sender)
        if key is None:
            raise Refusal(Objection(code="peer-unknown", rule="first contact", about=(sender,)))
        package = open_package(raw, key=key, place=place)
        arrival = arrival_of(package, desk.log, place=place)
        if arrival is None:
            return TakenIn(sender=sender, new=0, disclosed=0)
        for disclosed, statement in arrival.bodies:
            refuse_inadmissible(Entry(sender, disclosed.seq, statement), desk.party)
        new = arrival.checkpoint.size - desk.log.head(sender).size
        fresh = [d.seq for d, _ in arrival.bodies if d.seq >= arrival.checkpoint.size - new]
        received = _received(desk, package, fresh)
        noted = desk.state(
            received,
            about=(f"package:{package.digest}", f"peer:{sender}"),
            audience={desk.party},
            ground=_DISPATCH,
        )
        desk.log.mirror(arrival, lambda: (noted, *acknowledgements(desk, sender, arrival, fresh)))
    return TakenIn(sender=sender, new=new, disclosed=len(fresh))


def _received(desk: Desk, package: Package, fresh: Iterable[int]) -> PackageReceived:
    holds, root = package.seen.get(desk.party, (0, ""))
    ours = desk.log.head(desk.party)
    if holds > ours.size or (holds == ours.size and root != ours.root.hex()):
        # They hold more of our log than we do: ours was set back, or theirs is forged.
        raise IntegrityError("package seen", "our-log-shorter-than-theirs")
    return PackageReceived(
        origin=package.sender,
        digest=package.digest,
        size=package.checkpoint.size,
        root=package.checkpoint.root.hex(),
        disclosed=ranges_of(fresh),
        holds=holds,
    )


def ranges_of(places: Iterable[int]) -> str:
    """The places as text: `0-4,7`; empty for none."""
    runs: list[list[int]] = []
    for place in sorted(places):
        if runs and place == runs[-1][1] + 1:
            runs[-1][1] = place
        else:
            runs.append([place, place])
    return ",".join(f"{a}-{b}" if a != b else f"{a}" for a, b in runs)


def _acknowledged_by(desk: Desk, peer: PartyCode) -> int:
    """The size of our log that a peer has said it holds."""
    entries = desk.log.about(f"peer:{peer}")
    received = [
        e for e in entries if e.statement.kind == "package.received" and e.origin == desk.party
    ]
    return max((payload_of(e, PackageReceived).holds for e in received), default=0)


def _mirrors(desk: Desk) -> dict[str, Checkpoint]:
    peers = {
        payload_of(entry, PeerIntroduced).party
        for entry in desk.log.of_kind("peer.introduced")
        if entry.origin == desk.party
    }
    heads = {party: desk.log.head(party) for party in peers - {desk.party}}
    return {party: head for party, head in heads.items() if head.size}
