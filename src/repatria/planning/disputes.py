"""What changes when a fact turns out one way or the other?

Before anybody signs: a category is contested, it is not known whether somebody
lives. Each outcome is a question of its own; their plans are laid side by side,
with the persons that differ.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from repatria.planning.answering import plan_document, solve_instance, with_lottery
from repatria.planning.instance import Instance, Level, LevelKind, Value

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """How two plans differ.

    Attributes:
        only_first, only_second: ids of those who go in one of them alone, sorted.
        both: how many go in both.
        levels: per level that is in both, its id and its two values, in order.
    """

    only_first: tuple[str, ...]
    only_second: tuple[str, ...]
    both: int
    levels: tuple[tuple[str, int, int], ...]


def compare_plans(first: Json, second: Json) -> Difference:
    """How two plans differ; each as `plan_document` makes it."""
    one, other = set(first["selected"]), set(second["selected"])
    values = {level["id"]: level["value"] for level in second["levels"]}
    return Difference(
        only_first=tuple(sorted(one - other)),
        only_second=tuple(sorted(other - one)),
        both=len(one & other),
        levels=tuple(
            (level["id"], level["value"], values[level["id"]])
            for level in first["levels"]
            if level["id"] in values
        ),
    )


def with_facts(instance: Instance, facts: Mapping[str, Mapping[str, Value]]) -> Instance:
    """The question with other facts about some persons.

    Args:
        instance: the question.
        facts: per person the columns that change, and their values.

    Raises:
        ValueError: a person is not in the question, or a column is unknown.
    """
    place = {one: number for number, one in enumerate(instance.ids)}
    changed: dict[str, list[Value]] = {}
    for person, values in facts.items():
        if person not in place:
            msg = f"{person} is not in the question"
            raise ValueError(msg)
        for column, value in values.items():
            if column not in changed:
                try:
                    changed[column] = list(instance.column(column))
                except KeyError as error:
                    msg = f"there is no column {column}"
                    raise ValueError(msg) from error
            changed[column][place[person]] = value
    return replace(instance, digest="", columns={**instance.columns, **changed})


def outcomes(
    instance: Instance,
    cases: Mapping[str, Mapping[str, Mapping[str, Value]]],
    *,
    seconds: float = 60.0,
) -> dict[str, Json]:
    """The plan for each case of contested facts, by the name of the case.

    Args:
        instance: the question.
        cases: per case the facts as they would then be.
        seconds: for each case.
    """
    plans = {}
    for name, facts in cases.items():
        question = with_lottery(with_facts(instance, facts))
        classes, reached = solve_instance(question, seconds=seconds)
        plans[name] = plan_document(question, classes, reached)
    return plans


def persons_that_change(plans: Mapping[str, Json]) -> tuple[str, ...]:
    """Ids of those who go in some of these plans but not in all, sorted."""
    chosen = [set(plan["selected"]) for plan in plans.values()]
    return tuple(sorted(set().union(*chosen) - set.intersection(*chosen))) if chosen else ()


def repaired(instance: Instance, selected: Sequence[str], gone: Sequence[str]) -> Instance:
    """The question of the plan that comes next, with the fewest changes, when some are gone.

    Its first level keeps as many of the earlier plan as possible.

    Args:
        instance: the question of the earlier plan.
        selected: who went in it.
        gone: who can no longer go: a refusal at the line, a death, a pivot that fell.
    """
    kept = set(selected).difference(gone)
    out = set(gone)
    barred = list(instance.column("barred"))
    columns = {
        **instance.columns,
        "kept": [one in kept for one in instance.ids],
        "barred": [
            "withdrawn" if one in out else old
            for one, old in zip(instance.ids, barred, strict=True)
        ],
    }
    level = Level(
        id="kept",
        kind=LevelKind.COUNT,
        select={"kept": True},
        words="those of the earlier plan",
    )
    return replace(instance, digest="", columns=columns, levels=(level, *instance.levels))
