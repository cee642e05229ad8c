"""Which parties do the words name, and which way did people go?

"Armenians", "Armenian" and "to Armenia" are one key; nothing is looked up, so a
party needs no entry in any list. A word that is not a name is not a party.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_ROLE_WORDS = (
    r"governments?|rebels?|separatists?|insurgents?|coalition|authorities|opposition|militia|junta"
    r"|north(?:ern(?:ers?)?)?|south(?:ern(?:ers?)?)?|east(?:ern(?:ers?)?)?|west(?:ern(?:ers?)?)?"
)
_NAME = rf"(?:[A-Z][\w'’-]+|{_ROLE_WORDS})"
_NOT_PARTIES = frozenset(
    [
        "pow",
        "pows",
        "all",
        "total",
        "names",
        "name",
        "list",
        "lists",
        "bodies",
        "body",
        "prisoners",
        "prisoner",
        "hostages",
        "hostage",
        "captives",
        "detainees",
        "civilians",
        "civilian",
        "soldiers",
        "soldier",
        "servicemen",
        "military",
        "persons",
        "people",
        "men",
        "women",
        "children",
        "minors",
        "exchange",
        "exchanged",
        "exchanges",
        "returned",
        "released",
        "freed",
        "moved",
        "received",
        "handed",
        "held",
        "missing",
        "agreed",
        "planned",
        "announced",
        "formula",
        "actually",
        "batch",
        "both",
        "each",
        "still",
        "of",
        "to",
        "in",
        "phase",
        "total",
        "running",
        "un",
        "icrc",
        "red",
        "cross",
        "crescent",
        "mediation",
        "captured",
        "officers",
        "acknowledged",
        "incl",
        "including",
        "registered",
        "war",
        "wars",
        "ips",
        "idf",
        "remains",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "oct",
        "nov",
        "dec",
        "the",
        "not",
        "no",
        "alive",
        "dead",
        "one",
        "two",
        "some",
    ]
)
_SUFFIXES = ("ians", "ian", "ese", "ish", "erners", "erner", "ern", "an", "ia", "i", "n", "e", "a")
_SHORTEST = 4
_GOES_TO = re.compile(rf"\b(?:to|received by|home to)\s+(?:the\s+)?({_NAME})")
_COMES_FROM = re.compile(
    rf"\b(?:by|from|in)\s+(?:the\s+)?({_NAME})(?:['’]s?)?"
    rf"|\b(?:by|from)\s+(?:the\s+)?(\w+)\s+(?:forces|custody|captivity|side|authorities|army)\b"
)
_WHOSE = re.compile(rf"^(?:the\s+)?({_NAME})(?:['’]s)?\s+(?=[a-z])(?!for\b|x\b)")
_ALONE = re.compile(rf"^(?:the\s+)?({_NAME})$")
_RECEIVED_BY = re.compile(rf"\b(?:received|taken in|accepted)\s+by\s+(?:the\s+)?({_NAME})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """Whose people, from whom and to whom; each a key, empty when not said."""

    people: str = ""
    giver: str = ""
    taker: str = ""


@lru_cache(maxsize=16_384)
def party_key(name: str) -> str:
    """One key for the name of a country, its people and its adjective."""
    key = re.sub(r"['’]s?$", "", name.strip()).casefold()
    if len(key) > _SHORTEST and key.endswith("s") and not key.endswith("ss"):
        key = key[:-1]
    changed = True
    while changed:
        changed = False
        for suffix in _SUFFIXES:
            if key.endswith(suffix) and len(key) - len(suffix) >= _SHORTEST:
                key, changed = key.removesuffix(suffix), True
                break
    return key


def same_party(left: str, right: str) -> bool:
    """Whether two keys can be one party: equal, or the one short for the other."""
    if left == right:
        return True
    short, long = sorted((left, right), key=len)
    return 1 < len(short) < _SHORTEST and long.startswith(short)


def named_in(text: str) -> Iterator[str]:
    """The keys of the words that look like names of parties."""
    for match in re.finditer(rf"\b{_NAME}", text):
        if match[0].casefold().rstrip("'’") not in _NOT_PARTIES:
            yield party_key(match[0])


def ways_in(measure: str, rule: str) -> Ways:
    """What the words of a claim say about direction; the counting rule says it more narrowly."""
    people = _first(_WHOSE, measure) or _first(_WHOSE, rule) or _first(_ALONE, rule)
    taker = _first(_RECEIVED_BY, rule) or _first(_RECEIVED_BY, measure)
    giver = ""
    if not taker:
        giver = _first(_COMES_FROM, rule) or _first(_COMES_FROM, measure)
        taker = _first(_GOES_TO, rule) or _first(_GOES_TO, measure)
    return Ways(people=people, giver=giver, taker=taker)


def _first(pattern: "re.Pattern[str]", text: str) -> str:
    for match in pattern.finditer(text):
        name = next((g for g in match.groups() if g), "")
        if name and name.casefold() not in _NOT_PARTIES and not name.isdigit():
            return party_key(name)
    return ""
