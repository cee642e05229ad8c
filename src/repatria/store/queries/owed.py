"""Who is kept back for proceedings, and who was released and is said to be held again?

Each party reads what was told to it, the intermediary what was told by both.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from repatria.store import models
from repatria.store.projections.owed import LEFT
from repatria.store.queries.exchange import MOST_EXPORTED, persons_named
from repatria.store.queries.lists import lines_by_id
from repatria.store.queries.persons import Shown, names_of
from repatria.store.queries.scope import Page, page_in_hand, seen_by
from repatria.store.queries.search import LINES, MOST_FOUND, found
from repatria.terms import Viewer

ANSWERED = "answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedWanted:
    """Which rows to show; empty fields ask for all.

    Attributes:
        search: a name in any script, or a reference.
        holder: in whose hands.
        state: `open` or `cleared`.
    """

    search: str = ""
    holder: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Somebody whom a holder keeps back, with every naming of him by it.

    Attributes:
        about: id of the record, or of the list line where no record is named.
        shown: how he is called; None where the viewer may read no name.
        line: the list line by which he is known, if any.
        since: the first day of those namings that stand, else of all.
        cleared, cleared_on: empty while one naming stands.
    """

    about: str
    holder: str
    shown: Shown | None
    line: models.LineRow | None
    namings: Sequence[models.RetainedRow]
    since: str
    cleared: str
    cleared_on: str


def retained(viewer: Viewer, wanted: OwedWanted, *, page: int = 1) -> Page[Kept]:
    """Those kept back, who stands longest first, then those cleared since."""
    kept, more = _retained(viewer, wanted, most=MOST_FOUND)
    shown = page_in_hand(kept, page, more=more)
    return replace(shown, rows=_with_names(viewer, shown.rows))


def all_retained(viewer: Viewer, wanted: OwedWanted) -> Sequence[Kept]:
    """The same without pages, for export."""
    return _with_names(viewer, _retained(viewer, wanted, most=MOST_EXPORTED)[0])


def _retained(viewer: Viewer, wanted: OwedWanted, *, most: int) -> tuple[list[Kept], bool]:
    kept = _grouped(seen_by(viewer, models.RetainedRow).order_by("since", "subject", "ref"))
    if wanted.search.strip():
        meant, more = _meant(viewer, wanted.search, most)
    else:
        meant, more = None, False
    chosen = [
        each
        for each in kept
        if (meant is None or each.about in meant)
        and wanted.holder in {"", each.holder}
        and wanted.state in {"", "cleared" if each.cleared else "open"}
    ]
    chosen.sort(key=lambda each: (bool(each.cleared), each.since, each.about))
    return chosen, more


def _grouped(rows: Iterable[models.RetainedRow]) -> list[Kept]:
    """The namings of each person by each holder together."""
    left: dict[tuple[str, str], list[models.RetainedRow]] = {}
    named: dict[tuple[str, str], list[models.RetainedRow]] = {}
    for row in rows:
        key = (row.holder, row.person or row.subject)
        (left if row.how == LEFT else named).setdefault(key, []).append(row)
    return [_kept(key, namings, left.get(key, ())) for key, namings in named.items()]


def _kept(
    key: tuple[str, str],
    namings: Sequence[models.RetainedRow],
    left: Iterable[models.RetainedRow],
) -> Kept:
    ends = sorted(left, key=lambda row: (row.cleared_on, row.ref))
    namings = [_until(row, ends) for row in namings]
    standing = [row for row in namings if not row.cleared]
    last = max(namings, key=lambda row: (row.cleared_on, row.ref))
    return Kept(
        about=key[1],
        holder=key[0],
        shown=None,
        line=None,
        namings=namings,
        since=min(row.since for row in standing or namings),
        cleared="" if standing else last.cleared,
        cleared_on="" if standing else last.cleared_on,
    )


