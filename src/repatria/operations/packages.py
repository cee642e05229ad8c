"""What do we hand to a peer, and what do we take in from one?

A package is a file, sealed for its recipients. Making one is noted before the
file leaves. Taking one in happens after every check, all or nothing; taking it in
twice changes nothing, and so does the order in which packages come. What is taken
in is receipted: our cosignature of the sender's head goes to everybody.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from repatria.ledger.arriving import arrival_of
from repatria.ledger.checkpoint import origin_of
from repatria.ledger.cosignature import cosign
from repatria.ledger.fork import ForkError
from repatria.ledger.keyring import Keyring, steps
from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.checkpoint_cosigned import CheckpointCosigned
from repatria.ledger.kinds.package_received import PackageReceived
from repatria.ledger.kinds.package_refused import PackageRefused
from repatria.ledger.kinds.package_revoked import PackageRevoked
from repatria.ledger.kinds.package_sent import PackageSent
from repatria.ledger.log import Arrival, Receipt
from repatria.ledger.package import make_package, open_package, trust
from repatria.ledger.package_content import Package, Returned
from repatria.ledger.sealing import Recipient
from repatria.ledger.statement import Entry, Ground, Statement
from repatria.operations.access import (
    introduction_of,
    keyring_noted,
    keyring_of,
    keyrings_of,
    peers_of,
)
from repatria.operations.admission import refuse_inadmissible
from repatria.operations.desk import Desk
from repatria.operations.erasure_answers import acknowledgements
from repatria.operations.forks import accused_of, forked_logs, gossip_in, note_fork
from repatria.operations.signature_admission import refuse_false_signatures
from repatria.terms import IntegrityError, Objection, PartyCode, Refusal, Role

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


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """What a package brought.

    Attributes:
        sender: whose it is.
        new: commitments that we did not hold before; 0 for one taken in already.
        disclosed: bodies among them.
        forked: logs of others about which it brought evidence of two stories.
        returned: size of our own log that it gives back; nothing was healed by that.
    """

    sender: PartyCode
    new: int
    disclosed: int
    forked: tuple[PartyCode, ...] = ()
    returned: int = 0


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A package after every check, before anything is written.

    Attributes:
        package: what it says.
        keyring: its sender's keyring, as the package leaves it.
        new_keyring: whether that is a version we did not know.
        keyrings: the versions beyond the one we knew, in order; the last is `keyring`.
        arrival: what it adds to our mirror; None when we hold all of it.
        revoked: whether its sender has taken it back.
        expired: whether its sender did not want it accepted any more by now.
    """

    package: Package
    keyring: Keyring
    new_keyring: bool
    arrival: Arrival | None
    keyrings: tuple[Keyring, ...]
    revoked: bool
    expired: bool


def check_package(desk: Desk, raw: bytes, *, place: str = "package") -> Checked:
    """What a package would bring, after every check; nothing is written.

    Raises:
        IntegrityError: the package is damaged, not for us, leaves a gap, tells
            another story than the one we mirror, or holds a statement that a peer
            may not make here. `log-frozen`: its sender told two stories before.
        ForkError: with evidence, when the other story can be shown to anybody.
        Refusal: `peer-unknown`: we never met its sender.
    """
    return check_opened(
        desk, open_package(raw, identity=desk.node.identity, place=place), place=place
    )


def check_opened(desk: Desk, package: Package, *, place: str = "package") -> Checked:
    """The same for a package that was opened already.

    Raises:
        IntegrityError, ForkError, Refusal: as `check_package`.
    """
    sender = package.sender
    if desk.party not in package.recipients:
        raise IntegrityError(place, "package-for-another-party")
    known = keyring_of(desk.log, sender)
    if known is None or sender == desk.party:
        raise Refusal(Objection(code="peer-unknown", rule="first contact", about=(sender,)))
    held = desk.log.head(sender).size
    keyring = trust(package, known, held=held, place=place)
    if sender in forked_logs(desk.log):
        raise IntegrityError(place, "log-frozen")
    arrival = arrival_of(package, desk.log, place=place)
    arriving = tuple(
        Entry(sender, disclosed.seq, statement)
        for disclosed, statement in (arrival.bodies if arrival is not None else ())
    )
    for entry in arriving:
        refuse_inadmissible(entry, desk.party)
    refuse_false_signatures(desk.log, keyring, arriving)
    return Checked(
        package=package,
        keyring=keyring,
        new_keyring=keyring.version != known.version,
        arrival=arrival,
        keyrings=steps(known, package.keyrings, held=held, place=f"{place} keyring"),
        revoked=_is_revoked(desk, package),
        expired=package.until is not None and desk.clock() > package.until,
    )


def _is_revoked(desk: Desk, package: Package) -> bool:
    return any(
        entry.origin == package.sender
        and payload_of(entry, PackageRevoked).digest == package.digest
        for entry in desk.log.about(f"package:{package.digest}")
        if entry.statement.kind == "package.revoked"
    )


