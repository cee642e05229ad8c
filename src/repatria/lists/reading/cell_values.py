"""Which text does a person see in a spreadsheet cell that holds a number?

Source: ECMA-376 part 1, 18.8.30 (built-in number formats), 18.17.4 (dates).
"""

import re
from datetime import datetime, timedelta

# Built-in formats that show a date; those that show a time only are not wanted here.
_BUILT_IN_DATES = frozenset({14, 15, 16, 17, 22, *range(27, 37), *range(50, 59)})
_NOT_A_PATTERN = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
# Months are m beside a y or d, minutes are m beside an h or s.
_DATE_LETTERS = re.compile(r"[yd]", re.IGNORECASE)
_DAY_0_OF_1900 = datetime(1899, 12, 30)  # noqa: DTZ001 -- a calendar day has no zone
_DAY_0_OF_1904 = datetime(1904, 1, 1)  # noqa: DTZ001 -- a calendar day has no zone
_LAST_SERIAL = 2_958_465


def is_date_format(number: int, code: str | None) -> bool:
    """Whether the number format shows a date; the code is that of the file, if it has one."""
    if code is None:
        return number in _BUILT_IN_DATES
    return _DATE_LETTERS.search(_NOT_A_PATTERN.sub("", code)) is not None


def number_as_seen(raw: str) -> str:
    """A whole number without a point; anything else as it stands in the file.

    Raises:
        ValueError: it is not a number.
    """
    if raw.isdecimal():
        return raw
    number = float(raw)
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    return raw


def serial_as_date(raw: str, *, from_1904: bool) -> str:
    """The day as `YYYY-MM-DD`; a number that is no day stays as it is.

    The calendar of 1900 has a 29 February that never was: serials up to 60 are one day
    off, as every spreadsheet shows them.

    Raises:
        ValueError: it is not a number.
    """
    serial = float(raw)
    if not 1 <= serial <= _LAST_SERIAL:
        return number_as_seen(raw)
    day_0 = _DAY_0_OF_1904 if from_1904 else _DAY_0_OF_1900
    days = int(serial)
    if not from_1904 and days < 60:
        days += 1
    return (day_0 + timedelta(days=days)).date().isoformat()
