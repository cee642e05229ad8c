"""The written form of a plan."""

import json

import pytest

from repatria.planning import UnreadablePlanError, plan_from_json, plan_to_json, solve, substitute


def test_a_plan_survives_writing_and_reading(story_candidates, story_terms):
    plan = solve(story_candidates, story_terms)
    changed = substitute(plan, plan.selected[0], story_candidates, story_terms)

    for each in (plan, changed):
        assert plan_from_json(json.loads(json.dumps(plan_to_json(each)))) == each


def test_keys_of_a_newer_version_do_not_stop_the_reader(story_candidates, story_terms):
    plan = solve(story_candidates, story_terms)

    assert plan_from_json(plan_to_json(plan) | {"certificate": "x"}) == plan


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("terms_id", None),
        ("terms_version", True),
        ("status", "perfect"),
        ("levels", [{"id": "total", "value": 1, "bound": 1}]),
        ("levels", ["total"]),
        ("selected", "person:a"),
        ("owed", [1]),
    ],
)
def test_an_unreadable_plan_names_the_key(story_candidates, story_terms, key, value):
    written = plan_to_json(solve(story_candidates, story_terms))
    written[key] = value

    with pytest.raises(UnreadablePlanError, match=rf"plan\.{key}: is missing or not readable"):
        plan_from_json(written)


def test_a_missing_key_is_named(story_candidates, story_terms):
    written = plan_to_json(solve(story_candidates, story_terms))
    del written["conflict"]

    with pytest.raises(UnreadablePlanError, match=r"plan\.conflict"):
        plan_from_json(written)
