"""Days and sites: what the terms say of them holds, and a schedule is signed as a plan is."""

from copy import deepcopy
from dataclasses import replace
from datetime import date

import pytest

from repatria.ledger.kinds.schedule_proposed import ScheduleProposed
from repatria.ledger.statement import Ground
from repatria.operations.schedule_agreement import (
    accept_schedule,
    digest_of_schedule,
    going_in,
    propose_schedule,
    schedule_accepted_by,
    schedule_of,
    schedules_for,
)
from repatria.operations.schedules import ANY_SITE, question_for, schedule_for, units_of
from repatria.operations.signed_documents import standing
from repatria.planning import (
    Candidate,
    CrossesAt,
    ExchangeDays,
    MostAhead,
    SiteCapacity,
    Terms,
    Together,
    objections_to,
    solve,
    terms_from_json,
    terms_to_json,
)
from repatria.planning.staging.report import digest_of
from repatria.terms import Category, PartialDate, Refusal, Role
from simulators.party import NORTH, SOUTH, TERMS_ID, Meeting, terms_for
from simulators.refusals import refuses

BY = {"proposer": NORTH, "source": "meeting of the test"}
DAYS = ExchangeDays(id="days", first_day=date(2030, 3, 4), last_day=date(2030, 3, 6), **BY)
BRIDGE = SiteCapacity(id="bridge", site="the bridge", per_day=4, **BY)
BRIDGE_ON_TUESDAY = SiteCapacity(
    id="tuesday", site="the bridge", per_day=1, on=date(2030, 3, 5), **BY
)
AIRPORT = SiteCapacity(id="airport", site="the airport", per_day=3, **BY)
NORTH_FLIES = CrossesAt(id="flies", from_party=NORTH, site="the airport", **BY)
WEST_WALKS = CrossesAt(
    id="walks", from_party=NORTH, site="the bridge", by="region", value="west", **BY
)
AHEAD = MostAhead(id="ahead", from_party=NORTH, most=2, **BY)


def held(number, holder=NORTH, **more):
    receiver = SOUTH if holder == NORTH else NORTH
    parts = {
        "id": f"person:{holder}{number}",
        "holder": holder,
        "receiver": receiver,
        "category": Category.SOLDIER,
        "captured_on": PartialDate(year=2028, month=1 + number % 9, day=3),
        "alive_confirmed": True,
    }
    return Candidate(**(parts | more))


def terms_with(*rules):
    return replace(terms_for(), rules=rules)


PEOPLE = tuple(held(n) for n in range(4)) + tuple(held(n, SOUTH) for n in range(4))


def test_sites_days_and_limits_of_the_terms_are_what_is_asked():
    agreed = terms_with(DAYS, BRIDGE, BRIDGE_ON_TUESDAY, AIRPORT, WEST_WALKS, NORTH_FLIES, AHEAD)
    people = (replace(PEOPLE[0], region="west"), *PEOPLE[1:])

    question = question_for(people, agreed, per_day=50, days=9, most_ahead=7)

    assert question.tranches == 3
    assert question.site_capacity == {"the airport": (3, 3, 3), "the bridge": (4, 1, 4)}
    assert question.agreed == {NORTH: 2, SOUTH: 7}
    sites = {u.persons[0]: u.look.site for u in units_of(people, agreed)}
    # South has no rule of its own: the first site that is named.
    assert [sites[p.id] for p in people] == ["the bridge", *["the airport"] * 3] + [
        "the bridge"
    ] * 4


def test_where_the_terms_say_nothing_the_form_does():
    question = question_for(PEOPLE, terms_with(), per_day=5, days=2, most_ahead=1)

    assert (question.tranches, question.capacity, question.site_capacity) == (2, 5, {})
    assert {each.site for each in question.classes} == {ANY_SITE}


def test_a_capacity_on_a_day_on_which_nobody_crosses_is_refused():
    with pytest.raises(Refusal) as said:
        question_for(PEOPLE, terms_with(BRIDGE_ON_TUESDAY), per_day=5)
    assert [objection.code for objection in said.value.objections] == ["capacity-without-days"]


