"""Every line gets an answer, from the party asked, that can be understood."""

import pytest

from repatria.ledger.kinds.line_answered import AnswerCode
from repatria.ledger.kinds.list_line import ListLine
from repatria.ledger.kinds.list_submitted import Population
from repatria.ledger.statement import Ground
from repatria.lists import fold_line
from repatria.operations.answers import Answer, answer_line, answer_lines, released_earlier
from repatria.operations.comparison import current_lines
from repatria.operations.suggestions import suggest_answers
from repatria.terms import Category, NotVisible, PartialDate, PersonName, Sex
from simulators.party import NORTH, SOUTH, hand_in
from simulators.refusals import refuses


def lines_of(met, title="south claims"):
    """Ids of a list's lines by number."""
    lines = current_lines(met.north.log.about(met.lists[title])).values()
    return {line.number: line.line_id for line in lines}


def held_by_north(met):
    """Our records, in order of the held list."""
    return [e.statement.content["person"] for e in met.north.log.of_kind("person.registered")]


def test_an_answer_carries_what_the_holders_register_says(at):
    met = at("listed")
    line, person = lines_of(met)[1], held_by_north(met)[0]
    answer_line(met.north.desk(), Answer(line=line, code=AnswerCode.HELD, person=person))
    said = fold_line(met.north.log.about(line)).current.payload
    assert said.person == person
    assert said.category is Category.SOLDIER
    assert said.birth == PartialDate.parse("1991-02-05")
    assert said.captured_on == PartialDate.parse("2028-10-11")
    assert said.health == "fit"


def test_what_the_register_does_not_know_the_answer_leaves_out(at):
    met = at("listed")
    hand_in(
        met.north,
        met.folder / "more.csv",
        "No;Surname;Given name;Sex\n1;Examplov;Karo;female\n",
        title="more",
        population=Population.HELD,
        to="intermediary",
    )
    person = held_by_north(met)[-1]
    line = lines_of(met)[1]
    answer_line(met.north.desk(), Answer(line=line, code=AnswerCode.HELD, person=person))
    said = fold_line(met.north.log.about(line)).current.payload
    assert (said.category, said.birth, said.captured_on, said.health) == (None, None, None, "")
    assert said.sex is Sex.FEMALE


def test_answers_are_written_together_or_not_at_all(at):
    met = at("listed")
    lines, (first, *_) = lines_of(met), held_by_north(met)
    seen = []
    with refuses(met.north, "person-answers-another-line", "released-needs-exchange"):
        answer_lines(
            met.north.desk(),
            [
                Answer(line=lines[1], code=AnswerCode.HELD, person=first),
                Answer(line=lines[2], code=AnswerCode.HELD, person=first),
                Answer(line=lines[3], code=AnswerCode.ALREADY_RELEASED),
            ],
            progress=lambda done, total: seen.append((done, total)),
        )
    assert seen == [(1, 6), (2, 6), (3, 6)]  # the other half is writing, and nothing is written


REFUSED = {
    "held-needs-person": lambda lines, _: Answer(line=lines[1], code=AnswerCode.HELD),
    "person-unknown": lambda lines, _: Answer(
        line=lines[1], code=AnswerCode.HELD, person="person:nobody"
    ),
    "duplicate-needs-line": lambda lines, _: Answer(line=lines[1], code=AnswerCode.DUPLICATE),
    "duplicate-of-itself": lambda lines, _: Answer(
        line=lines[1], code=AnswerCode.DUPLICATE, duplicate_of=lines[1]
    ),
    "line-unknown": lambda lines, _: Answer(
        line=lines[1], code=AnswerCode.DUPLICATE, duplicate_of="line:none"
    ),
    "duplicate-of-other-list": lambda lines, ours: Answer(
        line=lines[1], code=AnswerCode.DUPLICATE, duplicate_of=ours[1]
    ),
    "released-needs-exchange": lambda lines, _: Answer(
        line=lines[1], code=AnswerCode.ALREADY_RELEASED
    ),
}


@pytest.mark.parametrize("code", REFUSED)
def test_an_answer_that_cannot_be_understood_is_refused(code, at):
    met = at("listed")
    answer = REFUSED[code](lines_of(met), lines_of(met, "north claims"))
    with refuses(met.north, code):
        answer_line(met.north.desk(), answer)


