"""Do the parts that agree stand for the same thing in both names?

A family name that agrees with a given name, or a given name that one list alone
has, speaks against one person, where the writing shows which part is which.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from repatria.linkage.across import anywhere
from repatria.linkage.alignment import Aligned
from repatria.linkage.names import NamePart
from repatria.linkage.vocabulary import ABSENT, Floats, Ints

Flags = npt.NDArray[np.bool_]

ROLE_FEATURES = (
    "given names agree",
    "family names agree",
    "given with family",
    "given with father",
    "family with father",
    "given names differ",
    "family names differ",
    "given name left out",
    "family name left out",
    "given and family agree",
    "given names differ x surprise",
    "family names differ x surprise",
    "given name left out x surprise",
    "given with family x surprise",
    "given with father x surprise",
)


def role_features(
    tokens: tuple[Ints, Ints],
    parts: tuple[npt.NDArray[np.int8], npt.NDArray[np.int8]],
    names: Aligned,
    surprise: Floats,
) -> list[npt.NDArray[Any]]:
    """The columns of `ROLE_FEATURES`.

    Args:
        tokens: entries of the parts of both names. Shape: (n_pairs, width) each.
        parts: what each part shows itself to be (`NamePart`). Shape: as tokens.
        names: how the parts agree.
        surprise: sum over the agreeing parts. Shape: (n_pairs,) float64.
    """
    agreeing = names.partner != ABSENT
    partner_part = np.take_along_axis(parts[1], np.maximum(names.partner, 0), axis=1)

    def met(one: NamePart, other: NamePart) -> Flags:
        straight = agreeing & (parts[0] == one) & (partner_part == other)
        crossed = agreeing & (parts[0] == other) & (partner_part == one)
        return anywhere(straight | crossed)

    free = names.left_over(tokens)

    def alone(side: int, part: NamePart) -> Flags:
        return anywhere(free[side] & (parts[side] == part))

    def left_out(part: NamePart) -> Flags:
        both = alone(0, part), alone(1, part)
        nothing = ~anywhere(free[1]), ~anywhere(free[0])
        return np.asarray((both[0] & nothing[0]) | (both[1] & nothing[1]))

    given, family, father = NamePart.GIVEN, NamePart.FAMILY, NamePart.FATHER
    differ = alone(0, given) & alone(1, given)
    families = alone(0, family) & alone(1, family)
    mixed, fathered, out = met(given, family), met(given, father), left_out(given)
    return [
        met(given, given),
        met(family, family),
        mixed,
        fathered,
        met(family, father),
        differ,
        families,
        out,
        left_out(family),
        met(given, given) & met(family, family),
        differ * surprise,
        families * surprise,
        out * surprise,
        mixed * surprise,
        fathered * surprise,
    ]
