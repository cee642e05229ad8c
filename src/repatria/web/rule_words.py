"""How does a rule of the terms read in the reader's own language?

What is signed is the rule itself; `Rule.in_words` says it in English on paper and in
files. A page says it in the language of the page where there are words for its kind,
and in English, marked as such, where there are none.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from repatria.planning import Priority, PriorityKind, Rule
from repatria.web.words import CATEGORIES

_ENGLISH = "en"


class Sentence(str):
    """A sentence that knows whether it is in English on a page of another language."""

    __slots__ = ("is_english",)
    is_english: bool

    @classmethod
    def of(cls, text: str, *, english: bool = False) -> "Sentence":
        """A sentence."""
        made = cls(text)
        made.is_english = english
        return made

    @property
    def attributes(self) -> SafeString:
        """What an element that holds it says of its language."""
        return SafeString(' lang="en" dir="ltr"' if self.is_english else "")


def sentence_of(rule: Rule) -> Sentence:
    """A rule in the language of the page, or in English."""
    if (get_language() or _ENGLISH).startswith(_ENGLISH):
        return Sentence.of(rule.in_words())
    say = _RULES.get(rule.kind)
    return Sentence.of(say(rule)) if say else Sentence.of(rule.in_words(), english=True)


def level_sentence(priority: Priority) -> Sentence:
    """Who is counted at a level, in the language of the page."""
    if (get_language() or _ENGLISH).startswith(_ENGLISH):
        return Sentence.of(priority.in_words())
    words = {
        PriorityKind.SERIOUS: _("the seriously wounded and sick"),
        PriorityKind.MINORS: _("those under 18"),
        PriorityKind.WITH_INFANTS: _("women who have a child under seven with them"),
        PriorityKind.ELDERLY: _("those of 60 and older"),
        PriorityKind.SICK: _("the sick who are not seriously so"),
        PriorityKind.VULNERABLE: _("minors, women, the sick and those of 60 and older"),
        PriorityKind.CAPTIVITY: _("those held longest; months at least: %(months)s")
        % {"months": priority.months},
        PriorityKind.TOTAL: _("all who go home"),
        PriorityKind.COVERAGE: _("the smallest share, in thousandths, by %(group)s")
        % {"group": _group(priority.by)},
    }
    return Sentence.of(words[priority.kind])


def apart(text: object) -> str:
    """A name or number kept together, whatever the direction of what stands around it."""
    return f"\u2068{text}\u2069"


def _group(by: str) -> str:
    return {"region": _("region"), "unit": _("unit")}.get(by, by)


def _kinds(categories: Any) -> str:
    words = [str(CATEGORIES.get(each.value, each.value)) for each in categories]
    return _(", ").join(words)


def _number(minimum: int, maximum: int | None) -> str:
    if maximum is None:
        return _("at least %(least)s") % {"least": minimum}
    if minimum == maximum:
        return _("exactly %(number)s") % {"number": minimum}
    if not minimum:
        return _("at most %(most)s") % {"most": maximum}
    return _("between %(least)s and %(most)s") % {"least": minimum, "most": maximum}


def _day(day: date) -> str:
    return apart(day.isoformat())


def _time(since: date | None, until: date | None) -> str:
    parts = []
    if since:
        parts.append(_("since %(day)s") % {"day": _day(since)})
    if until:
        parts.append(_("until %(day)s") % {"day": _day(until)})
    return " ".join(parts) or _("at whatever time, where the day is known")


def _ratio(rule: Any) -> str:
    words = {
        "first": rule.first_count,
        "giver": apart(rule.first),
        "second": rule.second_count,
        "other": apart(rule.second),
    }
    said = _("from %(giver)s: %(first)s, for every %(second)s from %(other)s") % words
    for party, kinds in (
        (rule.first, rule.first_categories),
        (rule.second, rule.second_categories),
    ):
        if kinds:
            said += _("; of %(party)s only these count: %(kinds)s") % {
                "party": apart(party),
                "kinds": _kinds(kinds),
            }
    return said + _slack(rule.tolerance)


def _slack(tolerance: int) -> str:
    return _("; within %(slack)s") % {"slack": tolerance} if tolerance else ""


def _share(rule: Any) -> str:
    side = _("at least") if rule.limit == "at-least" else _("at most")
    return _("of each 100 whom %(party)s gives, %(side)s %(number)s are of %(group)s %(value)s") % {
        "party": apart(rule.from_party),
        "side": side,
        "number": rule.percent,
        "group": _group(rule.by),
        "value": apart(rule.value),
    }


def _balance(rule: Any) -> str:
    said = _("as many from %(first)s as from %(second)s") % {
        "first": apart(rule.first),
        "second": apart(rule.second),
    }
    if rule.ids:
        said += _("; persons named: %(number)s") % {"number": len(rule.ids)}
    if rule.worth:
        pairs = [f"{_kinds([category])} {worth}" for category, worth in rule.worth]
        said += _("; worth: %(table)s") % {"table": _(", ").join(pairs)}
    return said + _slack(rule.tolerance)


def _crosses(rule: Any) -> str:
    words = {
        "party": apart(rule.from_party),
        "site": apart(rule.site),
        "group": _group(rule.by),
        "value": apart(rule.value),
    }
    if rule.by:
        return _("those of %(group)s %(value)s whom %(party)s gives cross at %(site)s") % words
    return _("those whom %(party)s gives cross at %(site)s") % words


def _capacity(rule: Any) -> str:
    words = {"site": apart(rule.site), "number": rule.per_day}
    if rule.on is None:
        return _("at %(site)s in a day, persons at most: %(number)s") % words
    return _("at %(site)s on %(day)s, persons at most: %(number)s") % {
        **words,
        "day": _day(rule.on),
    }


def _said(text: str, **parts: Any) -> str:
    return text % parts


_RULES: Mapping[str, Callable[[Any], str]] = {
    "ratio": _ratio,
    "total": lambda r: _said(
        _("from %(party)s: %(number)s"),
        party=apart(r.from_party),
        number=_number(r.minimum, r.maximum),
    ),
    "category-total": lambda r: _said(
        _("from %(party)s, of category %(kinds)s: %(number)s"),
        party=apart(r.from_party),
        kinds=_kinds([r.category]),
        number=_number(r.minimum, r.maximum),
    ),
    "captured-total": lambda r: _said(
        _("from %(party)s, captured %(time)s: %(number)s"),
        party=apart(r.from_party),
        time=_time(r.since, r.until),
        number=_number(r.minimum, r.maximum),
    ),
    "include": lambda r: _said(_("persons named who must go: %(number)s"), number=len(r.ids)),
    "exclude": lambda r: _said(
        _("persons named who stay: %(number)s; reason given: %(reason)s"),
        number=len(r.ids),
        reason=apart(r.reason),
    ),
    "together": lambda r: _said(
        _("persons named who go together or not at all: %(number)s"), number=len(r.ids)
    ),
    "category-only": lambda r: _said(
        _("%(party)s gives only: %(kinds)s"),
        party=apart(r.from_party),
        kinds=_kinds(r.categories),
    ),
    "category-excluded": lambda r: _said(
        _("%(party)s gives none of: %(kinds)s"),
        party=apart(r.from_party),
        kinds=_kinds(r.categories),
    ),
    "captured-between": lambda r: _said(
        _("%(party)s gives only those captured %(time)s"),
        party=apart(r.from_party),
        time=_time(r.since, r.until),
    ),
    "share": _share,
    "balance": _balance,
    "at-most-named": lambda r: _said(
        _("of persons named (%(all)s) go at most: %(number)s"), all=len(r.ids), number=r.maximum
    ),
    "demand": lambda r: _said(
        _("%(party)s demands of persons named (%(all)s) at least: %(number)s"),
        party=apart(r.proposer),
        all=len(r.ids),
        number=r.minimum,
    ),
    "promise": lambda r: _said(
        _("%(party)s also gives, by %(day)s: %(what)s"),
        party=apart(r.from_party),
        day=_day(r.due),
        what=apart(r.what),
    ),
    "site-capacity": _capacity,
    "crosses-at": _crosses,
    "exchange-days": lambda r: _said(
        _("people cross from %(first)s to %(last)s"), first=_day(r.first_day), last=_day(r.last_day)
    ),
    "most-ahead": lambda r: _said(
        _("%(party)s is never ahead by more than %(number)s"),
        party=apart(r.from_party),
        number=r.most,
    ),
}
