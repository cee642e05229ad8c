"""Who goes in a plan and who stays: searched, filtered, in pages?

Facts of persons are those a viewer may read; where he may read none, the person
still has a line, so that numbers always add up.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from repatria.store import models
from repatria.store.queries.exchange import PlannedPerson, named_like
from repatria.store.queries.persons import names_of, rows_by_id
from repatria.store.queries.scope import PAGE_SIZE, one_seen, seen_by
from repatria.terms import Viewer

_AT_ONCE = 10_000  # a database takes only so many values in one question
GOING, STAYING = "going", "staying"


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """How many of one category go from whose hands to whom; empty where he may not read it."""

    holder: str
    receiver: str
    category: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which persons of a plan to show; empty fields ask for all."""

    q: str = ""
    going: str = ""
    holder: str = ""
    category: str = ""
    code: str = ""

    @property
    def anything(self) -> bool:
        """Whether anything is asked for."""
        return any((self.q, self.going, self.holder, self.category, self.code))


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedPage:
    """One page of the persons of a plan; see `scope.Page`."""

    rows: Sequence[tuple[PlannedPerson, bool]]
    number: int
    pages: int
    total: int

    @property
    def previous(self) -> int | None:
        """Number of the page before; None on the first."""
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        """Number of the page after; None on the last."""
        return self.number + 1 if self.number < self.pages else None


class _Facts(NamedTuple):
    """What is looked at of everybody; the names are those of the row's columns."""

    name: str
    sorted_by: str
    reference: str
    holder: str
    category: str


class PlannedPersons:
    """The persons of one plan, as a viewer may read them."""

    def __init__(self, viewer: Viewer, plan: models.PlanRow) -> None:
        self._viewer, self._plan = viewer, plan
        ids = [*plan.selected, *plan.left_out]
        self._facts: dict[str, _Facts] = {}
        for part in _parts(ids):
            found = seen_by(viewer, models.PersonRow).filter(subject__in=part)
            # Tuples, not rows: of ten thousand persons fifty are shown.
            self._facts |= {
                subject: _Facts(*facts)
                for subject, *facts in found.values_list("subject", *_Facts._fields)
            }

    def page(self, asked: Asked, number: int) -> PlannedPage:
        """A page of those who are asked for; a number out of range gives the nearest one."""
        ids = self._found(asked)
        pages = max(1, -(-len(ids) // PAGE_SIZE))
        number = min(max(1, number), pages)
        shown = ids[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
        rows = list(self._lines(shown))
        return PlannedPage(rows=rows, number=number, pages=pages, total=len(ids))

    def every(self, asked: Asked) -> Iterable[tuple[PlannedPerson, bool]]:
        """All who are asked for, and whether each goes."""
        for part in _parts(self._found(asked)):
            yield from self._lines(part)

    def moves(self) -> Sequence[Move]:
        """From whose hands to whom those go who go, by category."""
        receivers: dict[str, str] = {}
        for part in _parts(self._plan.selected):
            lines = seen_by(self._viewer, models.LineRow).filter(person__in=part)
            said = lines.values_list("person", "author", "answered_by")
            receivers |= {person: author for person, author, by in said if author != by}
        counts: dict[tuple[str, str, str], int] = {}
        for person in self._plan.selected:
            row = self._facts.get(person)
            holder, category = (row.holder, row.category) if row is not None else ("", "")
            key = (holder, receivers.get(person, "") if row is not None else "", category)
            counts[key] = counts.get(key, 0) + 1
        return [
            Move(holder=holder, receiver=receiver, category=category, count=count)
            for (holder, receiver, category), count in sorted(counts.items())
        ]

    @property
    def codes(self) -> Sequence[str]:
        """The kinds of reasons there are."""
        return sorted({reason["code"] for reason in self._plan.reasons.values()})

    @property
    def holders(self) -> Sequence[str]:
        """Who holds somebody of the plan."""
        return sorted({facts.holder for facts in self._facts.values() if facts.holder})

    def _found(self, asked: Asked) -> Sequence[str]:
        goes = frozenset(self._plan.selected)
        ids = [*self._plan.selected, *self._plan.left_out]
        if asked.going:
            ids = [one for one in ids if (one in goes) == (asked.going == GOING)]
        if asked.holder or asked.category:
            ids = [one for one in ids if self._fits(one, asked)]
        if asked.code:
            reasons = self._plan.reasons
            ids = [one for one in ids if reasons.get(one, {}).get("code") == asked.code]
        if asked.q:
            like = named_like(self._viewer, asked.q)
            ids = [one for one in ids if one in like or self._says(one, asked.q)]
        return sorted(ids, key=lambda one: (one not in goes, self._sorted_by(one), one))

    def _fits(self, one: str, asked: Asked) -> bool:
        row = self._facts.get(one)
        if row is None:
            return False
        return asked.holder in ("", row.holder) and asked.category in ("", row.category)

    def _says(self, one: str, text: str) -> bool:
        row = self._facts.get(one)
        return text in (one, one.partition(":")[2]) or (
            row is not None and (text == row.reference or text.casefold() in row.name.casefold())
        )

    def _sorted_by(self, one: str) -> str:
        row = self._facts.get(one)
        return row.sorted_by if row is not None else ""

    def _lines(self, ids: Sequence[str]) -> Iterable[tuple[PlannedPerson, bool]]:
        goes = frozenset(self._plan.selected)
        names, rows = names_of(self._viewer, ids), rows_by_id(self._viewer, ids)
        for one in ids:
            person = PlannedPerson(
                shown=names[one],
                row=rows.get(one),
                reason=self._plan.reasons.get(one, {}),
            )
            yield person, one in goes


def plan_row(viewer: Viewer, plan_id: str) -> models.PlanRow:
    """One plan without its persons.

    Raises:
        NotVisible: there is none, or it is not his.
    """
    return one_seen(viewer, models.PlanRow, plan_id)


def others_than(viewer: Viewer, plan: models.PlanRow) -> bool:
    """Whether there is another plan to compare it with."""
    return seen_by(viewer, models.PlanRow).exclude(subject=plan.subject).exists()


def schedules_of(viewer: Viewer, plan: models.PlanRow) -> Sequence[models.ScheduleRow]:
    """The schedules that were proposed for a plan, newest first."""
    rows = seen_by(viewer, models.ScheduleRow).filter(plan=plan.subject)
    return list(rows.order_by("-recorded_at", "-subject"))


def schedule_row(viewer: Viewer, schedule_id: str) -> models.ScheduleRow:
    """One schedule.

    Raises:
        NotVisible: there is none, or it is not his.
    """
    return one_seen(viewer, models.ScheduleRow, schedule_id)


def terms_of(viewer: Viewer, plan: models.PlanRow) -> models.TermsRow | None:
    """The newest version of the terms a plan was made under; None when he may not read them."""
    under = seen_by(viewer, models.TermsRow).filter(subject=f"terms:{plan.terms}")
    return under.order_by("-version").first()


def _parts(ids: Sequence[str]) -> Iterable[Sequence[str]]:
    for start in range(0, len(ids), _AT_ONCE):
        yield ids[start : start + _AT_ONCE]
