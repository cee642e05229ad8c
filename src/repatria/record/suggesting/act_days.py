"""On which day was it done, of all the days that a sentence names?

The day of the saying is not the day of the act, and the day on which people
were captured is not the day on which they crossed.
"""

import re
from collections.abc import Sequence

from repatria.record.suggesting.days import Day
from repatria.record.suggesting.deeds import Deed
from repatria.record.suggesting.lexicon import any_action, speaking
from repatria.record.suggesting.numbers import Counted
from repatria.terms import PartialDate

_LEADING_DAY = 24


def day_of_act(
    sentence: str,
    days: Sequence[Day],
    counted: Counted,
    deed: Deed | None,
    reach: tuple[int, int],
) -> PartialDate | None:
    """The day of what is said of them: the nearest in reach that does not bound a time.

    A day that follows at once on another deed ("captured in September") belongs to that.
    """
    if deed is not None and deed.words.casefold().startswith("visit"):
        return None  # the day of the visit, not of what was seen there
    usable = [
        d
        for d in days
        if not d.one_end and not _of_saying(sentence, d) and not _of_another(sentence, d, deed)
    ]
    for day in usable:
        if counted.start < day.start < reach[1] and ";" not in sentence[counted.start : day.start]:
            return day.when
    if deed is None:
        return None
    for day in reversed(usable):
        between = sentence[day.end : counted.start] if day.end <= counted.start else ";"
        nearby = day.end > reach[0] and not re.search(r",|\bin (?:exchange|return)\b", between)
        if ";" not in between and (day.start < _LEADING_DAY or nearby):
            return day.when
    shared = [
        d
        for d in usable
        if d.start > counted.end
        and deed.start > reach[1]
        and ";" not in sentence[counted.end : d.start]
    ]
    return shared[0].when if shared else None


def _of_saying(sentence: str, day: Day) -> bool:
    """Whether it is the day of the saying: "said on Wednesday that", "on 5 May he said that".

    A month at the beginning is of what is counted: "In November they said they held 55".
    """
    lead = sentence[max(0, day.start - 60) : day.start]
    if re.search(r"\b(?:as of|as at|на)\s+$", lead, re.IGNORECASE):
        return False
    verbs = list(speaking().finditer(lead))
    if verbs:
        between = lead[verbs[-1].end() :]
        if not any_action().search(between) and not re.search(r"\d|\b(?:that|что)\b", between):
            return True
    if day.when.day is None:
        return False
    following = sentence[day.end : day.end + 80]
    verb = speaking().search(following)
    if verb is None:
        return False
    between = following[: verb.start()]
    ended = any_action().search(between) or re.search(r"[;\d”\"»]|\b(?:that|что)\b", between)
    return not ended


def _of_another(sentence: str, day: Day, deed: Deed | None) -> bool:
    first = max(0, day.start - 40)
    lead = sentence[first : day.start + 3]  # "taken in" ends within "in September"
    others = list(any_action().finditer(lead))
    if not others:
        return False
    last = others[-1]
    at = first + last.start()
    adjacent = not re.search(r"[,;]", lead[last.end() :])
    return bool(
        adjacent and (last.lastgroup in ("captured", "held")) and (deed is None or deed.start != at)
    )
