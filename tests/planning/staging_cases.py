"""Made-up schedules: tiny ones from a seed, and all that could answer them."""

import itertools
import random

from repatria.planning.staging import Move, StagingQuestion, exposures
from repatria.planning.staging.counting import level_values


def tiny_document(seed):
    """At most 8 units in at most 3 tranches, with whatever else a file may ask."""
    dice = random.Random(seed)  # noqa: S311 -- a seeded one is wanted
    parties = ["north", "south", "east"][: dice.choice((2, 2, 3))]
    tranches, classes, left = dice.choice((2, 3)), [], dice.randrange(1, 8)
    while left > 0:
        holder, claimant = dice.sample(parties, 2)
        count = min(dice.choice((1, 1, 2)), left)
        left -= count
        classes.append(
            {
                "holder": holder,
                "claimant": claimant,
                "site": dice.choice(("bridge", "ford")),
                "tier": dice.randrange(3),
                "ready": dice.choice((0, 0, 1)),
                "value": dice.choice((0, 1, 1, 2, 3)),
                "size": dice.choice((1, 1, 1, 2)),
                "count": count,
            }
        )
    document = {
        "format": "px-stage/0",
        "base": f"tiny-{seed}",
        "parties": parties,
        "T": tranches,
        "cap_per_site_per_tranche": dice.randrange(2, 6),
        "unit_classes": classes,
        "legs": dice.choice(("simultaneous", "in-order", "alternating")),
    }
    if dice.random() < 0.4:
        document["agreed_exposure"] = {dice.choice(parties): dice.randrange(5)}
    if dice.random() < 0.3:
        document["site_capacity"] = {"ford": [dice.randrange(5) for _ in range(tranches)]}
    return document


def best_by_trying_all(question: StagingQuestion):
    """The values of all levels of the best schedule; None when there is none."""
    units = [k for k, each in enumerate(question.classes) for _ in range(each.count)]
    best = None
    for tranches in itertools.product(range(question.tranches), repeat=len(units)):
        moves = [
            Move(tranche=t, unit_class=k, count=1) for t, k in zip(tranches, units, strict=True)
        ]
        if _allowed(question, moves):
            values = tuple(level_values(question, moves, question.tranches).values())
            best = values if best is None else min(best, values)
    return best


def _allowed(question, moves):
    load = {}
    for move in moves:
        each = question.classes[move.unit_class]
        if move.tranche < each.ready:
            return False
        place = (each.site, move.tranche)
        load[place] = load.get(place, 0) + each.size
    if any(persons > question.room(*place) for place, persons in load.items()):
        return False
    peaks = exposures(question, moves, question.tranches)
    return all(max(peaks[party]) <= most for party, most in question.agreed.items())
