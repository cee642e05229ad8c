"""Which terms, plans and manifests are there, and who stands where at the line?"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from repatria.handover import (
    Balance,
    TerminalState,
    balance_of,
    closed_lines,
    closing_reconciliation,
    compare_receipts,
    fold_crossing,
    fold_manifest,
)
from repatria.store import models
from repatria.store.entries import entries_about
from repatria.store.queries.persons import Shown, names_of, rows_by_id
from repatria.store.queries.scope import one_seen, seen_by
from repatria.store.queries.search import MOST_FOUND, PERSONS, Found, found
from repatria.terms import NotVisible, Viewer

MOST_EXPORTED = 30_000
"""How many records a search looks at where no page bounds it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedPerson:
    """A person in a plan or left out of it, with the reason."""

    shown: Shown
    row: models.PersonRow | None
    reason: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanView:
    """A plan with its persons and its terms."""

    row: models.PlanRow
    terms: models.TermsRow | None
    selected: Sequence[PlannedPerson]
    left_out: Sequence[PlannedPerson]


@dataclass(frozen=True, slots=True, kw_only=True)
class ManifestLineView:
    """One line of a manifest with where the person stands."""

    number: int
    shown: Shown
    giver: str
    receiver: str
    code: str
    crossing: models.CrossingRow | None
    confirmed: bool

    @property
    def state(self) -> str:
        """`waiting`, `departed`, `crossed`..."""
        return self.crossing.state if self.crossing is not None else "waiting"


@dataclass(frozen=True, slots=True, kw_only=True)
class ManifestView:
    """A manifest with its lines, and its substitutions with names."""

    row: models.ManifestRow
    lines: Sequence[ManifestLineView]
    substitutions: Sequence[Mapping[str, Any]]
    by_state: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedLine:
    """How one agreed line ended, or that it is open."""

    number: int
    shown: Shown
    giver: str
    receiver: str
    state: str
    note: str
    replaced_by: Shown | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingView:
    """The reconciliation of a manifest: the open lines first.

    Attributes:
        by_state: how many lines ended how.
        balances: what each side has given, and owes.
    """

    row: models.ManifestRow
    lines: Sequence[ClosedLine]
    by_state: Mapping[str, int]
    balances: Sequence[Balance]


def terms(viewer: Viewer) -> list[models.TermsRow]:
    """Terms, newest version first."""
    return list(seen_by(viewer, models.TermsRow).order_by("subject", "-version"))


def plans(viewer: Viewer) -> list[models.PlanRow]:
    """Plans, newest first."""
    return list(seen_by(viewer, models.PlanRow).order_by("-recorded_at", "subject"))


def plan(viewer: Viewer, plan_id: str) -> PlanView:
    """One plan.

    Raises:
        NotVisible: there is none, or it is not his.
    """
    row = one_seen(viewer, models.PlanRow, plan_id)
    ids = [*row.selected, *row.left_out]
    names, rows = names_of(viewer, ids), rows_by_id(viewer, ids)
    under = seen_by(viewer, models.TermsRow).filter(subject=f"terms:{row.terms}")

    def persons(chosen: Sequence[str]) -> list[PlannedPerson]:
        return [
            PlannedPerson(shown=names[i], row=rows.get(i), reason=row.reasons.get(i, {}))
            for i in chosen
        ]

    return PlanView(
        row=row,
        terms=under.order_by("-version").first(),
        selected=persons(row.selected),
        left_out=persons(row.left_out),
    )


def persons_meant(viewer: Viewer, among: Collection[str], text: str) -> Sequence[str]:
    """Ids of those of the persons whom a typed line can mean, sorted.

    Args:
        viewer: who types; only names he may read are searched.
        among: ids of the persons in question.
        text: an id, a reference, or a name in any script.
    """
    for named in (text, f"person:{text}"):
        if named in among:
            return [named]
    referenced = seen_by(viewer, models.PersonRow).filter(reference=text)
    exact = set(referenced.values_list("subject", flat=True)).intersection(among)
    like = {one: short for one, short in named_like(viewer, text).items() if one in among}
    nearest = min(like.values(), default=0)
    return sorted(exact or (one for one, short in like.items() if short == nearest))


def named_like(viewer: Viewer, text: str) -> Mapping[str, int]:
    """Persons whose names, in any script, a search means, and by how much each falls short."""
    means = persons_named(viewer, text, most=MOST_EXPORTED)
    return {subject: round(short) for subject, short in means.shortfall.items()}


