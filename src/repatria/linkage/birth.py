"""Do two dates of birth speak of one person, and how surprising is that?

A missing date says nothing. A partial date is compared as far as it goes, and
the slips of clerks (day and month exchanged, a day or a year off, 1 January
for an unknown day) count for, not against.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from repatria.linkage.ground import Ground, weighed
from repatria.linkage.model import Agreement
from repatria.terms import DatePrecision, PartialDate

# A birthday among those of grown people, and a year among theirs: floors under what is counted.
_ONE_DAY = 1 / 11_000
_ONE_YEAR = 1 / 40
_ABOUT_YEARS = 2


class BirthComparison:
    """Compares dates of birth; how common each is, is counted in the lists themselves."""

    def __init__(self, births: Iterable[PartialDate | None]) -> None:
        known = [birth for birth in births if birth is not None]
        self._total = max(len(known), 1)
        self._days = Counter(_day(birth) for birth in known if birth.day is not None)
        self._years = Counter(birth.year for birth in known)

    def __call__(self, left: PartialDate | None, right: PartialDate | None) -> Ground:
        """The ground that two dates give; symmetric."""
        if left is None or right is None:
            return Ground(agreement=Agreement.MISSING, match_weight=0.0, code="birth-missing")
        if _vague(left) or _vague(right):
            return self._spans(left, right)
        if left.day is None or right.day is None:
            return self._partial(left, right)
        return self._full(_day(left), _day(right))

    def _year_chance(self, *years: int) -> float:
        """How likely another person's year of birth is one of these."""
        return min(sum(self._share(self._years[year]) + _ONE_YEAR for year in set(years)), 0.9)

    def _share(self, count: int) -> float:
        return max(count - 2, 0) / self._total

    def _full(self, left: date, right: date) -> Ground:
        if left == right:
            chance = self._share(self._days[left]) + _ONE_DAY
            return weighed(Agreement.EXACT, 0.85, chance, "birth-same-day")
        if left.year == right.year and (left.day, left.month) == (right.month, right.day):
            return weighed(Agreement.CLOSE, 0.035, _ONE_DAY, "birth-day-and-month-exchanged")
        if abs((left - right).days) == 1:
            return weighed(Agreement.CLOSE, 0.035, 2 * _ONE_DAY, "birth-one-day-off")
        if (left.day, left.month) == (right.day, right.month) and abs(left.year - right.year) == 1:
            return weighed(Agreement.CLOSE, 0.025, 2 * _ONE_DAY, "birth-one-year-off")
        chance = self._year_chance(left.year, right.year)
        if left.year != right.year:
            return weighed(Agreement.CONFLICT, 0.02, 1 - chance, "birth-differs")
        if (1, 1) in {(left.day, left.month), (right.day, right.month)}:
            return weighed(Agreement.PARTIAL, 0.6, chance, "birth-first-of-january")
        return weighed(Agreement.PARTIAL, 0.012, chance, "birth-same-year-only")

    def _partial(self, left: PartialDate, right: PartialDate) -> Ground:
        if abs(left.year - right.year) > 1:
            chance = self._year_chance(left.year, right.year)
            return weighed(Agreement.CONFLICT, 0.02, 1 - chance, "birth-differs")
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


def _day(birth: PartialDate) -> date:
    return birth.earliest


def _vague(birth: PartialDate) -> bool:
    return birth.precision in {DatePrecision.ABOUT, DatePrecision.BETWEEN}


def _years(birth: PartialDate) -> tuple[int, int]:
    widened = _ABOUT_YEARS if birth.about else 0
    return birth.year - widened, birth.latest.year + widened