def _until(row: models.RetainedRow, ends: Iterable[models.RetainedRow]) -> models.RetainedRow:
    """The naming, cleared by the first end of custody after it began."""
    for end in ends:
        if not row.cleared and end.cleared_on >= row.since:
            row.cleared, row.cleared_on = end.cleared, end.cleared_on
    return row


def _meant(viewer: Viewer, text: str, most: int) -> tuple[Collection[str], bool]:
    """Persons and lines that a search means."""
    persons = persons_named(viewer, text, most=most)
    lines = found(viewer, text, LINES, most=most)
    return {text.strip(), *persons.shortfall, *lines.shortfall}, persons.more or lines.more


def _with_names(viewer: Viewer, rows: Sequence[Kept]) -> list[Kept]:
    names = names_of(viewer, [row.about for row in rows if row.about.startswith("person:")])
    lines = lines_by_id(viewer, {naming.source for row in rows for naming in row.namings})
    out = []
    for row in rows:
        line = next((lines[n.source] for n in row.namings if n.source in lines), None)
        shown = names.get(row.about)
        if shown is None and line is not None:
            shown = Shown(id=line.subject, name=line.name, script=line.script)
        out.append(replace(row, shown=shown, line=line))
    return out


def kept_of_person(viewer: Viewer, person_id: str) -> Sequence[Kept]:
    """By whom a person is or was kept back, as the viewer was told."""
    rows = seen_by(viewer, models.RetainedRow).filter(person=person_id)
    return _with_names(viewer, _grouped(rows.order_by("since", "subject", "ref")))


