"""What would this package bring if it were taken in?

It is checked as if it were; nothing is written, and nothing is raised: what is
wrong with it is part of the answer. Counts only, never what is said.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from repatria.ledger.fork import ForkError
from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.package_refused import PackageRefused
from repatria.ledger.kinds.package_revoked import PackageRevoked
from repatria.ledger.package import open_package, trust
from repatria.ledger.package_content import Package
from repatria.ledger.statement import Entry
from repatria.operations.access import keyring_of
from repatria.operations.desk import Desk
from repatria.operations.forks import accused_of, gossip_in
from repatria.operations.package_states import PackageState
from repatria.operations.receiving import Checked, check_opened
from repatria.terms import IntegrityError, PartyCode, Refusal

_BY_CODE = {
    "log-forked": PackageState.FORK,
    "log-frozen": PackageState.FROZEN,
    "not-sealed-for-us": PackageState.NOT_FOR_US,
    "our-log-differs": PackageState.SET_BACK,
    "our-log-shorter-than-theirs": PackageState.SET_BACK,
    "package-for-another-party": PackageState.NOT_FOR_US,
    "package-gap": PackageState.GAP,
    "peer-unknown": PackageState.STRANGER,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class KindCount:
    """How many readable statements of a kind a package holds, and how many are new here."""

    kind: str
    total: int
    new: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a package would bring.

    Attributes:
        digest: SHA-256 of the file, hexadecimal.
        state: how it stands with it.
        code, place: what is wrong and where, when something is.
        sender: who says that he made it; None when it cannot be opened.
        proven: whether his keys show that he did.
        fingerprint: of the keyring that we know of him; empty for a stranger.
        signed_by: fingerprint of the node key that signed the package.
        recipients: for whom it is.
        have, size: from which size of his log to which it leads.
        held: how much of his log we hold.
        kinds: its readable statements, the most frequent kind first.
        withheld: entries whose statements are not for us.
        attachments, attached_bytes: files that travel with it.
        until: moment after which it should not be taken in any more.
        last_said: the newest moment that a readable statement claims.
        new_keys: whether it brings keys of its sender that we do not know yet.
        returned: size of our own log that it gives back; 0 when it gives back nothing.
        tells_of: parties about whom it brings evidence of two stories.
        reason: why it was refused or taken back.
    """

    digest: str
    state: PackageState
    code: str = ""
    place: str = ""
    sender: PartyCode | None = None
    proven: bool = False
    fingerprint: str = ""
    signed_by: str = ""
    recipients: tuple[PartyCode, ...] = ()
    have: int = 0
    size: int = 0
    held: int = 0
    kinds: tuple[KindCount, ...] = ()
    withheld: int = 0
    attachments: int = 0
    attached_bytes: int = 0
    until: datetime | None = None
    last_said: datetime | None = None
    new_keys: bool = False
    returned: int = 0
    tells_of: tuple[PartyCode, ...] = ()
    reason: str = ""

    @property
    def new(self) -> int:
        """Entries that we do not hold yet."""
        return max(0, self.size - max(self.held, self.have))

    @property
    def entries(self) -> int:
        """All entries that it brings."""
        return self.size - self.have

    @property
    def readable(self) -> int:
        """Statements that we may read."""
        return sum(count.total for count in self.kinds)

    @property
    def new_readable(self) -> int:
        """Those among them that are new here."""
        return sum(count.new for count in self.kinds)

    def at(self, now: datetime) -> "Preview":
        """The same, looked at later."""
        late = self.until is not None and now > self.until
        expires = self.state.may_be_accepted and late
        return replace(self, state=PackageState.EXPIRED) if expires else self


