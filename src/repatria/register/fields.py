"""Which particulars does a treaty ask for, and which of them has somebody given?

The sets are data with their articles. Every field is optional: what is not known is
not known, and a record without it is sent all the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from repatria.ledger.kinds.person_described import Property
from repatria.register.model import PersonRecord

FIELD_SETS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "gc3-122": (
            "names", "rank", "service_number", "birth", "birth_place", "power", "father",
            "mother", "inform", "mail", "categories", "health",
        ),
        "gc4-138": (
            "names", "birth", "birth_place", "nationality", "residence", "marks", "father",
            "mother", "captured", "measure", "mail", "inform", "health",
        ),
        "gc1-16": (
            "names", "power", "service_number", "birth", "disc", "captured", "marks", "life",
        ),
    }
)  # fmt: skip
"""Field codes of GC III art. 122, GC IV art. 138 and GC I art. 16, in the order of the article.

Source: the texts as summarised in public commentaries; some entries rest on the reading of one
translation, so the sets are data that an office can correct.
"""
_COLUMNS = frozenset({"names", "birth", "father", "rank", "categories", "health", "life"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Completeness:
    """Which fields of a set a record has.

    Attributes:
        given: field -> references of the statements that give it.
        missing: fields nobody has said anything of, in the order of the article.
    """

    field_set: str
    given: Mapping[str, tuple[str, ...]]
    missing: tuple[str, ...]


def completeness(record: PersonRecord, field_set: str) -> Completeness:
    """What of a field set the record has, each with its sources.

    Raises:
        KeyError: there is no such field set.
    """
    given = {field: _sources(record, field) for field in FIELD_SETS[field_set]}
    return Completeness(
        field_set=field_set,
        given={field: refs for field, refs in given.items() if refs},
        missing=tuple(field for field, refs in given.items() if not refs),
    )


def _sources(record: PersonRecord, field: str) -> tuple[str, ...]:
    if field in _COLUMNS:
        return tuple(value.ref for value in getattr(record, field) if not value.superseded)
    if field == "captured":
        return tuple(notice.ref for notice in record.notices if notice.value.on is not None)
    wanted = Property(field)
    return tuple(
        each.ref
        for each in record.particulars
        if each.value.property is wanted and not each.superseded
    )
