"""The checker: takes true plans, and refuses every plan with one field changed."""

import ast
import copy
import json
import sys
from pathlib import Path

import pytest

from questions import keys, multi, story, two
from repatria.planning import certificate_check, certificate_proof, certificate_question
from repatria.planning.answering import plan_document, signed_off, solve_instance
from repatria.planning.certificate_check import _limits, check_plan, digest_of
from repatria.planning.certificate_proof import refutes
from repatria.planning.certificate_question import Question
from repatria.planning.reading import instance_from_json

QUESTIONS = {
    "two": two(3, 40),
    "three to one": two(1, 30, ratio=3),
    "keys": keys(0, 10, 200, cap=5),
    "rounds": multi(0, 3, 60, cycle_cap=3),
    "story": story(),
}


def impossible():
    document = two(2, 30)
    document["rules"].append({"id": "A-min", "terms": [[1, {"holder": "A"}]], "lo": 29, "hi": None})
    return document


def plan_for(document):
    instance = instance_from_json(document)
    return plan_document(instance, *solve_instance(instance))


@pytest.fixture(scope="module")
def plans():
    return {name: plan_for(document) for name, document in QUESTIONS.items()}


def leaves(value, path=()):
    """All places in a document that hold a plain value."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, (*path, key))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from leaves(item, (*path, number))
    else:
        yield path


def changed(value):
    if isinstance(value, bool):
        return not value
    return value + 1 if isinstance(value, int) else f"{value}x"


def with_change(plan, path):
    other = copy.deepcopy(plan)
    place = other
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = changed(place[path[-1]])
    return other


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_true_plan_is_taken_and_its_priorities_need_no_solver(plans, name):
    findings, trusted = check_plan(QUESTIONS[name], plans[name])

    assert findings == []
    # Keys of thirty for one need more cases than a tree may have, at times.
    assert "L1-unconditional" not in trusted or name == "keys"


def test_that_there_is_no_plan_is_shown_without_a_solver():
    document = impossible()

    assert check_plan(document, plan_for(document)) == ([], [])


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_change_of_one_field_is_refused(plans, name):
    taken = [
        path
        for path in leaves(plans[name])
        if check_plan(QUESTIONS[name], with_change(plans[name], path))[0] == []
    ]

    assert taken == []


@pytest.mark.parametrize("name", ["two", "rounds", "story"])
def test_what_a_forger_signs_again_is_refused_where_it_matters(plans, name):
    plan = plans[name]
    told = [path for path in leaves(plan) if path[0] in ("status", "levels", "selected", "rounds")]
    taken = []
    for path in told:
        forged = with_change(plan, path)
        forged["digest"] = digest_of({k: v for k, v in forged.items() if k != "digest"})
        if check_plan(QUESTIONS[name], forged)[0] == []:
            taken.append(path)

    assert taken == []


def test_leaving_one_person_out_or_taking_another_is_refused(plans):
    plan, document = plans["two"], QUESTIONS["two"]
    stays = [row[0] for row in document["persons"] if row[0] not in plan["selected"]]
    lists = [plan["selected"][1:], *(sorted([*plan["selected"][1:], one]) for one in stays)]
    for selected in lists:
        forged = signed_off(plan | {"selected": selected}, "")

        assert check_plan(document, forged)[0] != []


def test_a_proof_of_a_lower_bound_than_is_true_is_refused(plans):
    plan, document = plans["two"], QUESTIONS["two"]
    for number, level in enumerate(plan["levels"][:4]):
        forged = copy.deepcopy(plan)
        forged["levels"][number] = level | {
            "value": level["value"] - 1,
            "bound": level["bound"] - 1,
        }

        assert check_plan(document, signed_off(forged, ""))[0] != []


def test_what_is_no_plan_is_refused_and_not_an_error(plans):
    for wrong in ({}, {"status": "optimal"}, {"status": 1, "levels": [], "selected": None}):
        assert check_plan(QUESTIONS["two"], signed_off({"instance": {}} | wrong, ""))[0] != []


def proofs_of(plan, document):
    """Each proof, with limits that the plan itself keeps: what it refutes is one more."""
    reached = {}
    for stated, level in zip(plan["levels"], document["priorities"], strict=True):
        proof = plan["certificate"]["levels"].get(level["id"])
        if proof is not None:
            yield proof, dict(reached), level, stated["value"]
        reached[level["id"]] = stated["value"]


@pytest.mark.parametrize("name", QUESTIONS)
def test_no_number_changed_in_a_proof_makes_it_refute_what_a_plan_reaches(plans, name):
    question = Question(QUESTIONS[name])
    tried = 0
    for proof, reached, level, value in proofs_of(plans[name], QUESTIONS[name]):
        possible = _limits(question, reached, [(level, value)])
        beyond = _limits(question, reached, [(level, value + 1)])
        assert refutes(question, beyond, proof)
        for path in list(leaves(proof))[:40]:
            wrong = with_change({"proof": proof}, ("proof", *path))["proof"]
            tried += 1
            try:
                assert not refutes(question, possible, wrong)
            except (KeyError, TypeError, ValueError):
                continue

    assert tried or name == "story"


def test_a_split_by_no_whole_number_is_refused(plans):
    plan, document = plans["three to one"], QUESTIONS["three to one"]
    split = next(p for p, *_ in proofs_of(plan, document) if "sum" in p)
    for wrong in (
        {**split, "by": 0},
        {**split, "by": -2},
        {**split, "at": split["at"] + 0.5},
        {**split, "sum": dict.fromkeys(split["sum"], 0.5)},
    ):
        certificate = {"levels": {**plan["certificate"]["levels"], "L4-total": wrong}}

        assert check_plan(document, signed_off(plan | {"certificate": certificate}, ""))[0] != []


def test_a_plan_of_the_first_format_is_read_and_one_of_an_unknown_is_refused_by_name():
    plan = json.loads((Path(__file__).parent / "plan-1.json").read_text("utf-8"))
    document = keys(5, 4, 60, cap=3)

    assert plan["format"] == "repatria/plan/1"
    assert check_plan(document, plan)[0] == []
    (finding,) = check_plan(document, signed_off(plan | {"format": "repatria/plan/9"}, ""))[0]
    assert finding.startswith("format: is none of repatria/plan/1")


def test_the_checker_imports_nothing_but_the_standard_library_and_its_other_parts():
    for module in (certificate_check, certificate_proof, certificate_question):
        tree = ast.parse(Path(module.__file__).read_text("utf-8"))
        imported = {
            node.module if isinstance(node, ast.ImportFrom) else node.names[0].name
            for node in ast.walk(tree)
            if isinstance(node, ast.Import | ast.ImportFrom)
        }
        foreign = {
            name for name in imported if name.partition(".")[0] not in sys.stdlib_module_names
        }

        assert foreign <= {
            "repatria.planning.certificate_question",
            "repatria.planning.certificate_proof",
        }
