"""Who gives to whom when several parties exchange in rounds?

In a round each party gives one person to the next, and the last to the first. A
cap on its length says how many parties may depend on each other at once. Parties
of a bloc balance together and count as one.
"""

from collections.abc import Iterable
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from repatria.planning.instance import Instance
from repatria.planning.table import Table


def find_arcs(instance: Instance, table: Table) -> dict[tuple[str, str], NDArray[np.bool_]]:
    """Who counts on which way between parties; those outside all ratios on none."""
    if instance.cycle_cap is None:
        return {}
    node = {party: party for party in instance.parties}
    node |= {party: name for name, members in instance.blocs.items() for party in members}
    arcs: dict[tuple[str, str], NDArray[np.bool_]] = {}
    counted = ~table.unconditional()
    for holder in instance.parties:
        for claimant in instance.parties:
            way = (node[holder], node[claimant])
            if way[0] == way[1]:
                continue
            mask = table.equal("holder", holder) & table.equal("claimant", claimant) & counted
            arcs[way] = arcs[way] | mask if way in arcs else mask
    return dict(sorted(arcs.items()))


def find_cycles(
    arcs: Iterable[tuple[str, str]], capacity: list[int], cap: int | None
) -> tuple[tuple[str, ...], ...]:
    """The rounds of at most so many parties in which everybody gives to the next."""
    if cap is None:
        return ()
    open_ways = {way for way, room in zip(arcs, capacity, strict=True) if room}
    nodes = sorted({node for way in open_ways for node in way})
    return tuple(
        ring
        for length in range(2, cap + 1)
        for ring in permutations(nodes, length)
        if ring[0] == min(ring) and open_ways.issuperset(ways_of(ring))
    )


def ways_of(ring: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Who gives to whom in a round."""
    return tuple(zip(ring, (*ring[1:], ring[0]), strict=True))
