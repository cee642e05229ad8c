"""Made-up schedules of any size, by seed, with nothing but the standard library.

Shares are those of the selection families: an eighth wounded or sick, officers
and commanders who count more, some families, a tenth not ready on the first day.
"""

import random

KEYS = ("holder", "claimant", "site", "tier", "ready", "value", "size")


def staged(persons, parties, capacity, seed, *, slack=3, ahead=9, even=False):
    """A `px-stage/0` document; whoever is ahead in the end is so by `ahead` at most."""
    dice = random.Random(seed)  # noqa: S311 -- a seeded one is wanted
    names = [chr(ord("A") + number) for number in range(parties)]
    pairs = [(a, b) for i, a in enumerate(names) for b in names[i + 1 :]]
    weights = [1.0 if even else dice.gammavariate(1.5, 1) for _ in pairs]
    units, net, left = {}, dict.fromkeys(names, 0), persons
    while left > 0:
        one, other = dice.choices(pairs, weights)[0]
        holder, claimant = (one, other) if net[one] <= net[other] else (other, one)
        if dice.random() < 0.25:
            holder, claimant = claimant, holder
        look = (holder, claimant, f"{one}{other}-{dice.randrange(2)}", *_unit(dice))
        units[look] = units.get(look, 0) + 1
        left -= look[6]
        net[holder] += look[5]
        net[claimant] -= look[5]
    while max(net.values()) > ahead:
        behind, first = min(net, key=net.get), max(net, key=net.get)
        one, other = sorted((behind, first))
        look = (behind, first, f"{one}{other}-{dice.randrange(2)}", 2, 0, 1, 1)
        units[look] = units.get(look, 0) + 1
        net[behind] += 1
        net[first] -= 1
    load = {}
    for look, count in units.items():
        load[look[2]] = load.get(look[2], 0) + look[6] * count
    return {
        "format": "px-stage/0",
        "base": f"{parties} parties, {persons} persons, seed {seed}",
        "parties": names,
        "T": max(-(-each // capacity) for each in load.values()) + slack,
        "cap_per_site_per_tranche": capacity,
        "unit_classes": [
            {**dict(zip(KEYS, look, strict=True)), "count": count}
            for look, count in sorted(units.items())
        ],
    }


def _unit(dice):
    """Tier, ready, value and size."""
    ready = dice.choice((1, 2, 3)) if dice.random() < 0.13 else 0
    sort, luck = dice.random(), dice.random()
    if sort < 0.24:
        return 0, ready, 0, 1
    tier = 1 if sort < 0.5 else 2
    if luck < 0.03:
        size = dice.randrange(2, 6)
        return tier, ready, size, size
    return tier, ready, 8 if luck > 0.985 else 3 if luck > 0.87 else 1, 1
