"""Who of a handover may be named in public now, by which name, and what is held back?

The family is told first, the person has agreed in private, both sides have signed, and
no embargo holds. Each of these is somebody's statement; a bulletin cites them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from repatria.handover import Manifest
from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.consent_stated import ConsentStated, Occasion
from repatria.ledger.kinds.family_notified import FamilyNotified
from repatria.ledger.kinds.publication_held import PublicationHeld
from repatria.ledger.log import Log, Receipt
from repatria.ledger.order import in_order, taken_back
from repatria.ledger.statement import Entry, Ground
from repatria.operations.desk import Desk
from repatria.operations.manifests import manifest_of
from repatria.record import LineDisclosure
from repatria.register import fold_person
from repatria.terms import LineId, ManifestId, Objection, PersonId, Refusal, Role
from repatria.terms.parties import INTERMEDIARY

LONGEST_EMBARGO = timedelta(days=14)
_RULE = "procedure: embargo agreed by the parties"
_CROSSED = "crossed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Nameable:
    """One person of a manifest as far as naming goes.

    Attributes:
        person: on the manifest.
        names: under which he is known here, that of the register first.
        disclosure: what stands in the way of speaking about him.
        consent: reference of the statement in which he agreed; empty when there is none.
    """

    person: PersonId
    names: tuple[str, ...]
    disclosure: LineDisclosure
    consent: str = ""


def hold_publication(
    desk: Desk,
    *,
    manifest_id: ManifestId,
    until: datetime,
    persons: Sequence[PersonId] = (),
    reason: str = "",
) -> Receipt:
    """The receipt of an embargo by this desk's party; it takes the place of its earlier one.

    Args:
        desk: of one of the parties to the handover, or of the intermediary.
        manifest_id: of the handover.
        until: nothing is published before; a time that has passed lifts the embargo.
        persons: only about these; without any, about the whole handover.
        reason: why, for the other desks.

    Raises:
        Refusal: `manifest-unknown`, `not-on-manifest`, `embargo-too-long`.
    """
    desk.require(Role.PRESS, Role.INTERMEDIARY, Role.REGISTRAR)
    with desk.log.exclusive():
        manifest = manifest_of(desk.log, manifest_id)
        strangers = tuple(p for p in persons if manifest.line_of(p) is None)
        Refusal.unless_empty(
            Objection(code=code, rule=_RULE, about=about or (manifest_id,))
            for code, wrong, about in (
                ("not-on-manifest", bool(strangers), strangers),
                ("embargo-too-long", until - desk.clock() > LONGEST_EMBARGO, ()),
            )
            if wrong
        )
        before = [e for e in _held(desk.log, manifest_id) if e.origin == desk.party]
        said = desk.state(
            PublicationHeld(
                manifest_id=manifest_id, until=until, persons=tuple(persons), reason=reason.strip()
            ),
            about=(manifest_id,),
            audience=desk.with_parties(*manifest.parties),
            ground=Ground(basis="agreement"),
            supersedes=tuple(e.ref for e in before),
        )
        return desk.log.append((said,))


def embargo_on(log: Log, manifest_id: ManifestId) -> datetime | None:
    """The time before which nothing of a handover is published; None when nobody insists."""
    whole = (said.until for said in _embargoes(log, manifest_id) if not said.persons)
    return max(whole, default=None)


def nameable(log: Log, manifest: Manifest) -> tuple[Nameable, ...]:
    """Everybody on a manifest, in its order, with what stands in the way of naming him.

    Cost: one fold of each person.
    """
    embargoes = tuple(_embargoes(log, manifest.manifest_id))
    return tuple(_nameable(log, line.person, embargoes) for line in manifest.lines)


def first_names(
    log: Log, manifest_id: ManifestId, persons: Iterable[PersonId]
) -> dict[PersonId, str]:
    """The first name known of each; an empty one, which is refused later, where none is."""
    wanted = tuple(persons)
    if not wanted:
        return {}
    known = {each.person: each.names for each in nameable(log, manifest_of(log, manifest_id))}
    return {person: next(iter(known.get(person, ())), "") for person in wanted}


def objections_to_names(
    known: Iterable[Nameable], names: Mapping[PersonId, str]
) -> Iterator[Objection]:
    """What forbids these persons under these names, whatever else forbids naming them at all."""
    by_person = {each.person: each for each in known}
    for person, name in sorted(names.items()):
        if person not in by_person:
            yield Objection(code="not-on-manifest", rule="handover", about=(person,))
        elif name not in by_person[person].names:
            rule = "publication: a name as it was given"
            yield Objection(code="name-not-known", rule=rule, about=(person,))


def _nameable(log: Log, person: PersonId, embargoes: Iterable[PublicationHeld]) -> Nameable:
    entries = in_order(log.about(person))
    gone = taken_back(entries)
    standing = [e for e in entries if e.ref not in gone]
    consent = _consent(standing)
    told = [
        e.statement.recorded_at
        for e in standing
        if e.statement.kind == "family.notified" and payload_of(e, FamilyNotified).what == _CROSSED
    ]
    return Nameable(
        person=person,
        names=_names(log, person),
        disclosure=LineDisclosure(
            line=LineId(person),
            family_told_at=min(told, default=None),
            consents_to_be_named=payload_of(consent, ConsentStated).may_be_named
            if consent is not None
            else None,
            embargo_until=max((e.until for e in embargoes if person in e.persons), default=None),
        ),
        consent=consent.ref if consent is not None else "",
    )


def _consent(entries: Iterable[Entry]) -> Entry | None:
    """His last word in a private interview: at the line nobody is asked about being named."""
    said = [
        (entry, payload_of(entry, ConsentStated))
        for entry in entries
        if entry.statement.kind == "consent.stated" and entry.origin == INTERMEDIARY
    ]
    alone = [e for e, s in said if s.in_private and s.occasion is Occasion.INTERVIEW]
    return alone[-1] if alone else None


def _names(log: Log, person: PersonId) -> tuple[str, ...]:
    record = fold_person(person, log.about(person))
    names = (name.value.text for name in record.names if not name.superseded)
    return tuple(dict.fromkeys(names))


def _held(log: Log, manifest_id: ManifestId) -> list[Entry]:
    entries = [e for e in log.about(manifest_id) if e.statement.kind == "publication.held"]
    gone = taken_back(entries)
    return [e for e in entries if e.ref not in gone]


def _embargoes(log: Log, manifest_id: ManifestId) -> Iterator[PublicationHeld]:
    """Those that stand, of the sides of the handover and of the intermediary alone."""
    sides = {INTERMEDIARY, *manifest_of(log, manifest_id).parties}
    for entry in _held(log, manifest_id):
        if entry.origin in sides:
            yield payload_of(entry, PublicationHeld)
