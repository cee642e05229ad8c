"""Laws of plans for questions in the format px/0, whatever the question."""

import random
from copy import deepcopy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questions import dix, multi, rule, tiny, two
from repatria.planning.answering import plan_document, solve_instance
from repatria.planning.reading import instance_from_json

pytestmark = pytest.mark.property
# Plans are quick; the first one loads the solver. REPATRIA_EXAMPLES tries more.
laws = settings(deadline=None, max_examples=max(4, settings().max_examples // 5))
seeds = st.integers(0, 1_000_000)


@st.composite
def questions(draw):
    """Tiny questions of every family, and some of forty persons and more."""
    seed = draw(seeds)
    match draw(st.sampled_from(["tiny", "tiny", "two", "three", "dix", "multi"])):
        case "tiny":
            return tiny(seed)
        case "two":
            return two(seed, 20, 25, regions=4)
        case "three":
            return two(seed, 15, 30, ratio=3, tolerance=1, regions=3)
        case "dix":
            return dix(seed, 15)
        case _:
            return multi(seed, 3, 40, regions=3)


def plan_of(document):
    instance = instance_from_json(document)
    return plan_document(instance, *solve_instance(instance))


def values(plan):
    """The levels but the lottery; below every plan when there is none."""
    if plan["status"] == "infeasible":
        return (-1,)
    assert plan["status"] == "optimal"
    return tuple(level["value"] for level in plan["levels"])[:-1]


def with_rule(document, place, **changes):
    changed = deepcopy(document)
    changed["rules"][place] |= changes
    return changed


def a_rule(data, document):
    return data.draw(st.integers(0, len(document["rules"]) - 1))


@laws
@given(questions(), st.randoms(use_true_random=False))
def test_the_order_of_persons_rules_and_columns_never_matters(document, chance):
    shuffled = deepcopy(document)
    chance.shuffle(shuffled["persons"])
    chance.shuffle(shuffled["rules"])
    chance.shuffle(shuffled["parties"])
    places = list(range(len(document["person_columns"])))
    chance.shuffle(places)
    shuffled["person_columns"] = [document["person_columns"][place] for place in places]
    shuffled["persons"] = [[person[place] for place in places] for person in shuffled["persons"]]

    one, other = plan_of(document), plan_of(shuffled)

    assert one["selected"] == other["selected"]
    assert one["levels"] == other["levels"]


def renamed(document):
    """The same with the first two parties' names exchanged, in persons and in selectors."""
    first, second = document["parties"][:2]
    other = {first: second, second: first}

    def name(value):
        return [name(one) for one in value] if isinstance(value, list) else other.get(value, value)

    changed = deepcopy(document)
    for person in changed["persons"]:
        person[1], person[2] = name(person[1]), name(person[2])
    for one in changed["rules"]:
        one["terms"] = [
            [factor, {k: name(v) if k in ("holder", "claimant") else v for k, v in select.items()}]
            for factor, select in one["terms"]
        ]
    return changed


@laws
@given(questions())
def test_exchanging_the_names_of_two_parties_mirrors_the_plan(document):
    plan, mirror = plan_of(document), plan_of(renamed(document))

    assert values(mirror) == values(plan)
    if not document.get("cycle_cap"):
        # Rounds have the parties' names in the lottery: there only the values are promised.
        assert mirror["selected"] == plan["selected"]


@laws
@given(questions(), st.data(), st.integers(1, 3))
def test_relaxing_a_rule_never_worsens_and_tightening_never_improves(document, data, by):
    place = a_rule(data, document)
    lo, hi = (document["rules"][place][side] for side in ("lo", "hi"))
    loose = with_rule(
        document, place, lo=None if lo is None else lo - by, hi=None if hi is None else hi + by
    )
    tight = with_rule(document, place, **narrower(lo, hi, by))

    as_agreed = values(plan_of(document))

    assert values(plan_of(loose)) >= as_agreed
    assert values(plan_of(tight)) <= as_agreed


def narrower(lo, hi, by):
    """Limits inside these."""
    if hi is None:
        return {"lo": lo + by}
    return {"hi": hi - by} if lo is None else {"hi": max(lo, hi - by)}


@laws
@given(questions(), st.data())
def test_a_question_with_one_rule_less_is_never_worse_off(document, data):
    place = a_rule(data, document)
    fewer = {**document, "rules": [r for n, r in enumerate(document["rules"]) if n != place]}

    assert values(plan_of(fewer)) >= values(plan_of(document))


@laws
@given(questions(), seeds)
def test_one_more_person_alone_never_worsens_what_is_counted(document, seed):
    """Without coverage, which is a share of those who could go."""
    counts = [level for level in document["priorities"] if level["kind"] != "maxmin"]
    document = {**document, "priorities": counts}
    chance = random.Random(seed)  # noqa: S311 -- which person
    extra = list(chance.choice(document["persons"]))
    columns = document["person_columns"]
    for column, value in {
        "id": "Z", "family": None, "alive_confirmed": True, "consent": True, "vetoed": False,
    }.items():  # fmt: skip
        extra[columns.index(column)] = value
    wider = {**document, "persons": [*document["persons"], extra]}

    assert values(plan_of(wider)) >= values(plan_of(document))


@laws
@given(questions(), st.integers(1, 5), st.integers(1, 5), st.integers(0, 3))
def test_no_ratio_of_the_able_bodied_changes_how_many_wounded_go(document, many, few, slack):
    """GC III art. 109(1): "regardless of number or rank"."""
    first, second = document["parties"][:2]
    able = {"unconditional": False}
    ratio = rule(
        "ratio", (few, able | {"holder": first}), (-many, able | {"holder": second}),
        lo=-slack, hi=slack,
    )  # fmt: skip
    # All other rules are about the able-bodied too: then nothing couples the wounded to them,
    # and nobody is demanded, so that a plan of the wounded alone is always one.
    rules = []
    for one in document["rules"]:
        terms = [[factor, select | able] for factor, select in one["terms"]]
        rules.append(
            {**one, "terms": terms, "lo": None if one["lo"] is None else min(one["lo"], 0)}
        )
    free = {**document, "rules": rules}
    for person in free["persons"]:
        # A family of wounded and able-bodied is coupled by its own will.
        person[document["person_columns"].index("family")] = None
    bound = {**free, "rules": [*rules, ratio]}

    assert values(plan_of(bound))[0] == values(plan_of(free))[0]


@laws
@given(questions(), st.data())
def test_a_rule_said_twice_changes_nothing_that_is_counted(document, data):
    place = a_rule(data, document)
    twice = {**document, "rules": [*document["rules"], document["rules"][place] | {"id": "again"}]}

    assert values(plan_of(twice)) == values(plan_of(document))


@laws
@given(questions(), st.data(), st.integers(2, 7))
def test_a_rule_in_larger_numbers_changes_nothing_that_is_counted(document, data, by):
    place = a_rule(data, document)
    one = document["rules"][place]
    if any(isinstance(factor, str) for factor, _ in one["terms"]):
        return
    scaled = with_rule(
        document,
        place,
        terms=[[by * factor, select] for factor, select in one["terms"]],
        **{side: None if one[side] is None else by * one[side] for side in ("lo", "hi")},
    )

    assert values(plan_of(scaled)) == values(plan_of(document))
