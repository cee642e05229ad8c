"""Whose turn is it within a class?

Nothing tells the units of a class apart for the rules and levels. Those held
longest go first, and lots decide between those held equally long.
"""

import hashlib
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from repatria.planning.classes import Classes
from repatria.planning.solvers.program import Whole


def chosen_units(classes: Classes, numbers: Whole) -> NDArray[np.bool_]:
    """Per unit whether it goes when so many of each class go.

    Within a class those go first who are held longest; lots decide between equals.
    """
    wanted = numbers[: classes.count]
    goes: NDArray[np.bool_] = (wanted == classes.sizes)[classes.class_of]
    ids, days = classes.instance.ids, classes.instance.column("days")
    for split in np.nonzero((wanted > 0) & (wanted < classes.sizes))[0].tolist():
        (units,) = np.nonzero(classes.class_of == split)
        turns = order_of_turns(classes, units, ids, days)
        goes[turns[: int(wanted[split])]] = True
    return goes


def order_of_turns(
    classes: Classes, units: Whole, ids: Iterable[str], days: Iterable[object]
) -> list[int]:
    """These units, first those held longest, equals by lot."""
    members: dict[int, list[int]] = {int(unit): [] for unit in units}
    (persons,) = np.nonzero(np.isin(classes.unit_of, units))
    for person in persons.tolist():
        members[int(classes.unit_of[person])].append(person)
    names, held = list(ids), list(days)

    def turn(unit: int) -> tuple[int, str]:
        group = members[unit]
        longest = max(int(held[person] or 0) for person in group)  # type: ignore[call-overload]
        return -longest, lot(classes.instance.nonce, [names[person] for person in group])

    return sorted(members, key=turn)


def lot(nonce: str, ids: Iterable[str]) -> str:
    """What decides between units of one class that are held equally long."""
    return hashlib.sha256("\n".join([nonce, "turn", *sorted(ids)]).encode()).hexdigest()
