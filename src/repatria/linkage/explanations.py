"""How is a ground for or against a pair said in a sentence?

The English wording of each code; a page in another language keeps its own table
of the same codes. A sentence may hold a name, so it is shown only to whoever
may see the pair.
"""

from collections.abc import Mapping

from repatria.linkage.model import Comparison

_SENTENCES: Mapping[str, str] = {
    "name-same-sound": "{left} and {right} sound the same, as with one person in {one_in}",
    "name-close-sound": "{left} and {right} sound alike, as with one person in {one_in}",
    "name-some-likeness": "{left} and {right} have some likeness, as with one person in {one_in}",
    "name-initial": "{left} and {right} begin alike, as with one person in {one_in}",
    "name-form": "{left} and {right} are forms of one name, as with one person in {one_in}",
    "name-differs": "{left} stands against {right}",
    "name-part-left-out": "only one side has {either}",
    "names-together": "taken together, {parts} of {of} parts of the names agree",
    "father-as-self": "one side has {left} as the father's name, the other {right} as the own",
    "father-differs": "the father is {left} on one side and {right} on the other",
    "father-left-out": "only one side names the father, {either}",
    "birth-same-day": "born on the same day",
    "birth-day-and-month-exchanged": "day and month of birth are exchanged: {left}, {right}",
    "birth-one-day-off": "born one day apart: {left}, {right}",
    "birth-one-year-off": "born one year apart: {left}, {right}",
    "birth-one-figure-off": "one figure of the dates of birth differs: {left}, {right}",
    "birth-first-of-january": "same year of birth, and 1 January may stand for an unknown day",
    "birth-same-year": "same year of birth, as far as it is known",
    "birth-same-month": "same month of birth, as far as it is known",
    "birth-same-year-only": "same year of birth, but another day: {left}, {right}",
    "birth-differs": "born at different times: {left}, {right}",
    "birth-within-span": "the times of birth can be one: {left}, {right}",
    "birth-outside-span": "the times of birth cannot be one: {left}, {right}",
    "birth-missing": "one side or both give no date of birth",
    "sex-same": "the same sex",
    "sex-differs": "different sexes",
    "sex-missing": "one side gives no sex",
    "capture-same-day": "captured on the same day or the next",
    "capture-same-week": "captured within a week",
    "capture-same-month": "captured within a month",
    "capture-same-year": "captured within a year",
    "capture-compatible": "the times of capture can be one",
    "capture-differs": "captured at different times: {left}, {right}",
    "capture-missing": "one side gives no time of capture",
    "place-same": "places of birth sound the same: {left}, {right}",
    "place-differs": "places of birth differ: {left}, {right}",
    "place-missing": "one side gives no place of birth",
}

CODES = frozenset(_SENTENCES)
"""Every code a comparison can have."""


def sentence(comparison: Comparison) -> str:
    """One English sentence for a comparison, with its weight in bits."""
    words = _SENTENCES[comparison.code].format(
        left=comparison.left,
        right=comparison.right,
        either=comparison.left or comparison.right,
        **comparison.values,
    )
    return f"{words[0].upper()}{words[1:]} ({comparison.match_weight:+.1f} bits)."
