"""Answers about plans of files: who stays and why, what binds, what changes."""

from collections import Counter

import pytest

from questions import question, rule, story, two
from repatria.planning.answering import plan_document, solve_instance
from repatria.planning.disputes import (
    compare_plans,
    outcomes,
    persons_that_change,
    repaired,
    with_facts,
)
from repatria.planning.reading import instance_from_json
from repatria.planning.reasons import Explainer
from repatria.planning.shadows import what_binds


def man(number, holder, claimant, category="soldier", **changes):
    columns = {
        "id": f"{holder}{number:02d}", "holder": holder, "claimant": claimant,
        "category": category, "sex": "m", "age": 30, "health": "fit", "captured": "",
        "days": 400, "region": f"{claimant}-R1", "unit": "", "convicted": False, "life": False,
        "alive_confirmed": True, "consent": True, "vetoed": False, "demanded": False,
        "family": None,
    }  # fmt: skip
    return list((columns | changes).values())


def plan_of(document):
    instance = instance_from_json(document)
    classes, reached = solve_instance(instance)
    return instance, classes, reached, plan_document(instance, classes, reached)


def chosen(plan, letter):
    return sum(one.startswith(letter) for one in plan["selected"])


def test_everybody_left_out_is_told_a_named_cause():
    _, classes, reached, plan = plan_of(two(5, 60))
    explainer = Explainer(classes, reached)
    out = [one for one in classes.instance.ids if one not in plan["selected"]]
    reasons = [explainer.why_not(one) for one in out]

    assert [reason.person for reason in reasons if not (reason.rules or reason.level)] == []
    assert {"level-cost", "vetoed", "life-not-confirmed"} <= set(Counter(r.code for r in reasons))


def test_a_level_that_would_fall_does_fall_when_the_person_is_taken():
    document = two(5, 60)
    _, classes, reached, plan = plan_of(document)
    explainer = Explainer(classes, reached)
    values = {level["id"]: level["value"] for level in plan["levels"]}
    out = [one for one in classes.instance.ids if one not in plan["selected"]]
    costly = [r for r in map(explainer.why_not, out) if r.code == "level-cost"][:3]

    for reason in costly:
        forced = [*document["rules"], rule("taken", (1, {"id": reason.person}), lo=1)]
        *_, other = plan_of(document | {"rules": forced})
        fallen = {level["id"]: level["value"] for level in other["levels"]}
        assert (fallen[reason.level], values[reason.level]) == (
            reason.values["with"],
            reason.values["without"],
        )
    assert costly


def test_what_binds_is_what_a_level_gains_without_it():
    _, classes, reached, _ = plan_of(
        question(
            "caps",
            "AB",
            [rule("cap", (1, {"holder": "A"}), hi=2), rule("loose", (1, {"holder": "A"}), hi=9)],
            [man(number, "A", "B") for number in range(5)],
        )
    )

    assert [(s.rule, s.value) for s in what_binds(classes, reached, "L4-total")] == [("cap", 5)]


def test_a_plan_is_repaired_at_the_line_with_the_fewest_changes():
    instance, _, _, plan = plan_of(two(4, 80))
    gone = plan["selected"][3:6]
    question_after = repaired(instance, plan["selected"], gone)
    after = plan_document(question_after, *solve_instance(question_after))
    difference = compare_plans(plan, after)

    assert after["levels"][0]["id"] == "kept"
    assert after["status"] == "optimal"
    assert set(gone) <= set(difference.only_first)
    assert difference.both == after["levels"][0]["value"]


def test_the_key_of_gaza_frees_110_or_130_by_who_is_a_soldier():
    """Three women and five others; 30 for each, 20 more for each woman in arms."""
    few = [man(n, "H", "I", "civilian", sex="f" if n < 3 else "m") for n in range(3)]
    many = [man(n, "I", "H", life=n < 60) for n in range(200)]
    women = {"holder": "H", "category": "soldier", "sex": "f"}
    rules = [
        rule("key-life", (1, {"holder": "I", "life": True}), (-30, women), lo=0, hi=0),
        rule(
            "key-ordinary",
            (1, {"holder": "I", "life": False}),
            (-30, {"holder": "H", "category": "civilian"}),
            (-20, women),
            lo=0,
            hi=0,
        ),
    ]
    instance = instance_from_json(question("keys", "HI", rules, few + many))
    plans = outcomes(
        instance,
        {
            "three civilians": {},
            "one was a soldier": {"H00": {"category": "soldier"}},
            "two were soldiers": {o: {"category": "soldier"} for o in ("H00", "H01")},
        },
    )

    assert [chosen(plan, "I") for plan in plans.values()] == [90, 110, 130]
    assert all(one.startswith("I") for one in persons_that_change(plans))


def test_fifty_bodies_if_he_is_dead_fifty_living_if_he_is_alive():
    people = [man(0, "A", "B", status="alive")]
    columns_more = [man(n, "B", "A", status="alive" if n < 60 else "dead") for n in range(120)]
    document = question(
        "bodies",
        "AB",
        [
            rule("living", (1, {"holder": "B", "status": "alive"}),
                 (-50, {"holder": "A", "status": "alive"}), lo=0, hi=0),
            rule("bodies", (1, {"holder": "B", "status": "dead"}),
                 (-50, {"holder": "A", "status": "dead"}), lo=0, hi=0),
        ],
        people + columns_more,
    )  # fmt: skip
    document["person_columns"] = [*document["person_columns"], "status"]
    plans = outcomes(
        instance_from_json(document), {"alive": {}, "dead": {"A00": {"status": "dead"}}}
    )
    bodies = {row[0] for row in document["persons"] if row[-1] == "dead"}

    assert [len(bodies.intersection(plan["selected"])) for plan in plans.values()] == [0, 50]
    assert [len(plan["selected"]) for plan in plans.values()] == [51, 51]


def test_without_its_pivot_an_exchange_of_seven_states_shrinks_and_says_what_binds():
    """Two for one between blocs; three of the west only for the one named in demand."""
    east = [man(n, "R", "U" if n < 3 else "D", "civilian") for n in range(15)]
    east.append(man(0, "Y", "D", "civilian"))
    west = [man(n, "U", "R", "civilian") for n in range(3)]
    west.append(man(0, "D", "R", "officer", demanded=True))
    west += [man(0, "S", "R", "officer"), man(1, "S", "R", "officer")]
    west += [man(0, "P", "R", "civilian"), man(0, "N", "R", "officer")]
    rules = [
        rule("two-for-one", (1, {"holder": ["R", "Y"]}),
             (-2, {"holder": ["U", "D", "P", "S", "N"]}), hi=0),
        rule("key-named-demand", (3, {"holder": "D", "demanded": True}),
             (-1, {"holder": "R", "claimant": "U"}), lo=0, hi=0),
    ]  # fmt: skip
    instance, *_, whole = plan_of(question("pivot", "RYUDPSN", rules, east + west))
    without = repaired(instance, whole["selected"], ["D00"])
    after = plan_document(without, *solve_instance(without))

    assert len(whole["selected"]) == 24
    assert after["levels"][0]["value"] == 20
    assert not any(one in after["selected"] for one in ("D00", "R00", "R01", "R02"))


def test_facts_about_somebody_unknown_are_not_taken():
    instance = instance_from_json(story())

    with pytest.raises(ValueError, match="nobody"):
        with_facts(instance, {"nobody": {"vetoed": True}})
    with pytest.raises(ValueError, match="colour"):
        with_facts(instance, {"P000001": {"colour": "green"}})
