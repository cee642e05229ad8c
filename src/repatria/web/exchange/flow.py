"""How many of which kind go from whose hands to whom? As a picture made here.

Bands as thick as they are many. Only places are computed; every number also stands
on its band in words, so that nothing is told by the picture alone. Narrow enough for
a phone; mirrored in a language written from the right.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from repatria.store.queries.planned import Move

WIDTH, EDGE, NODE = 360, 8, 10
_HEADING, _SLOT, _GAP, _THICKEST, _THINNEST = 26, 30, 8, 26, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """One category from one holder to one receiver.

    Attributes:
        path: of the band, as SVG writes it.
        x, y: where its words stand.
        pattern: which of the patterns marks its category.
    """

    category: str
    count: int
    path: str
    x: int
    y: int
    pattern: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """All who leave one party's hands, or all who come to one.

    Attributes:
        party: its code; empty where the viewer may not read it.
        x, y, height: of the bar.
        words_x, words_y: where its words stand.
    """

    party: str
    total: int
    x: int
    y: int
    height: int
    words_x: int
    words_y: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """The picture; its size in units of its own."""

    holders: Sequence[Node]
    receivers: Sequence[Node]
    bands: Sequence[Band]
    height: int
    mirrored: bool = False
    width: int = WIDTH
    node: int = NODE


def flow_of(moves: Sequence[Move], *, mirrored: bool = False) -> Flow:
    """The picture of those who go.

    Args:
        moves: each holder, receiver and category once.
        mirrored: from right to left.
    """
    given = sorted(moves, key=lambda m: (m.holder, m.receiver, m.category))
    # A receiver stands where its first band ends, so that few bands cross.
    first = {m.receiver: n for n, m in reversed([*enumerate(given)])}
    taken = sorted(given, key=lambda m: (first[m.receiver], m.holder, m.category))
    left, left_nodes, low = _column(given, [m.holder for m in given], mirrored, outer=False)
    right, right_nodes, lower = _column(taken, [m.receiver for m in taken], mirrored, outer=True)
    most = max((m.count for m in moves), default=1)
    patterns = {c: n for n, c in enumerate(sorted({m.category for m in moves}))}
    bands = [
        Band(
            category=move.category,
            count=move.count,
            path=_path(left[move], right[move], _thickness(move.count, most), mirrored),
            x=_side(EDGE + NODE + 8, mirrored),
            y=left[move] + 5,
            pattern=patterns[move.category] % 5,
        )
        for move in given
    ]
    return Flow(
        holders=left_nodes,
        receivers=right_nodes,
        bands=bands,
        height=max(low, lower, 1),
        mirrored=mirrored,
    )


def _column(
    moves: Sequence[Move], parties: Sequence[str], mirrored: bool, *, outer: bool
) -> tuple[dict[Move, int], list[Node], int]:
    """Where each band begins or ends, the bars beside them, and how far down it goes."""
    places: dict[Move, int] = {}
    nodes = []
    y = 0
    pairs = list(zip(parties, moves, strict=True))
    for party, group in groupby(pairs, key=lambda pair: pair[0]):
        members = [move for _, move in group]
        top = y + _HEADING
        for number, move in enumerate(members):
            places[move] = top + number * _SLOT + _SLOT // 2
        height = len(members) * _SLOT
        x = WIDTH - EDGE - NODE if outer else EDGE
        nodes.append(
            Node(
                party=party,
                total=sum(move.count for move in members),
                x=WIDTH - x - NODE if mirrored else x,
                y=top,
                height=height,
                words_x=_side(WIDTH - EDGE if outer else EDGE, mirrored),
                words_y=top - 8,
            )
        )
        y = top + height + _GAP
    return places, nodes, y


def _thickness(count: int, most: int) -> float:
    return max(_THINNEST, round(_THICKEST * count / most, 1))


def _path(start: int, end: int, thickness: float, mirrored: bool) -> str:
    x1, x2 = (_side(x, mirrored) for x in (EDGE + NODE, WIDTH - EDGE - NODE))
    middle, half = WIDTH // 2, thickness / 2
    return (
        f"M{x1},{start - half} C{middle},{start - half} {middle},{end - half} {x2},{end - half} "
        f"L{x2},{end + half} C{middle},{end + half} {middle},{start + half} {x1},{start + half} Z"
    )


def _side(x: int, mirrored: bool) -> int:
    return WIDTH - x if mirrored else x
