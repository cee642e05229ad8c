"""A list of nine thousand names is found out for what it is, before it is signed and after.

The figures are those one receiver gave of one list: 9,147 lines, of which 2,171 repeat others
and 1,144 name persons set free in earlier exchanges; 3,600 were acknowledged. The persons are
made up. Quick runs tell it at one tenth; REPATRIA_LONG_LIST=1 tells all of it.
"""

import os
from datetime import date

import pytest

from long_lists import HELD, LINES, RELEASED, REPEATS, hand_in_records, long_list
from repatria.ledger.kinds.line_answered import AnswerCode
from repatria.ledger.kinds.line_observed import ObservationCode
from repatria.ledger.kinds.list_checked import FoundCode
from repatria.ledger.kinds.list_submitted import Population
from repatria.operations.answers import answer_lines
from repatria.operations.calendars import calendar_of, deliver_step, open_calendar
from repatria.operations.list_check import answers_from, check_list, last_check
from repatria.operations.list_dialogue import (
    Remark,
    final_list,
    observe_answers,
    sign_list,
    uphold_answers,
)
from repatria.terms import Refusal, Role
from simulators.party import INTERMEDIARY, NORTH, SOUTH, Meeting

SCALE = 1 if os.environ.get("REPATRIA_LONG_LIST") else 10
COUNTS = {
    "lines": LINES // SCALE,
    "repeats": REPEATS // SCALE,
    "released": RELEASED // SCALE,
    "held": HELD // SCALE,
}


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """South has listed, and checked what it listed; north holds, and has received the list."""
    met = Meeting(tmp_path_factory.mktemp("long")).introduce()
    made = long_list(**COUNTS)
    hand_in_records(met.south, made.returned, title="came home", to=INTERMEDIARY)
    asked = hand_in_records(met.south, made.records, title="claimed", to=NORTH)
    hand_in_records(
        met.north, made.holding, title="held", to=INTERMEDIARY, population=Population.HELD
    )
    before = check_list(met.south.desk(), asked)
    met.courier.carry(met.south, met.north)
    after = check_list(met.north.desk(), asked)
    return met, made, asked, before, after


def numbers(desk, list_id, found):
    from repatria.operations.records import current_lines

    lines = current_lines(desk.log.about(list_id))
    return {lines[each.line_id].number for each in found}


def test_the_author_finds_the_repeats_and_the_released_before_it_signs(told):
    met, made, asked, before, _ = told

    assert len(before.of(FoundCode.REPEAT)) == COUNTS["repeats"]
    assert len(before.of(FoundCode.RELEASED)) == COUNTS["released"]
    assert numbers(met.south.desk(), asked, before.of(FoundCode.REPEAT)) == set(made.repeats)
    assert numbers(met.south.desk(), asked, before.of(FoundCode.RELEASED)) == set(made.released)


def test_the_receiver_finds_the_same_and_whom_it_holds(told):
    met, made, asked, _, after = told
    desk = met.north.desk()

    assert numbers(desk, asked, after.of(FoundCode.REPEAT)) == set(made.repeats)
    assert numbers(desk, asked, after.of(FoundCode.RELEASED)) == set(made.released)
    assert numbers(desk, asked, after.of(FoundCode.KNOWN)) == set(made.held)


def test_every_line_is_answered_disputed_replied_to_and_signed_by_all(told):
    met, _, asked, _, after = told
    north, south, neutral = met.north.desk(), met.south.desk(), met.intermediary.desk
    calendar = open_calendar(
        neutral(Role.INTERMEDIARY),
        title="winter",
        start_event="signature of the mechanism",
        starts_on=date(2030, 3, 1),
        parties=(NORTH, SOUTH),
    )
    met.courier.carry(met.intermediary, met.north)
    met.courier.carry(met.intermediary, met.south)

    with pytest.raises(Refusal) as refused:
        sign_list(north, asked, digest=final_list(north, asked).table.digest)
    assert {o.code for o in refused.value.objections} >= {"list-lines-open", "repeat-not-answered"}

    answer_lines(north, answers_from(north, after))
    table = final_list(north, asked).table
    assert table.answered == {
        AnswerCode.DUPLICATE: COUNTS["repeats"],
        AnswerCode.ALREADY_RELEASED: COUNTS["released"],
        AnswerCode.HELD: COUNTS["held"],
        AnswerCode.NOT_HELD: COUNTS["lines"]
        - COUNTS["repeats"]
        - COUNTS["released"]
        - COUNTS["held"],
    }
    deliver_step(north, calendar, "answers", digest=table.digest, subject=asked, items=table.lines)
    met.courier.carry(met.north, met.south)

    denied = [s for s in final_list(south, asked).states if s.current.code == "not_held"][:3]
    observe_answers(
        south,
        [
            Remark(line=s.line.line_id, code=ObservationCode.DISPUTED, note="seen by a witness")
            for s in denied
        ],
    )
    met.courier.carry(met.south, met.north)
    with pytest.raises(Refusal, match="list-observations-open"):
        sign_list(south, asked, digest=final_list(south, asked).table.digest)
    uphold_answers(north, [s.line.line_id for s in denied], note="searched again, not found")
    met.courier.carry(met.north, met.south)

    for desk in (north, south):
        sign_list(desk, asked, digest=final_list(desk, asked).table.digest)
    for signer in (met.north, met.south):
        met.courier.carry(signer, met.intermediary)
    last = neutral(Role.INTERMEDIARY)
    sign_list(last, asked, digest=final_list(last, asked).table.digest)

    assert final_list(last, asked).is_signed_by_all
    [owed] = [
        o for o in calendar_of(south, calendar).obligations if (o.step, o.by) == ("answers", NORTH)
    ]
    assert owed.digest == table.digest
    assert owed.due_on == date(2030, 3, 15)
    assert last_check(met.north.desk(), asked) is not None
