"""Laws of the register: notices are arranged, values attributed, nothing dropped."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repatria.ledger.kinds import content_of, kind_of
from repatria.ledger.kinds.custody_noted import CustodyEvent, CustodyNoted
from repatria.ledger.kinds.life_stated import LifeStated
from repatria.ledger.kinds.line_answered import AnswerCode, LineAnswered
from repatria.ledger.kinds.person_categorised import PersonCategorised
from repatria.ledger.kinds.person_described import PersonDescribed, Property
from repatria.ledger.statement import Entry, Ground, Statement
from repatria.register import CustodyNotice, contradictions_in, fold_custody, fold_person
from repatria.terms import ActorId, Category, LifeStatus, PartialDate, PartyCode

pytestmark = pytest.mark.property
# ruff: noqa: D102 -- the class quotes the law, the name of the test is its consequence

MORNING = datetime(2030, 3, 1, 8, tzinfo=UTC)
P = "person:p"
PARTIES = ("north", "south", "intermediary")

moments = st.integers(-300, 300).map(lambda minutes: MORNING + timedelta(minutes=minutes))
dates = st.one_of(
    st.builds(PartialDate, year=st.integers(2026, 2030)),
    st.builds(PartialDate, year=st.integers(2026, 2030), month=st.integers(1, 12)),
    st.dates(datetime(2026, 1, 1).date(), datetime(2030, 1, 1).date()).map(  # noqa: DTZ001 -- days
        PartialDate.on
    ),
)
notices = st.builds(
    CustodyNotice,
    event=st.sampled_from(CustodyEvent),
    holder=st.sampled_from(PARTIES[:2]),
    by=st.sampled_from(PARTIES),
    ref=st.integers(0, 40).map(lambda n: f"north/{n}"),
    recorded_at=moments,
    on=st.none() | dates,
)
many_notices = st.lists(notices, max_size=12, unique_by=lambda notice: notice.ref)
payloads = st.one_of(
    st.builds(
        PersonDescribed,
        person=st.just(P),
        property=st.sampled_from(Property),
        value=st.sampled_from(["", "Tam", "Orr"]),
        on=st.none() | dates,
    ),
    st.builds(PersonCategorised, person=st.just(P), category=st.sampled_from(Category)),
    st.builds(
        LifeStated, person=st.just(P), status=st.sampled_from(LifeStatus), method=st.just("seen")
    ),
    st.builds(
        CustodyNoted,
        person=st.just(P),
        event=st.sampled_from(CustodyEvent),
        holder=st.sampled_from(PARTIES[:2]),
        on=st.none() | dates,
    ),
    st.builds(
        LineAnswered,
        list_id=st.just("list:s"),
        line_id=st.sampled_from(["line:1", "line:2"]),
        code=st.sampled_from(AnswerCode),
        person=st.sampled_from([None, P, "person:q"]),
        birth=st.none() | dates,
    ),
)


def logs(spoken):
    """One entry for each (party, payload, written), each party with its own log."""
    places = Counter()
    entries = []
    for by, payload, recorded_at in spoken:
        statement = Statement(
            kind=kind_of(payload).name,
            about=(P,),
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


said = st.lists(st.tuples(st.sampled_from(PARTIES), payloads, moments), max_size=12).map(logs)


class TestCustody:
    """Order of arrival and repetition change nothing; a notice is cited or loose."""

    @given(many_notices, st.data())
    def test_arrival_and_repetition_change_nothing(self, told, data):
        again = data.draw(st.permutations([*told, *told[:4]]))
        assert fold_custody(again) == fold_custody(told)

    @given(many_notices)
    def test_every_notice_is_cited_once_or_is_a_loose_end(self, told):
        timeline = fold_custody(told)
        cited = [ref for episode in timeline.episodes for ref in episode.cites]
        loose = [notice.ref for notice in timeline.loose_ends]
        assert sorted([*cited, *loose]) == sorted(notice.ref for notice in told)

    @given(many_notices)
    def test_one_holder_never_holds_the_same_person_twice_at_once(self, told):
        going_on = Counter(e.holder for e in fold_custody(told).episodes if e.ended_by is None)
        assert all(count == 1 for count in going_on.values())


class TestRecord:
    """Every value is attributed; what is superseded is marked and stays."""

    @given(said, st.data())
    def test_arrival_and_repetition_change_nothing(self, entries, data):
        again = data.draw(st.permutations([*entries, *entries[:4]]))
        assert fold_person(P, again) == fold_person(P, entries)

    @given(said)
    def test_every_statement_about_the_person_stands_in_who_said_what(self, entries):
        record = fold_person(P, entries)
        assert sorted(line.ref for line in record.said) == sorted(entry.ref for entry in entries)

    @given(said)
    def test_a_speaker_has_one_word_at_a_time(self, entries):
        record = fold_person(P, entries)
        for column in (record.father, record.rank, record.birth, record.categories):
            standing = Counter(value.by for value in column if not value.superseded)
            assert all(count == 1 for count in standing.values())

    @given(said)
    def test_one_voice_alone_never_differs_from_itself_in_what_is_standing(self, entries):
        alone = [entry for entry in entries if entry.origin == "north"]
        codes = {finding.code for finding in contradictions_in(fold_person(P, alone))}
        assert codes.isdisjoint({"birth-differs", "category-differs"})

    @given(said)
    def test_findings_name_ids_and_references_only(self, entries):
        refs = {entry.ref for entry in entries} | {P}
        for finding in contradictions_in(fold_person(P, entries)):
            assert set(finding.about) <= refs
            assert finding.values == {}
