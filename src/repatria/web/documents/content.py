"""What does a page show of a document before somebody signs it: every fact, with names?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from repatria.operations.document_kinds import (
    Document,
    ManifestDocument,
    PlanDocument,
    ReceiptDocument,
    ScheduleDocument,
    SubstitutionDocument,
    TermsDocument,
)
from repatria.store.queries.persons import Shown, names_of
from repatria.terms import Viewer
from repatria.web.documents.written_terms import in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownLine:
    """A line of a manifest, with the name."""

    number: int
    shown: Shown
    code: str


def content_of(viewer: Viewer, document: Document) -> Mapping[str, Any]:
    """What `documents/_content.html` shows of a document."""
    match document:
        case TermsDocument():
            version = document.terms.get("version", "")
            return {"written": in_words(document.terms), "version": version}
        case PlanDocument():
            names = names_of(viewer, document.persons)
            return {"persons": [names[person] for person in document.persons]}
        case ScheduleDocument():
            names = names_of(viewer, [one for line in document.lines for one in line.persons])
            parts = [(line, [names[one] for one in line.persons]) for line in document.lines]
            return {"parts": parts}
        case ManifestDocument():
            return {"sides": _sides(viewer, document)}
        case SubstitutionDocument():
            names = names_of(viewer, [document.outgoing, document.incoming])
            return {"outgoing": names[document.outgoing], "incoming": names[document.incoming]}
        case ReceiptDocument():
            names = names_of(viewer, [*document.handed_over, *document.received])
            return {
                "handed_over": [names[person] for person in document.handed_over],
                "received": [names[person] for person in document.received],
            }


def _sides(
    viewer: Viewer, document: ManifestDocument
) -> Sequence[tuple[str, str, Sequence[ShownLine]]]:
    """The lines by giver and receiver."""
    names = names_of(viewer, [line.person for line in document.lines])
    sides: dict[tuple[str, str], list[ShownLine]] = {}
    for line in document.lines:
        sides.setdefault((line.giver, line.receiver), []).append(
            ShownLine(number=line.number, shown=names[line.person], code=line.code)
        )
    return [(giver, receiver, sides[giver, receiver]) for giver, receiver in sorted(sides)]
