"""How does a typed payload become JSON and come back?

Works for frozen dataclasses whose fields are text, integers, booleans, enums,
dates, names, nested payloads, tuples and mappings of these. A field that equals
its default is left out; a key that is not known is left alone (it stays in the
statement's bytes, which are what is kept).
"""

import dataclasses
import types
from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from repatria.terms.dates import PartialDate
from repatria.terms.errors import IntegrityError
from repatria.terms.times import read_instant, write_instant

P = TypeVar("P")
BESIDE = "beside what is said"
"""In the metadata of a field: it is no part of what is said, neither written nor read."""

_Codec = tuple[Callable[[Any], Any], Callable[[Any], Any]]
# A pure function of the class, remembered: reading a type's hints costs 50 microseconds.
_FIELDS: dict[type, tuple[tuple[dataclasses.Field[Any], _Codec], ...]] = {}

_READERS: dict[type, Mapping[str, Callable[[Any], Any]]] = {}


def to_json(payload: Any) -> dict[str, Any]:
    """The JSON object of a payload, without fields that equal their default."""
    out: dict[str, Any] = {}
    for field, (write, _) in _fields(type(payload)):
        value = getattr(payload, field.name)
        if field.default is not dataclasses.MISSING and value == field.default:
            continue
        if field.default_factory is not dataclasses.MISSING and value == field.default_factory():
            continue
        out[field.name] = write(value)
    return out


def from_json(kind: type[P], content: Mapping[str, Any], *, place: str) -> P:
    """The payload of a JSON object.

    Raises:
        IntegrityError: at `place`, when a field is missing or of another type.
    """
    try:
        readers = _readers(kind)
        return kind(**{key: readers[key](content[key]) for key in content if key in readers})
    except (TypeError, ValueError, KeyError, AttributeError):
        raise IntegrityError(place, "payload-malformed") from None


def _fields(kind: type) -> tuple[tuple[dataclasses.Field[Any], _Codec], ...]:
    if kind not in _FIELDS:
        hints = get_type_hints(kind)
        _FIELDS[kind] = tuple(
            (f, _codec(hints[f.name]))
            for f in dataclasses.fields(kind)
            if not f.metadata.get(BESIDE)
        )
    return _FIELDS[kind]


def _readers(kind: type) -> Mapping[str, Callable[[Any], Any]]:
    if kind not in _READERS:
        _READERS[kind] = {field.name: read for field, (_, read) in _fields(kind)}
    return _READERS[kind]


def _codec(hint: Any) -> _Codec:
    """The pair (write, read) for a type hint; read raises TypeError or ValueError."""
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _optional(_codec(next(a for a in args if a is not type(None))))
    if origin is tuple:
        return _sequence(_codec(args[0]), tuple)
    if origin is frozenset:
        return _sequence(_codec(args[0]), frozenset)
    if origin is Mapping or origin is dict:
        return _mapping(_codec(args[1]))
    if hasattr(hint, "__supertype__"):
        return _codec(hint.__supertype__)
    if hint is Any:
        return (lambda value: value), (lambda value: value)
    if hint is str:
        return str, _exactly(str)  # an enum's value is written as plain text
    if hint in (int, bool):
        return (lambda value: value), _exactly(hint)
    if hint is PartialDate:
        return str, _partial_date
    if hint is datetime:
        return write_instant, read_instant
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return str, hint
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return to_json, _nested(hint)
    msg = f"no codec for {hint!r}"
    raise AssertionError(msg)


def _exactly(kind: type) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        if type(value) is not kind:
            raise TypeError
        return value

    return read


@lru_cache(maxsize=8_192)  # lists say the same days again and again
def _partial_date(value: Any) -> PartialDate:
    if not isinstance(value, str):
        raise TypeError
    date = PartialDate.parse(value)
    if str(date) != value:
        raise ValueError
    return date


def _optional(inner: _Codec) -> _Codec:
    write, read = inner
    return (
        lambda value: None if value is None else write(value),
        lambda value: None if value is None else read(value),
    )


def _sequence(inner: _Codec, container: type) -> _Codec:
    write, read = inner

    def read_all(value: Any) -> Any:
        if not isinstance(value, list):
            raise TypeError
        return container(read(item) for item in value)

    if container is frozenset:
        return (lambda value: sorted(write(item) for item in value)), read_all
    return (lambda value: [write(item) for item in value]), read_all


def _mapping(inner: _Codec) -> _Codec:
    write, read = inner

    def read_all(value: Any) -> Any:
        return {_exactly(str)(key): read(item) for key, item in value.items()}

    return (lambda value: {key: write(item) for key, item in value.items()}), read_all


def _nested(kind: type) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        if not isinstance(value, Mapping):
            raise TypeError
        return from_json(kind, value, place="payload")

    return read
