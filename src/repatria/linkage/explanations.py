"""How is a ground for or against a pair said in a sentence?

The English wording of each code; a page in another language keeps its own table
of the same codes. A sentence may hold a name, so it is shown only to whoever
may see the pair.
"""

from collections.abc import Mapping

from repatria.linkage.model import Comparison, Field

_SENTENCES: Mapping[str, str] = {
    "name-same-sound": "{left} and {right} sound the same, as with {rarity}",
    "name-close-sound": "{left} and {right} sound alike, as with {rarity}",
    "name-some-likeness": "{left} and {right} have some likeness, as with {rarity}",
    "name-initial": "{left} and {right} begin alike, as with {rarity}",
    "name-form": "{left} and {right} are forms of one name, as with {rarity}",
    "name-differs": "{left} stands against {right}",
    "name-part-left-out": "only one side has {either}",
    "names-together": "{parts} of {of} parts of the names agree; what these say one by one "
    "is not independent, and is set right",
    "father-as-self": "one side has {left} as the father's name, the other {right} as the own",
    "father-differs": "the father is {left} on one side and {right} on the other",
    "father-left-out": "only one side names the father, {either}",
    "birth-same-day": "born on the same day",
    "birth-day-and-month-exchanged": "day and month of birth are exchanged: {left}, {right}",
    "birth-one-day-off": "born one day apart: {left}, {right}",
    "birth-one-year-off": "born one year apart: {left}, {right}",
    "birth-one-figure-off": "one figure of the dates of birth differs: {left}, {right}",
    "birth-first-of-january": "same year of birth, and 1 January may stand for an unknown day",
    "birth-year-guessed": "near in year, and 1 January may stand for a guess: {left}, {right}",
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
    "beforehand": "before anything is compared, {rarity} of these lists is one person",
    "rivals": "beside it, other pairs of these two records may be the right ones",
    "linked-elsewhere": "one of the two is linked by another record that agrees better, and nobody "
    "is linked twice",
    "no-part-agrees": "no part of the names agrees: somebody must look",
    "born-apart": "the dates of birth contradict each other: somebody must look",
    "another-sex": "a man on one side and a woman on the other: somebody must look",
    "another-father": "the fathers have two names, so perhaps cousins: somebody must look",
    "another-given-name": "another given name, so perhaps a brother or sister: somebody must look",
}

CODES = frozenset(_SENTENCES)
"""Every code a comparison can have."""


# More than this no count of names bears out.
MOST_RARE = 1_000_000


def rounded(number: int) -> int:
    """A number with no more figures than anybody knows: two."""
    return round(number, 2 - len(str(number)))


def sentence(comparison: Comparison) -> str:
    """One English sentence for a comparison, with its weight in bits."""
    words = _SENTENCES[comparison.code].format(
        left=comparison.left,
        right=comparison.right,
        either=comparison.left or comparison.right,
        rarity=_rarity(comparison),
        **comparison.values,
    )
    return f"{words[0].upper()}{words[1:]} ({comparison.match_weight:+.1f} bits)."


def _rarity(comparison: Comparison) -> str:
    """How rarely this is seen by chance; empty where it is not told."""
    one_in = int(comparison.values.get("one_in", 0))
    if comparison.field is Field.PRIOR:
        return f"one pair in {rounded(one_in):,}"
    if one_in > MOST_RARE:
        return f"fewer than one person in {MOST_RARE:,}"
    return f"one person in {rounded(one_in):,}" if one_in else ""
