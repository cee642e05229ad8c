"""What does a `px/0` file say, and where is it wrong?

Everything is checked before anything is computed; an error names the place in
the file, and never a person's attributes.
"""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from repatria.planning.instance import (
    DEFAULTS,
    DERIVED,
    FORMAT,
    MIN_DAYS,
    REQUIRED_COLUMNS,
    CountRule,
    Instance,
    Level,
    LevelKind,
    Selector,
    Term,
    Value,
)
from repatria.planning.json_files import json_in

_TRUTHS = ("alive_confirmed", "consent", "vetoed", "demanded", "convicted", "life")
_MAYBE = ("alive_confirmed", "consent")
_NUMBERS = ("days", "age")
_TEXTS = ("category", "sex", "region", "unit", "captured", "locked_in", "barred")
_HEALTH = frozenset({"fit", "sick", "serious"})
_MOST_CYCLE = 7


class UnreadableInstanceError(ValueError):
    """The document is not a question that can be answered. The message names the place."""


def read_instance(content: bytes) -> Instance:
    """The question a file holds.

    Raises:
        UnreadableInstanceError: naming the place.
    """
    document = json_in(content, UnreadableInstanceError)
    return instance_from_json(document, digest=hashlib.sha256(content).hexdigest())


def instance_from_json(document: object, *, digest: str = "") -> Instance:
    """The question a document holds.

    Raises:
        UnreadableInstanceError: naming the place.
    """
    top = _object(document, "the file")
    if top.get("format") != FORMAT:
        _wrong("format", f'expected "{FORMAT}"')
    parties = _texts(top.get("parties"), "parties")
    columns = _columns(top, parties)
    known = {*columns, *DEFAULTS, *DERIVED}
    blocs = {
        name: _members(members, f"blocs.{name}", parties)
        for name, members in _object(top.get("blocs") or {}, "blocs").items()
    }
    try:
        return Instance(
            id=_text(top.get("id", ""), "id"),
            digest=digest,
            as_of=_text(top.get("as_of", ""), "as_of"),
            parties=parties,
            blocs=blocs,
            columns=columns,
            rules=tuple(_rule(i, p, known, columns) for i, p in _items(top, "rules")),
            levels=tuple(_level(i, p, known) for i, p in _items(top, "priorities")),
            cycle_cap=_cycle_cap(top.get("cycle_cap")),
            nonce=_text(top.get("nonce", ""), "nonce"),
        )
    except ValueError as error:
        if isinstance(error, UnreadableInstanceError):
            raise
        raise UnreadableInstanceError(str(error)) from error


def _wrong(place: str, expected: str) -> Any:
    msg = f"{place}: {expected}"
    raise UnreadableInstanceError(msg)


def _object(value: object, place: str) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else _wrong(place, "expected an object")


def _items(top: Mapping[str, Any], key: str) -> list[tuple[Mapping[str, Any], str]]:
    items = top.get(key)
    if not isinstance(items, list):
        _wrong(key, "expected a list")
        return []
    return [(_object(item, f"{key}[{n}]"), f"{key}[{n}]") for n, item in enumerate(items)]


def _text(value: object, place: str) -> str:
    return value if isinstance(value, str) else _wrong(place, "expected a text")


