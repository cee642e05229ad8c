"""Who crosses on which day, and how far is a party ahead? As a picture made here.

Only places are computed; the table beside it says the same in numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from repatria.operations.schedules import Schedule

WIDTH, MARGIN, ROW, TOP, BAR = 360, 8, 62, 6, 16
_LEAST = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Those of one party who cross on a day, as drawn."""

    party: str
    count: int
    x: int
    width: int
    pattern: int

    @property
    def words_x(self) -> int:
        """Where the number stands."""
        return self.x + self.width // 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day as drawn, with how far each party is ahead at most."""

    number: int
    on: str
    y: int
    pieces: Sequence[Piece]
    ahead: Sequence[tuple[str, int]]
    ahead_width: int
    ahead_x: int

    @property
    def text_y(self) -> int:
        """Where its words stand."""
        return self.y - 5

    @property
    def count_y(self) -> int:
        """Where the numbers on the bars stand."""
        return self.y + 13

    @property
    def ahead_y(self) -> int:
        """Where the bar of being ahead stands."""
        return self.y + BAR + 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """All days; sizes in units of the picture's own."""

    days: Sequence[Day]
    height: int
    mirrored: bool
    width: int = WIDTH
    bar: int = BAR

    @property
    def words_x(self) -> int:
        """Where words begin."""
        return WIDTH - MARGIN if self.mirrored else MARGIN


def timeline_of(schedule: Schedule, *, mirrored: bool = False) -> Timeline:
    """The drawing of a schedule; bars of persons and of being ahead have scales of their own."""
    # Every bar is wide enough for its number, however few it stands for.
    span = WIDTH - 2 * MARGIN - _LEAST * len(schedule.parties)
    widest = max((sum(t.crosses.values()) for t in schedule.tranches), default=1) or 1
    furthest = max((max(t.ahead.values()) for t in schedule.tranches), default=0) or 1
    days = []
    for number, tranche in enumerate(schedule.tranches):
        pieces, at = [], 0
        for pattern, party in enumerate(schedule.parties):
            count = tranche.crosses[party]
            if not count:
                continue
            width = _LEAST + round(span * count / widest)
            x = WIDTH - MARGIN - at - width if mirrored else MARGIN + at
            pieces.append(Piece(party=party, count=count, x=x, width=width, pattern=pattern % 5))
            at += width
        ahead_width = round(span * max(0, *tranche.ahead.values()) / furthest)
        days.append(
            Day(
                number=tranche.number,
                on=tranche.on,
                y=TOP + 20 + number * ROW,
                pieces=pieces,
                ahead=[(p, n) for p, n in tranche.ahead.items() if n > 0],
                ahead_width=ahead_width,
                ahead_x=WIDTH - MARGIN - ahead_width if mirrored else MARGIN,
            )
        )
    return Timeline(days=days, height=TOP + len(days) * ROW + 4, mirrored=mirrored)
