"""What do we hand to a peer?

A package is a file, sealed for its recipients. Making one is noted before the file
leaves; it can be taken back, which only asks. What is taken in is in `receiving`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from repatria.ledger.keyring import Keyring
from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.checkpoint_cosigned import CheckpointCosigned
from repatria.ledger.kinds.package_revoked import PackageRevoked
from repatria.ledger.kinds.package_sent import PackageSent
from repatria.ledger.log import Log, Receipt
from repatria.ledger.package import make_package
from repatria.ledger.package_content import Returned
from repatria.ledger.sealing import Recipient
from repatria.ledger.statement import Ground
from repatria.operations.access import (
    keyring_of,
    keyrings_of,
)
from repatria.operations.desk import Desk
from repatria.terms import NotVisible, Objection, PartyCode, Refusal, Role

_DISPATCH = Ground(basis="dispatch")
_RULE = "packages"
# Who may take a package in, refuse it, or take one back.
DECIDES = (Role.REGISTRAR, Role.NEGOTIATOR, Role.INTERMEDIARY, Role.HANDOVER_OFFICER)


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


def send_package(
    desk: Desk, *, to: PartyCode | Sequence[PartyCode], until: datetime | None = None
) -> MadePackage:
    """A package bringing peers from where they said they stand to our head.

    Args:
        to: one recipient, or several: then it holds only what is meant for all of them.
        until: moment after which it should not be accepted any more.

    Raises:
        Refusal: `peer-unknown`, `nobody-to-send-to`, `peer-has-no-key` when a peer has
            ended all its keys, so that nothing can be sealed for it.
    """
    parties = _recipients(to)
    with desk.log.exclusive():
        rings = _known_keyrings(desk, parties)
        receipts = [_receipts_by(desk, party) for party in parties]
        have = min(size for size, _ in receipts)
        believed = min(version for _, version in receipts)
        raw = make_package(
            desk.log,
            to=parties,
            have=have,
            node=desk.node,
            recipients=_sealed_for(rings),
            keyrings=_keyrings_after(desk, believed),
            until=until,
        )
        return _noted(desk, raw, parties, have=have, until=until)


def return_log(desk: Desk, *, to: PartyCode) -> MadePackage:
    """A package that gives a peer its own log back as we mirror it, to heal what it lost.

    Taking it in heals nothing: that needs an act of its own on the other side.

    Raises:
        Refusal: `peer-unknown`, `nothing-to-return` when we hold nothing of its log.
    """
    with desk.log.exclusive():
        rings = _known_keyrings(desk, (to,))
        note = desk.log.note(to)
        if not note:
            raise Refusal(Objection(code="nothing-to-return", rule=_RULE, about=(to,)))
        returned = Returned(
            have=0,
            note=note,
            commitments=desk.log.commitments(to),
            bodies=desk.log.mirrored_bodies(to),
        )
        # From the beginning: whoever lost his log does not know how much of ours he holds.
        raw = make_package(
            desk.log,
            to=(to,),
            have=0,
            node=desk.node,
            recipients=_sealed_for(rings),
            keyrings=_keyrings_after(desk, 1),
            returned=returned,
        )
        return _noted(desk, raw, (to,), have=0, until=None)


def _recipients(to: PartyCode | Sequence[PartyCode]) -> tuple[PartyCode, ...]:
    parties = (to,) if isinstance(to, str) else tuple(sorted(set(to)))
    if not parties:
        raise Refusal(Objection(code="nobody-to-send-to", rule=_RULE))
    return tuple(PartyCode(party) for party in parties)


def _known_keyrings(desk: Desk, parties: Sequence[PartyCode]) -> tuple[Keyring, ...]:
    rings = {party: keyring_of(desk.log, party) for party in parties}
    Refusal.unless_empty(
        Objection(code="peer-unknown", rule="first contact", about=(party,))
        for party, ring in rings.items()
        if ring is None or party == desk.party
    )
    known = tuple(ring for ring in rings.values() if ring is not None)
    Refusal.unless_empty(
        Objection(code="peer-has-no-key", rule="keys", about=(ring.party,))
        for ring in known
        if all(node.to_size is not None for node in ring.nodes)
    )
    return known


def _sealed_for(rings: Iterable[Keyring]) -> tuple[Recipient, ...]:
    return tuple(n.recipient for ring in rings for n in ring.nodes if n.to_size is None)


def _keyrings_after(desk: Desk, version: int) -> tuple[str, ...]:
    """Envelopes of our own keyring above a version, in order."""
    ours = keyrings_of(desk.log, desk.party)
    return tuple(ring.envelope.text for ring in ours if ring.version > version)


def _noted(
    desk: Desk,
    raw: bytes,
    parties: Sequence[PartyCode],
    *,
    have: int,
    until: datetime | None,
) -> MadePackage:
    """Write down that a package was made, before it leaves the house."""
    size = desk.log.head(desk.party).size
    digest = sha256(raw).hexdigest()
    allowed = [{d.seq for d in desk.log.bodies_for(party, have)} for party in parties]
    disclosed = len(set.intersection(*allowed))
    sent = PackageSent(
        to=parties[0],
        digest=digest,
        have=have,
        size=size,
        disclosed=disclosed,
        others=tuple(parties[1:]),
        until=until,
    )
    noted = desk.state(sent, about=(f"package:{digest}",), audience={desk.party}, ground=_DISPATCH)
    desk.log.append((noted,))
    return MadePackage(raw=raw, digest=digest, statements=size - have, disclosed=disclosed)


def revoke_package(desk: Desk, *, digest: str, reason: str) -> Receipt:
    """The receipt of our word that a package we made should not be taken in any more.

    It reaches its recipients with the next package; whoever took the first in by
    then keeps what it brought.

    Raises:
        Refusal: `role-may-not`, `reason-missing`, `package-unknown`.
    """
    desk.require(*DECIDES)
    subject = f"package:{digest}"
    with desk.log.exclusive():
        made = [
            payload_of(e, PackageSent)
            for e in desk.log.about(subject)
            if e.statement.kind == "package.sent" and e.origin == desk.party
        ]
        found = []
        if not made:
            found.append(Objection(code="package-unknown", rule=_RULE, about=(subject,)))
        if not reason.strip():
            found.append(Objection(code="reason-missing", rule=_RULE))
        Refusal.unless_empty(found)
        revoked = desk.state(
            PackageRevoked(digest=digest, reason=reason.strip()),
            about=(subject,),
            audience={desk.party, made[0].to, *made[0].others},
            ground=_DISPATCH,
        )
        return desk.log.append((revoked,))


def _receipts_by(desk: Desk, peer: PartyCode) -> tuple[int, int]:
    """Size of our log and version of our keyring that a peer has said it holds."""
    size = version = 0
    for entry in desk.log.about(f"peer:{desk.party}"):
        if entry.origin == peer and entry.statement.kind == "checkpoint.cosigned":
            said = payload_of(entry, CheckpointCosigned)
            size = max(size, int(said.note.split("\n")[1]))
            version = max(version, said.keyring)
    return size, max(version, 1)


def receipt_by(log: Log, peer: PartyCode) -> str:
    """A peer's newest receipt for our log, as a file for anybody: a head and the line under it.

    Raises:
        NotVisible: the peer has given none that reached us.

    Source:
        C2SP tlog-cosignature; `docs/formats/receipt.md`.
    """
    given = [
        payload_of(entry, CheckpointCosigned)
        for entry in log.about(f"peer:{log.party}")
        if entry.origin == peer and entry.statement.kind == "checkpoint.cosigned"
    ]
    if not given:
        raise NotVisible
    newest = max(given, key=lambda said: int(said.note.split("\n")[1]))
    return newest.note + newest.cosignature
