"""Which figures add up to which?

A search for sums among few figures, bounded so that a long list costs no more
than its length; and the form in which a comparison of sums is written down.
"""

from collections.abc import Iterable, Sequence
from itertools import combinations

from repatria.record.check import Check, CheckKind
from repatria.record.claims import Span
from repatria.record.comparing.told import Told
from repatria.record.comparing.words import COMPLETE
from repatria.terms import Severity

SEARCHED = 12
"""Above so many figures only all of them, and the divisions that words name, are summed."""
_LARGEST_SUBSET = 6


def near(left: int, right: int, share: float = 0.1) -> bool:
    """Whether the smaller differs from the greater by no more than this share of it."""
    return abs(left - right) <= share * max(left, right)


def divisions(whole: Span, parts: Sequence[Told]) -> list[tuple[Told, ...]]:
    """The ways in which a speaker's parts divide a whole, exact ones first.

    A way that does not add up is given only where the speaker plainly meant it to: the
    parts are called by both names of a division, or all of them together come close to the
    whole or exceed it.
    """
    exact = _exact(whole.value, parts)
    used = {part.id for way in exact for part in way}
    rest = [part for part in parts if part.id not in used]
    found = [*exact]
    named = _named_divisions(rest)
    found += named
    used |= {part.id for way in named for part in way}
    rest = [part for part in rest if part.id not in used]
    if not found and len(rest) > 1:
        total = sum(part.value for part in rest)
        if total > whole.value or near(total, whole.value, 0.15):
            found.append(tuple(rest))
    elif len(rest) > 1 and near(sum(part.value for part in rest), whole.value):
        found.append(tuple(rest))
    return found


def _exact(whole: int, parts: Sequence[Told]) -> list[tuple[Told, ...]]:
    """Ways that add up, each figure in one of them at most; those of few figures first."""
    if len(parts) > SEARCHED:
        return [tuple(parts)] if sum(p.value for p in parts) == whole else []
    found: list[tuple[Told, ...]] = []
    used: set[str] = set()
    for size in range(2, min(len(parts), _LARGEST_SUBSET) + 1):
        ways = [w for w in combinations(parts, size) if sum(p.value for p in w) == whole]
        # What words call the two sides of one division goes before what only happens to fit.
        for way in sorted(ways, key=lambda w: (not _is_division(w), [p.id for p in w])):
            if used.isdisjoint(p.id for p in way):
                found.append(way)
                used |= {p.id for p in way}
    return found


def _named_divisions(parts: Sequence[Told]) -> list[tuple[Told, ...]]:
    found = []
    for name in sorted({name for part in parts for name in part.says.dimensions}):
        named = [part for part in parts if len(part.says.dimensions.get(name, ())) == 1]
        if _is_division(named):
            found.append(tuple(named))
    return found


def _is_division(parts: Sequence[Told]) -> bool:
    """Whether the words of the parts are exactly the sides of one division, each once."""
    for name in {name for part in parts for name in part.says.dimensions}:
        sides = [part.says.dimensions.get(name, frozenset()) for part in parts]
        if all(len(side) == 1 for side in sides):
            values = frozenset().union(*sides)
            if len(values) == len(parts) and values in COMPLETE:
                return True
    return False


def summed(
    kind: CheckKind,
    left: Sequence[Told],
    right: Sequence[Told],
    *,
    less: Sequence[Told] = (),
    literal: int | None = None,
    derived: bool = False,
) -> Check:
    """The check that the sum on the left, less what is taken off, is the sum on the right.

    Args:
        literal: a number that stands in a claim's words, in place of the left side.
    """
    one = Span.exactly(literal) if literal is not None else total_of(left)
    for taken in less:
        one -= taken.span
    other = total_of(right)
    agrees = one.meets(other)
    differs = one.value != other.value
    close = near(one.value, other.value, 0.25)
    holds = agrees and (not differs or close or not (one.about or other.about))
    taken_off = "".join(f"-{t.id}" for t in less)
    left_of = (str(literal) if literal is not None else "+".join(t.id for t in left)) + taken_off
    numbers = [str(literal)] if literal is not None else [str(t.span) for t in left]
    formula = " + ".join(numbers) + "".join(f" - {t.span}" for t in less)
    sign = "=" if not differs else "≈" if holds else "≠"
    named = (*left, *less, *right)
    return Check(
        kind=kind,
        claims=tuple(dict.fromkeys(t.id for t in named)),
        left=one.value,
        right=other.value,
        holds=holds,
        derived=derived or len({t.utterance[0] for t in named}) > 1,
        arithmetic=f"{formula} {sign} {' + '.join(str(t.span) for t in right)}",
        severity=severity_of(holds, differs),
        left_of=left_of,
        right_of="+".join(t.id for t in right),
    )


def disagree(kind: CheckKind, one: Told, other: Told, arithmetic: str, severity: Severity) -> Check:
    """The check that two figures, as they stand, do not go together."""
    return Check(
        kind=kind,
        claims=(one.id, other.id),
        left=one.value,
        right=other.value,
        holds=False,
        derived=True,
        arithmetic=arithmetic,
        severity=severity,
        left_of=one.id,
        right_of=other.id,
    )


def severity_of(holds: bool, differs: bool) -> Severity:
    """How a comparison is sorted."""
    if not holds:
        return Severity.CONTRADICTION
    return Severity.WARNING if differs else Severity.NOTE


def total_of(told: Iterable[Told]) -> Span:
    """The sum of the figures as said."""
    return sum((t.span for t in told), start=Span.exactly(0))
