import copy
import json
import os
import random

import pytest

from planning.staging_cases import best_by_trying_all, tiny_document
from repatria.planning.staging import (
    UnreadableStagingError,
    answer_staging,
    canonical,
    check_staging,
    read_staging,
    staging_from_json,
)
from repatria.planning.staging.report import digest_of

TINY = int(os.environ.get("REPATRIA_TINY_SCHEDULES", "25"))


def answer(document):
    return answer_staging(staging_from_json(document), seconds=20, bounded=False)


def two_parties(**more):
    classes = [
        unit("north", "south", tier=0, value=0, count=3),
        unit("north", "south", tier=1, count=6),
        unit("north", "south", tier=2, value=3, count=3, ready=1),
        unit("south", "north", tier=1, count=8),
        unit("south", "north", tier=2, value=2, size=2, count=2),
    ]
    return {
        "format": "px-stage/0",
        "base": "two",
        "parties": ["north", "south"],
        "T": 4,
        "cap_per_site_per_tranche": 8,
        "unit_classes": classes,
        **more,
    }


def unit(holder, claimant, *, tier, count, value=1, size=1, ready=0, site="bridge"):
    return {
        "holder": holder,
        "claimant": claimant,
        "site": site,
        "tier": tier,
        "ready": ready,
        "value": value,
        "size": size,
        "count": count,
    }


@pytest.mark.parametrize("seed", range(TINY))
def test_no_schedule_found_by_trying_all_is_better(seed):
    document = tiny_document(seed)
    plan = answer(document)
    best = best_by_trying_all(canonical(staging_from_json(document)))
    if best is None:
        assert plan["status"] == "infeasible"
    else:
        assert plan["status"] == "optimal"
        assert tuple(level["value"] for level in plan["levels"]) == best
    findings, _ = check_staging(plan, document)
    assert findings == []


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_the_file_changes_nothing(seed):
    document = tiny_document(seed)
    shuffled = copy.deepcopy(document)
    random.Random(seed).shuffle(shuffled["unit_classes"])  # noqa: S311 -- a seeded one is wanted
    assert answer(shuffled) == answer(document)


def test_the_wounded_and_sick_weigh_nothing_and_go_first():
    document = two_parties()
    plan = answer(document)
    first = [line for line in plan["schedule"] if line["tier"] == 0]
    assert [line["tranche"] for line in first] == [0]
    document["unit_classes"][0]["count"] = 5
    assert answer(document)["E"] == plan["E"]


def test_an_agreed_exposure_is_never_exceeded():
    kept = answer(two_parties(agreed_exposure={"north": 3, "south": 0}))
    assert kept["status"] == "optimal"
    assert max(kept["exposure"]["north"]) <= 3
    assert max(kept["exposure"]["south"]) <= 0
    impossible = answer(two_parties(agreed_exposure={"north": 2}))
    assert impossible["status"] == "infeasible"
    assert "agreed" in impossible["reason"]
    assert check_staging(impossible) == ([], [])


def test_who_gives_first_is_ahead_until_the_other_gives():
    classes = [unit("north", "south", tier=1, count=4), unit("south", "north", tier=1, count=4)]
    together = answer(two_parties(unit_classes=classes, T=2))
    assert together["E"] == 0
    for legs in ("in-order", "alternating"):
        in_turn = answer(two_parties(unit_classes=classes, T=2, legs=legs))
        assert in_turn["E"] == 2, legs
        assert in_turn["exposure"]["north"][0] == 2


def test_without_a_number_the_fewest_tranches_are_taken():
    document = two_parties()
    del document["T"]
    plan = answer(document)
    assert plan["status"] == "optimal"
    fewer = answer({**document, "T": plan["T"] - 1})
    assert fewer["status"] == "infeasible"
    assert fewer["T_needed"] == plan["T"]


