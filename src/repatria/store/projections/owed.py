"""Who is kept back for proceedings, and who was released and is said to be held again?"""

from collections.abc import Sequence

from repatria.ledger.statement import Entry
from repatria.operations.retention import (
    Retention,
    left_hands,
    retained_by_answers,
    retained_by_closing,
    was_ever_retained,
)
from repatria.register import Freed, fold_person, releases_of
from repatria.store import models
from repatria.store.projections.projection import Projection
from repatria.terms import PersonId

LEFT = "left"
_KEEPS = "retained"
_CHARGED = "criminal_charge"


def answered_rows(_subject: str, entries: Sequence[Entry]) -> Sequence[models.Seen]:
    """Whoever an answer to a line names as kept back."""
    if nobody_answered(entries, ()):
        return []
    found = retained_by_answers(entries)
    return [] if found is None else [_row(found)]


def nobody_answered(entries: Sequence[Entry], moved: Sequence[Entry]) -> bool:
    """Whether no answer to a line names somebody as kept back or ever did."""
    return not any(_names(entry) for entry in (*entries, *moved))


def _names(entry: Entry) -> bool:
    content = entry.statement.content
    return entry.statement.kind == "line.answered" and bool(
        content.get("retained") or content.get("code") == _CHARGED
    )


def kept_rows(subject: str, entries: Sequence[Entry]) -> Sequence[models.Seen]:
    """A person as ends of lines name him kept back, and when he left the hands of who kept him."""
    if nobody_kept(entries, ()):
        return []
    person = PersonId(subject)
    rows: list[models.Seen] = [_row(each) for each in retained_by_closing(person, entries)]
    if was_ever_retained(person, entries):
        rows.extend(
            models.RetainedRow.folded(
                how=LEFT,
                holder=each.holder,
                by=each.ref.partition("/")[0],
                person=subject,
                ground="",
                source="",
                since="",
                cleared=str(each.how),
                cleared_on=str(each.on),
                ref=each.ref,
            )
            for each in left_hands(fold_person(person, entries))
        )
    return rows


def nobody_kept(entries: Sequence[Entry], moved: Sequence[Entry]) -> bool:
    """Whether nothing said of a person names him as kept back or ever did."""
    return not any(
        _names(entry)
        or (entry.statement.kind == "line.closed" and entry.statement.content.get("why") == _KEEPS)
        for entry in (*entries, *moved)
    )


def _row(found: Retention) -> models.RetainedRow:
    return models.RetainedRow.folded(
        how=str(found.how),
        holder=found.holder,
        by=found.by,
        person=found.person or "",
        ground=found.ground,
        source=found.source,
        since=str(found.since),
        cleared=str(found.cleared or ""),
        cleared_on=str(found.cleared_on or ""),
        ref=found.ref,
    )


def release_rows(subject: str, entries: Sequence[Entry]) -> Sequence[models.Seen]:
    """Every release of a person, with what was said of him after it."""
    if nobody_freed(entries, ()):
        return []
    return [_freed(each) for each in releases_of(fold_person(PersonId(subject), entries))]


def nobody_freed(entries: Sequence[Entry], moved: Sequence[Entry]) -> bool:
    """Whether nothing said of a person tells of a release or ever did."""
    return not any(
        entry.statement.kind == "receipt.given"
        or (
            entry.statement.kind == "custody.noted"
            and entry.statement.content.get("event") == "released"
        )
        for entry in (*entries, *moved)
    )


def _freed(each: Freed) -> models.ReleaseRow:
    first = each.again[0] if each.again else None
    return models.ReleaseRow.folded(
        released_by=each.by,
        released_on=str(each.on),
        exchange=each.exchange,
        ref=each.ref,
        held_by=first.holder if first else "",
        held_on=str(first.on) if first else "",
        namings=[
            {
                "words": str(naming.words),
                "holder": naming.holder,
                "by": naming.by,
                "on": str(naming.on),
                "ref": naming.ref,
            }
            for naming in each.again
        ],
        ending=str(each.ending or ""),
        ended_on=str(each.ended_on or ""),
    )


_CUSTODY = frozenset({"custody.noted", "crossing.recorded", "receipt.given", "line.answered"})

PROJECTIONS = (
    Projection(
        model=models.RetainedRow,
        subject="line",
        kinds=frozenset({"list.line", "line.answered"}),
        rows=answered_rows,
        unmoved=nobody_answered,
    ),
    Projection(
        model=models.RetainedRow,
        subject="person",
        kinds=_CUSTODY | {"line.closed"},
        rows=kept_rows,
        unmoved=nobody_kept,
    ),
    Projection(
        model=models.ReleaseRow,
        subject="person",
        kinds=_CUSTODY | {"whereabouts.stated"},
        rows=release_rows,
        unmoved=nobody_freed,
    ),
)
