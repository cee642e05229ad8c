"""What does an action that a text tells of people count, as a claim says it?

A suggestion only, and a coarse one: what has no measure of its own is counted
otherwise, in the words of the text.
"""

from collections.abc import Mapping, Sequence

from repatria.record.claims import Measure
from repatria.record.suggesting.suggest import Suggestion

MEASURES: Mapping[str, Measure] = {
    "held": Measure.HELD,
    "remaining": Measure.REMAINING,
    "missing": Measure.MISSING,
    "listed": Measure.LISTED,
    "planned": Measure.ANNOUNCED,
    "released": Measure.RELEASED,
    "handed_over": Measure.RELEASED,
    "exchanged": Measure.RELEASED,
    "returned": Measure.RETURNED,
    "received": Measure.RETURNED,
    "captured": Measure.OTHER,
    "killed": Measure.OTHER,
    "wounded": Measure.OTHER,
    "identified": Measure.OTHER,
    "refused": Measure.OTHER,
}
"""Action of the lexicon -> measure."""


def measure_of(action: str) -> Measure:
    """The measure of an action; "counted otherwise" where the text names none."""
    return MEASURES.get(action, Measure.OTHER)


def composition_in_words(whole: Suggestion, found: Sequence[Suggestion]) -> str:
    """What a figure is the sum of, as the text puts it: "41 soldiers + 6 civilians"."""
    parts = [each for each in found if each.start in whole.composition]
    return " + ".join(f"{each.value} {each.category}".strip() for each in parts)
