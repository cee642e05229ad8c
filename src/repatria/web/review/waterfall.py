"""How do the grounds for and against one person add up, drawn?

Each ground begins where the one before it ended, so that one sees which of them
carries the sum. Places only; the template draws them. Narrow enough for a phone: the
words stand above the bars. In a language written from the right it is mirrored.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

WIDTH, MARGIN, ROW, TOP, BAR = 360, 10, 46, 6, 16
_GAP = 6  # between a line and the words beside it
# A score as good as certain was rounded: what the rest weighed can no longer be told.
_SURE_PPM = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One ground as drawn.

    Attributes:
        x, y, width: of the bar.
        from_x, to_x: where the sum stood before it, and stands after it.
    """

    field: str
    millibits: int
    x: int
    y: int
    width: int
    from_x: int
    to_x: int
    speaks_for: bool

    @property
    def text_y(self) -> int:
        """Where its words stand."""
        return self.y - 6

    @property
    def end_y(self) -> int:
        """Where its bar ends, and the line to the next begins."""
        return self.y + BAR

    @property
    def next_y(self) -> int:
        """Where the bar after it begins."""
        return self.y + ROW


@dataclass(frozen=True, slots=True, kw_only=True)
class Waterfall:
    """All grounds, and where the sum ends."""

    steps: Sequence[Step]
    zero_x: int
    end_x: int
    total_millibits: int
    height: int
    mirrored: bool = False
    width: int = WIDTH
    bar: int = BAR

    @property
    def words_x(self) -> int:
        """Where words begin."""
        return WIDTH - MARGIN - _GAP if self.mirrored else MARGIN + _GAP

    @property
    def figures_x(self) -> int:
        """Where figures stand."""
        return MARGIN + _GAP if self.mirrored else WIDTH - MARGIN - _GAP

    @property
    def bottom(self) -> int:
        """Where the lines end."""
        return self.height - 26

    @property
    def foot(self) -> int:
        """Where the sum is written."""
        return self.height - 8


def waterfall_of(
    comparisons: Sequence[Mapping[str, Any]], *, score_ppm: int = 0, mirrored: bool = False
) -> Waterfall | None:
    """The drawing of the grounds that weigh anything; None when none does.

    Args:
        comparisons: as proposed.
        score_ppm: the score of the pair. Comparisons of earlier versions do not say what it holds
            beside the grounds (how rare any match is, and rivals): between nought and certainty
            that is drawn as a last step.
        mirrored: from right to left.
    """
    grounds = [(str(c["field"]), int(c["weight_millibits"])) for c in comparisons]
    grounds = [(field, weight) for field, weight in grounds if weight]
    if not grounds:
        return None
    told = any(field == "prior" for field, _ in grounds)
    if not told and _SURE_PPM <= score_ppm <= 1_000_000 - _SURE_PPM:
        odds = round(1000 * math.log2(score_ppm / (1_000_000 - score_ppm)))
        rest = odds - sum(weight for _, weight in grounds)
        grounds += [("rest", rest)] if rest else []
    sums = [0]
    for _, weight in grounds:
        sums.append(sums[-1] + weight)
    low, high = min(sums), max(sums)
    span = WIDTH - 2 * MARGIN

    def x_of(value: int) -> int:
        x = MARGIN + round(span * (value - low) / (high - low))
        return WIDTH - x if mirrored else x

    steps = []
    for number, (field, weight) in enumerate(grounds):
        before, after = x_of(sums[number]), x_of(sums[number + 1])
        steps.append(
            Step(
                field=field,
                millibits=weight,
                x=min(before, after),
                y=TOP + 22 + number * ROW,
                width=max(abs(after - before), 2),
                from_x=before,
                to_x=after,
                speaks_for=weight > 0,
            )
        )
    return Waterfall(
        steps=steps,
        zero_x=x_of(0),
        end_x=x_of(sums[-1]),
        total_millibits=sums[-1],
        height=TOP + len(steps) * ROW + 30,
        mirrored=mirrored,
    )
