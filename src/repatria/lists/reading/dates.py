"""Which date does a person mean who fills in a list?

Day before month is taken as the custom, as in the regions these lists come
from; year first is year, month, day. When that gives a thirteenth month and the
exchange of the two gives a date, the exchanged date is taken and said to be so.
"""

import re
from dataclasses import dataclass

from repatria.lists.reading.folding import fold
from repatria.lists.reading.headings import date_words, unknown_words
from repatria.terms import PartialDate, UnreadableDateError

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_MIDNIGHT = re.compile(r"[T ]+00:00(:00(\.0+)?)?Z?$")
_SEP = r"\s*[-./\\]\s*"
_YEAR_FIRST = re.compile(rf"(\d{{4}})(?:{_SEP}(\d{{1,2}})(?:{_SEP}(\d{{1,2}}))?)?", re.ASCII)
_YEAR_LAST = re.compile(rf"(?:(\d{{1,2}}){_SEP})?(\d{{1,2}}){_SEP}(\d{{4}})", re.ASCII)
_FIGURES_ALONE = re.compile(r"(?=(\d{4})(\d{2})(\d{2}))(?=(\d{2})(\d{2})(\d{4}))\d{8}", re.ASCII)
_TWO_YEARS = re.compile(r"(\d{4})\s*[-–—/]\s*(\d{4})", re.ASCII)
_SHORT_YEAR = re.compile(rf"\d{{1,2}}{_SEP}\d{{1,2}}{_SEP}\d{{2}}", re.ASCII)
_NUMBER = re.compile(r"\d+([.,]\d+)?", re.ASCII)
_WORDS_AROUND = re.compile(r"^([^\d]*)(.*?)([^\d]*)$", re.DOTALL)
YEARS_OF_THE_LIVING = range(1880, 2200)
"""Years in which somebody who is exchanged, or who buried one of them, can have been born."""
YEARS_OF_ANYBODY = range(1500, 2200)
"""Years of the lists that are compared: registers of the dead go far back. Before them a year is
rather one of another calendar (1362 is 1983 in Tehran)."""
_OUT_OF_RANGE = {
    YEARS_OF_THE_LIVING: "date-year-out-of-range",
    YEARS_OF_ANYBODY: "date-year-before-registers",
}


class LocalDateError(UnreadableDateError):
    """The cell is not a date. Attribute `reason` is a code of `ROW_FAULTS`."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalDate:
    """A date read from a cell.

    Attributes:
        date: None when the cell is empty or says that it is not known.
        swapped: day and month were exchanged to get it.
    """

    date: PartialDate | None
    swapped: bool = False


def read_local_date(cell: str, *, years: range = YEARS_OF_THE_LIVING) -> LocalDate:
    """The date in the cell.

    Understood: `17.05.1990`, `17/05/1990`, `1990-05-17`, `05.1990`, `1990`, `00.00.1990`
    (nothing but the year is known), `19900517`, `17051990`, `1990?`, `ca. 1990`,
    `1990-1992` (between), each with the digits of Arabic and Persian, and with the word for
    "year" or "about" in the languages of `words.toml`.

    Args:
        cell: as written.
        years: those that are believed.

    Raises:
        LocalDateError: anything else; nothing is made up for a part that cannot be read.
    """
    text = _MIDNIGHT.sub("", cell.translate(_DIGITS).strip())
    if not text[:1].isdigit() and fold(text) in unknown_words():  # no such word begins so
        return LocalDate(date=None)
    match = _WORDS_AROUND.match(text)
    before, core, after = match.groups() if match else ("", text, "")
    about = _says_about(before) | _says_about(after)
    two = _TWO_YEARS.fullmatch(core)
    if two:
        first, last = (_date(int(year), None, None, years) for year in two.groups())
        return LocalDate(date=_between(first, last))
    return _one_date(core.strip(), years, about=about)


def _says_about(words: str) -> bool:
    """Whether the text beside a date says "about".

    Raises:
        LocalDateError: it says something that nobody knows.
    """
    about, nothing_more = date_words()
    folded = fold(words)
    if folded in about:
        return True
    if folded and folded not in nothing_more:
        raise LocalDateError("date-not-readable")
    return "?" in words or "~" in words


def _between(first: PartialDate, last: PartialDate) -> PartialDate:
    try:
        return PartialDate(year=first.year, until=last)
    except UnreadableDateError:
        raise LocalDateError("date-not-in-calendar") from None


def _one_date(core: str, years: range, *, about: bool) -> LocalDate:
    if match := _YEAR_FIRST.fullmatch(core):
        year, month, day = match.groups()
    elif match := _YEAR_LAST.fullmatch(core):
        day, month, year = match.groups()
    elif match := _FIGURES_ALONE.fullmatch(core):
        # A year at the end is no month and day, so that it is never open which comes first.
        year, month, day = match.group(1, 2, 3)
        if int(match.group(6)) in years and (int(year) not in years or int(month) > 12):
            day, month, year = match.group(4, 5, 6)
    elif _SHORT_YEAR.fullmatch(core):
        raise LocalDateError("date-two-digit-year")
    elif _NUMBER.fullmatch(core):
        raise LocalDateError("date-is-a-number")
    else:
        raise LocalDateError("date-not-readable")
    # Zeros stand for "not known" in many registers.
    months, days = int(month or 0) or None, int(day or 0) or None
    swapped = months is not None and months > 12 and days is not None and days <= 12
    if swapped:
        months, days = days, months
    return LocalDate(date=_date(int(year), months, days, years, about=about), swapped=swapped)


def _date(
    year: int, month: int | None, day: int | None, years: range, *, about: bool = False
) -> PartialDate:
    if year not in years:
        raise LocalDateError(_OUT_OF_RANGE[years])
    try:
        return PartialDate(year=year, month=month, day=day, about=about)
    except UnreadableDateError:
        raise LocalDateError("date-not-in-calendar") from None
