"""`objections_to`: a plan that is not what it says is refused."""

from dataclasses import replace

import pytest

from repatria.planning import (
    Exclude,
    HealthClass,
    PlanStatus,
    Together,
    Total,
    UnknownRule,
    objections_to,
    solve,
)
from repatria.terms import PartyCode, Sex

NORTH = PartyCode("north")


@pytest.fixture
def people(person):
    """Two of equal standing, a family, one wounded, one vulnerable, one unwilling."""
    return (
        person("a"),
        person("b"),
        person("f1"),
        person("f2"),
        person("wounded", health=HealthClass.SERIOUS),
        person("woman", sex=Sex.FEMALE),
        person("unwilling", consents=False),
    )


@pytest.fixture
def terms(said, agreed):
    """At most two from north; a family goes together."""
    return agreed(
        Total(**said("cap"), from_party=NORTH, maximum=2),
        Together(**said("family"), ids=("person:f1", "person:f2")),
    )


@pytest.fixture
def plan(people, terms):
    """The plan the other tests change."""
    return solve(people, terms)


def codes(plan, people, terms):
    return {each.code for each in objections_to(plan, people, terms)}


def moved(plan, *, add=(), drop=()):
    selected = set(plan.selected).union(add).difference(drop)
    left_out = set(plan.left_out).union(drop).difference(add)
    return replace(plan, selected=tuple(sorted(selected)), left_out=tuple(sorted(left_out)))


def relevelled(plan, level_id, **changes):
    levels = tuple(
        replace(level, **changes) if level.id == level_id else level for level in plan.levels
    )
    return replace(plan, levels=levels)


def test_a_true_plan_has_no_objection(plan, people, terms):
    assert objections_to(plan, people, terms) == ()


def test_other_terms_are_noticed(plan, people, terms):
    assert codes(plan, people, replace(terms, version=2)) == {"other-terms"}


def test_terms_nobody_understands_are_an_objection(plan, people, terms, said):
    unknown = UnknownRule(**said("new"), written_kind="newer")

    assert codes(plan, people, replace(terms, rules=(unknown,))) == {"rule-not-understood"}


def test_a_stranger_in_the_plan_is_noticed(plan, people, terms):
    assert codes(moved(plan, add=["person:z"]), people, terms) == {"person-not-a-candidate"}


def test_one_more_breaks_the_cap(plan, people, terms):
    extra = next(each for each in ("person:a", "person:b") if each not in plan.selected)

    assert {"rule-broken", "level-miscounted"} <= codes(moved(plan, add=[extra]), people, terms)


def test_somebody_against_his_will_is_noticed(plan, people, terms):
    changed = moved(plan, add=["person:unwilling"])

    barred = next(
        each for each in objections_to(changed, people, terms) if each.code == "person-barred"
    )
    assert (barred.rule, barred.about) == ("GC III art. 109(3)", ("person:unwilling",))


def test_a_split_family_is_noticed(plan, people, terms):
    assert "group-split" in codes(moved(plan, add=["person:f1"]), people, terms)


def test_a_wounded_person_left_out_is_noticed(plan, people, terms):
    assert {"owed-differs", "level-miscounted"} <= codes(
        moved(plan, drop=["person:wounded"]), people, terms
    )


def test_a_changed_turn_is_noticed(plan, people, terms):
    goes, waits = sorted(("person:a", "person:b"), key=lambda each: each in plan.left_out)

    changed = moved(plan, add=[waits], drop=[goes])

    assert goes in plan.selected
    assert codes(changed, people, terms) == {"out-of-turn"}


def test_lists_are_sorted_and_cover_everybody(plan, people, terms):
    backwards = replace(plan, selected=plan.selected[::-1])
    forgetful = replace(plan, left_out=plan.left_out[1:])

    assert codes(backwards, people, terms) == {"list-not-sorted"}
    assert codes(forgetful, people, terms) == {"lists-do-not-cover"}


def test_missing_levels_are_noticed(plan, people, terms):
    assert codes(replace(plan, levels=plan.levels[1:]), people, terms) == {"levels-differ"}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"value": 2, "bound": 2}, {"level-miscounted"}),
        ({"bound": 9}, {"level-not-proven"}),
        ({"bound": 0}, {"level-not-proven"}),
        ({"bound": 9, "proven": False}, {"level-not-proven"}),
    ],
)
def test_a_level_that_does_not_add_up_is_noticed(plan, people, terms, changes, expected):
    assert codes(relevelled(plan, "serious", **changes), people, terms) == expected


def test_an_optimum_without_levels_is_noticed(plan, people, terms):
    empty = moved(replace(plan, levels=()), drop=plan.selected)

    assert "plan-without-agreement" in codes(empty, people, terms)


def test_a_conflict_names_rules_of_the_terms(people, terms, said):
    impossible = replace(
        terms, rules=(*terms.rules, Total(**said("many"), from_party=NORTH, minimum=9))
    )
    plan = solve(people, impossible)

    assert plan.status is PlanStatus.INFEASIBLE
    assert objections_to(plan, people, impossible) == ()
    for conflict in [("other",), ()]:
        changed = replace(plan, conflict=conflict)
        assert codes(changed, people, impossible) == {"conflict-unknown-rule"}


def test_a_barred_wounded_person_is_owed_and_the_plan_is_true(people, terms, said):
    keep = Exclude(**said("keep"), ids=("person:wounded",), reason="demanded by a court")
    changed = replace(terms, rules=(*terms.rules, keep))
    plan = solve(people, changed)

    assert plan.owed == ("person:wounded",)
    assert objections_to(plan, people, changed) == ()


def test_a_claim_of_proof_needs_proof_at_every_level(plan, people, terms):
    unproven = relevelled(plan, "total", bound=9, proven=False)
    honest = replace(unproven, status=PlanStatus.TIME_LIMIT)

    assert objections_to(honest, people, terms) == ()
    assert codes(replace(plan, status=PlanStatus.TIME_LIMIT), people, terms) == {"level-not-proven"}
