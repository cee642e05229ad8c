"""Who said which figure when? As a picture made here.

One band for each speaker, time from left to right. The picture only arranges:
every figure also stands in the table below it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from repatria.web.record.shown import ShownClaim

LABELS_WIDTH = 290
PLOT_WIDTH = 610
LANE_HEIGHT = 26
MARK_ROOM = 190
AXIS_HEIGHT = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One claim in the picture; its words stand before or after the dot."""

    shown: ShownClaim
    x: int
    y: int
    text_x: int
    anchor: str

    @property
    def text_y(self) -> int:
        """Baseline of the words."""
        return self.y + 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """All that one speaker said."""

    speaker: str
    y: int
    bottom: int
    marks: Sequence[Mark]

    @property
    def text_y(self) -> int:
        """Baseline of the speaker's name."""
        return self.y + 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """The picture: bands from the top, the axis below them."""

    bands: Sequence[Band]
    first: date
    last: date
    height: int
    width: int = LABELS_WIDTH + PLOT_WIDTH
    left: int = LABELS_WIDTH

    @property
    def axis_y(self) -> int:
        """Where the axis lies."""
        return self.height - AXIS_HEIGHT


def chart_of(claims: Sequence[ShownClaim]) -> Chart | None:
    """The picture of these claims; None when there are none."""
    if not claims:
        return None
    days = [shown.claim.said_on.earliest for shown in claims]
    first, last = min(days), max(days)
    span = max(1, (last - first).days)
    bands: list[Band] = []
    y = 0
    for speaker in dict.fromkeys(shown.claim.speaker for shown in claims):
        marks = _marks([s for s in claims if s.claim.speaker == speaker], first, span, y)
        lanes = max((mark.y - y) // LANE_HEIGHT for mark in marks) + 1
        bottom = y + lanes * LANE_HEIGHT + 8
        bands.append(Band(speaker=speaker, y=y, bottom=bottom, marks=marks))
        y = bottom
    return Chart(bands=bands, first=first, last=last, height=y + AXIS_HEIGHT)


def _marks(claims: Sequence[ShownClaim], first: date, span: int, top: int) -> list[Mark]:
    """The marks of one band; two that would lie on each other get a lane each."""
    room = PLOT_WIDTH - 24
    lanes: list[list[int]] = []
    marks: list[Mark] = []
    for shown in claims:
        x = LABELS_WIDTH + 12 + (shown.claim.said_on.earliest - first).days * room // span
        lane = next(
            (n for n, taken in enumerate(lanes) if all(abs(x - t) >= MARK_ROOM for t in taken)),
            len(lanes),
        )
        if lane == len(lanes):
            lanes.append([])
        lanes[lane].append(x)
        late = x > LABELS_WIDTH + PLOT_WIDTH - MARK_ROOM
        marks.append(
            Mark(
                shown=shown,
                x=x,
                y=top + lane * LANE_HEIGHT + 14,
                text_x=x - 10 if late else x + 10,
                anchor="end" if late else "start",
            )
        )
    return marks
