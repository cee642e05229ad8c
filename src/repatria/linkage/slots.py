"""Which place of a name differs: the given name, the father's or the family's?

Brothers agree in all but the first part, cousins in the last alone. Which part is
which shows in the order: straight where first agrees with first or last with last,
turned where the first of one agrees with the last of the other.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from repatria.linkage.across import counts
from repatria.linkage.alignment import Aligned
from repatria.linkage.vocabulary import ABSENT, Floats, Ints

Flags = npt.NDArray[np.bool_]

SLOT_FEATURES = (
    "given differs",
    "family differs",
    "turned, an end differs",
    "middle differs",
    "given differs x surprise",
    "family differs x surprise",
    "turned, an end differs x surprise",
    "middle differs x surprise",
    "given differs, rest agrees",
    "no end agrees",
)


def slot_features(
    tokens: tuple[Ints, Ints], names: Aligned, surprise: Floats
) -> list[npt.NDArray[Any]]:
    """The columns of `SLOT_FEATURES`.

    Args:
        tokens: entries of the parts of the left and the right names. Shape: (n_pairs, width) each.
        names: how the parts agree.
        surprise: sum over the agreeing parts. Shape: (n_pairs,) float64.
    """
    everyone = np.arange(len(surprise))
    there = tokens[0] != ABSENT, tokens[1] != ABSENT
    ones, others = (counts(side) for side in there)
    last_one, last_other = np.maximum(ones - 1, 0), np.maximum(others - 1, 0)
    free = names.left_over(tokens)
    several = (ones > 1) & (others > 1)
    first, last = names.partner[:, 0], names.partner[everyone, last_one]
    straight = several & ((first == 0) | (last == others - 1))
    turned = several & ~straight & ((first == others - 1) | (last == 0))
    given = straight & free[0][:, 0] & free[1][:, 0]
    family = straight & free[0][everyone, last_one] & free[1][everyone, last_other]
    end = turned & _other_end_differs(free, names.partner, (last_one, last_other))
    middle = several & ~given & ~family & ~end & (names.conflicts > 0)
    neither = several & ~straight & ~turned
    differing = [flags.astype(np.float64) for flags in (given, family, end, middle)]
    rest = given & (names.conflicts == 1) & (names.parts > 1)
    return [*differing, *(flags * surprise for flags in differing), rest, neither]


def _other_end_differs(free: tuple[Flags, Flags], partner: Ints, last: tuple[Ints, Ints]) -> Flags:
    """Where the family name stands first in one name and last in the other: the given names."""
    everyone = np.arange(len(partner))
    second_one, second_other = np.minimum(1, last[0]), np.minimum(1, last[1])
    front = partner[:, 0] == last[1]
    behind = free[0][everyone, second_one] & free[1][:, 0]
    before = free[0][:, 0] & free[1][everyone, second_other]
    return np.asarray(np.where(front, behind, before))
