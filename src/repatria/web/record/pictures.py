"""Which pictures does a reader get? Made here, of what he may read, with nothing run.

They arrange and never decide: every speaker has his own line, what both receipts
confirm stands beside, and each figure is in the table below the picture as well.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import cos, radians
from typing import Any

from repatria.record import Measure
from repatria.web.record.shown import ShownClaim

WIDTH, LEFT, RIGHT, TOP, BOTTOM = 560, 48, 40, 24, 40
PLOT_HEIGHT = 260
BAR, LABEL, GAP, BAR_LEFT, BAR_ROOM = 20, 22, 10, 4, 480
MAP_WIDTH, MAP_MARGIN = 560, 60
# Told apart by shape and dash as well as by colour (WCAG 1.4.1).
COLOURS = ("#17507a", "#8a4b08", "#2b6a3f", "#7a1f5c", "#4d5b68", "#a1121f")
DASHES = ("", "8 4", "2 4", "12 4 2 4", "5 5", "1 6")
_Told = tuple[str, int, str, bool]  # label, value, as it is written, confirmed
HELD = frozenset({Measure.HELD, Measure.REMAINING})
CROSSED = frozenset({Measure.RELEASED, Measure.RETURNED, Measure.ANNOUNCED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One claim in the picture."""

    x: int
    y: int
    shown: ShownClaim


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What one speaker said over time; a step, because nothing is known in between."""

    speaker: str
    colour: str
    dash: str
    points: Sequence[Point]

    @property
    def path(self) -> str:
        """The steps: each figure stands until the speaker gives the next."""
        first, *rest = self.points
        steps = (f"H{point.x} V{point.y}" for point in rest)
        return " ".join([f"M{first.x} {first.y}", *steps])


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldChart:
    """Persons held over time, for one population in the hands of one holder.

    Attributes:
        register: what our own register counts today and where that stands; for a desk alone.
    """

    population: str
    holder: str
    lines: Sequence[Line]
    ticks: Sequence[tuple[int, int]]
    first: date
    last: date
    register: tuple[int, int] | None = None
    height: int = TOP + PLOT_HEIGHT + BOTTOM
    width: int = WIDTH
    left: int = LEFT
    right: int = WIDTH - RIGHT
    floor: int = TOP + PLOT_HEIGHT


def held_charts(
    claims: Iterable[ShownClaim], register: Mapping[str, int] | None = None
) -> list[HeldChart]:
    """One picture for each population and holder, most claims first.

    Args:
        register: for a desk: how many its register has in each holder's hands today.
    """
    groups: dict[tuple[str, str], list[ShownClaim]] = {}
    claims = list(claims)
    parts = {part for shown in claims for part in shown.claim.parts}
    for shown in claims:
        claim = shown.claim
        if claim.measure in HELD and claim.id not in parts and not claim.copy_of:
            groups.setdefault((claim.population, claim.holder), []).append(shown)
    ranked = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
    counted = register or {}
    return [_held_chart(*key, found, counted.get(key[1])) for key, found in ranked]


def _held_chart(
    population: str, holder: str, claims: list[ShownClaim], counted: int | None
) -> HeldChart:
    days = [shown.claim.when.earliest for shown in claims]
    first, last = min(days), max(days)
    span = max(1, (last - first).days)
    most = max(1, counted or 0, *(shown.claim.value for shown in claims))
    lines = []
    speakers = list(dict.fromkeys(shown.claim.speaker for shown in claims))
    for number, speaker in enumerate(speakers):
        said = [s for s in claims if s.claim.speaker == speaker]
        said.sort(key=lambda s: (s.claim.when.earliest, s.claim.id))
        points = [_point(shown, first, span, most) for shown in said]
        lines.append(
            Line(
                speaker=speaker,
                colour=COLOURS[number % len(COLOURS)],
                dash=DASHES[number // len(COLOURS) % len(DASHES)],
                points=points,
            )
        )
    step = _step(most)
    ticks = [(value, _y(value, most)) for value in range(0, most + 1, step)]
    return HeldChart(
        population=population,
        holder=holder,
        lines=lines,
        ticks=ticks,
        first=first,
        last=last,
        register=None if counted is None else (counted, _y(counted, most)),
    )


def _point(shown: ShownClaim, first: date, span: int, most: int) -> Point:
    room = WIDTH - LEFT - RIGHT - 20
    x = LEFT + 10 + (shown.claim.when.earliest - first).days * room // span
    return Point(x=x, y=_y(shown.claim.value, most), shown=shown)


def _y(value: int, most: int) -> int:
    return TOP + PLOT_HEIGHT - value * PLOT_HEIGHT // most


def _step(most: int) -> int:
    """A round distance between marks on the axis, so that there are at most six."""
    step = 1
    while True:
        for factor in (1, 2, 5):
            if most <= 6 * step * factor:
                return step * factor
        step *= 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One figure for an event."""

    label: str
    value: int
    figure: str
    y: int
    width: int
    confirmed: bool

    @property
    def text_y(self) -> int:
        """Baseline of its words, above it."""
        return self.y - 6

    @property
    def figure_y(self) -> int:
        """Baseline of the number behind it."""
        return self.y + BAR - 5


@dataclass(frozen=True, slots=True, kw_only=True)
class EventChart:
    """Released in one event: who gives which figure, and what both receipts confirm."""

    event: str
    population: str
    bars: Sequence[Bar]
    height: int
    width: int = WIDTH
    left: int = BAR_LEFT


