"""What do two names say, part by part, for or against one person?

The weights of the parts add up to the weight of the names: nothing is hidden
in a remainder.
"""

from collections.abc import Sequence

from repatria.linkage.alignment import Aligned
from repatria.linkage.model import Agreement, Comparison, Field
from repatria.linkage.names import NameToken, TokenRole
from repatria.linkage.neighbours import Neighbours
from repatria.linkage.vocabulary import ABSENT
from repatria.linkage.weights import NAME_WEIGHTS, NameWeights

_SOUNDS_THE_SAME = 2.0
_SOUNDS_CLOSE = 7.0


def name_comparisons(
    left: Sequence[NameToken],
    right: Sequence[NameToken],
    neighbours: Neighbours,
    names: Aligned,
    at: int,
    *,
    weights: NameWeights = NAME_WEIGHTS,
) -> tuple[Comparison, ...]:
    """One comparison for each agreeing pair of parts, each conflict and each part left over."""
    found: list[Comparison] = []
    taken: set[int] = set()
    for place, token in enumerate(left):
        partner, entry = int(names.partner[at, place]), int(names.entry[at, place])
        if entry != ABSENT:
            taken.add(partner)
            found.append(_agreeing(token, right[partner], neighbours, entry))
            if names.mixed[at, place]:
                weight = weights.father_as_self
                found.append(
                    _conflict(Field.PATRONYMIC, token, right[partner], weight, "father-as-self")
                )
    alone = [t for place, t in enumerate(left) if names.entry[at, place] == ABSENT]
    others = [t for place, t in enumerate(right) if place not in taken]
    return (*found, *_left_over(alone, others, weights))


def _agreeing(one: NameToken, other: NameToken, neighbours: Neighbours, entry: int) -> Comparison:
    shortfall = max(float(neighbours.shortfall[entry]), 0.0)
    surprise = float(neighbours.surprise[entry])
    initial = TokenRole.INITIAL in {one.role, other.role}
    if initial:
        agreement, code = Agreement.PARTIAL, "name-initial"
    elif shortfall <= _SOUNDS_THE_SAME:
        agreement, code = Agreement.EXACT, "name-same-sound"
    elif shortfall <= _SOUNDS_CLOSE:
        agreement, code = Agreement.CLOSE, "name-close-sound"
    else:
        agreement, code = Agreement.PARTIAL, "name-some-likeness"
    fathers = {one.role, other.role} == {TokenRole.PATRONYMIC}
    return Comparison(
        field=Field.PATRONYMIC if fathers else Field.NAME,
        left=one.text,
        right=other.text,
        agreement=agreement,
        match_weight=float(neighbours.weight[entry]),
        code=code,
        values={"one_in": max(round(2**surprise), 1), "shortfall": round(shortfall, 1)},
    )


def _left_over(
    left: list[NameToken], right: list[NameToken], weights: NameWeights
) -> list[Comparison]:
    fathers = [[t for t in side if t.role is TokenRole.PATRONYMIC] for side in (left, right)]
    plain = [[t for t in side if t.role is not TokenRole.PATRONYMIC] for side in (left, right)]
    both = min(len(plain[0]), len(plain[1]))
    found = [
        _conflict(Field.NAME, one, other, weights.conflict, "name-differs")
        for one, other in zip(plain[0], plain[1], strict=False)
    ]
    found.extend(_missing(Field.NAME, t.text, "", weights.unmatched) for t in plain[0][both:])
    found.extend(_missing(Field.NAME, "", t.text, weights.unmatched) for t in plain[1][both:])
    if fathers[0] and fathers[1]:
        weight = weights.father_conflict
        found.append(
            _conflict(Field.PATRONYMIC, fathers[0][0], fathers[1][0], weight, "father-differs")
        )
    elif fathers[0] or fathers[1]:
        texts = [" ".join(t.text for t in side) for side in fathers]
        found.append(_missing(Field.PATRONYMIC, texts[0], texts[1], 0.0))
    return found


def _conflict(
    field: Field, one: NameToken, other: NameToken, weight: float, code: str
) -> Comparison:
    return Comparison(
        field=field,
        left=one.text,
        right=other.text,
        agreement=Agreement.CONFLICT,
        match_weight=-weight,
        code=code,
    )


def _missing(field: Field, left: str, right: str, weight: float) -> Comparison:
    code = "father-left-out" if field is Field.PATRONYMIC else "name-part-left-out"
    return Comparison(
        field=field,
        left=left,
        right=right,
        agreement=Agreement.MISSING,
        match_weight=-weight,
        code=code,
    )
