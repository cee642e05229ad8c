"""What a bureau notes about a person beside his list: tags, duties, visits, packets, words."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.block_issued import BlockIssued
from repatria.ledger.kinds.duty_done import DutyDone
from repatria.ledger.kinds.number_joined import NumberJoined
from repatria.ledger.kinds.packet_sealed import PacketItem, PacketSealed
from repatria.ledger.kinds.person_described import PersonDescribed, Property
from repatria.ledger.kinds.tag_given import TagGiven
from repatria.ledger.kinds.visit_made import VisitMade
from repatria.ledger.kinds.whereabouts_stated import Whereabouts, WhereaboutsStated
from repatria.ledger.log import Receipt
from repatria.ledger.statement import Ground
from repatria.operations.desk import Desk
from repatria.register.clocks import CLOCKS
from repatria.register.tags import faults_in, next_free
from repatria.terms import Objection, PartialDate, PartyCode, PersonId, Refusal, Role
from repatria.terms.parties import INTERMEDIARY

_TAGS = "procedure: a number is given once, from the block of its unit"
_FAULTS = {
    "malformed": "tag-malformed",
    "not_in_block": "tag-not-in-block",
    "given_twice": "tag-given-already",
}


def issue_block(desk: Desk, *, unit: str, count: int) -> BlockIssued:
    """A block of numbers for a unit; no other block of ours has any of them.

    Raises:
        Refusal: `block-size-wrong` for less than one or more than 100,000.
    """
    desk.require(Role.REGISTRAR)
    if not 1 <= count <= 100_000:
        raise Refusal(Objection(code="block-size-wrong", rule=_TAGS))
    with desk.log.exclusive():
        block = BlockIssued(
            block=desk.new_id("block"),
            unit=unit,
            first=next_free(_blocks(desk).values()),
            count=count,
        )
        said = desk.state(
            block,
            about=(block.block,),
            audience=desk.for_agency(),
            ground=Ground(basis="register"),
        )
        desk.log.append((said,))
        return block


def _blocks(desk: Desk) -> Mapping[str, BlockIssued]:
    issued = (
        payload_of(entry, BlockIssued)
        for entry in desk.log.of_kind("block.issued")
        if entry.origin == desk.party
    )
    return {block.block: block for block in issued}


def take_in_tags(
    desk: Desk, block: str, given: Mapping[str, PersonId], *, on: PartialDate | None = None
) -> Receipt:
    """The receipt of the tags that a unit gave while it had no connection; all or none.

    Args:
        block: whose numbers they are.
        given: number -> person.

    Raises:
        Refusal: `block-unknown`, `tag-malformed`, `tag-not-in-block`, `tag-given-already`,
            `person-unknown`, each naming the number or the person.
    """
    desk.require(Role.REGISTRAR)
    with desk.log.exclusive():
        issued = _blocks(desk).get(block)
        if issued is None:
            raise Refusal(Objection(code="block-unknown", rule=_TAGS, about=(block,)))
        before = [
            payload_of(entry, TagGiven).number
            for entry in desk.log.of_kind("tag.given")
            if entry.origin == desk.party
        ]
        known = desk.log.about_each(given.values(), "person.registered")
        Refusal.unless_empty(
            (
                *(
                    Objection(code=_FAULTS[fault.why], rule=_TAGS, about=(fault.number,))
                    for fault in faults_in(given, issued, before)
                ),
                *(
                    Objection(code="person-unknown", rule=_TAGS, about=(person,))
                    for person in given.values()
                    if person not in known
                ),
            )
        )
        return desk.log.append(
            [
                desk.state(
                    TagGiven(person=person, number=number, block=block, on=on),
                    about=(person, block),
                    audience=desk.for_agency(),
                    ground=Ground(basis="tag", source=number),
                )
                for number, person in given.items()
            ]
        )


def join_number(desk: Desk, person: PersonId, *, tag: str, permanent: str) -> Receipt:
    """The receipt of joining a permanent number to a tag; both find the person from then on.

    Raises:
        Refusal: `tag-unknown` where he has no such tag, `number-taken` where another has it.
    """
    desk.require(Role.REGISTRAR)
    with desk.log.exclusive():
        tags = [
            payload_of(e, TagGiven).number
            for e in desk.log.about(person)
            if e.statement.kind == "tag.given"
        ]
        joined = (payload_of(e, NumberJoined) for e in desk.log.of_kind("number.joined"))
        found = []
        if tag not in tags:
            found.append(Objection(code="tag-unknown", rule=_TAGS, about=(tag,)))
        if any(each.permanent == permanent and each.person != person for each in joined):
            found.append(Objection(code="number-taken", rule=_TAGS, about=(permanent,)))
        Refusal.unless_empty(found)
        said = desk.state(
            NumberJoined(person=person, tag=tag, permanent=permanent),
            about=(person,),
            audience=desk.for_agency(),
            ground=Ground(basis="register"),
        )
        return desk.log.append((said,))


def do_duties(
    desk: Desk,
    persons: Sequence[PersonId],
    duty: str,
    *,
    digest: str = "",
    done_at: datetime | None = None,
) -> Receipt:
    """The receipt of the note that a duty was done for these persons.

    Raises:
        Refusal: `duty-unknown`.
    """
    desk.require(Role.REGISTRAR)
    if duty not in {clock.duty for clock in CLOCKS}:
        raise Refusal(Objection(code="duty-unknown", rule="procedure", about=(duty,)))
    return desk.log.append(
        [
            desk.state(
                DutyDone(person=person, duty=duty, digest=digest),
                about=(person,),
                audience=desk.for_agency(),
                ground=Ground(basis="register"),
                occurred_at=done_at,
            )
            for person in persons
        ]
    )


def describe(
    desk: Desk, person: PersonId, which: Property, value: str, *, source: str = ""
) -> Receipt:
    """The receipt of one particular of a person, with where it comes from."""
    desk.require(Role.REGISTRAR)
    said = desk.state(
        PersonDescribed(person=person, property=which, value=value),
        about=(person,),
        audience=desk.for_agency(),
        ground=Ground(basis="register", source=source),
    )
    return desk.log.append((said,))


def note_visit(
    desk: Desk, person: PersonId, *, on: PartialDate, in_private: bool, to: Iterable[PartyCode]
) -> Receipt:
    """The receipt of the note that the intermediary saw a person; never what was said.

    Raises:
        Refusal: `visit-not-neutral` for anybody but the intermediary.
    """
    desk.require(Role.INTERMEDIARY)
    if desk.party != INTERMEDIARY:
        raise Refusal(Objection(code="visit-not-neutral", rule="GC III art. 126"))
    before = any(e.statement.kind == "visit.made" for e in desk.log.about(person))
    said = desk.state(
        VisitMade(person=person, on=on, in_private=in_private, repeated=before),
        about=(person,),
        audience=desk.with_parties(*to),
        ground=Ground(basis="visit"),
    )
    return desk.log.append((said,))


def state_whereabouts(desk: Desk, person: PersonId, says: Whereabouts, *, to: PartyCode) -> Receipt:
    """The receipt of our word on whether we have a person; a later one stays beside it."""
    desk.require(Role.REGISTRAR)
    said = desk.state(
        WhereaboutsStated(person=person, says=says),
        about=(person,),
        audience=desk.with_parties(to),
        ground=Ground(basis="register"),
    )
    return desk.log.append((said,))


def seal_packet(
    desk: Desk, person: PersonId, *, seal: str, items: Sequence[PacketItem], to: PartyCode
) -> str:
    """The id of a sealed packet with a complete list of what is in it.

    Raises:
        Refusal: `packet-without-list`.
    """
    desk.require(Role.REGISTRAR, Role.HANDOVER_OFFICER)
    if not items or not seal.strip():
        raise Refusal(Objection(code="packet-without-list", rule="GC III art. 122"))
    packet = desk.new_id("packet")
    said = desk.state(
        PacketSealed(packet=packet, person=person, seal=seal, items=tuple(items)),
        about=(packet, person),
        audience=desk.with_parties(to),
        ground=Ground(basis="register"),
    )
    desk.log.append((said,))
    return packet
