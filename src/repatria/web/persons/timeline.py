"""In whose hands was the person, drawn along time?

Places are computed here and drawn by the template, without script or style, so
that it is the same on paper. A day nobody has said is drawn open, not invented.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from repatria.register.model import CustodyEpisode
from repatria.terms import PartialDate, PersonId
from repatria.terms.parties import PartyCode

WIDTH, LEFT, ROW, TOP = 860, 12, 60, 44
_SPAN = WIDTH - LEFT - 20
_OPEN_ENDED = 90  # a person whose release nobody has reported: the bar goes on for a while


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One episode as drawn."""

    episode: CustodyEpisode
    holder: PartyCode
    x: int
    y: int
    width: int
    is_open: bool

    @property
    def text_y(self) -> int:
        """Where its words stand: above the bar, where the longest title has room."""
        return self.y - 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A year on the axis."""

    year: int
    x: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """All that is drawn of one person."""

    person: PersonId
    bars: Sequence[Bar]
    marks: Sequence[Mark]
    height: int
    width: int = WIDTH
    left: int = LEFT

    @property
    def axis_y(self) -> int:
        """Where the axis is."""
        return self.height - 24


def timeline_of(
    person: PersonId, episodes: Sequence[CustodyEpisode], today: date
) -> Timeline | None:
    """The drawing; None where nobody has given a day.

    Args:
        today: up to which an episode without an end is drawn.
    """
    dated = [e for e in episodes if e.since is not None]
    if not dated:
        return None
    first = min(_first(e) for e in dated)
    last = max(_last(e, today) for e in dated)
    days = max((last - first).days, _OPEN_ENDED)

    def x_of(day: date) -> int:
        return LEFT + round(_SPAN * min((day - first).days, days) / days)

    bars = []
    for number, episode in enumerate(dated):
        start, end = x_of(_first(episode)), x_of(_last(episode, today))
        bars.append(
            Bar(
                episode=episode,
                holder=episode.holder,
                x=start,
                y=TOP + number * ROW,
                width=max(end - start, 6),
                is_open=episode.ended_by is None,
            )
        )
    return Timeline(
        person=person,
        bars=bars,
        marks=list(_marks(first, last, x_of)),
        height=TOP + len(bars) * ROW + 40,
    )


def _first(episode: CustodyEpisode) -> date:
    since = episode.since
    if since is None:  # pragma: no cover -- only dated episodes are drawn
        raise AssertionError
    return since.earliest


def _last(episode: CustodyEpisode, today: date) -> date:
    end: PartialDate | None = episode.until
    if end is not None:
        return end.latest
    return max(today, _first(episode))


def _marks(first: date, last: date, x_of: Callable[[date], int]) -> Iterator[Mark]:
    every = max(1, (last.year - first.year) // 10)
    for year in range(first.year + 1, last.year + 1, every):
        yield Mark(year=year, x=x_of(date(year, 1, 1)))
