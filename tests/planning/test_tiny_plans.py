"""Plans of tiny questions: what trying everything says, by either engine, with a proof."""

import os

import pytest

from questions import tiny
from repatria.planning.answering import plan_document, solve_instance
from repatria.planning.certificate_check import check_plan
from repatria.planning.reading import instance_from_json
from repatria.planning.solvers import Engine
from trying_everything import best_values

# `.ci/run` tries more.
HOW_MANY = int(os.environ.get("REPATRIA_TINY_PLANS", "150"))
AT_A_TIME = 50


def plan_of(document, *engines):
    instance = instance_from_json(document)
    classes, reached = solve_instance(instance, engines=engines or tuple(Engine))
    return plan_document(instance, classes, reached)


@pytest.mark.parametrize("first", range(0, HOW_MANY, AT_A_TIME))
def test_no_plan_is_better_and_every_plan_checks(first):
    wrong = []
    for seed in range(first, min(first + AT_A_TIME, HOW_MANY)):
        document = tiny(seed)
        plan = plan_of(document)
        best = best_values(document)
        values = tuple(level["value"] for level in plan["levels"])[:-1]
        findings, _ = check_plan(document, plan)
        expected = ("infeasible", ()) if best is None else ("optimal", best)
        if (plan["status"], values) != expected or findings:
            wrong.append((seed, plan["status"], values, expected, findings))

    assert wrong == []


@pytest.mark.parametrize("first", range(0, HOW_MANY // 3, AT_A_TIME))
def test_both_engines_choose_the_same_persons_and_rounds(first):
    differ = []
    for seed in range(first, min(first + AT_A_TIME, HOW_MANY // 3)):
        one, other = (plan_of(tiny(seed), engine) for engine in Engine)
        if any(one[part] != other[part] for part in ("levels", "selected", "rounds")):
            differ.append(seed)

    assert differ == []
