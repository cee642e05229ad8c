"""How are the words of claims and comparisons said on a page?

A comparison is told, never decided: both speakers stand side by side.
"""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from repatria.record import Bound, CheckKind, Measure
from repatria.terms import Severity

MEASURES: Mapping[Measure, object] = {
    Measure.HELD: _("held"),
    Measure.ANNOUNCED: _("announced for release"),
    Measure.RELEASED: _("released"),
    Measure.RETURNED: _("returned"),
    Measure.REMAINING: _("remaining"),
    Measure.UNACKNOWLEDGED: _("held but not acknowledged"),
    Measure.MISSING: _("missing"),
    Measure.LISTED: _("on a list"),
    Measure.OTHER: _("counted otherwise"),
}
BOUNDS: Mapping[Bound, object] = {
    Bound.EXACTLY: _("exactly"),
    Bound.ABOUT: _("about"),
    Bound.AT_LEAST: _("at least"),
    Bound.AT_MOST: _("at most"),
}
SIGNS: Mapping[Bound, str] = {
    Bound.EXACTLY: "",
    Bound.ABOUT: "~",
    Bound.AT_LEAST: "≥",
    Bound.AT_MOST: "≤",
}
KINDS: Mapping[CheckKind, object] = {
    CheckKind.COMPOSITION: _("The parts and the sum"),
    CheckKind.STOCK_MINUS_RELEASED: _("Held before, released, remaining"),
    CheckKind.SAME_DAY_DIFFERENT_STOCK: _("Two counts of the same day"),
    CheckKind.SAME_EVENT_DIFFERENT_FIGURE: _("Two figures for the same event"),
    CheckKind.ANNOUNCED_AND_MOVED: _("Announced, and what happened"),
    CheckKind.DIRECTION_CONFLICT: _("Who went which way"),
    CheckKind.CATEGORY_CONFLICT: _("What the persons are called"),
    CheckKind.SAME_NUMBER_DIFFERENT_MEANING: _("The same number, but not the same persons"),
    CheckKind.UNACKNOWLEDGED_APART: _("Persons the holder does not acknowledge"),
    CheckKind.REGISTER_DIFFERS: _("A figure and our own register"),
    CheckKind.STALE_COPY: _("Repeated after it was out of date"),
    CheckKind.COPY_DIFFERS: _("A copy that says something else"),
    CheckKind.ANSWER_CHANGED: _("The speaker changed the figure"),
    CheckKind.TOTAL_ACROSS: _("The batches or directions and the total"),
    CheckKind.RUNNING_TOTAL: _("A running total and its steps"),
    CheckKind.SAME_QUANTITY_DIFFERENT_FIGURE: _("One quantity, told differently"),
    CheckKind.COUNTING_RULE_DIFFERS: _("Counted by different rules"),
    CheckKind.CONSTANT_GAP: _("Apart by the same number twice"),
    CheckKind.BROKEN_REFERENCE: _("Refers to a claim that is not here"),
    CheckKind.REFERENCE_CIRCLE: _("Refers, through others, to itself"),
}
SEVERITIES: Mapping[Severity, object] = {
    Severity.NOTE: _("agrees"),
    Severity.WARNING: _("to be looked at"),
    Severity.CONTRADICTION: _("contradicts"),
    Severity.UNREADABLE: _("cannot be read"),
}
