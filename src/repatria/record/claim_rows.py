"""How is a claim written as a row of a table?

Columns `id, speaker, via, said_on, measure, population, holder, to_party,
category, categories, bound, value, as_of, event, parts, supersedes, copy_of`;
lists within a cell are separated by spaces. What a row leaves empty was not said.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import TypeVar

from repatria.record.claims import Bound, Claim, Measure
from repatria.terms import Category, ClaimId, Objection, PartialDate, Refusal

NEEDED = ("id", "speaker", "via", "said_on", "measure", "population", "value")
_RULE = "claims table"
W = TypeVar("W", bound=StrEnum)


def claims_in(text: str) -> tuple[Claim, ...]:
    """The claims in a CSV text with a header row.

    Raises:
        Refusal: every row that cannot be read, each as `row N, column`.
    """
    reader = csv.DictReader(io.StringIO(text))
    missing = [name for name in NEEDED if name not in (reader.fieldnames or ())]
    Refusal.unless_empty(
        Objection(code="claims-column-missing", rule=_RULE, about=(name,)) for name in missing
    )
    claims: list[Claim] = []
    objections: list[Objection] = []
    for number, row in enumerate(reader, start=2):
        try:
            claims.append(claim_of_row({k: (v or "").strip() for k, v in row.items() if k}))
        except _CellError as fault:
            where = f"row {number}, column {fault.column}"
            objections.append(Objection(code="claims-cell-unreadable", rule=_RULE, about=(where,)))
    Refusal.unless_empty((*objections, *_repeated(claims)))
    return tuple(claims)


class _CellError(ValueError):
    def __init__(self, column: str) -> None:
        self.column = column
        super().__init__(column)


def _repeated(claims: list[Claim]) -> Iterator[Objection]:
    seen: set[str] = set()
    for claim in claims:
        if claim.id in seen:
            yield Objection(code="claims-id-twice", rule=_RULE, about=(claim.id,))
        seen.add(claim.id)


def claim_of_row(row: Mapping[str, str]) -> Claim:
    """The claim in one row."""
    return Claim(
        id=ClaimId(_text(row, "id")),
        speaker=_text(row, "speaker"),
        via=_text(row, "via"),
        said_on=_date(row, "said_on"),
        measure=_one_of(Measure, row, "measure"),
        population=_text(row, "population"),
        holder=row.get("holder", ""),
        to_party=row.get("to_party", ""),
        category=row.get("category", ""),
        categories=frozenset(_category(word) for word in row.get("categories", "").split()),
        bound=_one_of(Bound, row, "bound") if row.get("bound") else Bound.EXACTLY,
        value=_count(row),
        as_of=_date(row, "as_of") if row.get("as_of") else None,
        event=row.get("event", ""),
        parts=tuple(ClaimId(part) for part in row.get("parts", "").split()),
        supersedes=row.get("supersedes", ""),
        copy_of=row.get("copy_of", ""),
    )


def _text(row: Mapping[str, str], column: str) -> str:
    if not row.get(column):
        raise _CellError(column)
    return row[column]


def _date(row: Mapping[str, str], column: str) -> PartialDate:
    try:
        return PartialDate.parse(row[column])
    except ValueError:
        raise _CellError(column) from None


def _count(row: Mapping[str, str]) -> int:
    text = row.get("value", "")
    if not (text.isascii() and text.isdecimal()):
        raise _CellError("value")
    return int(text)


def _category(word: str) -> Category:
    try:
        return Category(word)
    except ValueError:
        raise _CellError("categories") from None


def _one_of(kind: type[W], row: Mapping[str, str], column: str) -> W:
    try:
        return kind(row.get(column, ""))
    except ValueError:
        raise _CellError(column) from None
