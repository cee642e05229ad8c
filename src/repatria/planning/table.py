"""Whom does a selector pick, out of a hundred thousand?

Columns become arrays once, and a selector is a handful of comparisons over
them. What a selector may ask besides columns is derived here.

Source: GC III art. 109(1), 110(1), 33; GC I art. 28, 30 (unconditional); GC III
art. 14, 16 and GC IV art. 132 (vulnerable).
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from repatria.planning.instance import (
    ADULT_AGE_YEARS,
    MIN_DAYS,
    OLD_AGE_YEARS,
    RETAINED_PERSONNEL,
    UNCONDITIONAL,
    VULNERABLE,
    Instance,
    Selector,
    Term,
    Value,
)

Mask = NDArray[np.bool_]
Whole = NDArray[np.int64]


class Table:
    """The persons of an instance as arrays; each column is made when first asked for."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance
        self._codes: dict[str, tuple[Whole, dict[Value, int]]] = {}
        self._masks: dict[tuple[str, Value], Mask] = {}
        self._numbers: dict[str, Whole] = {}

    def __len__(self) -> int:
        """How many persons."""
        return len(self._instance)

    def codes(self, column: str) -> tuple[Whole, dict[Value, int]]:
        """For each person the number of his value, and the values with their numbers."""
        if column not in self._codes:
            if column not in self._instance.columns and len(self):
                # The same for everybody: nothing to count.
                same = np.zeros(len(self), dtype=np.int64)
                self._codes[column] = same, {self._instance.column(column)[0]: 0}
                return self._codes[column]
            values = self._instance.column(column)
            numbers = {value: number for number, value in enumerate(dict.fromkeys(values))}
            codes = np.fromiter(map(numbers.__getitem__, values), np.int64, len(values))
            self._codes[column] = codes, numbers
        return self._codes[column]

    def numbers(self, column: str, *, missing: int = 0) -> Whole:
        """A column of numbers."""
        if column not in self._numbers:
            values: Sequence[Value] = self._instance.column(column)
            whole = [missing if value is None else value for value in values]
            self._numbers[column] = np.array(whole, dtype=np.int64)
        return self._numbers[column]

    def equal(self, column: str, value: Value) -> Mask:
        """Who has this value in this column."""
        key = (column, value)
        if key not in self._masks:
            codes, numbers = self.codes(column)
            self._masks[key] = codes == numbers.get(value, -1)
        return self._masks[key]

    def unconditional(self) -> Mask:
        """Who goes home whatever the numbers are."""
        if UNCONDITIONAL in self._instance.columns:
            return self.equal(UNCONDITIONAL, True)
        retained = self.one_of("category", tuple(sorted(RETAINED_PERSONNEL)))
        return self.equal("health", "serious") | retained

    def vulnerable(self) -> Mask:
        """Minors, those of 60 and older, the sick, and civilian women."""
        if VULNERABLE in self._instance.columns:
            return self.equal(VULNERABLE, True)
        # Nobody whose age is not known is taken for a minor.
        age = self.numbers("age", missing=ADULT_AGE_YEARS)
        women = self.equal("sex", "f") & self.equal("category", "civilian")
        by_age = (age < ADULT_AGE_YEARS) | (age >= OLD_AGE_YEARS)
        return by_age | self.equal("health", "sick") | women

    def one_of(self, column: str, values: tuple[Value, ...]) -> Mask:
        """Who has any of these values in this column."""
        mask = np.zeros(len(self), dtype=bool)
        for value in values:
            mask |= self.equal(column, value)
        return mask

    def picked(self, select: Selector) -> Mask:
        """Whom the selector picks: every key must hold."""
        mask = np.ones(len(self), dtype=bool)
        for key, wanted in select.items():
            if key == MIN_DAYS and MIN_DAYS not in self._instance.columns:
                mask &= self.numbers("days") >= np.int64(wanted)  # type: ignore[arg-type]
            elif key in (UNCONDITIONAL, VULNERABLE):
                derived = self.unconditional() if key == UNCONDITIONAL else self.vulnerable()
                mask &= derived == bool(wanted)
            elif isinstance(wanted, tuple):
                mask &= self.one_of(key, wanted)
            else:
                mask &= self.equal(key, wanted)
        return mask

    def weights(self, terms: Sequence[Term]) -> Whole:
        """What each person adds to a rule."""
        total = np.zeros(len(self), dtype=np.int64)
        for term in terms:
            picked = self.picked(term.select)
            factor = term.factor * self.numbers(term.column) if term.column else term.factor
            total += picked * factor
        return total