def take_in_package(desk: Desk, raw: bytes, *, place: str = "package") -> TakenIn:
    """What a package brought, once every check has passed and it is written.

    A fork is written down with its evidence, and then refused.

    Raises:
        IntegrityError, Refusal: as `check_package`; also `package-revoked` and
            `package-expired` (refusals). Nothing of the package is written then.
    """
    try:
        with desk.log.exclusive():
            checked = check_package(desk, raw, place=place)
            _refuse_withdrawn(checked)
            return _take_in(desk, checked, place)
    except ForkError as fork:
        with desk.log.exclusive():
            note_fork(desk, fork.evidence)
        raise


def _refuse_withdrawn(checked: Checked) -> None:
    about = (f"package:{checked.package.digest}",)
    found = []
    if checked.revoked:
        found.append(Objection(code="package-revoked", rule=_RULE, about=about))
    if checked.expired:
        found.append(Objection(code="package-expired", rule=_RULE, about=about))
    Refusal.unless_empty(found)


def _take_in(desk: Desk, checked: Checked, place: str) -> TakenIn:
    package, arrival, sender = checked.package, checked.arrival, checked.package.sender
    if arrival is None:
        return TakenIn(sender=sender, new=0, disclosed=0, returned=_size_returned(package))
    found = tuple(gossip_in(desk, arrival, package.seen, place=place))
    new = arrival.checkpoint.size - desk.log.head(sender).size
    fresh = [d.seq for d, _ in arrival.bodies if d.seq >= arrival.checkpoint.size - new]
    notes = tuple(_notes_of(desk, checked, arrival, fresh))
    desk.log.mirror(arrival, lambda: (*notes, *acknowledgements(desk, sender, arrival, fresh)))
    for evidence in found:
        note_fork(desk, evidence)
    return TakenIn(
        sender=sender,
        new=new,
        disclosed=len(fresh),
        forked=tuple(sorted({accused_of(evidence) for evidence in found})),
        returned=_size_returned(package),
    )


def _size_returned(package: Package) -> int:
    returned = package.returned
    return returned.have + len(returned.commitments) if returned is not None else 0


def _notes_of(
    desk: Desk, checked: Checked, arrival: Arrival, fresh: Sequence[int]
) -> Iterator[Statement]:
    """Our own notes of a package: that we hold it, our receipt, and new keys."""
    package, sender = checked.package, arrival.origin
    for keyring in checked.keyrings:
        # Every version on the way: each is shown to follow from the one before.
        known = introduction_of(desk.log, sender)
        title = known.title if known is not None else str(sender)
        yield keyring_noted(
            desk, keyring, title=title, ground=Ground(basis="keyring", source=sender)
        )
    yield desk.state(
        PackageReceived(
            origin=sender,
            digest=package.digest,
            size=arrival.checkpoint.size,
            root=arrival.checkpoint.root.hex(),
            disclosed=ranges_of(fresh),
            holds=package.seen.get(desk.party, (0, ""))[0],
        ),
        about=(f"package:{package.digest}", f"peer:{sender}"),
        audience={desk.party},
        ground=_DISPATCH,
    )
    yield desk.state(
        CheckpointCosigned(
            origin=sender,
            note=arrival.note,
            cosignature=cosign(
                arrival.checkpoint,
                name=origin_of(desk.party),
                key=desk.node.witness,
                at=desk.clock(),
            ),
            keyring=checked.keyring.version,
        ),
        # About both: whose log it is, and whose receipt.
        about=(f"peer:{sender}", f"peer:{desk.party}"),
        audience=desk.with_parties(*peers_of(desk.log)),
        ground=Ground(basis="package", source=package.digest),
    )


def refuse_package(desk: Desk, *, digest: str, origin: PartyCode, reason: str) -> Receipt:
    """The receipt of a note that a waiting package was looked at and not taken in.

    Raises:
        Refusal: `role-may-not`, `reason-missing`.
    """
    desk.require(*DECIDES)
    if not reason.strip():
        raise Refusal(Objection(code="reason-missing", rule=_RULE))
    refused = desk.state(
        PackageRefused(origin=origin, digest=digest, reason=reason.strip()),
        about=(f"package:{digest}",),
        audience={desk.party},
        ground=_DISPATCH,
    )
    return desk.log.append((refused,))


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


def ranges_of(places: Iterable[int]) -> str:
    """The places as text: `0-4,7`; empty for none."""
    runs: list[list[int]] = []
    for place in sorted(places):
        if runs and place == runs[-1][1] + 1:
            runs[-1][1] = place
        else:
            runs.append([place, place])
    return ",".join(f"{a}-{b}" if a != b else f"{a}" for a, b in runs)


def _receipts_by(desk: Desk, peer: PartyCode) -> tuple[int, int]:
    """Size of our log and version of our keyring that a peer has said it holds."""
    size = version = 0
    for entry in desk.log.about(f"peer:{desk.party}"):
        if entry.origin == peer and entry.statement.kind == "checkpoint.cosigned":
            said = payload_of(entry, CheckpointCosigned)
            size = max(size, int(said.note.split("\n")[1]))
            version = max(version, said.keyring)
    return size, max(version, 1)
