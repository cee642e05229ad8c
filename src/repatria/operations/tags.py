"""Numbers are issued in blocks, given by units with no connection, taken in, and joined."""

from collections.abc import Mapping

from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.block_issued import BlockIssued
from repatria.ledger.kinds.number_joined import NumberJoined
from repatria.ledger.kinds.tag_given import TagGiven
from repatria.ledger.log import Receipt
from repatria.ledger.statement import Ground
from repatria.operations.desk import Desk
from repatria.register.tags import faults_in, next_free
from repatria.terms import Objection, PartialDate, PersonId, Refusal, Role

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
            first=next_free(blocks_of(desk).values()),
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


def blocks_of(desk: Desk) -> Mapping[str, BlockIssued]:
    """The blocks that our party issued, by id, in the order they were issued."""
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
        Refusal: `list-without-lines`; `block-unknown`, `tag-malformed`, `tag-not-in-block`,
            `tag-given-already`, `person-unknown`, each naming the number or the person.
    """
    desk.require(Role.REGISTRAR)
    with desk.log.exclusive():
        issued = blocks_of(desk).get(block)
        if issued is None:
            raise Refusal(Objection(code="block-unknown", rule=_TAGS, about=(block,)))
        if not given:
            raise Refusal(Objection(code="list-without-lines", rule=_TAGS))
        before = [tag.number for tag in tags_given(desk)]
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


def tags_given(desk: Desk) -> tuple[TagGiven, ...]:
    """Every tag that our units gave and that was taken in."""
    return tuple(
        payload_of(entry, TagGiven)
        for entry in desk.log.of_kind("tag.given")
        if entry.origin == desk.party
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
