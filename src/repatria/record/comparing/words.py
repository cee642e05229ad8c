"""What do the words of a measure and of a counting rule mean?

A closed dictionary of the field, read word by word: what is counted, of what
kind, how firmly, on which day. A word that is not here keeps figures apart; it
never joins them.
"""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum

from repatria.terms import PartialDate


class Aspect(StrEnum):
    """What kind of thing a figure counts."""

    HELD = "held"
    MISSING = "missing"
    PLANNED = "planned"
    MOVED = "moved"
    LISTED = "listed"
    STAYED = "stayed"
    OTHER = "other"


_ASPECTS = (
    (
        Aspect.STAYED,
        r"refus\w+|declin\w+|unwilling|did not (?:want|go)|withheld|withdrawn|stayed behind",
    ),
    (
        Aspect.PLANNED,
        (
            r"to be (?!identified)\w+|agreed|planned|promised|pledged|announced|formula"
            r"|will be|due (?:to|for)"
            r"|scheduled|envisaged|foreseen|slated|earmarked"
            r"|(?:registered|selected|cleared|chosen|eligible|put forward) for (?:the )?"
            r"(?:repatriation|release|exchange|return|transfer|handover|swap)"
        ),
    ),
    (Aspect.LISTED, r"names?|lists?|listed|submitted|registered|enrolled"),
    (
        Aspect.HELD,
        (
            r"still|remain(?:ed|ing)?|remains (?:in|held|behind|captive)|not acknowledged"
            r"|unacknowledged"
            r"|not (?:yet )?(?:returned|released|freed|repatriated|handed|exchanged|come home)"
        ),
    ),
    (Aspect.MISSING, r"missing|unaccounted|whereabouts"),
    (
        Aspect.MOVED,
        (
            r"return\w*|releas\w+|freed|moved|received|handed|repatriat\w+|exchang\w+|transfer\w+"
            r"|swap\w*|home|cross\w+|brought|delivered|liberated|let go|back|given|sent|set free"
            r"|went over|c[ao]me over|flown|bussed|conveyed|evacuated|dispatched|restored"
            r"|\d+[- ](?:for|x)[- ]\d+"
        ),
    ),
    (
        Aspect.HELD,
        (
            r"captivity|prisons?|behind bars|jails?|camps?|interne\w+|in the hands|held"
            r"|hold\w*|detain\w*|custody|captured|captives?|prisoners?|hostages?|imprison\w*"
            r"|acknowledg\w+|jailed|arrested"
        ),
    ),
)
_ASPECT_PATTERNS = tuple((a, re.compile(rf"\b(?:{p})\b", re.IGNORECASE)) for a, p in _ASPECTS)
_A_LIST = re.compile(r"^\s*(?:the\s+)?(?:\w+\s+)?(?:lists?|names?) of\b", re.IGNORECASE)
_STAYED = re.compile(rf"\b(?:{_ASPECTS[0][1]})\b", re.IGNORECASE)
_REMAINING = re.compile(
    r"\b(?:still|remain(?:ed|ing)?|remains (?:in|held|behind)|left"
    r"|not (?:yet )?(?:returned|released|freed|repatriated))\b",
    re.IGNORECASE,
)
_HIDDEN = re.compile(
    r"\b(?:not (?:yet )?(?:acknowledged|confirmed)|unacknowledged|unconfirmed|(?:forc|enforc)\w+ "
    r"disappear\w+|disappear\w+|alleged\w*|denied)\b",
    re.IGNORECASE,
)
_ADMITTED = re.compile(r"\b(?:acknowledged|confirmed|\w+-confirmed|official\w*)\b", re.IGNORECASE)
_BODIES = re.compile(r"\b(?:bod(?:y|ies)|remains|corpses?|coffins?)\b", re.IGNORECASE)
_CUMULATIVE = re.compile(
    r"\b(?:in total|so far|total|since|to date|cumulative\w*|overall|running|altogether|up to now"
    r"|all told|until now)\b",
    re.IGNORECASE,
)
_BOTH_WAYS = re.compile(
    r"\b(?:both (?:directions|sides|ways|parties|countries|states)|two-way|two sides)\b",
    re.IGNORECASE,
)
_EACH_WAY = re.compile(
    r"\b(?:each (?:side|party|direction|way)|per side|(?P<n>\d+)[- ](?:for|x)[- ](?P=n))\b",
    re.IGNORECASE,
)
_OUTSIDE = re.compile(
    r"\b(?:without (?:an? )?exchange|outside (?:the |of the )?exchange|not exchanged|unilateral\w*"
    r"|one-sided\w*)\b",
    re.IGNORECASE,
)
_WHOLE_WORDS = frozenset(
    [
        "all",
        "total",
        "totals",
        "overall",
        "everyone",
        "everybody",
        "persons",
        "people",
        "person",
        "both",
        "side",
        "sides",
        "parties",
        "party",
        "each",
        "directions",
        "direction",
        "ways",
        "way",
        "in",
        "the",
        "of",
        "any",
        "altogether",
        "whole",
        "sum",
        "grand",
        "list",
        "bodies",
        "body",
        "remains",
        "running",
        "to",
        "date",
        "so",
        "far",
        "names",
        "figure",
        "figures",
        "count",
        "number",
        "at",
        "least",
        "about",
        "over",
        "more",
        "than",
        "under",
        "nearly",
        "almost",
        "around",
        "some",
        "approximately",
        "roughly",
        "up",
        "most",
        "as",
        "a",
        "an",
        "by",
        "via",
        "from",
        "after",
        "before",
        "since",
        "on",
        "with",
        "for",
    ]
)
_BOUNDS = (
    ("about", r"about|around|some|approximately|roughly|nearly|almost|circa|~|≈"),
    (
        "at_least",
        r"at least|over|(?<!no )more than|no (?:less|fewer) than|upwards of|not less than|≥|>",
    ),
    (
        "at_most",
        r"at most|up to|no more than|under|(?<!no )fewer than|(?<!no )(?<!not )less than|≤|<",
    ),
)
_BOUND_PATTERNS = tuple(
    (name, re.compile(rf"(?:\b|^)(?:{p})(?:\b|$|(?=\s))", re.IGNORECASE)) for name, p in _BOUNDS
)
DIMENSIONS: Mapping[str, Mapping[str, str]] = {
    "service": {
        "military": r"militar\w+|soldiers?|service ?(?:wo)?m[ae]n|servicepersons|pows?"
        "|prisoners of war"
        r"|combatants?|troops|fighters|armed forces|officers?|privates?|sergeants?",
        "civil": r"civilians?|civ|non-combatants?",
        "leader": r"(?:\w+ )?leaders?|politicians?|political",
    },
    "sex": {"men": r"men|males?|boys", "women": r"women|females?|girls"},
    "age": {"minor": r"minors?|child(?:ren)?|juveniles?|under-?age", "adult": r"adults?|grown"},
    "life": {"alive": r"alive|living|live", "dead": r"dead|deceased|killed|died"},
}
_DIMENSION_PATTERNS = {
    name: {value: re.compile(rf"\b(?:{p})\b", re.IGNORECASE) for value, p in values.items()}
    for name, values in DIMENSIONS.items()
}
# A speaker who gives both of these has divided the whole.
COMPLETE: tuple[frozenset[str], ...] = (
    frozenset({"military", "civil"}),
    frozenset({"military", "civil", "leader"}),
    frozenset({"men", "women"}),
    frozenset({"minor", "adult"}),
    frozenset({"alive", "dead"}),
)
_MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ],
        start=1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATE = re.compile(
    rf"(?P<before>\b(?:since|before|after|until|captured|prior to|from)\s+(?:on\s+)?)?"
    rf"(?:(?P<iso>\b\d{{4}}-\d{{2}}(?:-\d{{2}})?\b)"
    rf"|(?:\b(?P<day>\d{{1,2}})(?:\s?[-–]\s?(?P<to>\d{{1,2}}))?\s+)?"
    rf"\b(?P<month>{_MONTH})\b\.?,?\s*(?P<year>(?:19|20)\d\d\b)?"
    rf"|\b(?P<alone>(?:19|20)\d\d)\b(?!-?(?:for|x)))",
    re.IGNORECASE,
)