def test_who_goes_together_crosses_on_one_day():
    family = Together(id="family", ids=(PEOPLE[0].id, PEOPLE[1].id), **BY)
    agreed = terms_with(family, replace(BRIDGE, per_day=3))

    question = question_for(PEOPLE, agreed, per_day=1)
    schedule = schedule_for(PEOPLE, agreed, question, seconds=60)

    assert max(each.size for each in question.classes) == 2
    days = {one: line.day for line in schedule.lines for one in line.persons}
    assert days[PEOPLE[0].id] == days[PEOPLE[1].id]
    assert set(days) == {person.id for person in PEOPLE}
    assert all(sum(day.crosses.values()) <= 3 for day in schedule.tranches)


def test_rules_about_sites_and_days_change_no_plan():
    crossing = (DAYS, BRIDGE, BRIDGE_ON_TUESDAY, AIRPORT, NORTH_FLIES, AHEAD)
    before, after = terms_with(), terms_with(*crossing)

    plan = solve(PEOPLE, before)

    assert solve(PEOPLE, after).selected == plan.selected
    assert objections_to(plan, PEOPLE, after) == ()


def test_rules_about_sites_and_days_are_read_as_they_were_written():
    agreed = terms_with(DAYS, BRIDGE, BRIDGE_ON_TUESDAY, NORTH_FLIES, WEST_WALKS, AHEAD)
    assert terms_from_json(terms_to_json(agreed)) == agreed
    assert all(str(part) in BRIDGE_ON_TUESDAY.in_words() for part in ("bridge", 1, "2030-03-05"))
    assert "2030-03-06" in DAYS.in_words()


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: SiteCapacity(id="x", site=" ", per_day=1, **BY),
        lambda: SiteCapacity(id="x", site="bridge", per_day=-1, **BY),
        lambda: CrossesAt(id="x", from_party=NORTH, site="bridge", by="region", **BY),
        lambda: CrossesAt(id="x", from_party=NORTH, site="bridge", by="rank", value="a", **BY),
        lambda: ExchangeDays(id="x", first_day=date(2030, 3, 4), last_day=date(2030, 3, 3), **BY),
        lambda: MostAhead(id="x", from_party=NORTH, most=-1, **BY),
    ],
)
def test_a_rule_about_sites_and_days_that_says_nothing_is_no_rule(wrong):
    with pytest.raises(ValueError, match=r"\w"):
        wrong()


def solved(met, **asked):
    """A schedule of the plan, as the intermediary computes it."""
    log = met.intermediary.log
    going = going_in(log, met.plan)
    agreed: Terms = terms_from_json(log.about(f"terms:{TERMS_ID}")[0].statement.content["document"])
    question = question_for(going, agreed, **{"per_day": 2, **asked})
    return schedule_for(going, agreed, question, seconds=60)


@pytest.fixture(scope="module")
def planned(tmp_path_factory):
    """An exchange whose terms name days and a bridge, with a signed plan and a schedule of it."""
    terms = terms_for(north=2, south=1, rules=(DAYS, BRIDGE, BRIDGE_ON_TUESDAY))
    met = Meeting(tmp_path_factory.mktemp("schedules")).introduce().exchange_lists()
    met.answer_everything().agree(terms).plan_it()
    return met, solved(met)


@pytest.fixture
def proposed(planned):
    """The same, with the schedule proposed to both."""
    met, schedule = deepcopy(planned)
    desk = met.intermediary.desk(Role.NEGOTIATOR)
    said = propose_schedule(desk, plan_id=met.plan.plan_id, schedule=schedule)
    met.carry_all()
    return met, said


def test_a_schedule_is_signed_by_both_as_a_plan_is(proposed):
    met, said = proposed
    for party in (met.north, met.south):
        accept_schedule(party.desk(Role.NEGOTIATOR), schedule_id=said.schedule_id)
    met.carry_all()
    for party in met.parties:
        own = party.desk().key.verify_key
        assert standing(party.log, said.schedule_id, own=own).complete
        assert schedule_accepted_by(party.log, said) == {NORTH, SOUTH}
        assert schedules_for(party.log, met.plan.plan_id) == (said,)
    assert {line.on for line in said.lines} <= {"2030-03-04", "2030-03-05", "2030-03-06"}
    everybody = sorted(one for line in said.lines for one in line.persons)
    assert everybody == sorted(met.plan.selected)