def persons_named(viewer: Viewer, text: str, *, most: int = MOST_FOUND) -> Found:
    """The same by ids of persons alone, the nearest of a page; and whether there are more.

    Args:
        viewer: who searches.
        text: a name in any script, or a reference.
        most: how many names are looked at.
    """
    means = found(viewer, text, PERSONS, most=most)
    lines = [subject for subject in means.shortfall if subject.startswith("line:")]
    short = {s: n for s, n in means.shortfall.items() if not s.startswith("line:")}
    rows = seen_by(viewer, models.LineRow).exclude(person="").filter(subject__in=lines)
    for line, person in rows.values_list("subject", "person") if lines else ():
        value = means.shortfall[line]
        short[person] = min(short.get(person, value), value)
    return Found(shortfall=short, more=means.more)


def manifests(viewer: Viewer) -> list[models.ManifestRow]:
    """Manifests, newest first."""
    return list(seen_by(viewer, models.ManifestRow).order_by("-recorded_at", "subject"))


def manifest(viewer: Viewer, manifest_id: str) -> ManifestView:
    """One manifest with where everybody on it stands.

    Raises:
        NotVisible: there is none, or it is not his.
    """
    row = one_seen(viewer, models.ManifestRow, manifest_id)
    changed = [s[side] for s in row.substitutions for side in ("outgoing", "incoming")]
    ids = [line["person"] for line in row.lines]
    names = names_of(viewer, [*ids, *changed])
    moved = seen_by(viewer, models.CrossingRow).filter(subject__in=ids)
    crossings = {crossing.subject: crossing for crossing in moved}
    confirmed = frozenset(row.receipts["confirmed"])
    lines = [
        ManifestLineView(
            number=line["number"],
            shown=names[line["person"]],
            giver=line["giver"],
            receiver=line["receiver"],
            code=line["code"],
            crossing=crossings.get(line["person"]),
            confirmed=line["person"] in confirmed,
        )
        for line in row.lines
    ]
    by_state: dict[str, int] = {}
    for each in lines:
        by_state[each.state] = by_state.get(each.state, 0) + 1
    return ManifestView(
        row=row,
        lines=lines,
        substitutions=[
            {**s, "outgoing": names[s["outgoing"]], "incoming": names[s["incoming"]]}
            for s in row.substitutions
        ],
        by_state=by_state,
    )


def closing(viewer: Viewer, manifest_id: str) -> ClosingView:
    """How every agreed line of a manifest ended, by what the viewer may read.

    Raises:
        NotVisible: there is none, or it is not his.
    """
    row = one_seen(viewer, models.ManifestRow, manifest_id)
    about = entries_about([manifest_id]).get(manifest_id, ())
    said = [e for e in about if viewer.may_read(e.statement.audience)]
    folded = fold_manifest(said)
    if folded is None:
        raise NotVisible
    told = entries_about(list(folded.persons), {"crossing.recorded", "crossing.withdrawn"})
    states = {
        person: fold_crossing(
            person,
            [e for e in told.get(person, ()) if viewer.may_read(e.statement.audience)],
            manifest_id=folded.manifest_id,
        )
        for person in folded.persons
    }
    lines = closing_reconciliation(folded, states, compare_receipts(folded, said), said)
    notes = {person: closed.note for person, closed in closed_lines(folded, said).items()}
    names = names_of(viewer, folded.persons)
    by_state: dict[str, int] = {}
    for line in lines:
        by_state[line.state] = by_state.get(line.state, 0) + 1
    return ClosingView(
        row=row,
        lines=[
            ClosedLine(
                number=line.number,
                shown=names[line.person],
                giver=line.giver,
                receiver=line.receiver,
                state=line.state,
                note=notes.get(line.person, ""),
                replaced_by=names.get(line.replaced_by) if line.replaced_by else None,
            )
            for line in sorted(lines, key=lambda x: (x.state is not TerminalState.OPEN, x.number))
        ],
        by_state=by_state,
        balances=balance_of(folded, lines),
    )


def crossing_of(viewer: Viewer, person_id: str) -> models.CrossingRow | None:
    """Where a person stands on the way; None when nothing was said."""
    return seen_by(viewer, models.CrossingRow).filter(subject=person_id).first()
