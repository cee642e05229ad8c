"""How is a date written when only part of it is known?

Text form, a subset of the Extended Date/Time Format (ISO 8601-2:2019):
`1994`, `1994-05`, `1994-05-17`, `1994~` (about), `1990/1994` (between).
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

_PART = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$", re.ASCII)


class UnreadableDateError(ValueError):
    """The text is not a date in the accepted form. Its message never holds the text."""


class DatePrecision(StrEnum):
    """How much of a date is known."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    ABOUT = "about"
    BETWEEN = "between"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartialDate:
    """A date of which the year is known and perhaps more.

    Attributes:
        year: 1 to 9999.
        month, day: None when not known; a day needs a month.
        about: the speaker says "about".
        until: for "between": the later bound; None otherwise.
    """

    year: int
    month: int | None = None
    day: int | None = None
    about: bool = False
    until: "PartialDate | None" = None

    def __post_init__(self) -> None:
        if self.day is not None and self.month is None:
            msg = "a day needs a month"
            raise UnreadableDateError(msg)
        try:
            date(self.year, self.month or 1, self.day or 1)
        except ValueError:
            msg = "no such day in the calendar"
            raise UnreadableDateError(msg) from None
        if self.until is not None and self.until.latest < self.earliest:
            msg = "the later bound is before the earlier one"
            raise UnreadableDateError(msg)

    @property
    def precision(self) -> DatePrecision:
        """How much is known."""
        if self.until is not None:
            return DatePrecision.BETWEEN
        if self.about:
            return DatePrecision.ABOUT
        if self.day is not None:
            return DatePrecision.DAY
        return DatePrecision.MONTH if self.month is not None else DatePrecision.YEAR

    @property
    def earliest(self) -> date:
        """The first day it can mean ("about" does not widen it: that is a judgement)."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        """The last day it can mean."""
        if self.until is not None:
            return self.until.latest
        if self.day is not None:  # most are whole, and are compared by the hundred thousand
            return date(self.year, self.month or 1, self.day)
        month = self.month or 12
        return date(self.year, month, calendar.monthrange(self.year, month)[1])

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Read the text form.

        Raises:
            UnreadableDateError: anything else, including slashed local dates: a
                day and a month that can be exchanged are never guessed here.
        """
        first, slash, last = text.strip().partition("/")
        if slash:
            start = cls.parse(first)
            return cls(year=start.year, month=start.month, day=start.day, until=cls.parse(last))
        about = first.endswith("~")
        match = _PART.match(first.removesuffix("~"))
        if match is None:
            msg = "not a date in the form YYYY, YYYY-MM or YYYY-MM-DD"
            raise UnreadableDateError(msg)
        year, month, day = (int(g) if g else None for g in match.groups())
        if year is None:  # pragma: no cover -- the pattern always has a year
            raise AssertionError
        return cls(year=year, month=month, day=day, about=about)

    @classmethod
    def on(cls, day: date) -> "PartialDate":
        """A full date."""
        return _on(day)

    def __str__(self) -> str:
        text = f"{self.year:04d}"
        if self.month is not None:
            text += f"-{self.month:02d}"
        if self.day is not None:
            text += f"-{self.day:02d}"
        if self.about:
            text += "~"
        return f"{text}/{self.until}" if self.until is not None else text


@lru_cache(maxsize=8_192)  # what is written in one go is of one day
def _on(day: date) -> PartialDate:
    return PartialDate(year=day.year, month=day.month, day=day.day)
