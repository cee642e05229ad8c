"""How is a finding said in a sentence of the reader's language?

The words of `record.explaining`, where they can be translated. No sentence says that
somebody is wrong.
"""

from collections.abc import Mapping

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from repatria.record import Check, CheckKind, Claim

AGREE: Mapping[CheckKind, object] = {
    CheckKind.COMPOSITION: _("The parts give the whole"),
    CheckKind.TOTAL_ACROSS: _("The parts give the total"),
    CheckKind.STOCK_MINUS_RELEASED: _("What was held, less who went, gives what is said to remain"),
    CheckKind.ANNOUNCED_AND_MOVED: _("What was agreed and what moved are the same number"),
    CheckKind.RUNNING_TOTAL: _("The running total grew by its steps"),
    CheckKind.CONSTANT_GAP: _(
        "The figures of the day and the totals differ by the same number, so one batch may be "
        "counted differently"
    ),
    CheckKind.COUNTING_RULE_DIFFERS: _("Counted by one rule, the figures agree"),
    CheckKind.COPY_DIFFERS: _("The copy says what the original says"),
    CheckKind.ANSWER_CHANGED: _("The speaker repeats his figure"),
    CheckKind.UNACKNOWLEDGED_APART: _(
        "The figure counts people whom the holder does not acknowledge"
    ),
    CheckKind.REGISTER_DIFFERS: _("The figure is what the register counts"),
    CheckKind.SAME_DAY_DIFFERENT_STOCK: _("Two counts of one day agree"),
    CheckKind.SAME_EVENT_DIFFERENT_FIGURE: _("Two figures of one event agree"),
    CheckKind.SAME_QUANTITY_DIFFERENT_FIGURE: _("One quantity is told with one figure"),
}
DIFFER: Mapping[CheckKind, object] = {
    CheckKind.COMPOSITION: _("The parts do not give the whole"),
    CheckKind.TOTAL_ACROSS: _("The parts do not give the total"),
    CheckKind.STOCK_MINUS_RELEASED: _(
        "What was held, less who went, does not give what is said to remain"
    ),
    CheckKind.SAME_DAY_DIFFERENT_STOCK: _("Two counts of one day differ"),
    CheckKind.SAME_EVENT_DIFFERENT_FIGURE: _("Two figures of one event differ"),
    CheckKind.ANNOUNCED_AND_MOVED: _("What was agreed and what moved are different numbers"),
    CheckKind.DIRECTION_CONFLICT: _("The numbers of the two directions are exchanged"),
    CheckKind.CATEGORY_CONFLICT: _("One number, but the people in it are called differently"),
    CheckKind.SAME_NUMBER_DIFFERENT_MEANING: _("The same number does not count the same people"),
    CheckKind.REGISTER_DIFFERS: _("The figure is not what the register counts"),
    CheckKind.STALE_COPY: _("An old figure returns, although newer ones had taken its place"),
    CheckKind.COPY_DIFFERS: _("The copy says another number than the original"),
    CheckKind.ANSWER_CHANGED: _("The speaker changed his figure"),
    CheckKind.BROKEN_REFERENCE: _("The claim refers to one that is not here"),
    CheckKind.REFERENCE_CIRCLE: _(
        "The references of these claims lead back to where they began, and are not followed"
    ),
    CheckKind.RUNNING_TOTAL: _("The running total did not grow by the steps that were told"),
    CheckKind.SAME_QUANTITY_DIFFERENT_FIGURE: _("One quantity is told with different figures"),
    CheckKind.COUNTING_RULE_DIFFERS: _("The figures are counted by different rules"),
    CheckKind.CONSTANT_GAP: _("The figures of the day and the totals differ by different numbers"),
    CheckKind.UNACKNOWLEDGED_APART: _(
        "The figure counts people whom the holder does not acknowledge"
    ),
}


def verdict(check: Check) -> str:
    """What follows from a comparison, and how far apart the numbers are."""
    words = AGREE if check.holds and check.kind in AGREE else DIFFER
    gap = abs(check.left - check.right)
    said = str(words[check.kind])
    if gap and not check.holds:
        return _now("%(what)s, by %(number)d.") % {"what": said, "number": gap}
    return f"{said}."


def explained(check: Check, claims: Mapping[str, Claim]) -> str:
    """The verdict with who said which of the figures and when."""
    said = "; ".join(
        f"{claims[c].speaker}, {claims[c].said_on}: {claims[c].span}"
        for c in check.claims
        if c in claims
    )
    return f"{verdict(check)} ({said})" if said else verdict(check)
