"""What has a climb come to, level by level?"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from repatria.planning.relaxing import Bound
from repatria.planning.solvers.program import Whole


class Outcome(StrEnum):
    """How far it went."""

    OPTIMAL = "optimal"
    INFEASIBLE = "infeasible"
    TIME_LIMIT = "time_limit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """One level: reached by the plan, and what no other exceeds that is as good above."""

    value: int
    bound: int

    @property
    def proven(self) -> bool:
        """Whether the two are equal."""
        return self.value == self.bound


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Climb:
    """What a climb came to.

    Attributes:
        outcome: how far it went.
        numbers: what is chosen; None when nothing was found.
        levels: per level what was reached.
        settled: the levels with which a further climb need not begin again.
        bounds: per level what is shown of it, when those above are as in `levels`.
        refutation: a proof that there is no plan at all, as in a certificate.
        seconds: how long it took.
    """

    outcome: Outcome
    numbers: Whole | None = None
    levels: tuple[Reached, ...] = ()
    settled: tuple[Reached, ...] = ()
    bounds: dict[int, Bound] = field(default_factory=dict)
    refutation: dict[str, Any] | None = None
    seconds: float = 0.0


Report = Callable[[Climb], None]