def event_charts(
    claims: Iterable[ShownClaim], figures: Iterable[Mapping[str, Any]], *, receipts_word: str
) -> list[EventChart]:
    """One picture for each event and whose persons crossed in it, the latest first.

    Args:
        figures: of bulletins; those that rest on both receipts get a bar of their own.
        receipts_word: what their bar is called.
    """
    claims, figures = list(claims), list(figures)
    parts = {part for shown in claims for part in shown.claim.parts}
    found: dict[tuple[str, str], list[_Told]] = {}
    latest: dict[tuple[str, str], str] = {}
    for key, day, told in (*_claimed(claims, parts), *_signed(claims, figures, receipts_word)):
        found.setdefault(key, []).append(told)
        latest[key] = max(latest.get(key, ""), day)
    order = sorted(found, key=lambda key: (latest[key], key), reverse=True)
    return [_event_chart(*key, found[key]) for key in order]


def _claimed(
    claims: Iterable[ShownClaim], parts: Collection[str]
) -> Iterator[tuple[tuple[str, str], str, _Told]]:
    for shown in claims:
        claim = shown.claim
        if claim.event and claim.measure in CROSSED and claim.id not in parts:
            words = f"{claim.speaker}: {shown.measure}"
            told = (words, claim.value, shown.figure, False)
            yield (claim.event, claim.population), str(claim.said_on.earliest), told


def _signed(
    claims: Iterable[ShownClaim], figures: Sequence[Mapping[str, Any]], word: str
) -> Iterator[tuple[tuple[str, str], str, _Told]]:
    """What both receipts say, under the event whose claims the bulletin set beside it."""
    events = {str(shown.claim.id): shown.claim.event for shown in claims}
    for figure in figures:
        if figure["rests_on"] != "both-receipts":
            continue
        way = (figure["population"], figure["holder"])
        beside = next(
            (
                events[source]
                for other in figures
                if other["rests_on"] == "claim" and (other["population"], other["holder"]) == way
                for source in other["sources"].split()
                if events.get(source)
            ),
            figure["on"],
        )
        told = (word, figure["value"], str(figure["value"]), True)
        yield (beside, figure["population"]), str(figure["on"]), told


def _event_chart(event: str, population: str, found: Sequence[_Told]) -> EventChart:
    most = max(1, *(value for _, value, _, _ in found))
    bars = [
        Bar(
            label=label,
            value=value,
            figure=figure,
            y=LABEL + number * (LABEL + BAR + GAP),
            width=value * BAR_ROOM // most,
            confirmed=confirmed,
        )
        for number, (label, value, figure, confirmed) in enumerate(found)
    ]
    return EventChart(
        event=event, population=population, bars=bars, height=GAP + len(bars) * (LABEL + BAR + GAP)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A handover point on the map."""

    title: str
    source: str
    x: int
    y: int
    latitude: str
    longitude: str

    @property
    def anchor(self) -> str:
        """On which side its name fits."""
        return "end" if self.x > MAP_WIDTH - 200 else "start"

    @property
    def text_x(self) -> int:
        """Where its name begins or ends."""
        return self.x - 12 if self.anchor == "end" else self.x + 12


@dataclass(frozen=True, slots=True, kw_only=True)
class PointMap:
    """Handover points on a grid of degrees. No border is drawn: none is ours to draw."""

    spots: Sequence[Spot]
    meridians: Sequence[tuple[int, str]]
    parallels: Sequence[tuple[int, str]]
    height: int
    width: int = MAP_WIDTH


def point_map(places: Sequence[Any]) -> PointMap | None:
    """The map of these places; None when there are none. Plate carrée, true at the middle."""
    if not places:
        return None
    latitudes: list[int] = [p.latitude_e4 for p in places]
    longitudes: list[int] = [p.longitude_e4 for p in places]
    south, north = min(latitudes) - 5_000, max(latitudes) + 5_000
    west, east = min(longitudes) - 5_000, max(longitudes) + 5_000
    squeeze = max(0.2, cos(radians((south + north) / 2 / 10_000)))
    scale = min((MAP_WIDTH - 2 * MAP_MARGIN) / ((east - west) * squeeze), 400 / (north - south))
    height = round((north - south) * scale) + 2 * MAP_MARGIN

    def x(longitude: int) -> int:
        return MAP_MARGIN + round((longitude - west) * squeeze * scale)

    def y(latitude: int) -> int:
        return MAP_MARGIN + round((north - latitude) * scale)

    every = _step(max(1, (max(north - south, east - west)) // 10_000)) * 10_000
    return PointMap(
        spots=[
            Spot(
                title=p.title,
                source=p.source,
                x=x(p.longitude_e4),
                y=y(p.latitude_e4),
                latitude=f"{p.latitude_e4 / 10_000:.4f}",
                longitude=f"{p.longitude_e4 / 10_000:.4f}",
            )
            for p in places
        ],
        meridians=[(x(at), f"{at // 10_000}°") for at in _marks(west, east, every)],
        parallels=[(y(at), f"{at // 10_000}°") for at in _marks(south, north, every)],
        height=height,
    )


def _marks(low: int, high: int, every: int) -> range:
    return range(-(-low // every) * every, high + 1, every)
