"""Where does a text count, and how many?

Digits with or without separators, and number words in English and Russian. Which
of them count people is decided elsewhere; dates, ages, ordinals and shares are
left out here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from text_to_num import text2num

_UNITS = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
]
_WORDS = "|".join([*sorted(_UNITS, key=len, reverse=True), "hundred", "thousand"])
_RUSSIAN = {
    word: value
    for value, words in {
        1: "один одна одного одному одну одним",
        2: "два две двух двое двоих двум",
        3: "три трёх трех трое троих трём трем",
        4: "четыре четырёх четырех четверо четверых",
        5: "пять пяти пятеро пятерых",
        6: "шесть шести шестеро шестерых",
        7: "семь семи семеро семерых",
        8: "восемь восьми",
        9: "девять девяти",
        10: "десять десяти десятеро",
        11: "одиннадцать одиннадцати",
        12: "двенадцать двенадцати",
        13: "тринадцать тринадцати",
        14: "четырнадцать четырнадцати",
        15: "пятнадцать пятнадцати",
        16: "шестнадцать шестнадцати",
        17: "семнадцать семнадцати",
        18: "восемнадцать восемнадцати",
        19: "девятнадцать девятнадцати",
        20: "двадцать двадцати",
        30: "тридцать тридцати",
        40: "сорок сорока",
        50: "пятьдесят пятидесяти",
        60: "шестьдесят шестидесяти",
        70: "семьдесят семидесяти",
        80: "восемьдесят восьмидесяти",
        90: "девяносто девяноста",
        100: "сто ста",
        200: "двести двухсот",
        300: "триста трёхсот трехсот",
        400: "четыреста",
        500: "пятьсот",
        600: "шестьсот",
        700: "семьсот",
        800: "восемьсот",
        900: "девятьсот",
    }.items()
    for word in words.split()
}
_RUSSIAN_WORDS = "|".join(sorted(_RUSSIAN, key=len, reverse=True))
_CANDIDATE = re.compile(
    rf"(?<![\w.,$€£№#/-])(?:(?P<digits>\d{{1,3}}(?:[,\u00a0\u202f ]\d{{3}})+(?!\d)"
    rf"|\d+)(?P<thousand>\s+(?:thousand|тысяч\w*|тыс\.))?"
    rf"|(?P<words>(?:(?:an?\s+)?(?:{_WORDS}))(?:(?:[\s-]+|\s+and\s+)(?:{_WORDS}))*)"
    rf"|(?P<dozen>(?:a|two|three|several)?\s*\bdozens?|half a dozen)"
    rf"|(?P<russian>(?:{_RUSSIAN_WORDS})(?:\s+(?:{_RUSSIAN_WORDS}))*))(?![\w/]|[.,]\d|-(?!\w*-?for))",
    re.IGNORECASE,
)
_DOZENS = {"a dozen": 12, "dozen": 12, "two dozen": 24, "three dozen": 36, "half a dozen": 6}


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A number in a text: its place in characters and its value."""

    start: int
    end: int
    value: int
    worded: bool


def numbers_in(text: str) -> Iterator[Counted]:
    """The numbers of a text, in order; those whose value is not certain are left out."""
    for match in _CANDIDATE.finditer(text):
        value = _value(match)
        if value is not None:
            yield Counted(
                start=match.start(), end=match.end(), value=value, worded=match["digits"] is None
            )


def _value(match: "re.Match[str]") -> int | None:
    if match["digits"]:
        value = int(re.sub(r"\D", "", match["digits"]))
        return value * 1000 if match["thousand"] else value
    if match["dozen"]:
        return _DOZENS.get(" ".join(match["dozen"].casefold().split()))
    if match["russian"]:
        return sum(_RUSSIAN[word] for word in match["russian"].casefold().split())
    try:
        # The words alone: in a sentence text2num leaves single digits be.
        return int(text2num(re.sub(r"^an?\s+", "one ", match["words"].casefold()), "en"))
    except ValueError:
        return None