def preview_package(desk: Desk, raw: bytes, *, place: str = "package") -> Preview:
    """What the package in these bytes would bring; nothing is written."""
    digest = sha256(raw).hexdigest()
    try:
        package = open_package(raw, identity=desk.node.identity, place=place)
    except IntegrityError as fault:
        return failed_preview(digest, fault)
    seen = _described(desk, package)
    notes = _notes_about(desk, digest)
    if any(e.statement.kind == "package.received" for e in notes):
        return replace(seen, state=PackageState.TAKEN_IN)
    try:
        checked = check_opened(desk, package, place=place)
        tells_of = _tells_of(desk, checked, place)
    except ForkError as fork:
        return replace(seen, state=PackageState.FORK, code=fork.code, place=fork.place)
    except IntegrityError as fault:
        state = _BY_CODE.get(fault.code, PackageState.DAMAGED)
        return replace(seen, state=state, code=fault.code, place=fault.place)
    except Refusal as refusal:
        code = refusal.objections[0].code
        return replace(seen, state=_BY_CODE.get(code, PackageState.DAMAGED), code=code)
    state, reason = _standing(desk, checked, notes)
    return replace(
        seen, state=state, reason=reason, tells_of=tells_of, new_keys=checked.new_keyring
    )


def failed_preview(digest: str, fault: IntegrityError) -> Preview:
    """The preview of a file of which nothing can be read."""
    state = _BY_CODE.get(fault.code, PackageState.DAMAGED)
    return Preview(digest=digest, state=state, code=fault.code, place=fault.place)


def _described(desk: Desk, package: Package) -> Preview:
    """What it says of itself, before it is compared with what we hold."""
    known = keyring_of(desk.log, package.sender) if package.sender != desk.party else None
    held = desk.log.head(package.sender).size
    proven = False
    if known is not None:
        try:
            trust(package, known, held=held)
            proven = True
        except IntegrityError:
            pass
    said = [(disclosed.seq, statement) for disclosed, statement in package.bodies]
    return Preview(
        digest=package.digest,
        state=PackageState.DAMAGED,
        sender=package.sender,
        proven=proven,
        fingerprint=known.fingerprint if known is not None else "",
        signed_by=package.key.fingerprint,
        recipients=package.recipients,
        have=package.have,
        size=package.checkpoint.size,
        held=held,
        kinds=_kinds([(seq, statement.kind) for seq, statement in said], held),
        withheld=len(package.commitments) - len(package.bodies),
        attachments=len(package.attachments),
        attached_bytes=sum(map(len, package.attachments.values())),
        until=package.until,
        last_said=max((statement.recorded_at for _, statement in said), default=None),
        returned=package.returned.have + len(package.returned.commitments)
        if package.returned is not None
        else 0,
    )


def _kinds(said: Sequence[tuple[int, str]], held: int) -> tuple[KindCount, ...]:
    every = Counter(kind for _, kind in said)
    new = Counter(kind for seq, kind in said if seq >= held)
    ordered = sorted(every.items(), key=lambda item: (-item[1], item[0]))
    return tuple(KindCount(kind=kind, total=total, new=new[kind]) for kind, total in ordered)


def _tells_of(desk: Desk, checked: Checked, place: str) -> tuple[PartyCode, ...]:
    if checked.arrival is None:
        return ()
    found = gossip_in(desk, checked.arrival, checked.package.seen, place=place)
    return tuple(sorted({accused_of(evidence) for evidence in found}))


def _notes_about(desk: Desk, digest: str) -> tuple[Entry, ...]:
    return desk.log.about(f"package:{digest}")


def _standing(desk: Desk, checked: Checked, notes: Sequence[Entry]) -> tuple[PackageState, str]:
    if checked.arrival is None:
        return PackageState.NOTHING_NEW, ""
    if checked.revoked:
        reasons = [
            payload_of(e, PackageRevoked).reason
            for e in notes
            if e.statement.kind == "package.revoked" and e.origin == checked.package.sender
        ]
        return PackageState.REVOKED, reasons[-1]
    if checked.expired:
        return PackageState.EXPIRED, ""
    refused = [
        payload_of(e, PackageRefused).reason
        for e in notes
        if e.statement.kind == "package.refused" and e.origin == desk.party
    ]
    if refused:
        return PackageState.REFUSED, refused[-1]
    return PackageState.WAITING, ""
