"""What was compared, and does it agree?

A check always names the claims it compares; it never replaces them by a middle
value. A figure given as "about" cannot disprove another: it is shown to a
person instead.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from repatria.record.claims import Claim, Span
from repatria.terms import Finding, Severity


class CheckKind(StrEnum):
    """Which rule compared the claims."""

    COMPOSITION = "composition"
    STOCK_MINUS_RELEASED = "stock_minus_released"
    SAME_DAY_DIFFERENT_STOCK = "same_day_different_stock"
    SAME_EVENT_DIFFERENT_FIGURE = "same_event_different_figure"
    ANNOUNCED_AND_MOVED = "announced_and_moved"
    DIRECTION_CONFLICT = "direction_conflict"
    CATEGORY_CONFLICT = "category_conflict"
    SAME_NUMBER_DIFFERENT_MEANING = "same_number_different_meaning"
    UNACKNOWLEDGED_APART = "unacknowledged_apart"
    REGISTER_DIFFERS = "register_differs"
    STALE_COPY = "stale_copy"
    COPY_DIFFERS = "copy_differs"
    ANSWER_CHANGED = "answer_changed"
    BROKEN_REFERENCE = "broken_reference"
    REFERENCE_CIRCLE = "reference_circle"
    TOTAL_ACROSS = "total_across"
    RUNNING_TOTAL = "running_total"
    SAME_QUANTITY_DIFFERENT_FIGURE = "same_quantity_different_figure"
    COUNTING_RULE_DIFFERS = "counting_rule_differs"
    CONSTANT_GAP = "constant_gap"


ABOUT_REFERENCES = frozenset({CheckKind.BROKEN_REFERENCE, CheckKind.REFERENCE_CIRCLE})
"""What is said of references between claims and not of their figures: work for a desk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One comparison of claims and what came of it.

    Attributes:
        kind: the rule.
        claims: ids compared, in the order of the arithmetic.
        left, right: the two numbers, as said or summed.
        holds: whether they agree, or cannot be shown to disagree.
        derived: the comparison joins figures that no one speaker put together.
        arithmetic: the comparison as a formula ("41 + 6 + 8 = 55").
        severity: how it is sorted on a work list.
        left_of, right_of: how the numbers were come by, in ids ("A20-A26"); empty when
            the two sides are the outer claims.
    """

    kind: CheckKind
    claims: tuple[str, ...]
    left: int
    right: int
    holds: bool
    derived: bool = False
    arithmetic: str
    severity: Severity
    left_of: str = ""
    right_of: str = ""

    def reading_order(self) -> tuple[object, ...]:
        """Sort key that does not depend on the order in which claims came in."""
        return (self.kind.value, self.claims, self.arithmetic)


def compared(
    kind: CheckKind,
    claims: Iterable[Claim],
    formula: str,
    *,
    left: Span,
    right: Span,
    derived: bool = False,
) -> Check:
    """The check that two figures agree; the formula is the written left side.

    It holds when some number fits both. With an "about" on either side and two
    different numbers it holds, because nothing disproves it, and warns.
    """
    agrees = left.meets(right)
    differs = left.value != right.value
    unsure = agrees and differs and (left.about or right.about)
    return Check(
        kind=kind,
        claims=tuple(c.id for c in claims),
        left=left.value,
        right=right.value,
        holds=agrees,
        derived=derived,
        arithmetic=f"{formula} {_sign(agrees, differs)} {right}",
        severity=_severity(agrees, unsure),
    )


def flagged(
    kind: CheckKind,
    claims: Iterable[Claim],
    formula: str,
    *,
    holds: bool = False,
    severity: Severity = Severity.WARNING,
) -> Check:
    """A check of meaning rather than of numbers; left and right are its outer claims' figures."""
    named = tuple(claims)
    return Check(
        kind=kind,
        claims=tuple(c.id for c in named),
        left=named[0].value,
        right=named[-1].value,
        holds=holds,
        arithmetic=formula,
        severity=severity,
    )


def findings_of(checks: Iterable[Check]) -> tuple[Finding, ...]:
    """The checks as rows of a work list, in the order given."""
    return tuple(
        Finding(
            code=check.kind.value.replace("_", "-"),
            severity=check.severity,
            about=check.claims,
            values={"left": check.left, "right": check.right, "arithmetic": check.arithmetic},
        )
        for check in checks
    )


def _sign(agrees: bool, differs: bool) -> str:
    if not agrees:
        return "≠"
    return "≈" if differs else "="


def _severity(agrees: bool, unsure: bool) -> Severity:
    if not agrees:
        return Severity.CONTRADICTION
    return Severity.WARNING if unsure else Severity.NOTE
