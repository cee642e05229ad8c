"""Who would free for whom, and how does a file say it?

Three forms of the same: PrefLib's `.wmd`, its older form without comments, and
the matrices `KP_Num...txt`. The last vertices of the matrices are those who give
and want nothing: altruists.

Source: PrefLib, "Kidney data" (00036), and its description of `.wmd`.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NoReturn

_MOST_VERTICES = 20_000
_NUMBER = re.compile(rb"^\s*(\d+)\s*,\s*(\d+)\s*,\s*(-?\d+(?:\.0*)?)\s*$")
_VERTEX = re.compile(rb"^\s*(\d+)\s*,(.*)$")


class UnreadablePackingError(ValueError):
    """The file is not a question that can be answered. The message names the place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackingQuestion:
    """Who may give to whom.

    Attributes:
        names: of the vertices.
        altruists: vertices that give without receiving.
        edges: (giver, receiver) to how much it counts, at least 1.
        cycle_cap: the most who act at once in a cycle; below 2 there are no cycles.
        chain_cap: the most receivers in a chain that an altruist begins.
    """

    names: tuple[str, ...]
    altruists: frozenset[int]
    edges: Mapping[tuple[int, int], int]
    cycle_cap: int = 3
    chain_cap: int = 0


def read_packing(content: bytes, *, cycle_cap: int = 3, chain_cap: int = 0) -> PackingQuestion:
    """The question a file holds.

    Raises:
        UnreadablePackingError: naming the line.
    """
    lines = content.lstrip(b"\xef\xbb\xbf").splitlines()
    begun = next((line.strip() for line in lines if line.strip()), b"")
    if not begun:
        _wrong(1, "the file is empty")
    if begun.startswith(b"#") or b"," in begun:
        names, altruists, edges = _wmd(lines)
    else:
        names, altruists, edges = _matrices(content)
    return PackingQuestion(
        names=names, altruists=altruists, edges=edges, cycle_cap=cycle_cap, chain_cap=chain_cap
    )


_Parts = tuple[tuple[str, ...], frozenset[int], dict[tuple[int, int], int]]


def _wrong(line: int, expected: str) -> NoReturn:
    msg = f"line {line}: {expected}"
    raise UnreadablePackingError(msg)


def _wmd(lines: list[bytes]) -> _Parts:
    names: dict[int, str] = {}
    edges: dict[tuple[int, int], int] = {}
    stated: int | None = None
    for number, raw in enumerate(lines, start=1):
        line = raw.strip()
        found = re.match(rb"#\s*ALTERNATIVE NAME (\d+)\s*:\s*(.*)", line)
        if found:
            names[int(found[1])] = found[2].decode("utf-8", "replace").strip()
        if not line or line.startswith(b"#"):
            continue
        entry = _NUMBER.match(line)
        vertex = _VERTEX.match(line)
        if entry and (names or stated is not None):
            _put(edges, names, (int(entry[1]), int(entry[2])), float(entry[3]), number)
        elif vertex and stated is None and vertex[2].strip().isdigit():
            stated = int(vertex[1])
        elif vertex and stated is not None:
            names[int(vertex[1])] = vertex[2].decode("utf-8", "replace").strip()
        else:
            _wrong(number, "expected giver,receiver,weight")
    if not names:
        _wrong(1, "names no vertex")
    if len(names) > _MOST_VERTICES:
        _wrong(1, "too many vertices")
    place = {vertex: i for i, vertex in enumerate(sorted(names))}
    ordered = tuple(names[vertex] for vertex in sorted(names))
    altruists = {place[v] for v, name in names.items() if name.lower().startswith("altruist")}
    kept = {
        (place[a], place[b]): w
        for (a, b), w in edges.items()
        if place[b] not in altruists and a != b
    }
    return ordered, frozenset(altruists), kept


def _put(
    edges: dict[tuple[int, int], int],
    names: dict[int, str],
    edge: tuple[int, int],
    weight: float,
    line: int,
) -> None:
    if edge[0] not in names or edge[1] not in names:
        _wrong(line, "an edge between vertices that are not named")
    # PrefLib writes an edge of weight 0 back to every altruist: it closes a chain.
    if weight > 0:
        edges[edge] = int(weight)


def _matrices(content: bytes) -> _Parts:
    head, _, rest = content.partition(b"\n")
    try:
        vertices, altruists, _, _ = (int(part) for part in head.split())
    except ValueError:
        _wrong(1, "expected four numbers: vertices, altruists, pairs, edges")
    if not 0 < vertices <= _MOST_VERTICES or not 0 <= altruists <= vertices:
        _wrong(1, "impossible numbers of vertices")
    parts = rest.replace(b"\t", b"").replace(b"\n", b"").replace(b"\r", b"").split(b"]][[")
    try:
        text = parts[0].strip()
        neighbours = json.loads(text if text.endswith(b"]]") else text + b"]]")
        weights = json.loads(b"[[" + parts[1]) if len(parts) > 1 else None
    except ValueError:
        _wrong(2, "expected two lists of lists of numbers")
    if not isinstance(neighbours, list) or len(neighbours) != vertices:
        _wrong(2, f"expected {vertices} lists of receivers")
    edges: dict[tuple[int, int], int] = {}
    for giver, row in enumerate(neighbours):
        for place, receiver in enumerate(row):
            if not isinstance(receiver, int) or not 1 <= receiver <= vertices - altruists:
                _wrong(giver + 2, "a receiver that is none of the pairs")
            try:
                edges[giver, receiver - 1] = int(weights[giver][place]) if weights else 1
            except (IndexError, TypeError, ValueError):
                _wrong(giver + 2, "a weight is missing")
    names = tuple(str(number) for number in range(1, vertices + 1))
    return names, frozenset(range(vertices - altruists, vertices)), edges
