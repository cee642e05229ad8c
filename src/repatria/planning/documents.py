"""How are terms written down, so that they can be signed and read again?

Plain JSON values. Keys and kinds of rules from a newer version survive reading
and writing unchanged; a plan is refused while a rule is not understood.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from datetime import date
from typing import Any, TypeVar

from repatria.planning.agreement import Priority, PriorityKind, Terms
from repatria.planning.counts import (
    AtMostNamed,
    CapturedTotal,
    CategoryTotal,
    Demand,
    Include,
    Ratio,
    Total,
)
from repatria.planning.crossings import CrossesAt, ExchangeDays, MostAhead, SiteCapacity
from repatria.planning.eligibility import (
    CapturedBetween,
    CategoryExcluded,
    CategoryOnly,
    Exclude,
    Together,
    UnknownRule,
)
from repatria.planning.promises import Promise
from repatria.planning.proportions import Balance, Share
from repatria.planning.rule import Rule
from repatria.terms import Category

Json = dict[str, Any]
Part = TypeVar("Part", Terms, Priority, Rule)

_KINDS: dict[str, type[Rule]] = {
    rule.kind: rule
    for rule in (
        AtMostNamed,
        Balance,
        CapturedBetween,
        CapturedTotal,
        CategoryExcluded,
        CategoryOnly,
        CategoryTotal,
        CrossesAt,
        Demand,
        ExchangeDays,
        Exclude,
        Include,
        MostAhead,
        Promise,
        Ratio,
        Share,
        SiteCapacity,
        Together,
        Total,
    )
}


class UnreadableTermsError(ValueError):
    """The document is not terms. The message says where and what was expected."""


def terms_to_json(terms: Terms) -> Json:
    """The terms as plain JSON values; `terms_from_json` gives the same terms back."""
    written = _write(terms)
    written["rules"] = [_write_rule(rule) for rule in terms.rules]
    written["priorities"] = [_write(priority) for priority in terms.priorities]
    if not terms.four_eyes:
        # As terms of before there was this key: their bytes, and what was signed, stay the same.
        del written["four_eyes"]
    return written


def terms_from_json(document: Mapping[str, Any]) -> Terms:
    """The terms a document holds.

    Raises:
        UnreadableTermsError: a key is missing, has the wrong type, or the parts
            do not fit together; the message names the place.
    """
    rules = tuple(_read_rule(item, place) for item, place in _items(document, "rules"))
    priorities = tuple(
        _read(Priority, item, place) for item, place in _items(document, "priorities")
    )
    return _read(Terms, {**document, "rules": rules, "priorities": priorities}, "terms")


def _write(part: Terms | Priority | Rule) -> Json:
    written: Json = dict(part.extra)
    for each in fields(part):
        if each.name != "extra":
            written[each.name] = _plain(getattr(part, each.name))
    if isinstance(part, Priority) and not part.by:
        # As priorities of before there was this key.
        del written["by"]
    return written


def _write_rule(rule: Rule) -> Json:
    written = _write(rule)
    written["kind"] = written.pop("written_kind") if isinstance(rule, UnknownRule) else rule.kind
    return written


def _plain(value: object) -> object:
    match value:
        case date():
            return value.isoformat()
        case PriorityKind() | Category():
            return value.value
        case tuple():
            return [_plain(item) for item in value]
        case _:
            return value


def _items(document: Mapping[str, Any], key: str) -> list[tuple[Mapping[str, Any], str]]:
    items = document.get(key)
    if not isinstance(items, list):
        msg = f"{key}: expected a list"
        raise UnreadableTermsError(msg)
    places = [(item, f"{key}[{number}]") for number, item in enumerate(items)]
    for item, place in places:
        if not isinstance(item, Mapping):
            msg = f"{place}: expected an object"
            raise UnreadableTermsError(msg)
    return places


def _read_rule(item: Mapping[str, Any], place: str) -> Rule:
    kind = item.get("kind")
    if not isinstance(kind, str) or not kind:
        msg = f"{place}.kind: expected a text"
        raise UnreadableTermsError(msg)
    rest = {key: value for key, value in item.items() if key != "kind"}
    if kind in _KINDS:
        return _read(_KINDS[kind], rest, place)
    return _read(UnknownRule, {**rest, "written_kind": kind}, place)


def _read(form: type[Part], item: Mapping[str, Any], place: str) -> Part:
    known: Json = {}
    names = {each.name: each.default is MISSING for each in fields(form) if each.name != "extra"}
    for name, needed in names.items():
        if name in item:
            known[name] = _value(name, item[name], f"{place}.{name}", form)
        elif needed:
            msg = f"{place}.{name}: is missing"
            raise UnreadableTermsError(msg)
    extra = {key: value for key, value in item.items() if key not in names}
    try:
        return form(**known, extra=extra)
    except ValueError as error:
        msg = f"{place}: {error}"
        raise UnreadableTermsError(msg) from error


def _value(name: str, value: object, place: str, form: type[Part]) -> object:
    reader, expected = _PRIORITY_KIND if (form, name) == (Priority, "kind") else _READERS[name]
    try:
        return reader(value)
    except (TypeError, ValueError) as error:
        msg = f"{place}: expected {expected}"
        raise UnreadableTermsError(msg) from error


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError
    return value


def _day(value: object) -> date:
    text = _text(value)
    if len(text) != len("2000-01-01"):
        raise ValueError
    return date.fromisoformat(text)


def _category(value: object) -> Category:
    return Category(_text(value))


def _worth(value: object) -> tuple[Category, int]:
    if not isinstance(value, list):
        raise TypeError
    category, number = value
    return _category(category), _number(number)


def _list_of(read: Callable[[object], Any]) -> Callable[[object], tuple[Any, ...]]:
    def read_list(value: object) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise TypeError
        return tuple(read(item) for item in value)

    return read_list


def _or_nothing(read: Callable[[object], Any]) -> Callable[[object], Any]:
    return lambda value: None if value is None else read(value)


_Reader = tuple[Callable[[object], Any], str]
_A_TEXT: _Reader = (_text, "a text")
_A_NUMBER: _Reader = (_number, "a whole number")
_A_DAY: _Reader = (_or_nothing(_day), "a day as YYYY-MM-DD or null")
_TEXTS: _Reader = (_list_of(_text), "a list of texts")
_CATEGORIES: _Reader = (_list_of(_category), "a list of categories")
_PRIORITY_KIND: _Reader = (
    lambda value: PriorityKind(_text(value)),
    f"{', '.join(list(PriorityKind)[:-1])} or {list(PriorityKind)[-1]}",
)

# A name of a field means the same in every rule, so one table reads them all.
_READERS: dict[str, _Reader] = {
    "by": _A_TEXT,
    "as_of": (_day, "a day as YYYY-MM-DD"),
    "categories": _CATEGORIES,
    "category": (_category, "a category"),
    "due": (_day, "a day as YYYY-MM-DD"),
    "first": _A_TEXT,
    "first_categories": _CATEGORIES,
    "first_day": (_day, "a day as YYYY-MM-DD"),
    "first_count": _A_NUMBER,
    "from_party": _A_TEXT,
    "four_eyes": _TEXTS,
    "id": _A_TEXT,
    "ids": _TEXTS,
    "last_day": (_day, "a day as YYYY-MM-DD"),
    "limit": _A_TEXT,
    "maximum": (_or_nothing(_number), "a whole number or null"),
    "minimum": _A_NUMBER,
    "months": _A_NUMBER,
    "most": _A_NUMBER,
    "nonce": _A_TEXT,
    "on": _A_DAY,
    "per_day": _A_NUMBER,
    "percent": _A_NUMBER,
    "priorities": (lambda value: value, "a list"),
    "proposer": _A_TEXT,
    "reason": _A_TEXT,
    "rules": (lambda value: value, "a list"),
    "second": _A_TEXT,
    "second_categories": _CATEGORIES,
    "second_count": _A_NUMBER,
    "since": _A_DAY,
    "site": _A_TEXT,
    "source": _A_TEXT,
    "tolerance": _A_NUMBER,
    "until": _A_DAY,
    "value": _A_TEXT,
    "version": _A_NUMBER,
    "what": _A_TEXT,
    "worth": (_list_of(_worth), "a list of pairs of a category and a number"),
    "written_kind": _A_TEXT,
}
