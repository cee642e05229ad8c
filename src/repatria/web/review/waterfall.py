"""How do the grounds for and against one person add up, drawn?

Each ground begins where the one before it ended, so that one sees which of them
carries the sum. Places only; the template draws them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

WIDTH, LEFT, RIGHT, ROW, TOP = 860, 200, 90, 30, 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One ground as drawn."""

    field: str
    millibits: int
    x: int
    y: int
    width: int
    speaks_for: bool

    @property
    def text_y(self) -> int:
        """Where its words stand."""
        return self.y + 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Waterfall:
    """All grounds, and where the sum ends."""

    steps: Sequence[Step]
    zero_x: int
    end_x: int
    total_millibits: int
    height: int
    width: int = WIDTH

    @property
    def bottom(self) -> int:
        """Where the lines end."""
        return self.height - 22

    @property
    def right(self) -> int:
        """Where the figures stand."""
        return self.width - 8


def waterfall_of(comparisons: Sequence[Mapping[str, Any]]) -> Waterfall | None:
    """The drawing of the grounds that weigh anything; None when none does."""
    grounds = [c for c in comparisons if c["weight_millibits"]]
    if not grounds:
        return None
    sums = [0]
    for ground in grounds:
        sums.append(sums[-1] + ground["weight_millibits"])
    low, high = min(sums), max(sums)
    span = WIDTH - LEFT - RIGHT

    def x_of(value: int) -> int:
        return LEFT + round(span * (value - low) / (high - low))

    steps = []
    for number, ground in enumerate(grounds):
        start, end = sorted((x_of(sums[number]), x_of(sums[number + 1])))
        steps.append(
            Step(
                field=str(ground["field"]),
                millibits=ground["weight_millibits"],
                x=start,
                y=TOP + number * ROW,
                width=max(end - start, 2),
                speaks_for=ground["weight_millibits"] > 0,
            )
        )
    return Waterfall(
        steps=steps,
        zero_x=x_of(0),
        end_x=x_of(sums[-1]),
        total_millibits=sums[-1],
        height=TOP + len(steps) * ROW + 30,
    )
