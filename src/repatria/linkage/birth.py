"""Do two dates of birth speak of one person, and how surprising is that?

A missing date says nothing. A partial date is compared as far as it goes, and
the slips of clerks (day and month exchanged, a day or a year off, one figure
misread, 1 January for an unknown day) count for, not against.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np
import numpy.typing as npt

from repatria.linkage.ground import Ground, weighed
from repatria.linkage.model import Agreement
from repatria.linkage.vocabulary import Floats, Ints
from repatria.terms import DatePrecision, PartialDate

Numbers = npt.NDArray[np.int32]
Births = Sequence[PartialDate | None]
NO_DAY = 0
# A birthday among those of grown people, and a year among theirs: floors under what is counted.
_ONE_DAY = 1 / 11_000
_ONE_YEAR = 1 / 40
# Whoever does not know the day often writes 1 January: a fiftieth of a year's dates at least.
_NEW_YEARS_DAY = _ONE_YEAR / 50
_ABOUT_YEARS = 2
# Of fewer dates nobody can say which day is a common one: one person entered thrice is no fashion.
_LEAST_KNOWN = 1_000
_TURNED = 2
# How often each is seen when both dates are one person's. Judgements of this project: a tenth of
# full dates are written wrongly somewhere, most often by one figure or one exchange.
_SAME_DAY, _EXCHANGED, _DAY_OFF, _YEAR_OFF = 0.87, 0.025, 0.03, 0.025
_FIRST_OF_JANUARY, _SAME_YEAR_ONLY, _DIFFERS = 0.6, 0.005, 0.007
# Whoever does not know the day often guesses the year as well: so often it is so many years off.
_GUESSED, _GUESSED_YEARS = 0.05, 3
# One figure of the day, or of month or year, is another; and how many dates are so near a date.
_DAY_FIGURE, _OTHER_FIGURE = 0.015, 0.005
_BY_DAY_FIGURE, _BY_OTHER_FIGURE = 11, 14


class BirthComparison:
    """Compares dates of birth; how common each is, is counted in the lists themselves."""

    def __init__(self, births: Iterable[PartialDate | None]) -> None:
        different, which = _each_once(list(births))
        self._days: Counter[date] = Counter()
        self._years: Counter[int] = Counter()
        for birth, count in zip(different, np.bincount(which).tolist(), strict=True):
            if birth is not None:
                self._years[birth.year] += count
                if birth.day is not None:
                    self._days[_day(birth)] += count
        self._total = max(self._years.total(), _LEAST_KNOWN)

    def __call__(self, left: PartialDate | None, right: PartialDate | None) -> Ground:
        """The ground that two dates give; symmetric."""
        if left is None or right is None:
            return Ground(agreement=Agreement.MISSING, match_weight=0.0, code="birth-missing")
        if _vague(left) or _vague(right):
            return self._spans(left, right)
        if left.day is None or right.day is None:
            return self._partial(left, right)
        return self._full(_day(left), _day(right))

    def weights(
        self,
        left: Sequence[PartialDate | None],
        right: Sequence[PartialDate | None],
        rows: Ints,
        columns: Ints,
    ) -> Floats:
        """Match weights of many pairs: as the grounds of each, computed together.

        Shape: (n_pairs,) float64. Cost: full dates, the most part, about a tenth of a
        microsecond a pair; others some microseconds.
        """
        ones, others = _numbered(left), _numbered(right)
        one, other = ones[rows], others[columns]
        weight = np.zeros(len(rows))
        full = (one[:, 2] > 0) & (other[:, 2] > 0)
        far = full & (one[:, 0] != other[:, 0])
        far &= (np.abs(one[:, 0] - other[:, 0]) > 1) & (one[:, 1:3] != other[:, 1:3]).any(axis=1)
        far &= ~_guessed(one, other)
        weight[far] = self._differing(one[far, 0], other[far, 0])
        near = full & ~far
        weight[near] = self._full_weights(one[near], other[near])
        known = (one[:, 0] > 0) & (other[:, 0] > 0)
        careful = np.flatnonzero(known & ~full)
        once, which = _different_pairs(one[careful], other[careful])
        each = [
            self(left[row], right[column]).match_weight
            for row, column in zip(
                rows[careful[once]].tolist(), columns[careful[once]].tolist(), strict=True
            )
        ]
        weight[careful] = np.array(each, dtype=np.float64)[which]
        return weight

    def contradicting(
        self,
        left: Sequence[PartialDate | None],
        right: Sequence[PartialDate | None],
        rows: Ints,
        columns: Ints,
    ) -> Ints:
        """Which of these pairs have dates that cannot be one, slips of clerks included.

        Shape: (n_contradicting,) int64, places in `rows`. Cost: as `weights`, and some microseconds
        for each pair whose dates speak against it.
        """
        against = np.flatnonzero(self.weights(left, right, rows, columns) < 0)
        conflict = [
            self(left[row], right[column]).agreement is Agreement.CONFLICT
            for row, column in zip(rows[against].tolist(), columns[against].tolist(), strict=True)
        ]
        return np.asarray(against[np.array(conflict, dtype=bool)])

    def _differing(self, one: Ints, other: Ints) -> Floats:
        """Weights of full dates more than a year apart, which are the most of all pairs."""
        return np.asarray(np.log2(_DIFFERS / (1 - self._year_chances(one, other))))

    def _year_chances(self, one: Ints, other: Ints) -> Floats:
        """As `_year_chance` for the years of many pairs. Shape: (n_pairs,) float64."""
        last = int(max(one.max(initial=0), other.max(initial=0)))
        shares = np.array([self._share(self._years[year]) + _ONE_YEAR for year in range(last + 1)])
        both = shares[one] + np.where(one == other, 0, shares[other])
        return np.asarray(np.minimum(both, 0.9))

    def _full_weights(self, one: Ints, other: Ints) -> Floats:
        """As `_full` for many pairs of full dates. Shape of dates: (n_pairs, 3 or more)."""
        same = one[:, :3] == other[:, :3]
        same_year, same_month, same_day = same.T
        equal = same.all(axis=1)
        off = np.abs(_day_numbers(one) - _day_numbers(other)) == 1
        figure = [_one_figure_apart(one[:, at], other[:, at]) for at in range(3)]
        in_day = same_year & same_month & figure[2]
        elsewhere = (same_year & same_day & figure[1]) | (same_month & same_day & figure[0])
        chance = self._year_chances(one[:, 0], other[:, 0])
        january = _first_of_january(one) | _first_of_january(other)
        # In the order in which `_full` asks.
        kinds = (
            (equal, _SAME_DAY, self._day_chances(one, equal)),
            (
                same_year & (one[:, 1] == other[:, 2]) & (one[:, 2] == other[:, 1]),
                _EXCHANGED,
                _ONE_DAY,
            ),
            (off, _DAY_OFF, 2 * _ONE_DAY),
            (
                same_month & same_day & (np.abs(one[:, 0] - other[:, 0]) == 1),
                _YEAR_OFF,
                2 * _ONE_DAY,
            ),
            (in_day, _DAY_FIGURE, _BY_DAY_FIGURE * _ONE_DAY),
            (elsewhere, _OTHER_FIGURE, _BY_OTHER_FIGURE * _ONE_DAY),
            (_guessed(one, other), _GUESSED, 2 * _GUESSED_YEARS * _ONE_YEAR),
            (~same_year, _DIFFERS, 1 - chance),
            (january, _FIRST_OF_JANUARY, chance),
        )
        odds = [np.broadcast_to(seen / met, len(one)) for _, seen, met in kinds]
        met = np.select([kind for kind, _, _ in kinds], odds, _SAME_YEAR_ONLY / chance)
        return np.asarray(np.log2(met))

    def _day_chances(self, dates: Ints, some: npt.NDArray[np.bool_]) -> Floats:
        """How likely another person was born on each of some of these days; 1 for the others."""
        chances = np.ones(len(dates))
        numbers = (dates[some, 0] * 100 + dates[some, 1]) * 100 + dates[some, 2]
        once, which = np.unique(numbers, return_inverse=True)
        each = [
            self._day_chance(date(number // 10_000, number // 100 % 100, number % 100))
            for number in once.tolist()
        ]
        chances[some] = np.array(each, dtype=np.float64)[which]
        return chances

    def _day_chance(self, day: date) -> float:
        """How likely another person was born on this day."""
        usual = _NEW_YEARS_DAY if (day.day, day.month) == (1, 1) else _ONE_DAY
        return self._share(self._days[day]) + usual

    def _year_chance(self, *years: int) -> float:
        """How likely another person's year of birth is one of these."""
        return min(sum(self._share(self._years[year]) + _ONE_YEAR for year in set(years)), 0.9)

    def _share(self, count: int) -> float:
        return max(count - 2, 0) / self._total

    def _full(self, left: date, right: date) -> Ground:
        if left == right:
            return weighed(Agreement.EXACT, _SAME_DAY, self._day_chance(left), "birth-same-day")
        if left.year == right.year and (left.day, left.month) == (right.month, right.day):
            return weighed(Agreement.CLOSE, _EXCHANGED, _ONE_DAY, "birth-day-and-month-exchanged")
        if abs((left - right).days) == 1:
            return weighed(Agreement.CLOSE, _DAY_OFF, 2 * _ONE_DAY, "birth-one-day-off")
        if (left.day, left.month) == (right.day, right.month) and abs(left.year - right.year) == 1:
            return weighed(Agreement.CLOSE, _YEAR_OFF, 2 * _ONE_DAY, "birth-one-year-off")
        if _one_figure_off(left, right):
            in_day = (left.year, left.month) == (right.year, right.month)
            seen = _DAY_FIGURE if in_day else _OTHER_FIGURE
            near = _BY_DAY_FIGURE if in_day else _BY_OTHER_FIGURE
            return weighed(Agreement.CLOSE, seen, near * _ONE_DAY, "birth-one-figure-off")
        chance = self._year_chance(left.year, right.year)
        january = (1, 1) in {(left.day, left.month), (right.day, right.month)}
        if january and 0 < abs(left.year - right.year) <= _GUESSED_YEARS:
            met = 2 * _GUESSED_YEARS * _ONE_YEAR
            return weighed(Agreement.PARTIAL, _GUESSED, met, "birth-year-guessed")
        if left.year != right.year:
            return weighed(Agreement.CONFLICT, _DIFFERS, 1 - chance, "birth-differs")
        if january:
            return weighed(Agreement.PARTIAL, _FIRST_OF_JANUARY, chance, "birth-first-of-january")
        return weighed(Agreement.PARTIAL, _SAME_YEAR_ONLY, chance, "birth-same-year-only")

    def _partial(self, left: PartialDate, right: PartialDate) -> Ground:
        if abs(left.year - right.year) > 1:
            chance = self._year_chance(left.year, right.year)
            return weighed(Agreement.CONFLICT, _DIFFERS, 1 - chance, "birth-differs")
        if left.year != right.year:
            chance = self._year_chance(left.year, right.year)
            return weighed(Agreement.PARTIAL, 0.03, chance, "birth-one-year-off")
        chance = self._year_chance(left.year)
        if left.month is None or right.month is None:
            return weighed(Agreement.PARTIAL, 0.95, chance, "birth-same-year")
        if left.month == right.month:
            return weighed(Agreement.PARTIAL, 0.9, chance / 12, "birth-same-month")
        return weighed(Agreement.PARTIAL, 0.02, chance, "birth-same-year-only")

    def _spans(self, left: PartialDate, right: PartialDate) -> Ground:
        first, last = zip(_years(left), _years(right), strict=True)
        if max(first) > min(last):
            return weighed(Agreement.CONFLICT, 0.05, 0.9, "birth-outside-span")
        chance = self._year_chance(*range(max(first), min(last) + 1))
        return weighed(Agreement.PARTIAL, 0.95, chance, "birth-within-span")


