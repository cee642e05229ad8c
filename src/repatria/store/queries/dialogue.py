"""How far is the dialogue about a list, and what does a calendar still ask for?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from django.db.models import Count, Q, QuerySet

from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.list_checked import ListChecked
from repatria.ledger.kinds.list_signed import ListSigned
from repatria.ledger.statement import Entry
from repatria.lists import LineState, fold_line
from repatria.lists.calendar import Standing
from repatria.operations.name_locks import Lock, locks_in
from repatria.store import models
from repatria.store.entries import entries_about
from repatria.store.queries.scope import Page, page_of, seen_by
from repatria.terms import NotVisible, Viewer

_DISPUTED = Q(observed__in=("disputed", "more_given"))
TALK: Mapping[str, Q] = {
    "waits": _DISPUTED & Q(upheld=False),
    "upheld": Q(upheld=True),
    "accepted": Q(observed="accepted"),
    "changed": Q(changed=True),
}
_DIALOGUE = ("list.line", "line.answered", "line.observed", "line.upheld")


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who signed which table, and when."""

    by: str
    digest: str
    lines: int
    at: datetime
    ref: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What the last check of a list found.

    Attributes:
        found: kind of finding -> how many lines.
    """

    lines: int
    found: Mapping[str, int]
    at: datetime
    ref: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialogue:
    """How far the dialogue about a list is.

    Attributes:
        talk: observation -> how many lines; see `TALK`.
        check: the last one of the viewer's party, whether or not lines changed since.
    """

    talk: Mapping[str, int]
    signatures: Sequence[Signature]
    check: Check | None


def dialogue(viewer: Viewer, list_id: str) -> Dialogue:
    """How far the dialogue about a list is, from what a viewer may read."""
    counts = (
        seen_by(viewer, models.LineRow)
        .filter(list_subject=list_id)
        .aggregate(**{code: Count("id", filter=wanted) for code, wanted in TALK.items()})
    )
    kinds = {"list.signed", "list.checked"}
    said = [
        entry
        for entry in entries_about([list_id], kinds).get(list_id, ())
        if viewer.may_read(entry.statement.audience)
    ]
    last = {entry.origin: entry for entry in said if entry.statement.kind == "list.signed"}
    checks = [entry for entry in said if entry.statement.kind == "list.checked"]
    return Dialogue(
        talk=counts,
        signatures=[_signature(entry) for _, entry in sorted(last.items())],
        check=_check(checks[-1]) if checks else None,
    )


def _signature(entry: Entry) -> Signature:
    said = payload_of(entry, ListSigned)
    return Signature(
        by=entry.origin,
        digest=said.digest,
        lines=said.lines,
        at=entry.statement.recorded_at,
        ref=entry.ref,
    )


def _check(entry: Entry) -> Check:
    said = payload_of(entry, ListChecked)
    found: dict[str, int] = {}
    for each in said.found:
        found[each.code] = found.get(each.code, 0) + 1
    return Check(lines=said.lines, found=found, at=entry.statement.recorded_at, ref=entry.ref)


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidOfLine:
    """One answer, observation or reply about a line, in the order they were said."""

    at: datetime
    by: str
    kind: str
    code: str
    note: str
    ref: str


def said_of_line(viewer: Viewer, line_id: str) -> Sequence[SaidOfLine]:
    """Everything that was said of a line, oldest first: answers stay when they are replaced."""
    entries = entries_about([line_id], set(_DIALOGUE)).get(line_id, ())
    return [
        SaidOfLine(
            at=entry.statement.recorded_at,
            by=entry.origin,
            kind=entry.statement.kind,
            code=str(entry.statement.content.get("code", "")),
            note=entry.statement.ground.note,
            ref=entry.ref,
        )
        for entry in sorted(entries, key=lambda e: (e.statement.recorded_at, e.ref))
        if viewer.may_read(entry.statement.audience) and entry.statement.kind != "list.line"
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """An answer that was replaced by one that says something else."""

    row: models.LineRow
    before: str
    before_at: datetime
    after: str
    after_at: datetime
    by: str
    refs: tuple[str, str]


def changes(viewer: Viewer, list_id: str, *, page: int = 1) -> Page[models.LineRow]:
    """Lines whose answer changed, by number."""
    return page_of(_changed(viewer, list_id), page)


def all_changed(viewer: Viewer, list_id: str) -> Iterable[models.LineRow]:
    """The same without pages, for export."""
    return _changed(viewer, list_id)


def _changed(viewer: Viewer, list_id: str) -> QuerySet[models.LineRow]:
    rows = seen_by(viewer, models.LineRow).filter(list_subject=list_id, changed=True)
    return rows.order_by("number")


def changes_of(viewer: Viewer, rows: Iterable[models.LineRow]) -> Sequence[Change]:
    """For each line, every step from one answer to another that says something else."""
    chosen = list(rows)
    said = entries_about([row.subject for row in chosen], set(_DIALOGUE))
    found: list[Change] = []
    for row in chosen:
        entries = [e for e in said.get(row.subject, ()) if viewer.may_read(e.statement.audience)]
        state = fold_line(entries)
        if state is not None:
            found.extend(_steps(row, state))
    return found


def _steps(row: models.LineRow, state: LineState) -> Iterable[Change]:
    own = [a for a in state.answers if state.current is not None and a.by == state.current.by]
    for before, after in pairwise(own):
        if before.code is not after.code:
            yield Change(
                row=row,
                before=str(before.code),
                before_at=before.recorded_at,
                after=str(after.code),
                after_at=after.recorded_at,
                by=after.by,
                refs=(before.ref, after.ref),
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """An obligation with how it stands today."""

    row: models.CalendarRow
    standing: Standing
    days_over: int


def obligations(viewer: Viewer, today: date, *, standing: str = "") -> Sequence[Owed]:
    """What calendars ask for, the day due first.

    Args:
        viewer: who reads.
        today: by which is seen what is overdue.
        standing: only these; all when empty.
    """
    rows = seen_by(viewer, models.CalendarRow).order_by("due_on", "subject", "place")
    owed = [_owed(row, today) for row in rows]
    return [each for each in owed if not standing or each.standing == standing]


def _owed(row: models.CalendarRow, today: date) -> Owed:
    ended = date.fromisoformat(row.delivered_on) if row.delivered_on else today
    over = max(0, (ended - date.fromisoformat(row.due_on)).days)
    if row.delivered_on:
        standing = Standing.LATE if over else Standing.DELIVERED
    else:
        standing = Standing.OVERDUE if over else Standing.WAITING
    return Owed(row=row, standing=standing, days_over=over)


def obligation(viewer: Viewer, calendar: str, step: str) -> models.CalendarRow:
    """What a step of a calendar asks of the viewer's party, else of anybody.

    Raises:
        NotVisible: there is no such step, or no such calendar.
    """
    rows = seen_by(viewer, models.CalendarRow).filter(subject=calendar, step=step)
    found = sorted(rows, key=lambda row: (row.party != viewer.party, row.place))
    if not found:
        raise NotVisible
    return found[0]


def locks_of_list(viewer: Viewer, list_id: str) -> Mapping[str, Sequence[Lock]]:
    """The locks that hold on the lines of a list, from what a viewer may read."""
    rows = seen_by(viewer, models.LineRow).filter(list_subject=list_id)
    locked = models.Mention.objects.filter(
        kind="name.locked", subject__in=rows.values("subject")
    ).values_list("subject", flat=True)
    entries = entries_about(sorted(set(locked)), {"name.locked"})
    return locks_in(
        entry
        for said in entries.values()
        for entry in said
        if viewer.may_read(entry.statement.audience)
    )
