"""Which bytes stand for a value, so that everybody hashes and signs the same?

A restricted domain makes canonical JSON simple: ASCII keys, strings without
lone surrogates, integers below 2**53 in size, true, false, null, lists and
objects at most 16 deep; no floats. On it, sorted compact JSON is one string
whoever writes it (agrees with RFC 8785 there). Anything else is refused.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from repatria.terms.errors import IntegrityError

try:
    import orjson
except ImportError:  # pragma: no cover -- exercised by the test that hides orjson
    orjson = None  # type: ignore[assignment]
    _OPTIONS = 0
else:
    _OPTIONS = orjson.OPT_SORT_KEYS | orjson.OPT_STRICT_INTEGER

Json = None | bool | int | str | Sequence["Json"] | Mapping[str, "Json"]

MAX_DEPTH = 16
MAX_INTEGER = 2**53 - 1


class OutsideDomainError(ValueError):
    """A value cannot be written canonically. Its message never holds the value."""


def encode(value: Json) -> bytes:
    """The canonical bytes of a value.

    Raises:
        OutsideDomainError: a float, a key that is not ASCII text, an integer of
            2**53 or more, a lone surrogate, deeper than 16.
    """
    if orjson is not None:
        try:
            _check_shape(value, 0)
            return orjson.dumps(value, option=_OPTIONS)
        except TypeError:
            pass  # a lone surrogate, a long integer: the whole check below says so
    _check(value, 0)
    return _write(value)


def decode(raw: bytes, *, place: str) -> Any:
    """The value of canonical bytes, and of no others.

    Writing the value again must give the same bytes: this refuses repeated
    keys, spaces, unsorted keys, escapes that are not needed, a byte order mark.

    Raises:
        IntegrityError: at `place`, for anything that is not canonical.
    """
    try:
        if orjson is None:
            return _decode_with_standard_library(raw)
        value = orjson.loads(raw)
        if orjson.dumps(value, option=_OPTIONS) != raw:
            raise OutsideDomainError("another spelling")
        _check_shape(value, 0)
    except (TypeError, ValueError, RecursionError):
        raise IntegrityError(place, "not-canonical") from None
    return value


def _decode_with_standard_library(raw: bytes) -> Any:
    value = json.loads(raw.decode("utf-8"))
    if encode(value) != raw:
        raise OutsideDomainError("another spelling")
    return value


def _check_shape(value: Any, depth: int) -> None:
    """Refuse what orjson reads and writes, and is yet outside the domain.

    It sorts keys, and refuses lone surrogates and, as asked, integers of 2**53 or
    more. Left are keys that are not ASCII text, depth, floats, and its other types.
    Text needs no look, and most of what is said is text.
    """
    kind = type(value)
    if kind is dict:
        if depth >= MAX_DEPTH and value:
            raise OutsideDomainError("deeper than 16")
        if not "".join(value).isascii():
            raise OutsideDomainError("key is not ASCII text")
        for item in value.values():
            if type(item) is not str and type(item) is not int:
                _check_shape(item, depth + 1)
    elif kind is list or kind is tuple:
        if depth >= MAX_DEPTH and value:
            raise OutsideDomainError("deeper than 16")
        for item in value:
            if type(item) is not str and type(item) is not int:
                _check_shape(item, depth + 1)
    elif kind is not str and kind is not int and value is not None and kind is not bool:
        _check_unusual(value, depth)


def parse(text: str) -> Any:
    """The value of a text whose bytes were found canonical before; it is not asked again.

    Raises:
        ValueError: this is not JSON.
    """
    if orjson is not None:
        return orjson.loads(text)
    return json.loads(text)


def _write(value: Json) -> bytes:
    if orjson is not None:
        return orjson.dumps(value, option=_OPTIONS)
    return write_with_standard_library(value)


def write_with_standard_library(value: Json) -> bytes:
    """The same bytes without orjson; for installations that do not have it."""
    text = json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )
    return text.encode("utf-8")


def _check(value: Json, depth: int) -> None:
    # By exact type and in order of frequency: this runs for every value ever signed.
    kind = type(value)
    if kind is str:
        _check_text(value)  # type: ignore[arg-type]
    elif kind is dict:
        if depth >= MAX_DEPTH and value:
            raise OutsideDomainError("deeper than 16")
        for key, item in value.items():  # type: ignore[union-attr]
            if type(key) is not str or not key.isascii():
                raise OutsideDomainError("key is not ASCII text")
            _check(item, depth + 1)
    elif kind is list or kind is tuple:
        if depth >= MAX_DEPTH and value:
            raise OutsideDomainError("deeper than 16")
        for item in value:  # type: ignore[union-attr]
            _check(item, depth + 1)
    elif kind is int:
        if not -MAX_INTEGER <= value <= MAX_INTEGER:  # type: ignore[operator]
            raise OutsideDomainError("integer of 2**53 or more")
    elif value is not None and kind is not bool:
        _check_unusual(value, depth)


def _check_unusual(value: Json, depth: int) -> None:
    """Subclasses of text and integers (enums) are written as what they are; all else is refused."""
    if isinstance(value, str):
        _check_text(str(value))
    elif isinstance(value, int):
        _check(int(value), depth)
    elif isinstance(value, Mapping):
        _check(dict(value), depth)
    else:
        raise OutsideDomainError("not a JSON value of the domain")


def _check_text(text: str) -> None:
    if text.isascii():
        return
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise OutsideDomainError("lone surrogate") from None
