"""Of which day do these words speak?

Full dates and dates without a year, weekdays and "today" are reckoned here from
the day of the text; only other words that look like a day are given to
dateparser, which is slow and takes "2023 and one" for a date when it is shown
more than the words of a date.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

import dateparser

from repatria.terms import PartialDate

_MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "january jan января январе январь",
            "february feb февраля феврале февраль",
            "march mar марта марте март",
            "april apr апреля апреле апрель",
            "may мая мае май",
            "june jun июня июне июнь",
            "july jul июля июле июль",
            "august aug августа августе август",
            "september sept sep сентября сентябре сентябрь",
            "october oct октября октябре октябрь",
            "november nov ноября ноябре ноябрь",
            "december dec декабря декабре декабрь",
        ],
        start=1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        [
            "monday понедельник",
            "tuesday вторник",
            "wednesday среду среда",
            "thursday четверг",
            "friday пятницу пятница",
            "saturday субботу суббота",
            "sunday воскресенье",
        ]
    )
    for name in names.split()
}
_DAY = re.compile(
    rf"(?<!\w)(?:(?:(?:between|from)\s+)?(?P<first>\d{{1,2}})(?:\s*[-–]\s*|\s+(?:and|to|и|по)\s+)"
    rf"(?P<until>\d{{1,2}})\s+(?P<month4>{_MONTH})(?:,?\s+(?P<year4>\d{{4}})(?:\s+года)?)?"
    rf"|(?P<iso>\d{{4}}-\d{{2}}-\d{{2}})|(?P<dotted>\d{{1,2}}\.\d{{1,2}}\.\d{{4}})"
    rf"|(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{_MONTH})\.?(?:,?\s+(?P<year>\d{{4}})(?:\s+года)?)?"
    rf"|(?P<month2>{_MONTH})\.?\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,?\s+(?P<year2>\d{{4}}))?"
    rf"|(?:in|since|from|of|by|until|early|late|mid|в|с|last)[\s-]+(?P<month3>{_MONTH})(?:,?\s+(?P<year3>\d{{4}}))?"
    rf"|(?P<last>last\s+)?(?P<weekday>{'|'.join(_WEEKDAYS)})"
    rf"|(?P<today>today|сегодня)|(?P<yesterday>yesterday|вчера)"
    rf"|(?:in|since|of|в)\s+(?P<only>(?:19|20)\d\d)(?:\s+году)?(?!\d)"
    rf"|(?P<other>\w+ days? ago|позавчера)"
    rf"|(?P<back>an?|one|two|three|four|five|six|\d)\s+(?P<unit>days?|weeks?)\s+(?P<way>earlier|before|later)"
    rf"|(?P<eve>the day before)|(?P<next>the next day|the following day))(?!\w)",
    re.IGNORECASE,
)
_SMALL = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_STATE = re.compile(r"^\W*by\s+[\w ]{3,20}$", re.IGNORECASE)
_ONE_END = re.compile(
    r"(?:since|until|before|after|till|by|с|до|после|dated|(?:talks|statement|declaration"
    r"|letter|agreement|communiqu\w+|deal|accord|truce|ceasefire) (?:of|from)"
    r"|(?:by|until|till|before) the (?:end|middle|start|beginning))\s*(?:the\s+)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """Words for a day, their place, what they mean, and whether they only bound a time."""

    start: int
    end: int
    when: PartialDate
    one_end: bool


def days_in(text: str, *, said_on: date | None, known: PartialDate | None = None) -> list[Day]:
    """The days a text names; without `said_on` those that need it are left out.

    Args:
        text: to be read.
        said_on: the day of the text.
        known: the day of which the text spoke last: "a day earlier" is reckoned from it.
    """
    found: list[Day] = []
    for match in _DAY.finditer(text):
        before = next((d.when for d in reversed(found) if d.when.day), known)
        when = _resolved(match, said_on, before)
        if when is not None:
            lead = text[max(0, match.start() - 24) : match.start()]
            bounding = bool(_ONE_END.search(lead)) or _bounds(match[0])
            if bounding and _STATE.search(text[: match.end()]) and "had" in text[match.end() :]:
                bounding = False  # "By May it had": so it stood then
            found.append(Day(start=match.start(), end=match.end(), when=when, one_end=bounding))
    return found


def _bounds(words: str) -> bool:
    """Whether the words of a day say that it is only one end of a time."""
    ranged = re.match(r"(?:from|с)\s+\d{1,2}\s+(?:to|по)\s", words, re.IGNORECASE)
    one_end = words.casefold().startswith(("since", "from", "until", "by", "с "))
    return one_end and not ranged


def _resolved(
    match: "re.Match[str]", said_on: date | None, known: PartialDate | None
) -> PartialDate | None:
    try:
        if match["back"] or match["eve"] or match["next"]:
            return _reckoned(match, known)
        if match["first"]:
            return _of_range(match, said_on)
        if match["iso"]:
            return PartialDate.parse(match["iso"])
        if match["dotted"]:
            day, month, year = map(int, match["dotted"].split("."))
            return PartialDate(year=year, month=month, day=day)
        if match["only"]:
            return PartialDate(year=int(match["only"]))
        month_name = match["month"] or match["month2"] or match["month3"]
        if month_name:
            return _of_month(match, _MONTHS[month_name.casefold()], said_on)
        return _relative(match, said_on)
    except ValueError:
        return None


def _reckoned(match: "re.Match[str]", known: PartialDate | None) -> PartialDate | None:
    """Words as "a day earlier", "the next day": from the day of which was spoken last."""
    if known is None or known.earliest != known.latest:
        return None
    if match["eve"] or match["next"]:
        return PartialDate.on(known.earliest + timedelta(days=1 if match["next"] else -1))
    count = _SMALL.get(match["back"].casefold()) or int(match["back"])
    days = count * (7 if match["unit"].casefold().startswith("week") else 1)
    way = 1 if match["way"].casefold() == "later" else -1
    return PartialDate.on(known.earliest + timedelta(days=way * days))


def _of_range(match: "re.Match[str]", said_on: date | None) -> PartialDate | None:
    month = _MONTHS[match["month4"].casefold()]
    year = int(match["year4"]) if match["year4"] else None
    if year is None:
        if said_on is None:
            return None
        first = PartialDate(year=said_on.year, month=month, day=int(match["first"]))
        year = said_on.year - (first.earliest > said_on + timedelta(days=31))
    return PartialDate(
        year=year,
        month=month,
        day=int(match["first"]),
        until=PartialDate(year=year, month=month, day=int(match["until"])),
    )


def _of_month(match: "re.Match[str]", month: int, said_on: date | None) -> PartialDate | None:
    day_text = match["day"] or match["day2"]
    day = int(day_text) if day_text else None
    year_text = match["year"] or match["year2"] or match["year3"]
    if year_text:
        return PartialDate(year=int(year_text), month=month, day=day)
    if said_on is None:
        return None
    this_year = PartialDate(year=said_on.year, month=month, day=day)
    if this_year.earliest <= said_on + timedelta(days=31):
        return this_year
    return PartialDate(year=said_on.year - 1, month=month, day=day)


def _relative(match: "re.Match[str]", said_on: date | None) -> PartialDate | None:
    if said_on is None:
        return None
    if match["today"]:
        return PartialDate.on(said_on)
    if match["yesterday"]:
        return PartialDate.on(said_on - timedelta(days=1))
    if match["weekday"]:
        back = (said_on.weekday() - _WEEKDAYS[match["weekday"].casefold()]) % 7
        if match["last"] and back == 0:
            back = 7
        return PartialDate.on(said_on - timedelta(days=back))
    return _parsed(match[0].casefold(), said_on)


@lru_cache(maxsize=1_024)
def _parsed(words: str, said_on: date) -> PartialDate | None:
    base = datetime(said_on.year, said_on.month, said_on.day)  # noqa: DTZ001 -- days have no zone here
    settings = {"RELATIVE_BASE": base, "PREFER_DATES_FROM": "past"}
    found = dateparser.parse(words, languages=["en", "ru"], settings=settings)
    return PartialDate.on(found.date()) if found else None