def test_a_repeat_of_a_repeat_is_refused(at):
    met = at("listed")
    lines = lines_of(met)
    first = Answer(line=lines[2], code=AnswerCode.DUPLICATE, duplicate_of=lines[1])
    answer_line(met.north.desk(), first)
    with refuses(met.north, "duplicate-of-duplicate"):
        answer_line(
            met.north.desk(),
            Answer(line=lines[3], code=AnswerCode.DUPLICATE, duplicate_of=lines[2]),
        )


@pytest.mark.parametrize("code", [AnswerCode.NOT_HELD, AnswerCode.HELD])
def test_the_same_answer_again_is_refused(code, at):
    met = at("listed")
    person = held_by_north(met)[0] if code is AnswerCode.HELD else None
    answer = Answer(line=lines_of(met)[1], code=code, person=person)
    answer_line(met.north.desk(), answer)
    with refuses(met.north, "answer-unchanged"):
        answer_line(met.north.desk(), answer)


def test_a_new_answer_supersedes_the_former(at):
    met = at("listed")
    line = lines_of(met)[1]
    answer_line(met.north.desk(), Answer(line=line, code=AnswerCode.SEARCHING, note="asked around"))
    [first] = met.north.log.of_kind("line.answered")
    answer_line(met.north.desk(), Answer(line=line, code=AnswerCode.NOT_HELD))
    [_, second] = met.north.log.of_kind("line.answered")
    assert first.statement.ground.note == "asked around"
    assert second.statement.supersedes == (first.ref,)


def test_nobody_answers_for_the_party_asked(at):
    met = at("listed")
    with refuses(met.south, "line-not-addressed-to-you"):
        answer_line(met.south.desk(), Answer(line=lines_of(met)[1], code=AnswerCode.NOT_HELD))


def test_an_answer_of_another_party_is_not_superseded_by_ours(at):
    met = at("answered")
    line = lines_of(met, "north claims")[1]
    with refuses(met.north, "line-not-addressed-to-you"):
        answer_line(met.north.desk(), Answer(line=line, code=AnswerCode.NOT_HELD))


def test_a_line_we_do_not_hold_is_not_visible(at):
    met = at("listed")
    before = met.north.head
    with pytest.raises(NotVisible):
        answer_line(met.north.desk(), Answer(line="line:none", code=AnswerCode.NOT_HELD))
    assert met.north.head == before


def test_a_line_of_a_list_we_do_not_hold_is_not_visible(at):
    met = at("met")
    desk = met.south.desk()
    stray = ListLine(
        list_id="list:south-withheld",
        line_id="line:south-stray",
        number=1,
        names=(PersonName(text="Karo"),),
    )
    desk.log.append(
        [
            desk.state(
                stray,
                about=("line:south-stray", "list:south-withheld"),
                audience={NORTH, SOUTH},
                ground=Ground(basis="list-file"),
            )
        ]
    )
    met.carry_all()
    with pytest.raises(NotVisible):
        answer_line(met.north.desk(), Answer(line="line:south-stray", code=AnswerCode.NOT_HELD))


HELD_AND_RELEASED = """\
No;Surname;Given name;Father name;Date of birth;Status
1;Modelyan;Aram;Karo;05.02.1991;released 10.01.2029 (winter exchange)
"""


def test_a_release_in_our_register_is_suggested_as_such(at):
    met = at("met").exchange_lists({"north holds": HELD_AND_RELEASED}).answer_everything()
    [registered] = met.north.log.of_kind("person.registered")
    release = released_earlier(met.north.log.about(registered.statement.content["person"]))
    assert str(release.on) == "2029-01-10"
    answered = fold_line(met.north.log.about(lines_of(met)[1])).current.payload
    assert answered.code is AnswerCode.ALREADY_RELEASED
    assert answered.exchange == release.exchange != ""
    assert answered.on == release.on


def test_who_was_never_released_has_no_earlier_release(at):
    met = at("listed")
    assert released_earlier(met.north.log.about(held_by_north(met)[0])) is None


def test_answered_lines_are_suggested_no_more(at):
    met = at("listed")
    answer_line(met.north.desk(), Answer(line=lines_of(met)[2], code=AnswerCode.CRIMINAL_CHARGE))
    suggested = suggest_answers(met.north.desk(), met.lists["south claims"])
    assert [answer.line for answer in suggested] == [lines_of(met)[n] for n in (1, 3, 4)]
    assert {answer.code for answer in suggested} == {AnswerCode.NOT_HELD}