def _texts(value: object, place: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        _wrong(place, "expected a list of texts")
    texts: tuple[str, ...] = tuple(value) if isinstance(value, list) else ()
    if len(set(texts)) != len(texts):
        _wrong(place, "the same stands twice")
    return texts


def _members(value: object, place: str, parties: tuple[str, ...]) -> tuple[str, ...]:
    members = _texts(value, place)
    if not set(members) <= set(parties):
        _wrong(place, "names somebody who is not a party")
    return members


def _whole(value: object, place: str) -> int:
    return value if type(value) is int else _wrong(place, "expected a whole number")


def _cycle_cap(value: object) -> int | None:
    # 0 is what some writers put for "any".
    if value is None or value == 0:
        return None
    cap = _whole(value, "cycle_cap")
    return cap if 2 <= cap <= _MOST_CYCLE else _wrong("cycle_cap", f"expected 2 to {_MOST_CYCLE}")


def _columns(top: Mapping[str, Any], parties: tuple[str, ...]) -> dict[str, Sequence[Value]]:
    names = _texts(top.get("person_columns"), "person_columns")
    missing = [name for name in REQUIRED_COLUMNS if name not in names]
    if missing:
        _wrong("person_columns", f"{', '.join(missing)} is missing")
    persons = top.get("persons")
    if not isinstance(persons, list):
        _wrong("persons", "expected a list")
        return {}
    for number, person in enumerate(persons):
        if not isinstance(person, list) or len(person) != len(names):
            _wrong(f"persons[{number}]", f"expected a list of {len(names)} values")
    values = list(zip(*persons, strict=True)) if persons else [()] * len(names)
    columns: dict[str, Sequence[Value]] = dict(zip(names, values, strict=True))
    for name, column in columns.items():
        _check_column(name, column, parties)
    for number, (holder, claimant) in enumerate(
        zip(columns["holder"], columns["claimant"], strict=True)
    ):
        if holder == claimant:
            _wrong(f"persons[{number}]", "holder and claimant are the same")
    return columns


def _check_column(name: str, column: Sequence[Value], parties: tuple[str, ...]) -> None:
    def first_not(good: Any, expected: str) -> None:
        for number, value in enumerate(column):
            if not good(value):
                _wrong(f"persons[{number}].{name}", expected)

    kinds = set(map(type, column))
    if not kinds <= {str, int, bool, type(None)}:
        first_not(lambda v: type(v) in (str, int, bool, type(None)), "expected a plain value")
    if name in ("holder", "claimant") and not set(column) <= set(parties):
        first_not(lambda value: value in parties, "is not one of the parties")
    elif name == "id" and (kinds - {str} or len(set(column)) != len(column) or "" in column):
        first_not(lambda value: isinstance(value, str) and value, "expected a text")
        _wrong("persons", "the same id stands twice")
    elif name == "health" and not set(column) <= _HEALTH:
        first_not(lambda value: value in _HEALTH, "expected fit, sick or serious")
    elif name in _TRUTHS and not kinds <= ({bool, type(None)} if name in _MAYBE else {bool}):
        good = {bool, type(None)} if name in _MAYBE else {bool}
        first_not(lambda value: type(value) in good, "expected true or false")
    elif name in _NUMBERS:
        first_not(lambda v: v is None or (type(v) is int and 0 <= v < 1 << 31), "expected a number")
    elif name in _TEXTS and kinds - {str}:
        first_not(lambda value: isinstance(value, str), "expected a text")
    elif name == "family" and kinds - {str, type(None)}:
        first_not(lambda value: value is None or isinstance(value, str), "expected a text or null")


def _rule(
    item: Mapping[str, Any], place: str, known: set[str], columns: Mapping[str, Sequence[Value]]
) -> CountRule:
    terms = item.get("terms")
    if not isinstance(terms, list) or not terms:
        _wrong(f"{place}.terms", "expected a list of terms")
        terms = []
    lower, upper = (
        None if item.get(key) is None else _whole(item[key], f"{place}.{key}")
        for key in ("lo", "hi")
    )
    if lower is not None and upper is not None and lower > upper:
        _wrong(place, "lo is above hi")
    return CountRule(
        id=_text(item.get("id"), f"{place}.id"),
        terms=tuple(
            _term(term, f"{place}.terms[{number}]", known, columns)
            for number, term in enumerate(terms)
        ),
        lower=lower,
        upper=upper,
        proposer=_text(item.get("proposer", ""), f"{place}.proposer"),
        source=_text(item.get("source", ""), f"{place}.source"),
        words=_text(item.get("text", ""), f"{place}.text"),
    )


def _term(
    term: object, place: str, known: set[str], columns: Mapping[str, Sequence[Value]]
) -> Term:
    if not isinstance(term, list) or len(term) != 2:
        _wrong(place, "expected a coefficient and a selector")
        return Term(factor=0)
    coefficient: object = term[0]
    select: object = term[1]
    selector = _selector(select, f"{place}[1]", known)
    if isinstance(coefficient, str):
        name = coefficient.removeprefix("-")
        if name not in columns or not all(type(value) is int for value in columns[name]):
            _wrong(f"{place}[0]", "names no column of numbers")
        return Term(factor=-1 if coefficient.startswith("-") else 1, column=name, select=selector)
    return Term(factor=_whole(coefficient, f"{place}[0]"), select=selector)


def _selector(value: object, place: str, known: set[str]) -> Selector:
    selector: dict[str, Any] = {}
    for key, wanted in _object(value, place).items():
        if key not in known:
            _wrong(f"{place}.{key}", "is neither a column nor a known property")
        if key == MIN_DAYS:
            _whole(wanted, f"{place}.{key}")
        elif key in DERIVED and type(wanted) is not bool:
            _wrong(f"{place}.{key}", "expected true or false")
        many = wanted if isinstance(wanted, list) else [wanted]
        if not all(item is None or type(item) in (str, int, bool) for item in many):
            _wrong(f"{place}.{key}", "expected a plain value or a list of them")
        selector[key] = tuple(wanted) if isinstance(wanted, list) else wanted
    return selector


def _level(item: Mapping[str, Any], place: str, known: set[str]) -> Level:
    try:
        kind = LevelKind(item.get("kind", ""))
    except ValueError:
        return _wrong(f"{place}.kind", "expected count, maxmin or hash")  # type: ignore[no-any-return]
    by = _text(item.get("by", ""), f"{place}.by")
    if kind is LevelKind.MAXMIN and by not in known - set(DERIVED):
        _wrong(f"{place}.by", "names no column")
    return Level(
        id=_text(item.get("id"), f"{place}.id"),
        kind=kind,
        select=_selector(item.get("select") or {}, f"{place}.select", known),
        by=by,
        words=_text(item.get("text", ""), f"{place}.text"),
        source=_text(item.get("source", ""), f"{place}.source"),
    )
