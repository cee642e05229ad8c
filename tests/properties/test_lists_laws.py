"""Laws of the dialogue about a list."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repatria.ledger.kinds import content_of, kind_of
from repatria.ledger.kinds.line_answered import AnswerCode, LineAnswered
from repatria.ledger.kinds.list_line import ListLine
from repatria.ledger.statement import Entry, Ground, Statement
from repatria.lists import fold_line, objections_to_answer, self_check, status_of, summary
from repatria.terms import ActorId, PartyCode, PersonName

pytestmark = pytest.mark.property
# ruff: noqa: D102 -- the class quotes the law, the name of the test is its consequence

MORNING = datetime(2030, 3, 1, 8, tzinfo=UTC)
LINE = ListLine(list_id="list:s", line_id="line:1", number=1, names=(PersonName(text="Orin Velt"),))

moments = st.integers(-300, 300).map(lambda minutes: MORNING + timedelta(minutes=minutes))
answers = st.builds(
    LineAnswered,
    list_id=st.just("list:s"),
    line_id=st.sampled_from(["line:1", "line:1", "line:2"]),
    code=st.sampled_from(AnswerCode),
    person=st.none() | st.just("person:p"),
    duplicate_of=st.none() | st.sampled_from(["line:1", "line:2"]),
)
texts = st.sampled_from(["", "Tam", "Orr"])
lines = st.builds(
    ListLine,
    list_id=st.just("list:s"),
    line_id=st.integers(1, 999).map(lambda n: f"line:{n}"),
    number=st.integers(1, 99),
    names=st.sampled_from(["Orin Velt", "Ada Keld"]).map(lambda t: (PersonName(text=t),)),
    father=texts,
    reference=texts,
)


def logs(spoken):
    """One entry for each (party, payload, written), each party with its own log."""
    places = Counter()
    entries = []
    for by, payload, recorded_at in spoken:
        statement = Statement(
            kind=kind_of(payload).name,
            about=("line:1",),
            by=PartyCode(by),
            actor=ActorId("desk"),
            recorded_at=recorded_at,
            audience=frozenset({by}),
            ground=Ground(basis="register"),
            content=content_of(payload),
        )
        entries.append(Entry(PartyCode(by), places[by], statement))
        places[by] += 1
    return entries


said = st.lists(
    st.tuples(st.sampled_from(["north", "intermediary"]), answers, moments), max_size=10
).map(lambda spoken: logs([("south", LINE, MORNING), *spoken]))


class TestAnswersStay:
    """A later answer supersedes an earlier one and both remain."""

    @given(said, st.data())
    def test_arrival_and_repetition_change_nothing(self, entries, data):
        again = data.draw(st.permutations([*entries, *entries[:3]]))
        assert fold_line(again) == fold_line(entries)

    @given(said)
    def test_every_answer_to_the_line_is_kept_in_the_order_of_its_log(self, entries):
        state = fold_line(entries)
        for party in ("north", "intermediary"):
            kept = [answer.ref for answer in state.answers if answer.by == party]
            assert kept == [
                entry.ref
                for entry in entries
                if entry.origin == party and entry.statement.content["line_id"] == "line:1"
            ]

    @given(said)
    def test_the_current_answer_of_the_party_asked_is_its_own_last_one(self, entries):
        state = fold_line(entries, asked="north")
        own = [answer for answer in state.answers if answer.by == "north"]
        assert state.current == (own[-1] if own else None)


class TestAnswering:
    """The answer a line already has cannot be given again; a good one is understood."""

    @given(said)
    def test_repeating_the_current_answer_is_refused(self, entries):
        state = fold_line(entries)
        if state.current is not None:
            found = objections_to_answer(
                state,
                state.current.payload,
                by=state.current.by,
                asked=state.current.by,
                person_known=True,
                person_already_answers=None,
                duplicate_line=None,
            )
            assert "answer-unchanged" in {objection.code for objection in found}


class TestCounting:
    """Every line is counted once."""

    @given(st.lists(said, max_size=5))
    def test_counts_add_up(self, many):
        states = [fold_line(entries) for entries in many]
        counted = summary(states)
        assert sum(counted.by_code.values()) == counted.answered
        listed = sum(status_of(state) == "listed" for state in states)
        assert counted.answered + listed == counted.total

    @given(st.lists(lines, max_size=8, unique_by=lambda line: line.line_id), st.data())
    def test_a_self_check_does_not_depend_on_the_order_of_lines(self, given_lines, data):
        shuffled = data.draw(st.permutations(given_lines))
        assert self_check(given_lines) == self_check(shuffled)

    @given(lines)
    def test_a_list_given_twice_repeats_every_line(self, line):
        codes = [finding.code for finding in self_check([line, line])]
        assert codes.count("line-repeated") == 0  # the same line, not a second one
        copy = ListLine(
            list_id=line.list_id,
            line_id="line:copy",
            number=100,
            names=line.names,
            father=line.father,
        )
        assert "line-repeated" in {finding.code for finding in self_check([line, copy])}