def holders_retaining(viewer: Viewer) -> Sequence[str]:
    """Whoever keeps somebody back, by what the viewer may read."""
    rows = seen_by(viewer, models.RetainedRow).exclude(how=LEFT)
    return sorted(set(rows.values_list("holder", flat=True)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """Somebody who was released and is said to be held after it.

    Attributes:
        release: the release, with every word that he is held.
        first: the first of these words.
        state: `held`, how that detention ended, or `answered_otherwise` where the one word of
            it was an answer that its speaker has replaced.
        ended_on: the day of that, if it is known.
        manifest: of the release, if the viewer may read it.
    """

    shown: Shown
    release: models.ReleaseRow
    first: Mapping[str, str]
    state: str
    ended_on: str
    manifest: models.ManifestRow | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedAgain:
    """A line, handed in after a release, that is decided to be about the same person.

    Attributes:
        line: by whoever asks for him again, or says that it holds him.
        population: whose names stand on its list.
        listed_on: when the list was handed in.
    """

    shown: Shown
    release: models.ReleaseRow
    line: models.LineRow
    population: str
    listed_on: str


def held_again(viewer: Viewer, wanted: OwedWanted, *, page: int = 1) -> Page[Again]:
    """Those held again after a release, who was named last first."""
    rows, more = _again(viewer, wanted, most=MOST_FOUND)
    shown = page_in_hand(rows, page, more=more)
    return replace(shown, rows=_again_with_names(viewer, shown.rows))


def all_held_again(viewer: Viewer, wanted: OwedWanted) -> Sequence[Again]:
    """The same without pages, for export."""
    return _again_with_names(viewer, _again(viewer, wanted, most=MOST_EXPORTED)[0])


def _again(viewer: Viewer, wanted: OwedWanted, *, most: int) -> tuple[list[Again], bool]:
    rows = seen_by(viewer, models.ReleaseRow).exclude(held_by="")
    if wanted.holder:
        rows = rows.filter(held_by=wanted.holder)
    more = False
    if wanted.search.strip():
        means = persons_named(viewer, wanted.search, most=most)
        rows, more = rows.filter(subject__in=list(means.shortfall)), means.more
    told = list(rows.order_by("-held_on", "subject", "ref"))
    found_again = [_said_again(row, _replaced(viewer, told)) for row in told]
    chosen = [
        each
        for each in found_again
        if wanted.state in {"", "open" if each.state == "held" else "cleared"}
    ]
    return chosen, more


def _replaced(viewer: Viewer, rows: Iterable[models.ReleaseRow]) -> frozenset[str]:
    """Which of the answers that name these persons are no longer the answer to their line."""
    refs = {n["ref"] for row in rows for n in row.namings if n["words"] == ANSWERED}
    current = seen_by(viewer, models.LineRow).filter(answer_ref__in=sorted(refs))
    return frozenset(refs.difference(current.values_list("answer_ref", flat=True)))


def _said_again(row: models.ReleaseRow, replaced: Collection[str]) -> Again:
    state = row.ending or "held"
    if state == "held" and all(naming["ref"] in replaced for naming in row.namings):
        state = "answered_otherwise"
    return Again(
        shown=Shown(id=row.subject, name="", script=""),
        release=row,
        first=row.namings[0],
        state=state,
        ended_on=row.ended_on,
        manifest=None,
    )


def _again_with_names(viewer: Viewer, rows: Sequence[Again]) -> list[Again]:
    names = names_of(viewer, [row.shown.id for row in rows])
    exchanges = {row.release.exchange for row in rows if row.release.exchange}
    known = seen_by(viewer, models.ManifestRow).filter(subject__in=sorted(exchanges))
    manifests = {row.subject: row for row in known}
    return [
        replace(row, shown=names[row.shown.id], manifest=manifests.get(row.release.exchange))
        for row in rows
    ]


def holders_again(viewer: Viewer) -> Sequence[str]:
    """In whose hands anybody is said to be after a release, by what the viewer may read."""
    rows = seen_by(viewer, models.ReleaseRow).exclude(held_by="")
    return sorted(set(rows.values_list("held_by", flat=True)))


def releases_of_person(viewer: Viewer, person_id: str) -> Sequence[Again]:
    """A person's releases after which he is said to be held, the first one first."""
    rows = list(seen_by(viewer, models.ReleaseRow).filter(subject=person_id).exclude(held_by=""))
    rows.sort(key=lambda row: (row.released_on, row.ref))
    replaced = _replaced(viewer, rows)
    return _again_with_names(viewer, [_said_again(row, replaced) for row in rows])


def listed_again(viewer: Viewer, search: str = "") -> Sequence[ListedAgain]:
    """Lines handed in after a release that are about the person released, the newest first.

    By the answer that names the record, or by a decision that two lines are one person.
    """
    freed: dict[str, models.ReleaseRow] = {}
    for row in seen_by(viewer, models.ReleaseRow).order_by("released_on", "ref"):
        freed[row.subject] = row
    if search.strip():
        meant = persons_named(viewer, search, most=MOST_EXPORTED).shortfall
        freed = {subject: row for subject, row in freed.items() if subject in meant}
    if not freed:
        return []
    whose = _lines_of(viewer, freed)
    lists = {row.subject: row for row in seen_by(viewer, models.ListRow)}
    names = names_of(viewer, freed)
    lines = lines_by_id(viewer, whose)
    told = [
        ListedAgain(
            shown=names[whose[subject]],
            release=freed[whose[subject]],
            line=line,
            population=lists[line.list_subject].population,
            listed_on=lists[line.list_subject].recorded_at.date().isoformat(),
        )
        for subject, line in lines.items()
        if line.list_subject in lists
    ]
    after = [each for each in told if each.listed_on > each.release.released_on]
    return sorted(after, key=lambda each: (each.listed_on, each.line.subject), reverse=True)


def _lines_of(viewer: Viewer, persons: Collection[str]) -> Mapping[str, str]:
    """Line -> person: lines answered with one of the persons, or decided to be the same."""
    rows = seen_by(viewer, models.LineRow).exclude(person="").values_list("subject", "person")
    whose = {line: person for line, person in rows if person in persons}
    decided = seen_by(viewer, models.PairRow).filter(decision="same").values_list("left", "right")
    for left, right in decided:
        for known, other in ((left, right), (right, left)):
            person = known if known in persons else whose.get(known)
            if person is not None and other.startswith("line:"):
                whose.setdefault(other, person)
    return whose
