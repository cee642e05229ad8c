"""Calendars give the days that were agreed on; criteria are measured by what a line says."""

from datetime import UTC, date, datetime

import pytest

from repatria.ledger.kinds.calendar_opened import CalendarOpened, CalendarStep
from repatria.ledger.kinds.line_answered import AnswerCode, LineAnswered
from repatria.ledger.kinds.line_observed import LineObserved, ObservationCode
from repatria.ledger.kinds.line_upheld import LineUpheld
from repatria.ledger.kinds.list_line import ListLine
from repatria.ledger.kinds.step_delivered import StepDelivered
from repatria.lists import final_table, fold_calendar, fold_line
from repatria.lists.calendar import STOCKHOLM, Standing
from repatria.lists.criteria import Criteria, Verdict, age_on, measured
from repatria.terms import PartialDate, PersonName

LINE = ListLine(list_id="list:s", line_id="line:1", number=1, names=(PersonName(text="Orin Velt"),))


def opened(voices, day):
    plan = CalendarOpened(
        calendar_id="calendar:c",
        title="winter",
        start_event="signature",
        starts_on=PartialDate.on(day),
        steps=STOCKHOLM,
        parties=("north", "south"),
    )
    voices.say("intermediary", plan)


@pytest.mark.parametrize(
    ("signed", "exchanged"), [("2018-12-11", "2019-01-19"), ("2018-12-13", "2019-01-21")]
)
def test_the_calendar_counts_from_the_signature_to_the_day_of_the_exchange(
    voices, signed, exchanged
):
    opened(voices, date.fromisoformat(signed))

    assert fold_calendar(voices.entries).due("exchange") == date.fromisoformat(exchanged)


def test_a_late_delivery_moves_what_follows_and_an_early_one_takes_no_days_away(voices):
    opened(voices, date(2030, 1, 1))
    for party, day in (("north", 3), ("south", 12)):
        voices.say(
            party,
            StepDelivered(calendar_id="calendar:c", step="lists", digest="ab" * 32, items=5),
            occurred_at=datetime(2030, 1, day, 9, tzinfo=UTC),
        )
    owed = {(o.step, o.by): o for o in fold_calendar(voices.entries).obligations}

    today = date(2030, 1, 20)
    assert owed["lists", "north"].standing(today) is Standing.DELIVERED
    assert owed["lists", "south"].standing(today) is Standing.LATE
    assert owed["lists", "south"].days_over(today) == 4
    answers = owed["answers", "north"]
    assert (answers.planned_on, answers.due_on) == (date(2030, 1, 15), date(2030, 1, 19))
    assert answers.standing(today) is Standing.OVERDUE
    assert answers.start_event == "lists"


def test_only_the_author_observes_and_only_whoever_answered_keeps_the_answer(voices):
    voices.say("south", LINE)
    voices.say("north", LineAnswered(list_id="list:s", line_id="line:1", code=AnswerCode.NOT_HELD))
    for by in ("intermediary", "south"):
        voices.say(
            by,
            LineObserved(
                list_id="list:s",
                line_id="line:1",
                answer="north/0",
                code=ObservationCode.DISPUTED,
            ),
        )
    disputed = fold_line(voices.entries, asked="north")
    upheld = LineUpheld(list_id="list:s", line_id="line:1", observation="south/1")
    voices.say("south", upheld)
    still = fold_line(voices.entries, asked="north")
    voices.say("north", upheld)
    replied = fold_line(voices.entries, asked="north")

    assert len(disputed.observations) == 1
    assert (disputed.waits_for_reply, still.waits_for_reply) == (True, True)
    assert (replied.waits_for_reply, replied.upheld) == (False, True)


def test_a_new_answer_is_a_reply_too_and_makes_another_table(voices):
    voices.say("south", LINE)
    voices.say("north", LineAnswered(list_id="list:s", line_id="line:1", code=AnswerCode.NOT_HELD))
    first = final_table("list:s", [fold_line(voices.entries)])
    observed = LineObserved(
        list_id="list:s", line_id="line:1", answer="north/0", code=ObservationCode.DISPUTED
    )
    voices.say("south", observed)
    disputed = final_table("list:s", [fold_line(voices.entries)])
    voices.say("north", LineAnswered(list_id="list:s", line_id="line:1", code=AnswerCode.SEARCHING))
    state = fold_line(voices.entries)
    second = final_table("list:s", [state])

    assert disputed.disputed == ("line:1",)
    assert second.disputed == ()
    assert state.changed
    assert first.digest == disputed.digest != second.digest


@pytest.mark.parametrize(
    ("birth", "limit", "verdict"),
    [
        ("2000-06-02", 25, None),
        ("2000-06-02", 24, Verdict.OUTSIDE),
        ("2000", 24, Verdict.NOT_DECIDABLE),
        ("2000", 25, None),
        ("2000~", 25, Verdict.NOT_DECIDABLE),
        (None, 25, Verdict.NOT_DECIDABLE),
        ("1996-01-01", 25, Verdict.OUTSIDE),
        ("1996-01-01", 30, None),
    ],
)
def test_an_age_is_counted_on_the_day_agreed_and_never_guessed(birth, limit, verdict):
    from dataclasses import replace

    line = replace(LINE, birth=PartialDate.parse(birth) if birth else None)
    found = measured([line], Criteria(age_on=date(2025, 6, 2), age_from=18, age_to=limit))

    assert [m.verdict for m in found] == ([verdict] if verdict else [])


def test_a_birthday_on_a_leap_day_comes_in_march():
    assert age_on(date(2000, 2, 29), date(2025, 2, 28)) == 24
    assert age_on(date(2000, 2, 29), date(2025, 3, 1)) == 25


def test_a_step_of_more_days_than_there_are_ends_on_the_last(voices):
    plan = CalendarOpened(
        calendar_id="calendar:c",
        title="never",
        start_event="signature",
        starts_on=PartialDate.on(date(2030, 1, 1)),
        steps=(CalendarStep(step="lists", days=2**31 - 1),),
        parties=("north",),
    )
    voices.say("north", plan)

    assert fold_calendar(voices.entries).due("lists") == date.max
