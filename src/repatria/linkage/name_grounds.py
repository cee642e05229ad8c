"""What do two names say, part by part, for or against one person?

The weights of the parts, of what is left over and of the names as a whole add
up to the weight of the names: nothing is hidden in a remainder.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from repatria.linkage.alignment import Aligned
from repatria.linkage.features import part_features
from repatria.linkage.habits import HabitShift
from repatria.linkage.model import Agreement, Comparison, Field
from repatria.linkage.name_model import NameModel, name_model
from repatria.linkage.names import NameToken, TokenRole
from repatria.linkage.neighbours import Neighbours
from repatria.linkage.vocabulary import ABSENT

_SOUNDS_THE_SAME = 2.0
_SOUNDS_CLOSE = 7.0
Tokens = Sequence[NameToken]


def name_comparisons(
    left: Tokens,
    right: Tokens,
    neighbours: Neighbours,
    names: Aligned,
    features: npt.NDArray[np.float32],
    shift: HabitShift,
) -> tuple[Comparison, ...]:
    """One comparison for each part that agrees, differs or is left over, and one for the whole.

    Args:
        left, right: the parts of the two names.
        neighbours: which parts sound alike.
        names: how the parts of this one pair agree.
        features: the figures of this one pair. Shape: (n_features,).
        shift: what the habits of the two lists change.
    """
    model = name_model().shifted(shift)
    found = list(_agreeing_parts(left, right, neighbours, names, model))
    taken = {int(place) for place in names.partner[0] if place != ABSENT}
    alone = [t for place, t in enumerate(left) if names.entry[0, place] == ABSENT]
    others = [t for place, t in enumerate(right) if place not in taken]
    found.extend(_left_over(alone, others, model))
    total = float(model.floored(model.raw(features[None, :]))[0])
    parts = int((names.entry[0] != ABSENT).sum())
    together = Comparison(
        field=Field.NAME,
        left=" ".join(token.text for token in left),
        right=" ".join(token.text for token in right),
        agreement=_together(parts, len(alone), len(others)),
        match_weight=total - sum(each.match_weight for each in found),
        code="names-together",
        values={"parts": parts, "of": max(len(left), len(right))},
    )
    return (*found, together)


def _together(parts: int, alone: int, others: int) -> Agreement:
    if not parts:
        return Agreement.CONFLICT
    return Agreement.PARTIAL if alone or others else Agreement.EXACT


def _agreeing_parts(
    left: Tokens, right: Tokens, neighbours: Neighbours, names: Aligned, model: NameModel
) -> Iterator[Comparison]:
    for place, token in enumerate(left):
        partner, entry = int(names.partner[0, place]), int(names.entry[0, place])
        if entry == ABSENT:
            continue
        yield _agreeing(token, right[partner], neighbours, entry, model)
        if names.mixed[0, place]:
            weight = model.of("father as self")
            yield _against(Field.PATRONYMIC, token, right[partner], weight, "father-as-self")


def _agreeing(
    one: NameToken, other: NameToken, neighbours: Neighbours, entry: int, model: NameModel
) -> Comparison:
    at = slice(entry, entry + 1)
    figures = part_features(neighbours, at)
    shortfall = max(float(neighbours.shortfall[entry]), 0.0)
    if neighbours.initial[entry]:
        agreement, code = Agreement.PARTIAL, "name-initial"
    elif neighbours.form[entry]:
        agreement, code = Agreement.PARTIAL, "name-form"
    elif shortfall <= _SOUNDS_THE_SAME:
        agreement, code = Agreement.EXACT, "name-same-sound"
    elif shortfall <= _SOUNDS_CLOSE:
        agreement, code = Agreement.CLOSE, "name-close-sound"
    else:
        agreement, code = Agreement.PARTIAL, "name-some-likeness"
    fathers = {one.role, other.role} == {TokenRole.PATRONYMIC}
    one_in = max(round(2 ** float(neighbours.surprise[entry])), 1)
    return Comparison(
        field=Field.PATRONYMIC if fathers else Field.NAME,
        left=one.text,
        right=other.text,
        agreement=agreement,
        match_weight=float(figures[0] @ model.of_parts),
        code=code,
        values={"one_in": one_in, "shortfall": round(shortfall, 1)},
    )


def _left_over(
    left: list[NameToken], right: list[NameToken], model: NameModel
) -> Iterator[Comparison]:
    """Conflicts and parts left out, each with its share of what their number weighs."""
    fathers = [[t for t in side if t.role is TokenRole.PATRONYMIC] for side in (left, right)]
    plain = [[t for t in side if t.role is not TokenRole.PATRONYMIC] for side in (left, right)]
    conflicts = min(len(plain[0]), len(plain[1]))
    differing = model.of_conflicts(conflicts)
    missing = model.of("left out")
    for one, other in zip(plain[0], plain[1], strict=False):
        yield _against(Field.NAME, one, other, differing / conflicts, "name-differs")
    for token in plain[0][conflicts:]:
        yield _missing(Field.NAME, token.text, "", missing)
    for token in plain[1][conflicts:]:
        yield _missing(Field.NAME, "", token.text, missing)
    if fathers[0] and fathers[1]:
        weight = model.of("fathers differ")
        yield _against(Field.PATRONYMIC, fathers[0][0], fathers[1][0], weight, "father-differs")
    elif fathers[0] or fathers[1]:
        texts = [" ".join(t.text for t in side) for side in fathers]
        yield _missing(Field.PATRONYMIC, texts[0], texts[1], 0.0)


def _against(
    field: Field, one: NameToken, other: NameToken, weight: float, code: str
) -> Comparison:
    return Comparison(
        field=field,
        left=one.text,
        right=other.text,
        agreement=Agreement.CONFLICT,
        match_weight=weight,
        code=code,
    )


def _missing(field: Field, left: str, right: str, weight: float) -> Comparison:
    code = "father-left-out" if field is Field.PATRONYMIC else "name-part-left-out"
    return Comparison(
        field=field,
        left=left,
        right=right,
        agreement=Agreement.MISSING,
        match_weight=weight,
        code=code,
    )
