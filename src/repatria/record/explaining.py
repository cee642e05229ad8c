"""How is a finding said in a sentence?

Who said what on which day, and what does or does not follow. No sentence says
that somebody is wrong.
"""

from collections.abc import Mapping

from repatria.record.check import Check, CheckKind
from repatria.record.claims import Claim

AGREE: Mapping[CheckKind, str] = {
    CheckKind.COMPOSITION: "The parts give the whole",
    CheckKind.TOTAL_ACROSS: "The parts give the total",
    CheckKind.STOCK_MINUS_RELEASED: "What was held, less who went, gives what is said to remain",
    CheckKind.ANNOUNCED_AND_MOVED: "What was agreed and what moved are the same number",
    CheckKind.RUNNING_TOTAL: "The running total grew by its steps",
    CheckKind.CONSTANT_GAP: (
        "The figures of the day and the totals differ by the same number, so one batch may be "
        "counted differently"
    ),
    CheckKind.COUNTING_RULE_DIFFERS: "Counted by one rule, the figures agree",
    CheckKind.COPY_DIFFERS: "The copy says what the original says",
    CheckKind.ANSWER_CHANGED: "The speaker repeats his figure",
    CheckKind.UNACKNOWLEDGED_APART: "The figure counts people whom the holder does not acknowledge",
    CheckKind.REGISTER_DIFFERS: "The figure is what the register counts",
    CheckKind.SAME_DAY_DIFFERENT_STOCK: "Two counts of one day agree",
    CheckKind.SAME_EVENT_DIFFERENT_FIGURE: "Two figures of one event agree",
    CheckKind.SAME_QUANTITY_DIFFERENT_FIGURE: "One quantity is told with one figure",
}
"""What a finding says when it holds, where it then says something of its own."""
DIFFER: Mapping[CheckKind, str] = {
    CheckKind.COMPOSITION: "The parts do not give the whole",
    CheckKind.TOTAL_ACROSS: "The parts do not give the total",
    CheckKind.STOCK_MINUS_RELEASED: (
        "What was held, less who went, does not give what is said to remain"
    ),
    CheckKind.SAME_DAY_DIFFERENT_STOCK: "Two counts of one day differ",
    CheckKind.SAME_EVENT_DIFFERENT_FIGURE: "Two figures of one event differ",
    CheckKind.ANNOUNCED_AND_MOVED: "What was agreed and what moved are different numbers",
    CheckKind.DIRECTION_CONFLICT: "The numbers of the two directions are exchanged",
    CheckKind.CATEGORY_CONFLICT: "One number, but the people in it are called differently",
    CheckKind.SAME_NUMBER_DIFFERENT_MEANING: "The same number does not count the same people",
    CheckKind.REGISTER_DIFFERS: "The figure is not what the register counts",
    CheckKind.STALE_COPY: "An old figure returns, although newer ones had taken its place",
    CheckKind.COPY_DIFFERS: "The copy says another number than the original",
    CheckKind.ANSWER_CHANGED: "The speaker changed his figure",
    CheckKind.BROKEN_REFERENCE: "The claim refers to one that is not here",
    CheckKind.REFERENCE_CIRCLE: (
        "The references of these claims lead back to where they began, and are not followed"
    ),
    CheckKind.RUNNING_TOTAL: "The running total did not grow by the steps that were told",
    CheckKind.SAME_QUANTITY_DIFFERENT_FIGURE: "One quantity is told with different figures",
    CheckKind.COUNTING_RULE_DIFFERS: "The figures are counted by different rules",
    CheckKind.CONSTANT_GAP: "The figures of the day and the totals differ by different numbers",
}
"""What a finding says otherwise."""


def explanation(check: Check, claims: Mapping[str, Claim]) -> str:
    """The finding as a sentence with who said which of its figures and when."""
    words = AGREE if check.holds and check.kind in AGREE else DIFFER
    said = "; ".join(
        f"{claims[c].speaker}, {claims[c].said_on}: {claims[c].span}"
        for c in check.claims
        if c in claims
    )
    verdict = words.get(check.kind, AGREE.get(check.kind, check.kind.value.replace("_", " ")))
    gap = abs(check.left - check.right)
    apart = f", apart by {gap}" if gap and not check.holds else ""
    return f"{verdict}: {check.arithmetic}{apart} ({said})."
