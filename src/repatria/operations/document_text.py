"""How does a signed document read in plain words, without any installation?

Persons stand there by their ids: names are not part of what is signed. Every fact
of the document is told, and none that is not in it: one fact is one line, and a
character that would break or turn a line is written as its number.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from typing import assert_never

from repatria.operations.document_kinds import (
    Document,
    DocumentKind,
    ManifestDocument,
    PlanDocument,
    ReceiptDocument,
    ScheduleDocument,
    SubstitutionDocument,
    TermsDocument,
    envelope_for,
    spoken,
)
from repatria.planning import UnreadableTermsError, terms_from_json

# What a signature commits to.
COMMITS = {
    DocumentKind.TERMS: "We accept exactly these terms; plans are computed from them alone.",
    DocumentKind.PLAN: "We accept that exactly these persons go home, under these terms.",
    DocumentKind.SCHEDULE: "We accept that exactly these persons cross on these days.",
    DocumentKind.MANIFEST: "Exactly these persons cross here; only a signed change alters it.",
    DocumentKind.SUBSTITUTION: "We accept exactly this change of the manifest.",
    DocumentKind.RECEIPT: "We handed over and received exactly these persons.",
}


def plain_text(document: Document) -> str:
    """The document in words, one fact a line, with the digest that people compare."""
    groups = spoken(envelope_for(document).digest).split()
    lines = [*map(_visible, _lines(document)), "Digest, to be compared aloud:"]
    lines += ["  " + " ".join(groups[i : i + 4]) for i in range(0, len(groups), 4)]
    return "\n".join(lines) + "\n"


def _visible(text: str) -> str:
    """The text with what controls a line, or the direction of writing, shown as its number."""
    return "".join(
        f"\\u{ord(char):04x}" if unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp") else char
        for char in text
    )


def _lines(document: Document) -> Iterator[str]:
    match document:
        case TermsDocument():
            yield from _terms(document)
        case PlanDocument():
            yield f"Final list {document.plan_id}"
            yield f"Under the terms {document.terms_id}, digest {document.terms_digest}"
            yield f"Between: {', '.join(document.parties)}"
            yield from _persons("Who goes home", document.persons)
        case ScheduleDocument():
            yield f"Schedule {document.schedule_id}"
            yield f"For the plan {document.plan_id}, digest {document.plan_digest}"
            yield f"Under terms with the digest {document.terms_digest}"
            yield f"Between: {', '.join(document.parties)}"
            yield f"Nobody is ever ahead by more than: {document.most_ahead}"
            for part in document.lines:
                when = f"Day {part.day}" + (f", {part.on}" if part.on else "")
                way = f"{part.giver} to {part.receiver}"
                yield from _persons(f"{when}, at {part.site}, {way}", part.persons)
            yield f"Solved as: {document.solved}"
        case ManifestDocument():
            yield f"Manifest {document.manifest_id}"
            yield f"From the plan {document.plan_id}"
            yield f"Crossing point: {document.crossing_point}"
            yield f"Persons: {len(document.lines)}"
            for line in document.lines:
                way = f"{line.giver} to {line.receiver}"
                yield f"  {line.number}. {line.person}, {way}, card {line.code}"
        case SubstitutionDocument():
            yield f"Change {document.substitution_id}"
            yield f"Of the manifest {document.manifest_id}, digest {document.manifest_digest}"
            yield f"Between: {', '.join(document.parties)}"
            yield f"Comes off: {document.outgoing}"
            yield f"Comes on: {document.incoming}, card {document.code}"
            yield f"Reason given: {document.reason}"
        case ReceiptDocument():
            yield f"Receipt of {document.party}"
            yield f"For the manifest {document.manifest_id}, digest {document.manifest_digest}"
            yield from _persons("Handed over", document.handed_over)
            yield from _persons("Received", document.received)
            yield f"Incidents: {document.incident or 'none stated'}"
        case _ as never:  # pragma: no cover -- mypy proves that there is no other kind
            assert_never(never)


def _terms(document: TermsDocument) -> Iterator[str]:
    yield f"Between: {', '.join(document.parties)}"
    try:
        terms = terms_from_json(document.terms)
    except UnreadableTermsError:
        yield "Terms that this version cannot read"
        return
    yield f"Terms {terms.id}, version {terms.version}"
    yield f"Ages and captivity counted to {terms.as_of.isoformat()}"
    yield f"Rules: {len(terms.rules)}"
    for rule in terms.rules:
        yield f"  {rule.id}: {rule.in_words()} (asked by {rule.proposer}; {rule.source})"
    yield f"Priorities, first things first: {len(terms.priorities)}"
    for each in terms.priorities:
        yield f"  {each.id}: {each.in_words()} ({each.source})"
    yield f"Text of the lottery: {terms.nonce}"
    eyes = ", ".join(terms.four_eyes) or "no document"
    yield f"One person approves and another signs: {eyes}"
    extras = [terms.extra, *(r.extra for r in terms.rules), *(p.extra for p in terms.priorities)]
    more = {key for extra in extras for key in extra}
    if more:
        yield f"Holds more than this version understands: {', '.join(sorted(more))}"


def _persons(title: str, persons: Sequence[str]) -> Iterator[str]:
    yield f"{title}: {len(persons)}"
    yield from (f"  {person}" for person in persons)