def _one_figure_off(left: date, right: date) -> bool:
    """Whether day, month or year alone differs, by one figure or by two that are turned round."""
    fields = zip(
        (left.strftime("%Y"), left.strftime("%m"), left.strftime("%d")),
        (right.strftime("%Y"), right.strftime("%m"), right.strftime("%d")),
        strict=True,
    )
    differing = [(one, other) for one, other in fields if one != other]
    if len(differing) != 1:
        return False
    (one, other), *_ = differing
    places = [at for at in range(len(one)) if one[at] != other[at]]
    turned = len(places) == _TURNED and places[1] == places[0] + 1
    return len(places) == 1 or (turned and sorted(one) == sorted(other))


def _one_figure_apart(one: Ints, other: Ints) -> npt.NDArray[np.bool_]:
    """Of two numbers below ten thousand whether one figure differs, or two are turned round."""
    figures = [(one // at % 10, other // at % 10) for at in (1000, 100, 10, 1)]
    differ = [mine != theirs for mine, theirs in figures]
    number = np.sum(differ, axis=0)
    turned = np.zeros(len(one), dtype=bool)
    for at, (mine, theirs) in enumerate(figures[:-1]):
        beside = figures[at + 1]
        turned |= differ[at] & differ[at + 1] & (mine == beside[1]) & (theirs == beside[0])
    return np.asarray((number == 1) | ((number == _TURNED) & turned))


def _first_of_january(dates: Ints) -> npt.NDArray[np.bool_]:
    """Which dates are a 1 January. Shape of dates: (n, 3 or more)."""
    return np.asarray((dates[:, 1] == 1) & (dates[:, 2] == 1))


def _guessed(one: Ints, other: Ints) -> npt.NDArray[np.bool_]:
    """Of pairs of full dates, which have a 1 January and a year that is near. Shape: (n,)."""
    apart = np.abs(one[:, 0] - other[:, 0])
    near = (apart > 0) & (apart <= _GUESSED_YEARS)
    return np.asarray(near & (_first_of_january(one) | _first_of_january(other)))


def _day_numbers(dates: Ints) -> Ints:
    """Days since 1970. Shape of dates: (n, 3 or more)."""
    months = (dates[:, 0] - 1970) * 12 + dates[:, 1] - 1
    return months.astype("M8[M]").astype("M8[D]").astype(np.int64) + dates[:, 2] - 1


def _day(birth: PartialDate) -> date:
    return birth.earliest


def dates_of(births: Sequence[PartialDate | None]) -> Numbers:
    """Year, month and day of each birth as one number, nought for what is not known.

    `NO_DAY` where there is none, or a vague one. Shape: (n,) int32.
    """
    known = _numbered(births)
    dates = (known[:, 0] * 100 + known[:, 1]) * 100 + known[:, 2]
    return np.where(known[:, 3] > 0, NO_DAY, dates).astype(np.int32)


def full_days(dates: Numbers) -> Numbers:
    """The dates of which the day is known, `NO_DAY` for all others. Shape: as given."""
    return np.where(dates % 100 > 0, dates, NO_DAY).astype(np.int32)


def _different_pairs(one: Ints, other: Ints) -> tuple[Ints, Ints]:
    """Places of pairs that are all different, and which of them each pair is equal to.

    Where one of two dates has no day, the day of the other says nothing. Pairs with a vague date
    are not looked at more closely: each counts as different.
    """
    vague = (one[:, 3] > 0) | (other[:, 3] > 0)
    full = (one[:, 2] > 0) & (other[:, 2] > 0)
    keys = np.zeros(len(one), dtype=np.int64)
    for side in (one, other):
        keys = (keys * 10_000 + side[:, 0]) * 100 + side[:, 1]
        keys = keys * 100 + np.where(full, side[:, 2], 0)
    plain, others = np.flatnonzero(~vague), np.flatnonzero(vague)
    _, once, same_as = np.unique(keys[plain], return_index=True, return_inverse=True)
    which = np.zeros(len(one), dtype=np.int64)
    which[plain] = same_as
    which[others] = len(once) + np.arange(len(others))
    return np.r_[plain[once], others], which


def _numbered(births: Sequence[PartialDate | None]) -> Ints:
    """Year, month and day, nought where unknown, and whether it is vague: then only a year.

    Shape: (n, 4).
    """
    different, which = _each_once(births)
    numbers = [
        (0, 0, 0, 0)
        if birth is None
        else (birth.year, 0, 0, 1)
        if _vague(birth)
        else (birth.year, birth.month or 0, birth.day or 0, 0)
        for birth in different
    ]
    return np.array(numbers, dtype=np.int64).reshape(-1, 4)[which]


def _each_once(births: Births) -> tuple[list[PartialDate | None], Ints]:
    """The different objects among these, and which of them stands at each place."""
    marks = np.fromiter(map(id, births), dtype=np.int64, count=len(births))
    _, first, inverse = np.unique(marks, return_index=True, return_inverse=True)
    return [births[at] for at in first.tolist()], inverse


def _vague(birth: PartialDate) -> bool:
    return birth.precision in {DatePrecision.ABOUT, DatePrecision.BETWEEN}


def _years(birth: PartialDate) -> tuple[int, int]:
    widened = _ABOUT_YEARS if birth.about else 0
    return birth.year - widened, birth.latest.year + widened
