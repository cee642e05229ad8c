"""Generated values: canonical JSON, terms of the field, payloads of every kind, statements."""

import dataclasses
import types
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from repatria.ledger.canonical import MAX_INTEGER
from repatria.terms import PartialDate, PersonName, Place, UnreadableDateError

texts = st.text(max_size=12)
whole_numbers = st.integers(-MAX_INTEGER, MAX_INTEGER)
ascii_keys = st.text(alphabet=st.characters(max_codepoint=0x7E), max_size=8)
values = st.recursive(
    st.none() | st.booleans() | whole_numbers | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(ascii_keys, inner, max_size=4),
    max_leaves=20,
)
moments = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=st.just(UTC))  # noqa: DTZ001 -- bounds are naive by hypothesis' rule


@st.composite
def partial_dates(draw):
    """A date of any precision."""
    year = draw(st.integers(1, 9999))
    month = draw(st.none() | st.integers(1, 12))
    day = draw(st.integers(1, 28)) if month is not None and draw(st.booleans()) else None
    start = PartialDate(year=year, month=month, day=day)
    if draw(st.booleans()):
        try:
            until = PartialDate(year=draw(st.integers(year, 9999)))
            return PartialDate(year=year, month=month, day=day, until=until)
        except UnreadableDateError:
            return start
    return PartialDate(year=year, month=month, day=day, about=draw(st.booleans()))


def values_of(hint):
    """A strategy for a type hint of a payload's field."""
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return st.one_of(st.none(), *(values_of(a) for a in args if a is not type(None)))
    if origin is tuple:
        # A line of a list has at least one name.
        least = 1 if args[0] is PersonName else 0
        return st.lists(values_of(args[0]), min_size=least, max_size=3).map(tuple)
    if origin is frozenset:
        return st.frozensets(values_of(args[0]), max_size=3)
    if origin is Mapping:
        return st.dictionaries(ascii_keys, values_of(args[1]), max_size=3)
    if hasattr(hint, "__supertype__"):
        return values_of(hint.__supertype__)
    simple = {
        str: texts,
        int: whole_numbers,
        bool: st.booleans(),
        Any: values,
        datetime: moments,
        PartialDate: partial_dates(),
    }
    if hint in simple:
        return simple[hint]
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return st.sampled_from(hint)
    if hint is PersonName:
        parts = st.text(max_size=8)
        return st.builds(
            PersonName, text=st.text(min_size=1).filter(str.strip), given=parts, family=parts
        )
    if hint is Place:
        return st.builds(
            Place,
            name=st.text(min_size=1, max_size=20).filter(str.strip),
            within=st.text(max_size=8),
        )
    return payloads_of(hint)


def payloads_of(kind):
    """A strategy for a payload's dataclass, made from its fields."""
    hints = get_type_hints(kind)
    return st.builds(kind, **{f.name: values_of(hints[f.name]) for f in dataclasses.fields(kind)})
