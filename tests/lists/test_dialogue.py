"""What was answered to a line, what may be answered, and how far is the list?"""

from dataclasses import replace

import pytest

from repatria.ledger.kinds.line_answered import AnswerCode, LineAnswered
from repatria.ledger.kinds.list_line import ListLine
from repatria.lists import (
    TERMINAL,
    Answer,
    LineState,
    LineStatus,
    fold_line,
    objections_to_answer,
    self_check,
    status_of,
    summary,
)
from repatria.terms import PartialDate, PersonName

NAME = PersonName(text="Orin Velt")
LINE = ListLine(list_id="list:s", line_id="line:1", number=1, names=(NAME,), father="Tam")


def answer(code, line="line:1", list_id="list:s", **more):
    return LineAnswered(list_id=list_id, line_id=line, code=AnswerCode(code), **more)


def state_with(voices, payload=None, line=LINE):
    voices.say("south", line)
    if payload is not None:
        voices.say("north", payload)
    return fold_line(voices.entries)


def objections(line, payload, **facts):
    known = {
        "by": "north",
        "asked": "north",
        "person_known": True,
        "person_already_answers": None,
        "duplicate_line": None,
    }
    return [o.code for o in objections_to_answer(line, payload, **(known | facts))]


def test_a_line_that_was_not_disclosed_has_no_state(voices):
    voices.unknown("south")
    voices.say("north", answer("held"))

    assert fold_line(voices.entries) is None


def test_a_line_nobody_answered_is_listed(voices):
    entry = voices.say("south", LINE)
    state = fold_line(voices.entries)

    assert (state.line, state.ref, state.by) == (LINE, entry.ref, "south")
    assert (state.answers, state.current, state.changed) == ((), None, False)
    assert status_of(state) is LineStatus.LISTED


def test_an_answer_of_every_code_has_its_status(voices):
    voices.say("south", LINE)
    for code in AnswerCode:
        voices.say("north", answer(code))
        assert status_of(fold_line(voices.entries)) == f"answered_{code}"


def test_denied_then_admitted_keeps_both_and_is_changed(voices):
    voices.say("south", LINE)
    voices.say("north", answer("not_held"))
    voices.say("north", answer("held", person="person:p"))
    state = fold_line(reversed(voices.entries))

    assert [a.code for a in state.answers] == [AnswerCode.NOT_HELD, AnswerCode.HELD]
    assert state.current == state.answers[1]
    assert state.changed


def test_an_answer_taken_back_stays_and_is_not_current(voices):
    voices.say("south", LINE)
    wrong = voices.say("north", answer("dead"))
    voices.say("north", answer("searching", line="line:9"), supersedes=(wrong.ref,))
    state = fold_line(voices.entries)

    assert [a.ref for a in state.answers] == [wrong.ref]
    assert state.current is None


def test_the_same_code_again_is_no_change(voices):
    voices.say("south", LINE)
    voices.say("north", answer("searching"))
    voices.say("north", answer("searching", exchange="x"))

    assert not fold_line(voices.entries).changed


def test_only_the_party_asked_gives_the_current_answer(voices):
    voices.say("south", LINE)
    voices.say("north", answer("held"))
    voices.say("intermediary", answer("dead"))

    assert fold_line(voices.entries).current.by == "intermediary"
    assert fold_line(voices.entries, asked="north").current.by == "north"
    assert not fold_line(voices.entries).changed


def test_the_author_alone_corrects_its_line(voices):
    first = voices.say("south", LINE)
    voices.say("north", replace(LINE, father="Someone else"))
    corrected = voices.say("south", replace(LINE, father="Tamas"), supersedes=(first.ref,))
    voices.say("south", replace(LINE, line_id="line:2"))
    state = fold_line(voices.entries)

    assert state.line.father == "Tamas"
    assert state.ref == corrected.ref


def test_a_line_whose_correction_speaks_of_something_else_stands_as_written(voices):
    first = voices.say("south", LINE)
    voices.say("south", replace(LINE, line_id="line:2"), supersedes=(first.ref,))

    assert fold_line(voices.entries).line == LINE


