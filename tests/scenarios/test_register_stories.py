"""Offline for days, bodies that are another's, and tags of units that never met."""

import shutil
from datetime import timedelta

import pytest

from repatria.ledger.kinds.line_answered import AnswerCode
from repatria.ledger.kinds.list_submitted import Population
from repatria.ledger.kinds.person_described import Property
from repatria.ledger.kinds.remains_examined import LaboratoryResult, RemainsExamined
from repatria.ledger.kinds.whereabouts_stated import Whereabouts
from repatria.operations.answers import Answer, answer_line
from repatria.operations.packages import send_package
from repatria.operations.receiving import take_in_package
from repatria.operations.records import current_lines
from repatria.operations.register_acts import describe, state_whereabouts
from repatria.operations.remains import (
    all_remains,
    receive_remains,
    record_remains,
    state_examination,
)
from repatria.operations.tags import issue_block, join_number, tags_given, take_in_tags
from repatria.register import fold_person
from repatria.register.tags import numbers_of
from repatria.terms import LineId, Refusal, Role
from repatria.wiring.django_ready import ready
from repatria.wiring.installation import Installation
from simulators.party import INTERMEDIARY, NORTH, SOUTH, Meeting, PartySimulator, hand_in

HEADER = "No;Surname;Given name;Father name;Date of birth\n"
# All that differs where the same packages came in another order: when and where a node noted
# that in its own log. Column by column, and only in rows of that log; nothing else differs.
DIFFERS = {
    "package_row": {"recorded_at": "the moment at which it noted that a package came"},
    "peer_row": {"heard_at": "the same, of the newest head of a peer's log"},
    "mention": {"seq": "the place in its own log at which it noted that"},
    "frontier": {"hashes": "roots of its own log: entries in another order, under other salts"},
}


def persons(simulator):
    return [e.statement.about[0] for e in simulator.log.of_kind("person.registered")]


def list_of(names):
    return HEADER + "".join(f"{n};{name};Aram;Karo;05.02.1991\n" for n, name in enumerate(names, 1))


@pytest.fixture
def met(tmp_path):
    """Two parties and the intermediary, each with a list of whom it holds."""
    meeting = Meeting(tmp_path).introduce()
    for here, names in (
        (meeting.north, ("Modelyan", "Testyan", "Samplov")),
        (meeting.south, ("Sinaqov", "Ornekli")),
    ):
        hand_in(
            here,
            tmp_path / f"{here.party}.csv",
            list_of(names),
            title=f"{here.party} holds",
            population=Population.HELD,
            to=INTERMEDIARY,
        )
    return meeting


@pytest.mark.slow
def test_two_nodes_offline_for_seven_days_merged_in_either_order_give_one_projection(
    tmp_path, make_installation
):
    ready()
    real = make_installation("intermediary", name="one")
    with real.open():
        intermediary = PartySimulator(
            INTERMEDIARY, log=real.log(), node=real.node(), keyring=real.keyring
        )
        met = Meeting(tmp_path, intermediary).introduce()
    real.close()
    shutil.copytree(real.folder, tmp_path / "two")
    weeks = [work_for_seven_days(met, met.north), work_for_seven_days(met, met.south)]

    nodes, wholly = [], []
    for folder, order in (("one", weeks), ("two", weeks[::-1])):
        here = Installation.at(tmp_path / folder)
        with here.open():
            desk = here.desk("ines", Role.INTERMEDIARY, clock=met.clock)
            for raw in order:
                take_in_package(desk, raw)
            nodes.append(digests_but(DIFFERS))
            wholly.append({each: digests_but({each: {}})[each] for each in DIFFERS})
        here.close()

    assert nodes[0] == nodes[1]
    assert len(nodes[0]) > 20
    # Each of the four is there with a reason: compared with every column they do differ.
    assert all(wholly[0][table] != wholly[1][table] for table in DIFFERS)


def digests_but(columns_apart):
    """A digest of each derived table, of some without columns in rows of the node's own log."""
    from repatria.store.projections.engine import (
        derived_tables,
        digest_of_rows,
        line_of_row,
        row_names,
    )

    def line(model, row):
        told = dict(zip(row_names(model), row, strict=True))
        if told.get("origin", INTERMEDIARY) == INTERMEDIARY:
            told |= dict.fromkeys(columns_apart.get(model._meta.db_table, ()), "")
        return line_of_row(told.values())

    return {
        model._meta.db_table: digest_of_rows(
            line(model, row) for row in model._default_manager.values_list(*row_names(model))
        )
        for model in derived_tables()
    }


