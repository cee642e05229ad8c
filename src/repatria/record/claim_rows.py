"""How is a claim written as a row of a table?

Two forms of table are read, and may be mixed. In the one, `measure` is a word of
`Measure` and columns say the rest; in the other `measure` is what the speaker
counted in his own words, and `counting_rule` whom of them. What a row leaves
empty was not said. A column that is not known goes into the note, never lost.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from repatria.record.claims import Bound, Claim, Measure
from repatria.record.comparing.told import reading_of
from repatria.record.comparing.words import Aspect, bound_in, dates_in
from repatria.terms import Category, ClaimId, Objection, PartialDate, Refusal

NEEDED = ("id", "speaker", "said_on", "measure", "value")
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "claim", "claim_id", "ref", "no"),
    "matter": ("matter", "episode", "case", "conflict", "context"),
    "said_on": ("said_on", "said", "date", "published", "published_on"),
    "speaker": ("speaker", "said_by", "who", "author"),
    "via": ("via", "channel", "outlet", "medium", "source", "url"),
    "measure": ("measure", "what", "quantity", "wording"),
    "category": ("category", "counting_rule", "category_as_worded", "rule", "counted"),
    "categories": ("categories",),
    "value": ("value", "figure", "number", "count"),
    "note": ("note", "notes", "remark", "remarks", "comment", "comments"),
    "population": ("population", "whose"),
    "holder": ("holder", "held_by", "from_holder", "from_party", "from"),
    "to_party": ("to_party", "to"),
    "direction": ("direction",),
    "bound": ("bound", "bounds"),
    "included": ("included", "includes", "incl", "including"),
    "as_of": ("as_of", "as_of_date"),
    "event": ("event",),
    "parts": ("parts",),
    "composition": ("composition", "composed_of"),
    "supersedes": ("supersedes", "replaces"),
    "superseded_by": ("superseded_by", "replaced_by"),
    "copy_of": ("copy_of", "repeats"),
}
"""Field -> headings under which it is found; case, spaces and hyphens do not matter."""
NOT_SAID = "not said"
_BY_HEADING = {heading: field for field, names in HEADINGS.items() for heading in names}
_RULE = "claims table"
_NUMBER = re.compile(
    r"(?P<sign>[~≈≥≤><]|>=|<=)?\s*(?P<digits>\d{1,3}(?:[,\s. ]\d{3})+|\d+)\s*(?P<more>\+)?"
)
_SIGNS = {
    "~": Bound.ABOUT,
    "≈": Bound.ABOUT,
    "≥": Bound.AT_LEAST,
    ">=": Bound.AT_LEAST,
    ">": Bound.AT_LEAST,
    "+": Bound.AT_LEAST,
    "≤": Bound.AT_MOST,
    "<=": Bound.AT_MOST,
    "<": Bound.AT_MOST,
}
_MEASURES = {
    Aspect.HELD: Measure.HELD,
    Aspect.MISSING: Measure.MISSING,
    Aspect.PLANNED: Measure.ANNOUNCED,
    Aspect.MOVED: Measure.RELEASED,
    Aspect.LISTED: Measure.LISTED,
    Aspect.STAYED: Measure.OTHER,
    Aspect.OTHER: Measure.OTHER,
}
_WAY = re.compile(r"^\s*(?:from\s+)?(?P<giver>.+?)\s*(?:->|→|=>|\bto\b)\s*(?P<taker>.+?)\s*$")
Row = tuple[int, Sequence[str]]
_MEASURE_WORDS = frozenset(map(str, Measure))


def claims_in(text: str) -> tuple[Claim, ...]:
    """The claims in a CSV text with a header row.

    Raises:
        Refusal: every row that cannot be read, each as `row N, column`.
    """
    rows = list(enumerate(csv.reader(io.StringIO(text)), start=1))
    return claims_of_table(rows[0][1] if rows else (), rows[1:])


def claims_of_table(headings: Sequence[str], rows: Iterable[Row]) -> tuple[Claim, ...]:
    """The claims of a table; blank rows are passed over.

    Raises:
        Refusal: a needed column is missing, or every row that cannot be read, each as
            `row N, column`.
    """
    fields = fields_of(headings)
    missing = [name for name in NEEDED if name not in fields]
    Refusal.unless_empty(
        Objection(code="claims-column-missing", rule=_RULE, about=(name,)) for name in missing
    )
    claims: list[Claim] = []
    replaced: dict[str, str] = {}
    objections: list[Objection] = []
    for number, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        row = _row_of(headings, fields, cells)
        try:
            if len(cells) > len(headings) and any(c.strip() for c in cells[len(headings) :]):
                raise _CellError("without a heading")
            claims.append(claim_of_row(row))
        except _CellError as fault:
            where = f"row {number}, column {_heading(headings, fields, fault.column)}"
            objections.append(Objection(code="claims-cell-unreadable", rule=_RULE, about=(where,)))
        else:
            if row.get("superseded_by"):
                replaced[row["superseded_by"]] = claims[-1].id
    Refusal.unless_empty((*objections, *_repeated(claims)))
    return tuple(_replacing(claim, replaced) for claim in claims)


def fields_of(headings: Sequence[str]) -> dict[str, int]:
    """Field -> column, of the headings that are known; of two for one field the first."""
    found: dict[str, int] = {}
    for index, heading in enumerate(headings):
        field = _BY_HEADING.get(re.sub(r"[\s\-]+", "_", heading.strip().casefold()))
        if field is not None:
            found.setdefault(field, index)
    return found


def _row_of(
    headings: Sequence[str], fields: Mapping[str, int], cells: Sequence[str]
) -> dict[str, str]:
    row = {f: cells[i].strip() if i < len(cells) else "" for f, i in fields.items()}
    known = set(fields.values())
    others = [
        f"{heading.strip()}: {cell.strip()}"
        for index, (heading, cell) in enumerate(zip(headings, cells, strict=False))
        if index not in known and cell.strip()
    ]
    if others:
        row["note"] = "; ".join([row["note"], *others] if row.get("note") else others)
    return row


def _heading(headings: Sequence[str], fields: Mapping[str, int], field: str) -> str:
    return headings[fields[field]].strip() if field in fields else field


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


def _replacing(claim: Claim, replaced: Mapping[str, str]) -> Claim:
    earlier = replaced.get(claim.id, "")
    return replace(claim, supersedes=earlier) if earlier and not claim.supersedes else claim


def claim_of_row(row: Mapping[str, str]) -> Claim:
    """The claim in one row, field -> cell.

    Raises:
        ValueError: a cell cannot be read; the attribute `column` says which.
    """
    measure, wording = _measure(row)
    value, bound = _count(row)
    holder, taker = _way(row)
    try:
        return Claim(
            id=ClaimId(_text(row, "id")),
            speaker=_text(row, "speaker"),
            via=row.get("via") or NOT_SAID,
            said_on=_date(row, "said_on"),
            measure=measure,
            population=row.get("population") or _population(wording, row) or NOT_SAID,
            holder=holder,
            to_party=taker,
            category=row.get("category", ""),
            categories=frozenset(_category(word) for word in row.get("categories", "").split()),
            bound=_bound(row, bound),
            value=value,
            as_of=_date(row, "as_of") if row.get("as_of") else None,
            event=row.get("event", ""),
            parts=_parts(row),
            supersedes=row.get("supersedes", ""),
            copy_of=row.get("copy_of", ""),
            matter=row.get("matter", ""),
            wording=wording,
            included=tuple(
                w.strip() for w in re.split(r"[;,+]", row.get("included", "")) if w.strip()
            ),
            composition="" if _are_ids(row.get("composition", "")) else row.get("composition", ""),
            note=row.get("note", ""),
        )
    except _CellError:
        raise
    except ValueError:  # a part given twice, a way from one party to itself
        raise _CellError("parts" if row.get("parts") else "to_party") from None


def _measure(row: Mapping[str, str]) -> tuple[Measure, str]:
    text = _text(row, "measure")
    if text in _MEASURE_WORDS:
        return Measure(text), ""
    says = reading_of(text, row.get("category", ""))
    if says.aspect is Aspect.OTHER and row.get("population") and " " not in text:
        raise _CellError("measure")  # one word that is none of those known
    if says.aspect is Aspect.HELD and "hidden" in says.marks:
        return Measure.UNACKNOWLEDGED, text
    if says.aspect is Aspect.HELD and "remaining" in says.marks:
        return Measure.REMAINING, text
    if says.aspect is Aspect.MOVED and re.search(
        r"\breturn|\breceiv|\bhome\b", text, re.IGNORECASE
    ):
        return Measure.RETURNED, text
    return _MEASURES[says.aspect], text


def _population(wording: str, row: Mapping[str, str]) -> str:
    if not wording:
        return _text(row, "population")
    return reading_of(wording, row.get("category", "")).ways.people


def _text(row: Mapping[str, str], column: str) -> str:
    if not row.get(column):
        raise _CellError(column)
    return row[column]


@lru_cache(maxsize=8_192)  # a table says the same days again and again
def _parsed(text: str) -> PartialDate:
    return PartialDate.parse(text)


def _date(row: Mapping[str, str], column: str) -> PartialDate:
    try:
        return _parsed(row[column])
    except (ValueError, KeyError):
        worded = dates_in(row.get(column, ""))
        if len(worded) == 1 and re.search(r"[A-Za-z]", row[column]):
            return worded[0][0]
        raise _CellError(column) from None


def _count(row: Mapping[str, str]) -> tuple[int, Bound]:
    text = row.get("value", "").strip()
    worded = bound_in(text) if re.search(r"[A-Za-z]", text) else ""
    match = _NUMBER.fullmatch(re.sub(r"^[A-Za-z ]+", "", text) if worded else text)
    if match is None or (not text.isascii() and not match["sign"] and " " not in text):
        raise _CellError("value")
    bound = _SIGNS.get(match["sign"] or match["more"] or "", Bound(worded or "exactly"))
    return int(re.sub(r"\D", "", match["digits"])), bound


def _bound(row: Mapping[str, str], said: Bound) -> Bound:
    text = row.get("bound", "")
    if text:
        try:
            return Bound(text)
        except ValueError:
            if bound_in(text):
                return Bound(bound_in(text))
            raise _CellError("bound") from None
    note = row.get("note", "")
    if said is Bound.EXACTLY and note and len(note.split()) <= 2:
        return Bound(bound_in(note) or "exactly")
    return said


def _way(row: Mapping[str, str]) -> tuple[str, str]:
    holder, taker = row.get("holder", ""), row.get("to_party", "")
    way = _WAY.match(row.get("direction", ""))
    if way is not None:
        return holder or way["giver"], taker or way["taker"]
    return holder, taker


def _parts(row: Mapping[str, str]) -> tuple[ClaimId, ...]:
    given = row.get("parts", "")
    if not given and _are_ids(row.get("composition", "")):
        given = row["composition"]
    return tuple(ClaimId(part) for part in re.split(r"[\s+;,]+", given) if part)


def _are_ids(composition: str) -> bool:
    """Whether a composition is written in ids of claims and not in figures."""
    words = [w for w in re.split(r"[\s+;,]+", composition) if w]
    return bool(words) and all(re.fullmatch(r"[A-Za-z]+[-:_]?\w*\d\w*", w) for w in words)


def _category(word: str) -> Category:
    try:
        return Category(word)
    except ValueError:
        raise _CellError("categories") from None