def test_terminal_states_need_an_answer():
    assert LineStatus.LISTED not in TERMINAL
    assert LineStatus.ANSWERED_HELD not in TERMINAL
    assert LineStatus.ANSWERED_EXCLUDED not in TERMINAL
    assert LineStatus.ANSWERED_DUPLICATE in TERMINAL


def test_a_good_answer_meets_no_objection(voices):
    state = state_with(voices)

    assert objections(state, answer("held", person="person:p")) == []
    assert (
        objections(state, answer("held", person="person:p"), person_already_answers="line:1") == []
    )
    assert objections(state, answer("already_released", exchange="2028")) == []


def test_all_objections_are_given_at_once():
    found = objections(
        None,
        answer("already_released", person="person:p"),
        by="intermediary",
        person_known=False,
        person_already_answers="line:7",
    )

    assert found == [
        "line-unknown",
        "line-not-addressed-to-you",
        "person-unknown",
        "person-answers-another-line",
        "released-needs-exchange",
    ]


def test_a_line_of_another_list_is_unknown(voices):
    assert objections(state_with(voices), answer("searching", list_id="list:x")) == ["line-unknown"]


def test_held_needs_a_person(voices):
    assert objections(state_with(voices), answer("held")) == ["held-needs-person"]


def original(code=None, list_id="list:s"):
    line = replace(LINE, list_id=list_id, line_id="line:2")
    current = None
    if code is not None:
        payload = answer(code, line="line:2")
        current = Answer(
            by="north", code=payload.code, payload=payload, ref="north/0", recorded_at=None
        )
    return LineState(line=line, ref="south/1", by="south", current=current)


@pytest.mark.parametrize(
    ("points_to", "there", "code"),
    [
        (None, None, "duplicate-needs-line"),
        ("line:1", None, "duplicate-of-itself"),
        ("line:2", None, "line-unknown"),
        ("line:2", original(list_id="list:x"), "duplicate-of-other-list"),
        ("line:2", original("duplicate"), "duplicate-of-duplicate"),
    ],
)
def test_a_repeat_points_to_an_original_of_the_same_list(voices, points_to, there, code):
    payload = answer("duplicate", duplicate_of=points_to)

    assert objections(state_with(voices), payload, duplicate_line=there) == [code]


@pytest.mark.parametrize("code", [None, "held"])
def test_a_repeat_of_an_original_is_a_good_answer(voices, code):
    payload = answer("duplicate", duplicate_of="line:2")

    assert objections(state_with(voices), payload, duplicate_line=original(code)) == []


def test_a_new_answer_says_something_new(voices):
    state = state_with(voices, answer("searching"))

    assert objections(state, answer("searching")) == ["answer-unchanged"]
    assert objections(state, answer("searching"), by="south", asked="south") == []
    assert objections(state, answer("not_held")) == []


def test_a_list_that_can_be_told_apart_has_no_findings():
    other = replace(LINE, line_id="line:2", number=2, father="", birth=PartialDate(year=1994))

    assert self_check([replace(LINE, reference="N1"), replace(other, reference="N2")]) == ()


def test_a_line_with_a_name_alone_cannot_be_told_apart():
    (finding,) = self_check([replace(LINE, father="")])

    assert finding.code == "too-little-to-identify"
    assert (finding.about, finding.where, finding.values) == (("line:1",), "line 1", {"line": 1})


def test_repeats_are_reported_at_the_later_line():
    again = replace(LINE, line_id="line:4", number=4, note="see above")
    same_number = replace(LINE, line_id="line:2", number=2, father="Orr", reference="N1")
    found = self_check([again, same_number, replace(LINE, reference="N1")])

    assert [(f.code, f.about, f.values) for f in found] == [
        ("reference-repeated", ("line:2", "line:1"), {"line": 2, "first_line": 1}),
        ("line-repeated", ("line:4", "line:1"), {"line": 4, "first_line": 1}),
    ]


def test_a_summary_counts_lines_by_their_current_answer():
    states = [original("held"), original("held"), original("duplicate"), original()]
    found = summary(states)

    assert (found.total, found.answered) == (4, 3)
    assert found.by_code[AnswerCode.HELD] == 2
    assert found.by_code[AnswerCode.DEAD] == 0
    assert sum(found.by_code.values()) == found.answered
