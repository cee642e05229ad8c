"""How many of which kind leave whose hands? As a picture made here.

The widths are the only thing computed; every number also stands beside its bar
in words, so that nothing is told by the picture alone.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from repatria.store.queries.exchange import PlannedPerson

BAR_WIDTH = 320
ROW_HEIGHT = 34
HEADING_HEIGHT = 26


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One category leaving one holder."""

    category: str
    count: int
    y: int
    width: int

    @property
    def text_y(self) -> int:
        """Baseline of the words beside the bar."""
        return self.y + 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """All who leave one party's hands."""

    party: str
    total: int
    y: int
    bars: Sequence[Bar]


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """The picture; its size in units of its own."""

    holders: Sequence[Holder]
    height: int
    width: int = BAR_WIDTH + 240


def flow_of(selected: Iterable[PlannedPerson]) -> Flow:
    """The picture of those who are chosen, by holder and category.

    Persons of whom the viewer may read no record are counted under an empty
    holder, so that the numbers always add up.
    """
    counts: Counter[tuple[str, str]] = Counter()
    for person in selected:
        row = person.row
        counts[(row.holder, row.category) if row is not None else ("", "")] += 1
    widest = max(counts.values(), default=1)
    holders: list[Holder] = []
    y = 0
    for party in sorted({holder for holder, _ in counts}):
        mine = sorted((c, n) for (holder, c), n in counts.items() if holder == party)
        first = y + HEADING_HEIGHT
        bars = [
            Bar(
                category=category,
                count=number,
                y=first + place * ROW_HEIGHT,
                width=max(6, round(BAR_WIDTH * number / widest)),
            )
            for place, (category, number) in enumerate(mine)
        ]
        holders.append(Holder(party=party, total=sum(n for _, n in mine), y=y + 16, bars=bars))
        y = first + len(bars) * ROW_HEIGHT + 10
    return Flow(holders=holders, height=max(y, 1))
