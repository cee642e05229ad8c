"""What is destroyed when somebody has to be forgotten, and who has done so?

First look (`plan_erasure`), then do (`erase`): the same rules, the same list. Our own
statements go here and at everybody who was given them; of another party's statements
only our copies go, and only we ourselves are told. We cannot force anybody.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from repatria.ledger.erasure import is_erasable, what_is_erased
from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.erasure_acknowledged import ErasureAcknowledged
from repatria.ledger.kinds.list_line import ListLine
from repatria.ledger.kinds.package_received import PackageReceived
from repatria.ledger.kinds.peer_introduced import PeerIntroduced
from repatria.ledger.kinds.person_named import PersonNamed
from repatria.ledger.kinds.statement_erased import ErasureReason, StatementErased
from repatria.ledger.log import Log, Receipt
from repatria.ledger.places import Places
from repatria.ledger.statement import Entry, Ground, Statement
from repatria.operations.desk import Desk
from repatria.operations.erasure_reach import everything_about, open_manifests
from repatria.terms import Objection, PartyCode, PersonName, Refusal, Role
from repatria.terms.ids import subject_kind
from repatria.terms.parties import PUBLIC

ON_OPEN_MANIFEST = "person-on-open-manifest"
# Objections that may be overridden by naming them.
OVERRIDABLE = frozenset({ON_OPEN_MANIFEST})
_RULE = "erasure"
_TELLING = 5
_PLACE = re.compile(r"([a-z0-9-]{1,64})/(0|[1-9][0-9]{0,15})", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasurePlan:
    """What an erasure would destroy.

    Attributes:
        ours: statements of our own log; everybody who was given them is told.
        copies: statements of other parties; only our copies go.
        kept: statements that name the subject and stay: joint acts, public ones.
        gone: places named whose bodies are not held here (any more).
        published: ids of bulletins and public claims in which a name stands that goes; they
            are public, corrected by a new version, never deleted.
        overridden: codes of the objections that were named to be overridden, and stood.
        objections: why it may not be done; all of them.
    """

    ours: tuple[Entry, ...] = ()
    copies: tuple[Entry, ...] = ()
    kept: tuple[Entry, ...] = ()
    gone: tuple[tuple[PartyCode, int], ...] = ()
    published: tuple[str, ...] = ()
    overridden: tuple[str, ...] = ()
    objections: tuple[Objection, ...] = ()

    @property
    def count(self) -> int:
        """How many bodies would be destroyed here."""
        return len(self.ours) + len(self.copies)


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """One erasure as it was said, and who has answered.

    Attributes:
        entry: the statement.
        told: parties that were given what was erased; of a peer's erasure, only we ourselves.
        acknowledged: those of them that say it is gone at their place too.
        is_request: a peer asks us to erase what is not its own; nothing was done.
    """

    entry: Entry
    said: StatementErased
    told: frozenset[PartyCode] = frozenset()
    acknowledged: frozenset[PartyCode] = frozenset()
    is_request: bool = False

    @property
    def waiting_for(self) -> frozenset[PartyCode]:
        """Who has not answered; nobody can be forced."""
        return self.told - self.acknowledged


@dataclass(slots=True)
class _Chosen:
    entries: dict[tuple[PartyCode, int], Entry] = field(default_factory=dict)
    kept: dict[tuple[PartyCode, int], Entry] = field(default_factory=dict)
    gone: list[tuple[PartyCode, int]] = field(default_factory=list)
    objections: list[Objection] = field(default_factory=list)


def plan_erasure(
    desk: Desk,
    *,
    subjects: Iterable[str] = (),
    places: Iterable[str] = (),
    overriding: Iterable[str] = (),
) -> ErasurePlan:
    """What would be destroyed, with every objection; writes nothing.

    Args:
        subjects: ids of persons, lines or tracing requests; what hangs on them goes too.
        places: references of single statements, such as `north/17`.
        overriding: codes of objections that are overridden by name.

    Raises:
        Refusal: `role-may-not`.
    """
    desk.require(Role.REGISTRAR)
    named = tuple(dict.fromkeys(subjects))
    chosen = _Chosen()
    reached = _choose_subjects(desk.log, named, chosen)
    _choose_places(desk, tuple(dict.fromkeys(places)), chosen)
    entries = sorted(chosen.entries.values(), key=lambda e: (e.origin, e.seq))
    overridden = sorted(set(overriding))
    objections = list(chosen.objections)
    persons = reached | {s for e in entries for s in e.statement.about}
    locked = sorted(open_manifests(desk.log, persons))
    if locked and ON_OPEN_MANIFEST not in overridden:
        rule = "erasure: what an open handover needs is kept until it is closed"
        objections.append(Objection(code=ON_OPEN_MANIFEST, rule=rule, about=tuple(locked)))
    objections += [
        Objection(code="override-unknown", rule=_RULE)
        for code in overridden
        if code not in OVERRIDABLE
    ]
    if not entries and not chosen.gone and not objections:
        objections.append(Objection(code="nothing-to-erase", rule=_RULE, about=named))
    return ErasurePlan(
        ours=tuple(e for e in entries if e.origin == desk.party),
        copies=tuple(e for e in entries if e.origin != desk.party),
        kept=tuple(sorted(chosen.kept.values(), key=lambda e: (e.origin, e.seq))),
        gone=tuple(chosen.gone),
        published=tuple(dict.fromkeys(_published_naming(desk.log, entries))),
        overridden=tuple(overridden) if locked else (),
        objections=tuple(objections),
    )


def _choose_subjects(log: Log, named: Sequence[str], chosen: _Chosen) -> frozenset[str]:
    unknown = [s for s in named if not log.is_named(s)]
    chosen.objections += [
        Objection(code="subject-unknown", rule=_RULE, about=(subject,)) for subject in unknown
    ]
    reached, entries = everything_about(log, named)
    for entry in entries:
        erasable = is_erasable(entry.statement.kind)
        (chosen.entries if erasable else chosen.kept)[entry.origin, entry.seq] = entry
    return reached


def _choose_places(desk: Desk, refs: Sequence[str], chosen: _Chosen) -> None:
    wanted = {ref: _PLACE.fullmatch(ref) for ref in refs}
    read = {ref: (PartyCode(m[1]), int(m[2])) for ref, m in wanted.items() if m is not None}
    held = {entry.ref: entry for entry in desk.log.at(read.values())}
    said = _places_said(desk) if refs else frozenset()
    given = _places_given(desk) if refs else frozenset()
    for ref in refs:
        if ref not in read:
            chosen.objections.append(Objection(code="place-malformed", rule=_RULE))
            continue
        place = party, seq = read[ref]
        entry = held.get(ref)
        if seq >= desk.log.head(party).size:
            chosen.objections.append(Objection(code="place-beyond-log", rule=_RULE, about=(ref,)))
        elif entry is None and place in said:
            chosen.objections.append(Objection(code="already-erased", rule=_RULE, about=(ref,)))
        elif entry is None and party != desk.party and place not in given:
            chosen.objections.append(Objection(code="nothing-held-there", rule=_RULE, about=(ref,)))
        elif entry is None:
            # An older database was put back: it lost the statement, and the body went again.
            chosen.gone.append(place)
        elif not is_erasable(entry.statement.kind):
            rule = "erasure: others rest on it"
            chosen.objections.append(Objection(code="kind-not-erasable", rule=rule, about=(ref,)))
        else:
            chosen.entries[entry.origin, entry.seq] = entry


def _places_said(desk: Desk) -> frozenset[tuple[PartyCode, int]]:
    """Places that a statement calls erased, with effect here."""
    said = (what_is_erased(e, desk.party) for e in desk.log.of_kind("statement.erased"))
    return frozenset((one.origin, seq) for one in said if one is not None for seq in one.places)


def _places_given(desk: Desk) -> frozenset[tuple[PartyCode, int]]:
    """Places of other logs whose bodies were given to us at some time."""
    received = (
        payload_of(e, PackageReceived)
        for e in desk.log.of_kind("package.received")
        if e.origin == desk.party
    )
    return frozenset((one.origin, seq) for one in received for seq in Places.read(one.disclosed))


_PUBLIC_KINDS = ("bulletin.published", "claim.made", "commitment.made", "reply.published")


def _published_naming(log: Log, entries: Iterable[Entry]) -> Iterator[str]:
    """Subjects of public statements in which a name stands that would be erased."""
    names = {name for entry in entries for name in _names_in(entry)}
    for entry in log.of_kind(*_PUBLIC_KINDS) if names else ():
        texts = "\n".join(_texts_in(entry.statement.content)).casefold()
        if any(name in texts for name in names):
            yield entry.statement.about[0]


def _names_in(entry: Entry) -> Iterator[str]:
    """Names long enough that finding them means something."""
    match entry.statement.kind:
        case "person.named":
            given: tuple[PersonName, ...] = (payload_of(entry, PersonNamed).name,)
        case "list.line":
            given = payload_of(entry, ListLine).names
        case _:
            given = ()
    yield from (name.text.casefold() for name in given if len(name.text) >= _TELLING)


def _texts_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _texts_in(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts_in(part)


def erase(
    desk: Desk,
    *,
    subjects: Iterable[str] = (),
    places: Iterable[str] = (),
    reason: ErasureReason,
    overriding: Iterable[str] = (),
) -> Receipt:
    """The receipt of an erasure: bodies, salts and all that was derived from them are gone.

    What the disk, the files and the other parties still hold is not settled by this:
    see `wiring.residues` and `erasures`.

    Raises:
        Refusal: `role-may-not`, or all that `plan_erasure` objects.
    """
    desk.require(Role.REGISTRAR)
    with desk.log.exclusive():
        plan = plan_erasure(desk, subjects=subjects, places=places, overriding=overriding)
        Refusal.unless_empty(plan.objections)
        return desk.log.append(tuple(_statements(desk, plan, reason)))


def _statements(desk: Desk, plan: ErasurePlan, reason: ErasureReason) -> Iterator[Statement]:
    """One for each circle of readers, so that nobody is told of what he was not given.

    Else whoever was given a name would learn which withheld commitments are about it too.
    """
    peers = _peers(desk)
    circles: dict[tuple[PartyCode, frozenset[PartyCode]], set[int]] = defaultdict(set)
    for entry in plan.ours:
        circles[desk.party, _given_to(entry, peers)].add(entry.seq)
    for entry in plan.copies:
        circles[entry.origin, frozenset()].add(entry.seq)
    for origin, seq in plan.gone:
        # To whom it was given cannot be known any more.
        circles[origin, peers if origin == desk.party else frozenset()].add(seq)
    for (origin, given), seqs in sorted(circles.items(), key=lambda c: (c[0][0], sorted(c[0][1]))):
        yield desk.state(
            StatementErased(
                origin=origin,
                places=str(Places.of(seqs)),
                reason=reason,
                overridden=plan.overridden,
            ),
            about=(desk.new_id("erasure"),),
            audience={desk.party, *given},
            ground=Ground(basis="erasure"),
        )


def _peers(desk: Desk) -> frozenset[PartyCode]:
    return frozenset(
        payload_of(entry, PeerIntroduced).party
        for entry in desk.log.of_kind("peer.introduced")
        if entry.origin == desk.party
    ) - {desk.party}


def _given_to(entry: Entry, peers: frozenset[PartyCode]) -> frozenset[PartyCode]:
    """Parties whose label, or the public's, the audience of a statement names."""
    audience = entry.statement.audience
    parties = {PartyCode(a) for a in audience if ":" not in a and "." not in a and a != PUBLIC}
    return (frozenset(parties) | (peers if PUBLIC in audience else frozenset())) - {entry.origin}


def erasures(log: Log) -> tuple[Erasure, ...]:
    """Every erasure we hold, ours and others', with who has acknowledged it."""
    answered: dict[str, set[PartyCode]] = defaultdict(set)
    for entry in log.of_kind("erasure.acknowledged"):
        answered[payload_of(entry, ErasureAcknowledged).erasure].add(entry.origin)
    return tuple(_erasure(entry, answered, log.party) for entry in log.of_kind("statement.erased"))


def _erasure(entry: Entry, answered: dict[str, set[PartyCode]], own: PartyCode) -> Erasure:
    said = payload_of(entry, StatementErased)
    told = {PartyCode(a) for a in entry.statement.audience} - {entry.origin}
    if entry.origin != own:
        told &= {own}  # what others answered its author is between them
    return Erasure(
        entry=entry,
        said=said,
        told=frozenset(told),
        acknowledged=frozenset(answered.get(entry.ref, set())) & frozenset(told),
        is_request=said.origin != entry.origin and bool(told),
    )


def is_about_a_person(subject: str) -> bool:
    """Whether an id is one that can be asked to be forgotten."""
    return subject_kind(subject) in ("person", "line", "tracing")
