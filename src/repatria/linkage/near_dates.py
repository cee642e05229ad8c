"""Whose dates of birth are near enough that their names are worth a look?

In long lists names alone do not lead to a person. All of one year, and all of one
day and month of whatever year, are searched by name among themselves; what two
dates have in common then moves a pair up before it is weighed.

Cost: of the search of everybody among everybody a fiftieth.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from repatria.linkage.across import steps
from repatria.linkage.birth import NO_DAY, Numbers
from repatria.linkage.scientific import greatest_of_product, in_blocks_of_rows
from repatria.linkage.vocabulary import Floats, Ints

Flags = npt.NDArray[np.bool_]
# In bits, after the weights of `birth` for lists in which no day is a common one.
_SAME_DAY, _TURNED, _DAY_OFF, _YEAR_OFF, _FIGURE_OFF = 13.0, 8.0, 7.5, 7.0, 3.0
_SAME_MONTH, _SAME_YEAR, _FIRST_OF_JANUARY = 8.0, 4.5, 4.0
_YEAR_ALONE, _NEXT_YEAR, _DIFFERS = -3.0, -1.5, -7.0
_JANUARY_FIRST = 101
_TWO_YEARS = 20_000
_KEYS = ("year", "day")
# So many pairs are asked at once whether anything in them agrees, where nobody has to be chosen.
_AT_ONCE = 50_000
# Among so many it is worth while to look in two threads.
_MANY = 5_000


def lift_of(one: Numbers, other: Numbers) -> Floats:
    """By how much two dates move a pair up, in bits, nought where one is missing.

    Args:
        one, other: dates of many pairs, see `birth.dates_of`. Shape: (n_pairs,).
    """
    lift = np.where((one != NO_DAY) & (other != NO_DAY), _DIFFERS, 0.0)
    # Of nearly all pairs neither the years are near nor the days are equal: these differ.
    near = (one - other < _TWO_YEARS) & (other - one < _TWO_YEARS)
    near |= one % 10_000 == other % 10_000
    some = np.flatnonzero(near & (lift != 0))
    ones, others = one[some].astype(np.int64), other[some].astype(np.int64)
    years = np.abs(ones // 10_000 - others // 10_000)
    full = (ones % 100 > 0) & (others % 100 > 0)
    lift[some] = np.where(full, _of_full(ones, others, years), _of_partial(ones, others, years))
    return lift


def _of_full(one: Ints, other: Ints, years: Ints) -> Floats:
    day, month = (one % 100, other % 100), (one // 100 % 100, other // 100 % 100)
    same_year = years == 0
    january = (one % 10_000 == _JANUARY_FIRST) | (other % 10_000 == _JANUARY_FIRST)
    same_month, same_day = month[0] == month[1], day[0] == day[1]
    figure = _one_figure_off(day) & same_month & same_year
    figure |= _one_figure_off(month) & same_day & same_year
    figure |= _one_figure_off((one // 10_000, other // 10_000)) & same_month & same_day
    kinds = (
        (one == other, _SAME_DAY),
        (same_year & (day[0] == month[1]) & (day[1] == month[0]), _TURNED),
        (same_year & same_month & (np.abs(day[0] - day[1]) == 1), _DAY_OFF),
        (same_month & same_day & (years == 1), _YEAR_OFF),
        (figure, _FIGURE_OFF),
        (same_year & january, _FIRST_OF_JANUARY),
        (same_year, _YEAR_ALONE),
    )
    return np.select([kind for kind, _ in kinds], [bits for _, bits in kinds], _DIFFERS)


def _of_partial(one: Ints, other: Ints, years: Ints) -> Floats:
    months = one // 100 % 100, other // 100 % 100
    open_month = (months[0] == 0) | (months[1] == 0)
    same_year = years == 0
    kinds = (
        (same_year & open_month, _SAME_YEAR),
        (same_year & (months[0] == months[1]), _SAME_MONTH),
        (years <= 1, _NEXT_YEAR),
    )
    return np.select([kind for kind, _ in kinds], [bits for _, bits in kinds], _DIFFERS)


def _one_figure_off(numbers: tuple[Ints, Ints]) -> Flags:
    """Whether one figure alone is another."""
    tens = (1, 10, 100, 1000)
    return np.asarray(sum(numbers[0] // at % 10 != numbers[1] // at % 10 for at in tens) == 1)


class ByDate:
    """The bearers of a list by the year, and by the day and month, of their birth."""

    def __init__(self, dates: Numbers, bearers: Any) -> None:
        """Keep the list.

        Args:
            dates: of each bearer, see `birth.dates_of`.
            bearers: a sparse table of bearers by entries, see `blocking.evened_rows`.
        """
        self._bearers = bearers
        self._by_key = [_in_order(_key(dates, which)) for which in _KEYS]

    def nearest(self, dates: Numbers, weighted: Any, *, most: int) -> tuple[Ints, Ints]:
        """Bearers of the other list, and those here near in date whose names agree best with them.

        A pair may come twice.

        Args:
            dates: of the bearers of the other list.
            weighted: what each entry here weighs for them, a sparse table.
            most: for each bearer and each way in which dates are near.
        """
        ones, others = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
        for which, (keys, places) in zip(_KEYS, self._by_key, strict=True):
            wanted, own = _in_order(_key(dates, which))
            first = np.searchsorted(keys, wanted)
            number = np.searchsorted(keys, wanted, side="right") - first
            few = number <= most
            if int(number[few].sum()) > _AT_ONCE:
                few[:] = False
            rows = np.repeat(own[few], number[few])
            columns = places[np.repeat(first[few], number[few]) + steps(number[few])]
            agreeing = np.flatnonzero(
                np.asarray(weighted[rows].multiply(self._bearers[columns]).sum(axis=1)).ravel() > 0
            )
            ones.append(rows[agreeing])
            others.append(columns[agreeing])
            for key in np.unique(wanted[~few]):
                here = places[slice(*np.searchsorted(keys, [key, key + 1]))]
                asking = own[slice(*np.searchsorted(wanted, [key, key + 1]))]
                blocks = in_blocks_of_rows(self._bearers[here])
                threads = 2 if len(here) >= _MANY else 1
                rows, columns = greatest_of_product(weighted[asking], blocks, most, threads=threads)
                ones.append(asking[rows])
                others.append(here[columns])
        return np.concatenate(ones), np.concatenate(others)


def _key(dates: Numbers, which: str) -> Ints:
    """The year, or month and day where both are known and are not 1 January; else nought."""
    numbers = dates.astype(np.int64)
    if which == "year":
        return numbers // 10_000
    day = numbers % 10_000
    return np.where((day % 100 > 0) & (day != _JANUARY_FIRST), day, 0)


def _in_order(keys: Ints) -> tuple[Ints, Ints]:
    """The keys that are not nought, in order, and their places."""
    places = np.argsort(keys, kind="stable")
    places = places[keys[places] != 0]
    return keys[places], places
