"""Which pair should be decided next, and which decisions do not go together?"""

from collections.abc import Iterable, Mapping

from django.db.models import QuerySet

from repatria.linkage.queue import OpenPair, Place, ordered
from repatria.operations.contradictions import DecisionContradiction, contradictions
from repatria.store import models
from repatria.store.queries.scope import seen_by
from repatria.terms import Viewer

# The likeliest of these are put in order by what they change; the others follow by likeness.
ORDERED_AT_MOST = 20_000
_AT_ONCE = 30_000


def queue(viewer: Viewer) -> tuple[Place, ...]:
    """Every pair that waits, the one whose decision changes most first."""
    rows = seen_by(viewer, models.PairRow)
    waiting = list(
        rows.filter(decision="")
        .order_by("-score_ppm", "subject")
        .values_list("subject", "left", "right", "score_ppm")[:ORDERED_AT_MOST]
    )
    same = list(rows.filter(decision="same").values_list("left", "right"))
    records = {record for _, left, right, _ in waiting for record in (left, right)}
    records |= {record for pair in same for record in pair}
    list_of, person_of = _standing(viewer, records)
    return ordered(
        [
            OpenPair(
                id=subject,
                left=left,
                right=right,
                left_list=list_of.get(left, ""),
                right_list=list_of.get(right, ""),
                score=score / 1_000_000,
            )
            for subject, left, right, score in waiting
        ],
        same=same,
        with_repeats={
            list_of[left]
            for left, right in same
            if left in list_of and list_of[left] == list_of.get(right)
        },
        waiting_on=_waiting_on(viewer, person_of),
    )


def _standing(
    viewer: Viewer, records: Iterable[str]
) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """For each line, its list, and the person it was answered with."""
    lists: dict[str, str] = {}
    persons: dict[str, str] = {}
    wanted = sorted(records)
    for start in range(0, len(wanted), 10_000):
        rows = seen_by(viewer, models.LineRow).filter(subject__in=wanted[start : start + 10_000])
        for subject, which, person in rows.values_list("subject", "list_subject", "person"):
            lists[subject] = which
            if person:
                persons[subject] = person
    return lists, persons


def _waiting_on(viewer: Viewer, person_of: Mapping[str, str]) -> Mapping[str, int]:
    """For each line, the plans and handovers its person is on."""
    on: dict[str, int] = {}
    for selected in seen_by(viewer, models.PlanRow).values_list("selected", flat=True):
        for person in selected:
            on[person] = on.get(person, 0) + 1
    for lines in seen_by(viewer, models.ManifestRow).values_list("lines", flat=True):
        for line in lines:
            on[line["person"]] = on.get(line["person"], 0) + 1
    return {line: on[person] for line, person in person_of.items() if person in on}


def contradicted(viewer: Viewer) -> tuple[DecisionContradiction, ...]:
    """Where the decisions that a viewer may read contradict each other."""
    rows = seen_by(viewer, models.PairRow)
    same = list(rows.filter(decision="same").values_list("left", "right"))
    not_same = list(rows.filter(decision="not_same").values_list("left", "right"))
    list_of, _ = _standing(viewer, {record for pair in same for record in pair})
    return contradictions(same, not_same, list_of)


def pair_ids(viewer: Viewer, wanted: Iterable[tuple[str, str]]) -> Mapping[tuple[str, str], str]:
    """The ids of those pairs of records that are known as pairs, by (left, right)."""
    rows = rows_of_pairs(seen_by(viewer, models.PairRow), wanted)
    return {(row.left, row.right): row.subject for row in rows}


def rows_of_pairs(
    rows: QuerySet[models.PairRow], wanted: Iterable[tuple[str, str]]
) -> QuerySet[models.PairRow]:
    """Those of the rows that are of these pairs of records, each (left, right)."""
    lefts: dict[str, set[str]] = {}
    for left, right in wanted:
        lefts.setdefault(left, set()).add(right)
    found = rows.filter(left__in=list(lefts)[:_AT_ONCE]).values_list("subject", "left", "right")
    ids = [subject for subject, left, right in found if right in lefts[left]]
    return rows.filter(subject__in=ids[:_AT_ONCE])
