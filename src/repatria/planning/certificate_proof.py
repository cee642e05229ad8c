"""Do these rows, added up with whole multipliers, leave nobody a choice?

The proving half of `certificate_check`. A proof is a case or a split into two. A case
is refuted when the rows, added up with its multipliers, cannot be kept by any numbers
between nothing and everybody. All in whole numbers; only the standard library is
imported.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from repatria.planning.certificate_question import Question, Vector

Limit = tuple[int | None, int | None]
Limits = dict[str, Limit]
Sums = tuple[list[int], list[int]]
_NO_LIMIT: Limit = (None, None)
_FEW_NAMES = 400


def refutes(question: Question, limits: Limits, proof: dict[str, Any]) -> bool:
    """Whether a proof shows that nobody can keep these limits.

    Args:
        question: the question.
        limits: lowest and highest of each row, by name; None is no limit.
        proof: a case, `{"multipliers"}`, or a split: of a sum of rows divided by a number
            and rounded down class by class, or, as first written, of a row or a class.
    """
    table = _table_for(question, proof)
    stack: list[tuple[dict[str, Any], dict[str, Any]]] = [(proof, {})]
    while stack:
        node, box = stack.pop()
        if "multipliers" in node:
            if not table.closes(node["multipliers"], limits, box):
                return False
            continue
        at = node["at"]
        if type(at) is not int:
            return False
        if "sum" in node:
            name, low, high = f"#{len(box)}", None, None
            more = table.sum_of(node["sum"], node["by"])
        elif "row" in node:
            name, (low, high) = f"{node['row']}#{len(box)}", (None, None)
            more = table.sum_of({node["row"]: 1}, 1)
        else:
            name = node["class"]
            low, high, more = box.get(name, (0, None, None))
        stack.append((node["below"], box | {name: (low, at, more)}))
        stack.append((node["above"], box | {name: (at + 1, high, more)}))
    return True


def _names(proof: dict[str, Any]) -> Iterator[str]:
    """All rows and classes that a proof speaks of."""
    stack = [proof]
    while stack:
        node = stack.pop()
        if "multipliers" in node:
            yield from node["multipliers"]
            continue
        yield from node.get("sum", ())
        yield from (node[key] for key in ("row", "class") if key in node)
        stack += [node["below"], node["above"]]


def _table_for(question: Question, proof: dict[str, Any]) -> "_Table":
    names = list(_names(proof))
    if all(name in question.plain or name.startswith("#") for name in names):
        # Rules and counts alone: one table serves the proofs of all levels.
        if question.plain_table is None:
            question.plain_table = _Table(question, alike_in=question.plain)
        table: _Table = question.plain_table
        return table
    # Telling apart who is alike takes as long as a few cases.
    few = len(names) < _FEW_NAMES
    return _Table(question, alike_in=None if few else set(names))


class _Table:
    """What classes and rounds add to rows; classes alike in some rows are one."""

    def __init__(self, question: Question, *, alike_in: set[str] | None) -> None:
        if alike_in is None:
            self.sizes, self.row = question.sizes, question.row
        else:
            self.sizes, rows = _cells(question, alike_in)
            self.row = lambda name: rows.get(name, [])
        self.rings = _rings(question)
        self.through: dict[str, list[int]] = {}
        for number, (name, arcs, _) in enumerate(self.rings):
            for each in (name, *arcs):
                self.through.setdefault(each, []).append(number)

    def sum_of(self, parts: Vector, by: int) -> Sums:
        """What one of each class and round adds to a sum, rounded down by itself."""
        if type(by) is not int or by < 1 or any(type(y) is not int for y in parts.values()):
            raise ValueError
        total, rounds = [0] * len(self.sizes), [0] * len(self.rings)
        for name, y in parts.items():
            for cell, weight in self.row(name):
                total[cell] += y * weight
            # Of a way between parties only the persons count, not the rounds.
            for ring in self.through.get(name, ()) if name.startswith("round:") else ():
                rounds[ring] += y
        return [value // by for value in total], [value // by for value in rounds]

    def closes(self, multipliers: Vector, limits: Limits, box: dict[str, Any]) -> bool:
        """Whether the rows, added up with these multipliers, cannot be kept in a case."""
        total, rest, rounds = 0, [0] * len(self.sizes), [0] * len(self.rings)
        for name, y in multipliers.items():
            low, high, more = box.get(name) or (*limits.get(name, _NO_LIMIT), None)
            if name.startswith("arc:") and name not in box:
                low = high = 0
            limit = high if y > 0 else low
            if type(y) is not int or limit is None:
                return False
            total += y * limit
            if more is not None:
                rest = [old - y * weight for old, weight in zip(rest, more[0], strict=True)]
                rounds = [old - y * weight for old, weight in zip(rounds, more[1], strict=True)]
                continue
            for cell, weight in self.row(name):
                rest[cell] -= y * weight
            for ring in self.through.get(name, ()):
                # A round takes one from each of its ways.
                rounds[ring] += y
        ends = self._ends(box)
        if ends is None:
            return True
        for value, (least, most) in zip(rest, ends, strict=True):
            total += value * (most if value > 0 else least)
        for value, (_, _, most) in zip(rounds, self.rings, strict=True):
            total += max(0, value) * most
        return total < 0

    def _ends(self, box: dict[str, Any]) -> list[tuple[int, int]] | None:
        """The limits of each class in a case; None when one has no number left."""
        ends = [(0, size) for size in self.sizes]
        for name, (low, high, _) in box.items():
            if name.startswith("class:"):
                for cell, _ in self.row(name):
                    most = self.sizes[cell] if high is None else min(high, self.sizes[cell])
                    ends[cell] = low, most
                    if low > most:
                        return None
        return ends


def _cells(
    question: Question, names: set[str]
) -> tuple[list[int], dict[str, list[tuple[int, int]]]]:
    """How many are in each kind of class that these rows tell apart, and the rows by kinds."""
    # Lotteries and single classes are in no vector.
    extra: dict[int, list[tuple[str, int]]] = {}
    for name in sorted(names.difference(question.names)):
        for place, weight in question.row(name):
            extra.setdefault(place, []).append((name, weight))
    sizes: dict[frozenset[tuple[str, int]], int] = {}
    for place, (look, size) in enumerate(zip(question.classes, question.sizes, strict=True)):
        key = frozenset([part for part in look if part[0] in names] + extra.get(place, []))
        sizes[key] = sizes.get(key, 0) + size
    rows: dict[str, list[tuple[int, int]]] = {}
    for cell, key in enumerate(sizes):
        for name, weight in key:
            rows.setdefault(name, []).append((cell, weight))
    return list(sizes.values()), rows


def _rings(question: Question) -> list[tuple[str, list[str], int]]:
    """All rounds: name, the ways they go, and the most persons that can go round."""
    cap = question.document.get("cycle_cap")
    if not cap:
        return []
    most = {
        name: sum(weight * question.sizes[place] for place, weight in question.row(name))
        for name in question.names
        if name.startswith("arc:")
    }
    ways = [tuple(name[4:].split(">")) for name in most]
    open_ways = set(ways)
    found, rings = [], list(ways)
    while rings:
        ring = rings.pop()
        if (ring[-1], ring[0]) in open_ways and ring[0] == min(ring):
            arcs = [f"arc:{giver}>{taker}" for giver, taker in pairwise([*ring, ring[0]])]
            found.append((f"round:{'>'.join(ring)}", arcs, min(most[arc] for arc in arcs)))
        if len(ring) < cap:
            rings += [(*ring, t) for g, t in ways if g == ring[-1] and t not in ring]
    return found