def aspect_of(text: str) -> Aspect:
    """What kind of thing the words say is counted."""
    if _A_LIST.match(text):  # whatever those on it are to expect
        return Aspect.LISTED
    return next((a for a, pattern in _ASPECT_PATTERNS if pattern.search(text)), Aspect.OTHER)


def standing_of(text: str) -> str:
    """`hidden` for people the holder does not acknowledge, `admitted` for those he does."""
    if _HIDDEN.search(text):
        return "hidden"
    return "admitted" if _ADMITTED.search(text) else ""


def speaks_of(text: str) -> frozenset[str]:
    """Which marks the words carry: remaining, bodies, cumulative, both ways, each way, outside."""
    marks = {
        "remaining": _REMAINING,
        "bodies": _BODIES,
        "cumulative": _CUMULATIVE,
        "both": _BOTH_WAYS,
        "each": _EACH_WAY,
        "outside": _OUTSIDE,
        "hidden": _HIDDEN,
        "stayed": _STAYED,
    }
    return frozenset(name for name, pattern in marks.items() if pattern.search(text))


def bound_in(text: str) -> str:
    """The bound that the words put on a figure; empty when none."""
    return next((name for name, pattern in _BOUND_PATTERNS if pattern.search(text)), "")


def without_bounds(text: str) -> str:
    """The words without those that only say how firmly a figure is put."""
    for _, pattern in _BOUND_PATTERNS:
        text = pattern.sub(" ", text)
    return text


def dimensions_of(text: str) -> Mapping[str, frozenset[str]]:
    """Which divisions of people the words name, and which side of each."""
    found = {
        name: frozenset(v for v, pattern in values.items() if pattern.search(text))
        for name, values in _DIMENSION_PATTERNS.items()
    }
    return {name: values for name, values in found.items() if values}


def dates_in(text: str) -> tuple[tuple[PartialDate, str], ...]:
    """The dates in the words, each with the word that makes it one end of a time ("since").

    A month without a year is not a date.
    """
    found = []
    for match in _DATE.finditer(text):
        when = _date(match)
        if when is not None:
            found.append((when, (match["before"] or "").strip().casefold()))
    return tuple(found)


def without_dates(text: str) -> str:
    """The words with every date taken out."""
    return _DATE.sub(" ", text)


def _date(match: "re.Match[str]") -> PartialDate | None:
    try:
        if match["iso"]:
            return PartialDate.parse(match["iso"])
        if match["alone"]:
            return PartialDate(year=int(match["alone"]))
        if not match["year"]:
            return None
        year, month = int(match["year"]), _MONTHS[match["month"].casefold()]
        day = int(match["day"]) if match["day"] else None
        until = PartialDate(year=year, month=month, day=int(match["to"])) if match["to"] else None
        return PartialDate(year=year, month=month, day=day, until=until)
    except ValueError:
        return None


def singling_out(words: Iterable[str]) -> list[str]:
    """The words of a counting rule by which it singles anybody out; none when it counts all."""
    return [word for word in words if word.casefold() not in _WHOLE_WORDS]