def work_for_seven_days(met, here):
    """What a party does in a week without a connection; the package of all of it."""
    other = SOUTH if here is met.north else NORTH
    for day in range(7):
        met.clock.turn_to(met.clock.at + timedelta(days=1))
        names = ("Modelyan", "Testyan", *(f"Samplov{n}" for n in range(day)))
        for population in Population:
            hand_in(
                here,
                met.folder / f"{here.party}-{day}.csv",
                list_of(names),
                title=f"{here.party} {population}",
                population=population,
                to=other if population is Population.CLAIMED else INTERMEDIARY,
            )
        person = persons(here)[day % 2]
        describe(here.desk(), person, Property.MOTHER, f"Ani {day}")
        state_whereabouts(here.desk(), person, list(Whereabouts)[day % 3], to=other)
    return send_package(here.desk(), to=INTERMEDIARY).raw


def test_a_body_that_is_another_persons_is_seen_by_all_and_closes_nobodys_case(met):
    awaited, other = persons(met.north)[:2]
    bag = record_remains(met.north.desk(), label="bag 17", to=SOUTH, said_to_be=[awaited])
    met.carry_all()
    receive_remains(met.south.desk(), bag, giver=NORTH)
    for person, result in ((awaited, LaboratoryResult.IS_NOT), (other, LaboratoryResult.IS)):
        state_examination(
            met.south.desk(Role.MEDICAL),
            RemainsExamined(
                remains=bag, person=person, result=result, laboratory="L", method="dna_direct"
            ),
            to=[NORTH],
        )
    met.carry_all()

    for here in met.parties:
        [found] = all_remains(here.log.about(bag)).values()
        assert found.said_to_be == {awaited}
        assert (found.persons, found.ruled_out) == ({other}, {awaited})
        assert {finding.code for finding in found.findings} == {"remains-of-another"}
    # The giver's laboratory says otherwise: it is noticed, and identifies nobody.
    with pytest.raises(Refusal, match="laboratory-not-receiving"):
        state_examination(
            met.north.desk(Role.MEDICAL),
            RemainsExamined(
                remains=bag,
                person=awaited,
                result=LaboratoryResult.IS,
                laboratory="N",
                method="teeth",
            ),
            to=[SOUTH],
        )
    assert not fold_person(awaited, met.north.log.about(awaited)).life


@pytest.mark.slow
def test_two_units_give_a_thousand_tags_each_without_a_connection_and_none_clash(met):
    desk, known = met.north.desk(), persons(met.north)
    blocks = [issue_block(desk, unit=unit, count=1_000) for unit in ("first", "second")]
    given = [
        {number: known[place % len(known)] for place, number in enumerate(numbers_of(block))}
        for block in blocks
    ]
    # They come back in the order nobody planned.
    for block, tags in ((blocks[1], given[1]), (blocks[0], given[0])):
        take_in_tags(desk, block.block, tags)
    join_number(desk, known[0], tag=next(iter(given[1])), permanent="N-1")
    met.carry_all()

    assert len({tag.number for tag in tags_given(desk)}) == 2_000
    for here in (met.north, met.intermediary):
        numbers = [each.value for each in fold_person(known[0], here.log.about(known[0])).numbers]
        assert len(numbers) == len(set(numbers)) > 600
        assert "N-1" in numbers
    assert not met.south.log.of_kind("tag.given")
    # A number that slipped into the other unit's report is refused, and with it the report.
    with pytest.raises(Refusal, match="tag-not-in-block"):
        take_in_tags(desk, blocks[0].block, {numbers_of(blocks[1])[0]: known[0]})


def test_what_was_answered_offline_by_both_stays_with_both_words(met, tmp_path):
    asked = hand_in(
        met.south,
        tmp_path / "asked.csv",
        list_of(("Modelyan",)),
        title="claimed",
        population=Population.CLAIMED,
        to=NORTH,
    ).list_id
    met.carry_all()
    [line] = [
        key
        for key, each in current_lines(met.north.log.of_kind("list.line")).items()
        if each.list_id == asked
    ]
    for code in (AnswerCode.NOT_HELD, AnswerCode.SEARCHING):
        answer_line(met.north.desk(), Answer(line=LineId(line), code=code))
    met.carry_all()

    said = met.south.log.about(line)
    answers = [e.statement.content["code"] for e in said if e.statement.kind == "line.answered"]
    assert answers == ["not_held", "searching"]
