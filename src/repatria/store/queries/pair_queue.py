"""Which pair should be decided next, and which decisions do not go together?"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from django.db.models import OuterRef, QuerySet, Subquery

from repatria.linkage.queue import OpenPair, Place, one_for_all, ordered
from repatria.operations.contradictions import DecisionContradiction, contradictions
from repatria.store import models
from repatria.store.entries import chunked
from repatria.store.queries.kept import until_written
from repatria.store.queries.scope import label_of, seen_by
from repatria.terms import Viewer

# The likeliest of these are put in order by what they change; the others follow by likeness.
ORDERED_AT_MOST = 20_000
_AT_ONCE = 30_000
SIDES = ("left", "right")


def queue(viewer: Viewer) -> tuple[Place, ...]:
    """Every pair that waits, the one whose decision changes most first.

    It is kept until somebody writes: whoever turns its pages does not wait for each anew.
    """
    return until_written(("pairs", label_of(viewer)), lambda: _ordered(viewer))


def _ordered(viewer: Viewer) -> tuple[Place, ...]:
    rows = seen_by(viewer, models.PairRow)
    decided = _with_lists(viewer, rows).filter(decision="same")
    decisions = list(decided.values_list("left", "right", *_LISTS))
    same = [(left, right) for left, right, *_ in decisions]
    waiting = rows.filter(decision="").order_by("-score_ppm", "subject")
    pairs = list(waiting.values_list("subject", "left", "right", "score_ppm")[:ORDERED_AT_MOST])
    list_of = _lists_of(viewer, _in_several(pairs, one_for_all(same)))
    return ordered(
        [
            OpenPair(
                subject, left, right, list_of.get(left, ""), list_of.get(right, ""), score / 1e6
            )
            for subject, left, right, score in pairs
        ],
        same=same,
        with_repeats={one for *_, one, other in decisions if one and one == other},
        waiting_on=_waiting_on(viewer),
    )


def _in_several(
    pairs: Sequence[tuple[str, str, str, int]], person: Mapping[str, str]
) -> frozenset[str]:
    """The records of pairs of which a person stands in another pair too.

    No other pair hangs on the rest: it need not be known on which lists they stand.
    """
    times = Counter(person.get(record, record) for _, *both, _ in pairs for record in both)
    return frozenset(
        record
        for _, *both, _ in pairs
        if any(times[person.get(record, record)] > 1 for record in both)
        for record in both
    )


def _lists_of(viewer: Viewer, lines: Iterable[str]) -> Mapping[str, str]:
    """On which list each line stands."""
    rows = seen_by(viewer, models.LineRow)
    return {
        subject: which
        for chunk in chunked(sorted(lines))
        for subject, which in rows.filter(subject__in=chunk).values_list("subject", "list_subject")
    }


_LISTS = ("left_list", "right_list")


def _with_lists(viewer: Viewer, rows: QuerySet[models.PairRow]) -> QuerySet[models.PairRow]:
    """Pairs with the lists of their two lines, None where he may not read a line."""
    of = {side: seen_by(viewer, models.LineRow).filter(subject=OuterRef(side)) for side in SIDES}
    lists = {
        name: Subquery(of[side].values("list_subject")[:1])
        for side, name in zip(SIDES, _LISTS, strict=True)
    }
    return rows.annotate(**lists)


def _waiting_on(viewer: Viewer) -> Mapping[str, int]:
    """For each line, the plans and handovers its person is on."""
    on: dict[str, int] = {}
    for selected in seen_by(viewer, models.PlanRow).values_list("selected", flat=True):
        for person in selected:
            on[person] = on.get(person, 0) + 1
    for lines in seen_by(viewer, models.ManifestRow).values_list("lines", flat=True):
        for line in lines:
            on[line["person"]] = on.get(line["person"], 0) + 1
    matters: dict[str, int] = {}
    for chunk in chunked(sorted(on)):
        rows = seen_by(viewer, models.LineRow).filter(person__in=chunk)
        matters |= {line: on[person] for line, person in rows.values_list("subject", "person")}
    return matters


def contradicted(viewer: Viewer) -> tuple[DecisionContradiction, ...]:
    """Where the decisions that a viewer may read contradict each other."""
    rows = seen_by(viewer, models.PairRow)
    same = list(
        _with_lists(viewer, rows).filter(decision="same").values_list("left", "right", *_LISTS)
    )
    not_same = list(rows.filter(decision="not_same").values_list("left", "right"))
    list_of = {
        record: which
        for left, right, *lists in same
        for record, which in zip((left, right), lists, strict=True)
        if which
    }
    return contradictions([(left, right) for left, right, *_ in same], not_same, list_of)


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
