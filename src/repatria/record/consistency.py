"""Which published figures agree, with each other and with our own register?

Neither the order nor the repetition of claims changes the answer. Nothing is
averaged, preferred or joined: what does not agree is shown with both speakers.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from repatria.record.book import ClaimBook
from repatria.record.check import Check, CheckKind, compared
from repatria.record.claims import FLOWS, Claim, Measure, Span
from repatria.record.meaning import (
    composition_checks,
    reference_checks,
    same_number_checks,
    unacknowledged_checks,
)
from repatria.record.movements import movement_checks
from repatria.record.stocks import stock_checks
from repatria.terms import Category, PartialDate, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterFigure:
    """One count folded from a register's own statements.

    Attributes:
        measure, population, holder, event, categories: as in a claim.
        as_of: the day it was folded for; a stock is compared with claims of that day.
        value: the count.
    """

    measure: Measure
    population: str
    holder: str = ""
    event: str = ""
    categories: frozenset[Category] = frozenset()
    as_of: PartialDate | None = None
    value: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterFigures:
    """What one register itself counts; it knows only what its desk was told."""

    figures: tuple[RegisterFigure, ...] = ()


def checks(
    claims: Iterable[Claim], *, register: RegisterFigures | None = None
) -> tuple[Check, ...]:
    """Every comparison the claims allow, agreeing or not, by kind and then by claim.

    Superseded claims are compared only with what replaced them, copies only with
    their original, and parts only with their whole. Claims that say in words what they
    count are left to `comparing.findings`.

    Raises:
        Refusal: two different claims have one id (see `ClaimBook.of`).
    """
    everything = ClaimBook.of(claims)
    # What is told in words is compared by `comparing.findings`, which reads them.
    book = ClaimBook.of(c for c in everything.by_id.values() if not c.wording)
    found = [
        *composition_checks(book),
        *movement_checks(book),
        *stock_checks(book),
        *same_number_checks(book),
        *unacknowledged_checks(book),
        *reference_checks(everything),
        *_register_checks(book, register or RegisterFigures()),
    ]
    return tuple(sorted(found, key=Check.reading_order))


def contradictions(
    claims: Iterable[Claim], *, register: RegisterFigures | None = None
) -> tuple[Check, ...]:
    """The checks a person should look at: those that do not hold, and warnings."""
    return tuple(
        check
        for check in checks(claims, register=register)
        if not check.holds or check.severity is not Severity.NOTE
    )


def _register_checks(book: ClaimBook, register: RegisterFigures) -> Iterator[Check]:
    said: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for claim in book.wholes() if register.figures else ():
        said[_side(claim, claim.when)].append(claim)
    for figure in dict.fromkeys(register.figures):
        for claim in said.get(_side(figure, figure.as_of), ()):
            if _comparable(book, claim, figure):
                yield compared(
                    CheckKind.REGISTER_DIFFERS,
                    (claim,),
                    str(claim.span),
                    left=claim.span,
                    right=Span.exactly(figure.value),
                )


def _side(counted: Claim | RegisterFigure, on: PartialDate | None) -> tuple[object, ...]:
    """Whose people, in whose hands, in which event or on which day."""
    when = None if counted.event else on
    return counted.population, counted.holder, counted.event, when


def _comparable(book: ClaimBook, claim: Claim, figure: RegisterFigure) -> bool:
    """Whether both, of one side and event or day, count the same people: kind and category."""
    if claim.measure is not figure.measure and not {claim.measure, figure.measure} <= FLOWS:
        return False
    kinds = book.categories(claim)
    if not figure.categories:
        return bool(kinds) or not claim.category
    if not kinds:  # of everybody, unless the speaker's own words single somebody out
        return not claim.category and figure.categories == frozenset(Category)
    return kinds == figure.categories
