"""What do we take in from a peer?

After every check, all or nothing; taking a package in twice changes nothing, and so
does the order in which packages come. What is taken in is receipted: our cosignature
of the sender's head goes to everybody. Looking at a package is the same checks, and
writes nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from repatria.ledger.arriving import arrival_of
from repatria.ledger.checkpoint import origin_of
from repatria.ledger.cosignature import cosign
from repatria.ledger.fork import Evidence, ForkError
from repatria.ledger.keyring import Keyring, steps
from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.checkpoint_cosigned import CheckpointCosigned
from repatria.ledger.kinds.package_received import PackageReceived
from repatria.ledger.kinds.package_refused import PackageRefused
from repatria.ledger.kinds.package_revoked import PackageRevoked
from repatria.ledger.log import Arrival, Receipt
from repatria.ledger.package import open_package, trust
from repatria.ledger.package_content import Package
from repatria.ledger.places import Places
from repatria.ledger.statement import Entry, Ground, Statement
from repatria.operations.access import (
    introduction_of,
    keyring_noted,
    keyring_of,
    peers_of,
)
from repatria.operations.admission import refuse_inadmissible
from repatria.operations.desk import Desk
from repatria.operations.erasure_answers import acknowledgements
from repatria.operations.forks import accused_of, forked_logs, gossip_in, note_fork
from repatria.operations.packages import DECIDES
from repatria.operations.signature_admission import refuse_false_signatures
from repatria.terms import IntegrityError, Objection, PartyCode, Refusal

_DISPATCH = Ground(basis="dispatch")
_RULE = "packages"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A package after every check, before anything is written.

    Attributes:
        package: what it says.
        keyring: its sender's keyring, as the package leaves it.
        keyrings: the versions beyond the one we knew, in order; the last is `keyring`.
        arrival: what it adds to our mirror; None when we hold all of it.
        evidence: that others told two stories, which comes to light with it.
        revoked: whether its sender has taken it back.
        expired: whether its sender did not want it accepted any more by now.
    """

    package: Package
    keyring: Keyring
    arrival: Arrival | None
    evidence: tuple[Evidence, ...]
    keyrings: tuple[Keyring, ...]
    revoked: bool
    expired: bool

    @property
    def new_keyring(self) -> bool:
        """Whether it brings a version of the keyring that we did not know."""
        return bool(self.keyrings)


def check_package(desk: Desk, raw: bytes, *, place: str = "package") -> Checked:
    """What a package would bring, after every check; nothing is written.

    Raises:
        IntegrityError: the package is damaged, not for us, leaves a gap, tells
            another story than the one we mirror, shows a head of our own log that we
            do not hold, or holds a statement that a peer may not make here.
            `log-frozen`: its sender told two stories before.
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
    evidence = (
        tuple(gossip_in(desk, arrival, package.seen, place=place)) if arrival is not None else ()
    )
    return Checked(
        package=package,
        keyring=keyring,
        arrival=arrival,
        evidence=evidence,
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
            return _take_in(desk, checked)
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


def _take_in(desk: Desk, checked: Checked) -> TakenIn:
    package, arrival, sender = checked.package, checked.arrival, checked.package.sender
    if arrival is None:
        return TakenIn(sender=sender, new=0, disclosed=0, returned=_size_returned(package))
    new = arrival.checkpoint.size - desk.log.head(sender).size
    fresh = [d.seq for d, _ in arrival.bodies if d.seq >= arrival.checkpoint.size - new]
    notes = tuple(_notes_of(desk, checked, arrival, fresh))
    desk.log.mirror(arrival, lambda: (*notes, *acknowledgements(desk, sender, arrival, fresh)))
    for evidence in checked.evidence:
        note_fork(desk, evidence)
    return TakenIn(
        sender=sender,
        new=new,
        disclosed=len(fresh),
        forked=tuple(sorted({accused_of(evidence) for evidence in checked.evidence})),
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
            disclosed=str(Places.of(fresh)),
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
