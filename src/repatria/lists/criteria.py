"""Does a line meet what was agreed about who is to be on the list?

Only what a line itself says is looked at. Where the date of birth leaves two ages
open, that is said; nobody is counted in or out by a guess.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from repatria.ledger.kinds.list_line import ListLine
from repatria.terms import Category, LineId, PartialDate, Sex


class Verdict(StrEnum):
    """Whether a line meets the criteria."""

    MEETS = "meets"
    OUTSIDE = "outside"
    NOT_DECIDABLE = "not_decidable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Criteria:
    """What a line must say to belong on a list.

    Attributes:
        age_on: the day on which the age is counted.
        age_from, age_to: both included; None for no bound.
        categories, sexes: empty for any.
        captured_from, captured_until: both included.
    """

    age_on: date | None = None
    age_from: int | None = None
    age_to: int | None = None
    categories: frozenset[Category] = frozenset()
    sexes: frozenset[Sex] = frozenset()
    captured_from: date | None = None
    captured_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A line that does not plainly meet the criteria.

    Attributes:
        why: which criterion: `age`, `category`, `sex`, `captured`.
    """

    line_id: LineId
    verdict: Verdict
    why: str


def measured(lines: Iterable[ListLine], criteria: Criteria) -> tuple[Measured, ...]:
    """The lines that do not plainly meet the criteria, each with the first reason.

    Source: the lists of June 2025, which one side said did not match the agreed ages; "up to
    25" and "under 30" were both reported, so the bound is data.
    """
    found = []
    for line in lines:
        for why, verdict in (
            ("age", _age(line.birth, criteria)),
            ("category", _among(line.category, criteria.categories)),
            ("sex", _among(line.sex, criteria.sexes)),
            ("captured", _captured(line.captured_on, criteria)),
        ):
            if verdict is not Verdict.MEETS:
                found.append(Measured(line_id=line.line_id, verdict=verdict, why=why))
                break
    return tuple(found)


def age_on(born: date, day: date) -> int:
    """Full years of life on a day; somebody born on 29 February is older from 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _age(birth: PartialDate | None, criteria: Criteria) -> Verdict:
    if criteria.age_on is None or (criteria.age_from is None and criteria.age_to is None):
        return Verdict.MEETS
    if birth is None or birth.about:
        return Verdict.NOT_DECIDABLE
    ages = {age_on(day, criteria.age_on) for day in (birth.earliest, birth.latest)}
    low, high = criteria.age_from or 0, 200 if criteria.age_to is None else criteria.age_to
    if min(ages) > high or max(ages) < low:
        return Verdict.OUTSIDE
    within = min(ages) >= low and max(ages) <= high
    return Verdict.MEETS if within else Verdict.NOT_DECIDABLE


def _among(value: object, admitted: frozenset[Category] | frozenset[Sex]) -> Verdict:
    if not admitted:
        return Verdict.MEETS
    if value is None:
        return Verdict.NOT_DECIDABLE
    return Verdict.MEETS if value in admitted else Verdict.OUTSIDE


def _captured(on: PartialDate | None, criteria: Criteria) -> Verdict:
    first, last = criteria.captured_from, criteria.captured_until
    if first is None and last is None:
        return Verdict.MEETS
    if on is None:
        return Verdict.NOT_DECIDABLE
    first, last = first or date.min, last or date.max
    if on.latest < first or on.earliest > last:
        return Verdict.OUTSIDE
    return Verdict.MEETS if on.earliest >= first and on.latest <= last else Verdict.NOT_DECIDABLE
