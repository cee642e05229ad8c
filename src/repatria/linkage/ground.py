"""What does one part of two profiles say for or against one person?

Each ground is the logarithm of a ratio of two chances, so that grounds add up;
what nobody has said weighs nothing.

Source: Fellegi and Sunter 1969, section 2 (m and u probabilities).
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from repatria.linkage.model import Agreement
from repatria.linkage.names import skeletons_of, sound_of
from repatria.terms import DatePrecision, PartialDate, Sex


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """An agreement or a conflict, and what it weighs (log2)."""

    agreement: Agreement
    match_weight: float
    code: str
    values: Mapping[str, str | int | float] = field(default_factory=dict)


def weighed(agreement: Agreement, m_probability: float, u_probability: float, code: str) -> Ground:
    """The ground whose weight is log2(m / u).

    Args:
        agreement: how far the values agree.
        m_probability: chance of seeing this when both records speak of one person.
        u_probability: chance of seeing it when they speak of two.
        code: stable code of what was seen.
    """
    return Ground(
        agreement=agreement,
        match_weight=math.log2(m_probability / u_probability),
        code=code,
        values={"one_in": max(round(1 / u_probability), 1)},
    )


class SexComparison:
    """Compares sexes; how common each is, is counted in the lists themselves."""

    _IMAGINED = 10
    _SLIP = 0.01

    def __init__(self, sexes: Iterable[Sex | None]) -> None:
        counts = Counter(sex for sex in sexes if sex is not None)
        total = counts.total() + 2 * self._IMAGINED
        self._same = sum(((counts[sex] + self._IMAGINED) / total) ** 2 for sex in Sex)

    def __call__(self, left: Sex | None, right: Sex | None) -> Ground:
        """The ground that two sexes give; symmetric."""
        if left is None or right is None:
            return Ground(agreement=Agreement.MISSING, match_weight=0.0, code="sex-missing")
        if left is right:
            return weighed(Agreement.EXACT, 1 - self._SLIP, self._same, "sex-same")
        return weighed(
            Agreement.CONFLICT, self._SLIP, max(1 - self._same, 4 * self._SLIP), "sex-differs"
        )


# How often two notices of one capture, and of two, lie so many days apart at most. Judgements of
# this project: notices of one capture agree to a week, captures of an armed conflict come in waves.
_CAPTURES = (
    (1, 0.7, 0.03, Agreement.EXACT, "capture-same-day"),
    (7, 0.15, 0.05, Agreement.CLOSE, "capture-same-week"),
    (31, 0.08, 0.1, Agreement.PARTIAL, "capture-same-month"),
    (365, 0.05, 0.32, Agreement.PARTIAL, "capture-same-year"),
)
# Two long lists are compared on hundreds of thousands of pairs of days: each ground is made once.
_CAPTURED_WITHIN = tuple((days, weighed(what, m, u, code)) for days, m, u, what, code in _CAPTURES)
_CAPTURE_MISSING = Ground(agreement=Agreement.MISSING, match_weight=0.0, code="capture-missing")
_CAPTURE_COMPATIBLE = weighed(Agreement.PARTIAL, 0.95, 0.5, "capture-compatible")
_CAPTURE_DIFFERS = weighed(Agreement.CONFLICT, 0.02, 0.5, "capture-differs")


def compare_captures(left: PartialDate | None, right: PartialDate | None) -> Ground:
    """The ground that two days of capture give; symmetric."""
    if left is None or right is None:
        return _CAPTURE_MISSING
    if left.precision is DatePrecision.DAY and right.precision is DatePrecision.DAY:
        apart = abs((left.earliest - right.earliest).days)
        return next(
            (ground for days, ground in _CAPTURED_WITHIN if apart <= days), _CAPTURE_DIFFERS
        )
    if left.earliest <= right.latest and right.earliest <= left.latest:
        return _CAPTURE_COMPATIBLE
    return _CAPTURE_DIFFERS


class PlaceComparison:
    """Compares places by their sound; how common each is, is counted in the lists themselves."""

    _IMAGINED = 50

    def __init__(self, places: Iterable[str]) -> None:
        known = [_place_keys(place) for place in places if place.strip()]
        self._counts = Counter(key for keys in known for key in keys)
        self._total = len(known) + self._IMAGINED

    def __call__(self, left: str, right: str) -> Ground:
        """The ground that two places give; symmetric. Places go by many names: little against."""
        ones, others = _place_keys(left), _place_keys(right)
        if not ones or not others:
            return Ground(agreement=Agreement.MISSING, match_weight=0.0, code="place-missing")
        shared = ones & others
        if not shared:
            return weighed(Agreement.CONFLICT, 0.3, 0.9, "place-differs")
        rarest = min(self._counts[key] for key in shared)
        chance = (max(rarest - 2, 0) + 1) / self._total
        return weighed(Agreement.EXACT, max(0.6, chance), chance, "place-same")


def _place_keys(place: str) -> frozenset[str]:
    """Skeletons of the words of a place, short ones such as "v." left out."""
    keys: set[str] = set()
    for word in place.split():
        keys |= {key for key in skeletons_of(sound_of(word)) if len(key) > 1}
    return frozenset(keys)
