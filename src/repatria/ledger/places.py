"""Which places in a log does a text such as `3-4,7` name?

One spelling for one set: ascending, joined where they touch. So two parties that
name the same places write the same bytes, and a text of twenty characters cannot
make anybody count to a billion.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_RANGE = re.compile(r"(0|[1-9][0-9]{0,15})(?:-([1-9][0-9]{0,15}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Places:
    """A set of places in one log, kept as ranges.

    Attributes:
        ranges: first and last of each, ascending, none touching the next.
    """

    ranges: tuple[tuple[int, int], ...] = ()

    @classmethod
    def of(cls, places: Iterable[int]) -> "Places":
        """The set of these places."""
        runs: list[tuple[int, int]] = []
        for place in sorted(set(places)):
            if runs and place == runs[-1][1] + 1:
                runs[-1] = (runs[-1][0], place)
            else:
                runs.append((place, place))
        return cls(tuple(runs))

    @classmethod
    def read(cls, text: str) -> "Places":
        """The set a text names.

        Raises:
            ValueError: it is not the one spelling of a set of places.
        """
        runs: list[tuple[int, int]] = []
        for part in text.split(",") if text else ():
            found = _RANGE.fullmatch(part)
            if found is None:
                raise ValueError
            first, last = int(found[1]), int(found[2] or found[1])
            if (found[2] and last <= first) or (runs and first <= runs[-1][1] + 1):
                raise ValueError
            runs.append((first, last))
        return cls(tuple(runs))

    def __str__(self) -> str:
        """The one spelling: `3-4,7`; empty for none."""
        return ",".join(f"{a}-{b}" if a != b else f"{a}" for a, b in self.ranges)

    def __contains__(self, place: object) -> bool:
        """Whether a place is among them."""
        if not isinstance(place, int):
            return False
        before = bisect_right(self.ranges, (place, float("inf"))) - 1
        return before >= 0 and place <= self.ranges[before][1]

    def __iter__(self) -> Iterator[int]:
        """Every place, ascending."""
        for first, last in self.ranges:
            yield from range(first, last + 1)

    def __len__(self) -> int:
        """How many places."""
        return sum(last - first + 1 for first, last in self.ranges)

    @property
    def last(self) -> int:
        """The highest place; -1 when there is none."""
        return self.ranges[-1][1] if self.ranges else -1
