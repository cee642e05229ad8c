"""A region of the register reaches the plan: by the list, the register and the holder's answer."""

from repatria.ledger.kinds.person_described import Property
from repatria.operations.agreement import plan_exchange
from repatria.operations.answers import Answer, answer_lines
from repatria.operations.candidates import candidates_from
from repatria.planning import Share
from repatria.register import fold_person
from repatria.terms import Role
from simulators.party import HELD_BY_NORTH, NORTH, SOUTH, TERMS_ID, Meeting, terms_for

REGIONS = ("hills", "hills", "coast", "coast")
_heading, *_rows = HELD_BY_NORTH.splitlines()
WITH_REGIONS = "\n".join(
    [f"{_heading};Region", *(f"{row};{place}" for row, place in zip(_rows, REGIONS, strict=True))]
)


def test_a_share_of_a_region_is_kept_with_regions_from_an_imported_list(tmp_path):
    met = Meeting(tmp_path).introduce().exchange_lists({"north holds": WITH_REGIONS + "\n"})
    answer_in_order(met.north)
    met.carry_all()
    north = [c for c in candidates_from(met.south.log) if c.holder == NORTH]
    assert sorted(c.region for c in north) == sorted(REGIONS)

    record = fold_person(north[0].id, met.north.log.about(north[0].id))
    [said] = [p for p in record.particulars if p.value.property is Property.REGION]
    assert said.value.value == north[0].region
    assert said.by == NORTH
    # What is in the register is told with the answer alone, never beside it.
    assert all(p.value.property is not Property.REGION for p in _told(met.south, north[0].id))

    coast = Share(
        id="coast",
        proposer=SOUTH,
        source="meeting of the test",
        from_party=NORTH,
        by="region",
        value="coast",
        limit="at-least",
        percent=100,
    )
    met.agree(terms_for(north=2, rules=(coast,)))
    desk = met.intermediary.desk(Role.NEGOTIATOR)
    plan = plan_exchange(desk, terms_id=TERMS_ID, parties=(NORTH, SOUTH))
    goes = {c.region for c in north if c.id in plan.selected}
    assert goes == {"coast"}


def answer_in_order(holder):
    """The holder says of each line that it holds whoever stands at its place in its own list."""
    log = holder.log
    persons = [e.statement.content["person"] for e in log.of_kind("person.registered")]
    asked = [e for e in log.of_kind("list.line") if e.origin == SOUTH]
    answers = [
        Answer(line=line.statement.content["line_id"], code="held", person=person)
        for line, person in zip(asked, persons, strict=True)
    ]
    answer_lines(holder.desk(), answers)


def _told(party, person):
    return fold_person(person, party.log.about(person)).particulars
