"""Who goes home, and what is shown for it?

A plan names persons by id and states, level by level, what was reached and what
no other plan can exceed. It holds nothing that its reader could not compute
again from the same candidates and terms.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any, TypeVar

T = TypeVar("T")


class PlanStatus(StrEnum):
    """How far the plan goes.

    `time_limit`: the best found in the time given; nobody is told that it is the best.
    """

    OPTIMAL = "optimal"
    INFEASIBLE = "infeasible"
    TIME_LIMIT = "time_limit"


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelResult:
    """What was reached at one level.

    Attributes:
        id: the priority, or `kept`, or one of the two lotteries.
        value: reached by the plan.
        bound: no plan that is as good at the levels above exceeds it.
        proven: whether the two are equal.
    """

    id: str
    value: int
    bound: int
    proven: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The answer to "who is exchanged for whom?".

    Attributes:
        terms_id, terms_version: from which terms.
        status: how far it goes.
        levels: in the order of the priorities; empty when there is no plan.
        selected: ids of those who go, sorted.
        left_out: ids of all other candidates, sorted.
        conflict: ids of rules that cannot hold together, and of which none is
            too many; only when infeasible.
        owed: left out though seriously wounded or sick and not unwilling: their
            release is a duty, not a concession (GC III art. 109(1)).
        previous: persons of an earlier plan that this one was to keep.
        withdrawn: persons of an earlier plan who can no longer go.
    """

    terms_id: str
    terms_version: int
    status: PlanStatus
    levels: tuple[LevelResult, ...]
    selected: tuple[str, ...]
    left_out: tuple[str, ...]
    conflict: tuple[str, ...] = ()
    owed: tuple[str, ...] = ()
    previous: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()


class UnreadablePlanError(ValueError):
    """The document is not a plan. The message says which key."""


def plan_to_json(plan: Plan) -> dict[str, Any]:
    """The plan as plain JSON values; `plan_from_json` gives the same plan back."""
    lists = {key: list(value) for key, value in asdict(plan).items() if isinstance(value, tuple)}
    return {**asdict(plan), **lists, "status": plan.status.value}


def plan_from_json(document: Mapping[str, Any]) -> Plan:
    """The plan a document holds. Keys of a newer version are left aside.

    Whether it is a true plan is another question: see `objections_to`.

    Raises:
        UnreadablePlanError: a key is missing or has the wrong type.
    """
    parts: dict[str, Any] = {}
    for each in fields(Plan):
        try:
            parts[each.name] = _read(each.name, document[each.name])
        except (KeyError, TypeError, ValueError) as error:
            msg = f"plan.{each.name}: is missing or not readable"
            raise UnreadablePlanError(msg) from error
    return Plan(**parts)


def _read(name: str, value: object) -> object:
    match name:
        case "terms_id":
            return _exactly(str, value)
        case "terms_version":
            return _exactly(int, value)
        case "status":
            return PlanStatus(_exactly(str, value))
        case "levels":
            return tuple(_read_level(item) for item in _exactly(list, value))
        case _:
            return tuple(_exactly(str, item) for item in _exactly(list, value))


def _read_level(item: Mapping[str, object]) -> LevelResult:
    return LevelResult(
        id=_exactly(str, item["id"]),
        value=_exactly(int, item["value"]),
        bound=_exactly(int, item["bound"]),
        proven=_exactly(bool, item["proven"]),
    )


def _exactly(kind: type[T], value: object) -> T:
    # A bool is an int to isinstance, but not in a signed document.
    if type(value) is not kind:
        raise TypeError
    return value