def test_signing_a_schedule_twice_says_nothing_more(proposed):
    met, said = proposed
    desk = met.north.desk(Role.NEGOTIATOR)
    accept_schedule(desk, schedule_id=said.schedule_id)
    before = met.north.head
    accept_schedule(desk, schedule_id=said.schedule_id)
    assert met.north.head == before


def test_a_schedule_nobody_proposed_cannot_be_signed(proposed):
    met, _said = proposed
    with refuses(met.north, "schedule-unknown"):
        accept_schedule(met.north.desk(Role.NEGOTIATOR), schedule_id="schedule:none")


def test_only_parties_sign_a_schedule(proposed):
    met, said = proposed
    with refuses(met.intermediary, "not-a-party"):
        accept_schedule(met.intermediary.desk(Role.NEGOTIATOR), schedule_id=said.schedule_id)


def test_where_there_is_no_schedule_nothing_is_written_down(planned):
    met, _schedule = planned
    none = solved(met, most_ahead=0, simultaneous=False)
    assert none.lines == ()
    with refuses(met.intermediary, "schedule-without-days"):
        propose_schedule(
            met.intermediary.desk(Role.NEGOTIATOR), plan_id=met.plan.plan_id, schedule=none
        )


def other_day(said):
    first, *rest = said.lines
    return {"lines": (replace(first, on="2030-03-09"), *rest)}


def one_left_out(said):
    *rest, last = said.lines
    return {"lines": (*rest, replace(last, persons=last.persons[1:]))}


def another_capacity(said):
    question = said.schedule["question"] | {"site_capacity": {"the bridge": [99, 99, 99]}}
    schedule = {**said.schedule, "question": question}
    return {"schedule": {**schedule, "digest": digest_of(schedule)}}


def exposure_made_smaller(said):
    schedule = {**said.schedule, "E": -1}
    return {"schedule": {**schedule, "digest": digest_of(schedule)}}


@pytest.mark.parametrize(
    ("forge", "code"),
    [
        (other_day, "schedule-other-persons"),
        (one_left_out, "schedule-other-persons"),
        (another_capacity, "schedule-other-question"),
        (exposure_made_smaller, "schedule-miscounted"),
        (lambda _said: {"plan_digest": "0" * 64}, "plan-digest-differs"),
        (lambda _said: {"terms_digest": "0" * 64}, "terms-digest-differs"),
    ],
)
def test_a_schedule_that_is_not_what_it_says_is_signed_by_nobody(proposed, forge, code):
    met, said = proposed
    changed = replace(said, schedule_id="schedule:forged", keyid="", signature="", **forge(said))
    changed = replace(changed, digest=digest_of_schedule(met.plan, changed.lines, changed.schedule))
    slip_in(met.south, changed)
    with refuses(met.south, code):
        accept_schedule(met.south.desk(Role.NEGOTIATOR), schedule_id="schedule:forged")


def test_a_schedule_under_another_digest_is_signed_by_nobody(proposed):
    met, said = proposed
    slip_in(
        met.south,
        replace(said, schedule_id="schedule:forged", keyid="", signature="", digest="0" * 64),
    )
    with refuses(met.south, "schedule-digest-differs"):
        accept_schedule(met.south.desk(Role.NEGOTIATOR), schedule_id="schedule:forged")
    assert schedule_of(met.south.log, "schedule:forged")[0].digest == "0" * 64


def slip_in(party, payload: ScheduleProposed):
    """A schedule as no operation would write it."""
    desk = party.desk()
    desk.log.append(
        [
            desk.state(
                payload,
                about=(payload.schedule_id, payload.plan_id),
                audience=desk.with_parties(NORTH, SOUTH),
                ground=Ground(basis="forgery"),
            )
        ]
    )
