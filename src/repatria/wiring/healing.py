"""How does a log that was set back become whole again, from what peers mirror?

All or nothing, under one lock: what came back, the statement of what is lost, the
folding of everything anew; then the mark, and only then is anything signed again.
Killed in between, the log is whole and still does not sign; healing it once more
sets the mark. Nothing is signed anew while somebody may hold more of the log than
we do: either the mark vouches for that, or every peer has given back what it holds,
or a person says so in words.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from repatria.ledger.healing import OwnLogDiffersError, Recovery, places_lost, recovery_from
from repatria.ledger.kinds.statement_lost import StatementLost
from repatria.ledger.merkle import root_of
from repatria.ledger.package import open_package, trust
from repatria.ledger.package_content import Package, Returned
from repatria.ledger.places import Places
from repatria.ledger.statement import Ground, Statement
from repatria.operations.access import keyring_of, peers_of
from repatria.operations.desk import Desk
from repatria.terms import IntegrityError, Objection, PartyCode, Refusal, Role
from repatria.wiring.high_water import PLACE, HighWaterMark, Mark, Standing
from repatria.wiring.installation import Clock, Installation, now
from repatria.wiring.replaying import replay_erasures

if TYPE_CHECKING:
    from repatria.store.verification import Examination

CONFIRMATION = "nobody holds more"
_RULE = "a log only grows"


@dataclass(frozen=True, slots=True, kw_only=True)
class Healed:
    """What healing did.

    Attributes:
        commitments, bodies: how many came back.
        lost: places whose bodies nobody was given.
        size: of the log now, with the statement about what is lost.
        asked: peers whose copies were used.
        unasked: peers that we know and whose copies were not there.
    """

    commitments: int
    bodies: int
    lost: Places
    size: int
    asked: Sequence[PartyCode]
    unasked: Sequence[PartyCode]


class _NotYet:
    """Lets the statement about what is lost be signed although the mark says no."""

    def check(self, size: int, root_at: Callable[[int], bytes | None]) -> None:
        """Nothing: everything was compared before."""

    def advance(self, size: int, root: bytes) -> None:
        """Nothing: the mark is set once, at the end."""


def heal(
    installation: Installation,
    packages: Mapping[str, bytes],
    *,
    actor: str,
    confirmed: bool = False,
    clock: Clock = now,
) -> Healed:
    """What came back of our own log from packages in which peers give it back.

    Doing it again, also with other packages, adds what they add and is never wrong.

    Args:
        packages: files by name.
        confirmed: somebody typed that nobody holds more than these packages and we.

    Raises:
        IntegrityError: a package is damaged, or shows a log that is not ours; the
            database is not as it was signed. `database-differs-from-mark`: what we
            hold is not what we signed.
        OwnLogDiffersError: with evidence, when we told two stories.
        Refusal: `package-returns-nothing`, `peer-not-asked`, `mark-not-reached`.
            Nothing was written in all these cases.
    """
    node = installation.node()
    opened = {
        name: open_package(raw, identity=node.identity, place=name)
        for name, raw in sorted(packages.items())
    }
    returned = _returned_in(opened)
    with installation.open():
        # The store can be imported only once Django is set up.
        from repatria.store.log import StoreLog  # noqa: PLC0415 -- as said above
        from repatria.store.verification import examine  # noqa: PLC0415 -- same

        seat = installation.desk(actor, Role.REGISTRAR, clock=clock)
        log = StoreLog(installation.party, node.signing, seat.entropy, guard=_NotYet())
        desk = replace(seat, log=log)
        with log.exclusive():
            mark = _mark_read(installation.mark())
            _refuse_damaged(examine(installation.party, installation.keyring, derived=False))
            held = log.commitments(installation.party)
            recovery = recovery_from(
                returned,
                held=held,
                our_note=log.signed_head(),
                bodies_held=log.places_held(),
                lost_before=_lost_before(desk),
                # TO BE JOINED with erasing: what stands in the table of erasures.
                erased=Places(),
                keyring=installation.keyring,
            )
            _refuse_other_log(mark, held + recovery.commitments)
            asked = _asked(desk, opened)
            unasked = tuple(p for p in peers_of(log) if p not in asked)
            if not confirmed:
                _refuse_guessing(mark, recovery, asked, unasked)
            receipt = log.complete(
                recovery,
                lambda: _loss(desk, recovery.lost),
                partial(installation.mark().settle, before=mark),
            )
            replay_erasures(installation)
    return Healed(
        commitments=len(recovery.commitments),
        bodies=len(recovery.bodies),
        lost=recovery.lost,
        size=receipt.size,
        asked=asked,
        unasked=unasked,
    )


def _returned_in(packages: Mapping[str, Package]) -> Mapping[str, Returned]:
    """Our own log in each package, by the name of the file."""
    found = {
        name: package.returned for name, package in packages.items() if package.returned is not None
    }
    Refusal.unless_empty(
        Objection(code="package-returns-nothing", rule=_RULE, about=(name,))
        for name in packages
        if name not in found
    )
    return found


def _mark_read(mark: HighWaterMark) -> Mark | None:
    """The mark, unless there is none that can be read."""
    try:
        return mark.newest()
    except IntegrityError:
        return None


def _refuse_damaged(found: "Examination") -> None:
    """What is not as signed is not healed: it is restored from a backup."""
    if found.all_faults:
        raise found.all_faults[0]


def _lost_before(desk: Desk) -> Places:
    """What we said is lost when we healed before."""
    return Places.of(
        seq
        for entry in desk.log.of_kind("statement.lost")
        if entry.origin == desk.party
        for places in places_lost(entry)
        for seq in places
    )


def _refuse_other_log(mark: Mark | None, whole: Sequence[bytes]) -> None:
    if mark is None or not 0 < mark.size <= len(whole):
        return
    if root_of(whole[: mark.size]) != mark.root:
        raise IntegrityError(PLACE, "database-differs-from-mark")


def _asked(desk: Desk, packages: Mapping[str, Package]) -> tuple[PartyCode, ...]:
    """The peers that made these packages, as far as we know their keys."""
    senders = set()
    for name, package in packages.items():
        known = keyring_of(desk.log, package.sender)
        if known is None:
            continue
        try:
            trust(package, known, held=desk.log.head(package.sender).size, place=name)
        except IntegrityError:
            continue  # what it returns proves itself; who says that it is all does not
        senders.add(package.sender)
    return tuple(sorted(senders))


def _refuse_guessing(
    mark: Mark | None,
    recovery: Recovery,
    asked: Sequence[PartyCode],
    unasked: Sequence[PartyCode],
) -> None:
    """Refuse to sign what somebody may hold otherwise already."""
    if mark is not None and mark.size > recovery.size:
        raise Refusal(Objection(code="mark-not-reached", rule=_RULE))
    vouched = mark is not None and mark.standing is Standing.SIGNING and mark.size == recovery.size
    # Nobody asked and nobody known: a backup may be older than every introduction.
    if not vouched and (unasked or not asked):
        raise Refusal(Objection(code="peer-not-asked", rule=_RULE, about=tuple(sorted(unasked))))


def _loss(desk: Desk, lost: Places) -> tuple[Statement, ...]:
    """Our word on what is lost, if anything is."""
    if not lost:
        return ()
    said = desk.state(
        StatementLost(places=str(lost)),
        about=(f"log:{desk.party}",),
        audience=desk.with_parties(*peers_of(desk.log)),
        ground=Ground(basis="recovery"),
    )
    return (said,)


def keep_evidence(installation: Installation, found: OwnLogDiffersError) -> Path | None:
    """Where the evidence that we told two stories was written; None if it cannot be shown."""
    if found.evidence is None:
        return None
    path = installation.folder / "our-log-differs.fork"
    path.write_bytes(found.evidence.raw)
    return path
