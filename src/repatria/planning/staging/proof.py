"""Why can no schedule be better? A bound that a pencil can check.

A shadow price is set on each place of each site and tranche, on each exposure and
on each earlier level. Whatever the prices, every schedule that keeps all limits
costs at least: each unit at its cheapest tranche, minus what the limits are
worth at these prices. Bad prices give a weak bound, never a wrong one.

Source: Lagrangian relaxation; Geoffrion, "Lagrangean relaxation for integer
programming", Mathematical Programming Study 2 (1974).
"""

from collections.abc import Mapping
from typing import Any

from repatria.planning.staging.counting import tier_level
from repatria.planning.staging.question import StagingQuestion

Json = dict[str, Any]
Prices = Mapping[str, Mapping[int, int]]


class InvalidProofError(ValueError):
    """The prices are not prices: the proof says nothing."""


def proven_bound(
    question: StagingQuestion,
    tranches: int,
    level: str | None,
    earlier: Mapping[str, int],
    proof: Json,
) -> int:
    """The least value of a level that any schedule can reach, by these prices.

    Args:
        question: the question.
        tranches: how many.
        level: which one; None asks whether there is a schedule at all, and a result
            above 0 says that there is none.
        earlier: values of the levels before it, which no schedule considered exceeds.
        proof: `denominator`, and prices in whole numbers over it: `capacity` per site
            and tranche, `exposure` and `agreed` per party and tranche, `levels`.

    Raises:
        InvalidProofError: a price is negative, or more is claimed than exposure is worth.
    """
    denominator = _price(proof["denominator"])
    if denominator < 1:
        msg = "a denominator below 1"
        raise InvalidProofError(msg)
    capacity, exposure = _prices(proof, "capacity"), _prices(proof, "exposure")
    agreed, levels = _prices(proof, "agreed"), proof.get("levels", {})
    total = 0
    if level == "E":
        if sum(sum(row.values()) for row in exposure.values()) > denominator:
            msg = "prices of exposure above 1"
            raise InvalidProofError(msg)
    elif level is not None or "E" in earlier:
        limit = earlier["E"]
        total -= sum(limit * sum(row.values()) for row in exposure.values())
    elif exposure:
        msg = "exposure has a price, and no limit"
        raise InvalidProofError(msg)
    total -= sum(question.agreed[party] * sum(row.values()) for party, row in agreed.items())
    total -= sum(
        price * question.room(site, tranche)
        for site, row in capacity.items()
        for tranche, price in row.items()
    )
    total -= sum(_price(price) * earlier[name] for name, price in levels.items())
    weights = {name: _price(price) for name, price in levels.items()}
    if level is not None and level != "E":
        weights[level] = weights.get(level, 0) + denominator
    total += _cheapest(question, tranches, capacity, (exposure, agreed), weights)
    # Values are whole numbers: a bound of 6.2 is one of 7.
    return -(-total // denominator)


def _cheapest(
    question: StagingQuestion,
    tranches: int,
    capacity: Prices,
    ahead: tuple[Prices, ...],
    weights: Mapping[str, int],
) -> int:
    """What all units cost together, each at its cheapest tranche."""
    later = {
        party: _later(tuple(prices.get(party, {}) for prices in ahead), tranches)
        for party in question.parties
    }
    total = 0
    for each in question.classes:
        if each.ready >= tranches:
            if each.count:
                msg = "somebody is ready after the last tranche"
                raise InvalidProofError(msg)
            continue
        place, weight = capacity.get(each.site, {}), weights.get(tier_level(each.tier), 0)
        given, received = later[each.holder], later[each.claimant]
        total += each.count * min(
            each.size * (weight * tranche + place.get(tranche, 0))
            + each.value
            * (
                given[tranche]
                - received[
                    tranche
                    if question.goes_before(each.holder, each.claimant, tranche)
                    else tranche + 1
                ]
            )
            for tranche in range(each.ready, tranches)
        )
    return total


def _later(rows: tuple[Mapping[int, int], ...], tranches: int) -> list[int]:
    """For each tranche the prices from there on, added up."""
    sums = [0] * (tranches + 1)
    for tranche in range(tranches - 1, -1, -1):
        sums[tranche] = sums[tranche + 1] + sum(row.get(tranche, 0) for row in rows)
    return sums


def _prices(proof: Json, name: str) -> dict[str, dict[int, int]]:
    return {
        key: {int(tranche): _price(price) for tranche, price in row.items()}
        for key, row in proof.get(name, {}).items()
    }


def _price(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        msg = "a price that is no whole number from 0"
        raise InvalidProofError(msg)
    return value