def test_a_family_crosses_on_one_day():
    plan = answer(two_parties())
    sizes = {line["persons"] // line["units"] for line in plan["schedule"] if line["value"] == 2}
    assert sizes <= {1, 2}
    families = [line for line in plan["schedule"] if line["persons"] == 2 * line["units"]]
    assert sum(line["units"] for line in families) == 2


def test_a_bound_needs_no_solver_to_be_believed():
    alone = [each for each in two_parties()["unit_classes"] if each["size"] == 1]
    plan = answer(two_parties(unit_classes=alone))
    assert [level["proved_by"] for level in plan["levels"]] == ["certificate"] * 4
    assert check_staging(plan) == ([], [])
    worse = copy.deepcopy(plan)
    worse["certificate"]["levels"]["tier1-earliest"]["capacity"] = {}
    worse["certificate"]["levels"]["tier1-earliest"]["levels"] = {}
    worse["certificate"]["levels"]["tier1-earliest"]["exposure"] = {}
    worse["digest"] = digest_of(worse)
    assert any("tier1-earliest" in finding for finding in check_staging(worse)[0])


def test_the_checker_refuses_a_plan_with_one_number_changed():
    plan = answer(two_parties())
    changed = 0
    for place, value in _numbers(plan):
        if place[0] in {"certificate", "question"}:
            continue
        forged = copy.deepcopy(plan)
        _put(forged, place, value + 1)
        forged["digest"] = digest_of(forged)
        assert check_staging(forged, two_parties())[0], place
        changed += 1
    assert changed > 60
    forged = copy.deepcopy(plan)
    forged["E"] += 1
    assert check_staging(forged) == (["digest: the plan was changed after it was made"], [])


def test_a_plan_for_another_question_is_refused():
    plan = answer(two_parties())
    assert check_staging(plan, two_parties(T=5))[0] == ["question: the plan answers another one"]


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"format": "px/0"}, "format"),
        ({"parties": []}, "parties"),
        ({"parties": ["north", "north"]}, "parties"),
        ({"T": 0}, "T"),
        ({"T": "four"}, "T"),
        ({"cap_per_site_per_tranche": -1}, "cap_per_site_per_tranche"),
        ({"unit_classes": {}}, "unit_classes"),
        ({"unit_classes": [{}]}, "unit_classes[0]"),
        ({"unit_classes": [unit("north", "west", tier=0, count=1)]}, "unit_classes[0].claimant"),
        ({"unit_classes": [unit("north", "south", tier=0, count=-1)]}, "unit_classes[0].count"),
        (
            {"unit_classes": [unit("north", "south", tier=0, count=1, size=0)]},
            "unit_classes[0].size",
        ),
        ({"legs": "by sea"}, "legs"),
        ({"agreed_exposure": {"west": 1}}, "agreed_exposure.west"),
        ({"site_capacity": {"bridge": []}}, "site_capacity.bridge"),
    ],
)
def test_an_error_names_its_place(change, place):
    with pytest.raises(UnreadableStagingError) as wrong:
        staging_from_json(two_parties(**change))
    assert str(wrong.value).startswith(f"{place}:")


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b"[]", b"[" * 100_000])
def test_what_is_no_question_is_refused(content):
    with pytest.raises(UnreadableStagingError):
        read_staging(content)


def test_nobody_to_move_is_a_schedule_too():
    plan = answer(two_parties(unit_classes=[]))
    assert plan["status"] == "optimal"
    assert check_staging(json.loads(json.dumps(plan))) == ([], [])


def _numbers(value, place=()):
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _numbers(each, (*place, key))
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from _numbers(each, (*place, number))
    elif isinstance(value, int) and not isinstance(value, bool):
        yield place, value


def _put(document, place, value):
    for step in place[:-1]:
        document = document[step]
    document[place[-1]] = value


def test_when_time_ends_a_lawful_schedule_is_shown_with_what_none_exceeds():
    question = staging_from_json(two_parties())
    plan = answer_staging(question, seconds=0.0, bounded=False)
    assert plan["status"] == "feasible"
    assert plan["levels"][0]["bound"] == 3
    assert not plan["levels"][0]["proven"]
    assert check_staging(plan) == ([], [])
