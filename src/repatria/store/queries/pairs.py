"""Which records may be the same person, and what did somebody decide?"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from repatria.linkage.expectation import Expectation, expected, link_threshold
from repatria.linkage.queue import Place
from repatria.operations.clusters import Cluster, Likeness, clusters
from repatria.store import models
from repatria.store.queries.lists import lines_by_id
from repatria.store.queries.pair_queue import contradicted, queue, rows_of_pairs
from repatria.store.queries.scope import Page, one_seen, page_of, page_of_ids, seen_by
from repatria.store.queries.search import LINES, found
from repatria.terms import Viewer

UNDECIDED, CONTRADICTED, AGAIN = "undecided", "contradicted", "again"
_AT_ONCE = 30_000


@dataclass(frozen=True, slots=True, kw_only=True)
class PairView:
    """A pair with the two lines side by side; a side that is not his is None.

    Attributes:
        place: its place in the queue; None when it is not in it.
    """

    row: models.PairRow
    left: models.LineRow | None
    right: models.LineRow | None
    place: Place | None = None

    @property
    def percent(self) -> int:
        """The score in whole percent, from 1 to 99: a comparison is never certain."""
        return min(99, max(1, round(self.row.score_ppm / 10_000)))

    @property
    def on_other_words(self) -> bool:
        """Whether it was decided when one of the lines said other words than now."""
        return any(
            words and line is not None and line.words and words != line.words
            for words, line in (
                (self.row.left_words, self.left),
                (self.row.right_words, self.right),
            )
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which pairs are asked for.

    Attributes:
        decision: `undecided`, `same`, `not_same`, `cannot_tell`, `contradicted` (its decision
            goes ill with others), `again` (its lines have changed since); empty for all.
        list_id: only pairs of which a record stands on this list.
        other_id: and the other record on this one; the same list for its repeats.
        lines: only pairs with one of these lines; None for no such limit.
    """

    decision: str = UNDECIDED
    list_id: str = ""
    other_id: str = ""
    lines: frozenset[str] | None = None


def pairs(
    viewer: Viewer,
    asked: Filter | None = None,
    *,
    page: int = 1,
    decision: str | None = None,
    places: Sequence[Place] | None = None,
) -> Page[models.PairRow]:
    """Pairs to review: those that wait by what deciding them changes, others likeliest first.

    Args:
        viewer: who reads.
        asked: which pairs; those that nobody decided when it is not given.
        page: from 1.
        decision: as in `Filter`, where nothing else is asked.
        places: the queue, where it is at hand; see `queue`.
    """
    asked = asked or Filter(decision=UNDECIDED if decision is None else decision)
    rows = filtered(viewer, asked)
    if asked.decision != UNDECIDED:
        return page_of(rows, page)
    order = [place.pair for place in (queue(viewer) if places is None else places)]
    if asked.list_id or asked.lines is not None:
        chosen = set(rows.values_list("subject", flat=True))
        order, waiting = [pair for pair in order if pair in chosen], len(chosen)
    else:
        waiting = rows.count()
    if len(order) < waiting:  # more than are put in order
        return page_of(rows, page)
    return page_of_ids(seen_by(viewer, models.PairRow), order, page)


def filtered(viewer: Viewer, asked: Filter) -> QuerySet[models.PairRow]:
    """The pairs asked for, the likeliest first, without pages."""
    rows = seen_by(viewer, models.PairRow).order_by("-score_ppm", "subject")
    match asked.decision:
        case "":
            pass
        case "undecided":
            rows = rows.filter(decision="")
        case "contradicted":
            wanted = [pair for found in contradicted(viewer) for pair in found.pairs]
            rows = rows_of_pairs(rows, wanted)
        case "again":
            rows = _on_other_words(viewer, rows)
        case decision:
            rows = rows.filter(decision=decision)
    if asked.list_id:
        here = _lines_of(viewer, asked.list_id)
        there = _lines_of(viewer, asked.other_id) if asked.other_id else None
        rows = rows.filter(_between(here, there) if there is not None else _touching(here))
    if asked.lines is not None:
        some = sorted(asked.lines)[:_AT_ONCE]
        rows = rows.filter(Q(left__in=some) | Q(right__in=some))
    return rows


def _lines_of(viewer: Viewer, list_id: str) -> QuerySet[models.LineRow, str]:
    rows = seen_by(viewer, models.LineRow).filter(list_subject=list_id)
    return rows.values_list("subject", flat=True)


def _touching(lines: Any) -> Q:
    return Q(left__in=lines) | Q(right__in=lines)


def _between(lines: Any, others: Any) -> Q:
    return Q(left__in=lines, right__in=others) | Q(left__in=others, right__in=lines)


def found_by_name(viewer: Viewer, text: str) -> frozenset[str]:
    """The lines that a name, in any script, or a reference may mean."""
    return frozenset(found(viewer, text, LINES).shortfall)


def proposed_scores(viewer: Viewer, asked: Filter) -> Sequence[tuple[str, float]]:
    """(proposal, score) of every pair that a comparison proposed among these, decided or not.

    Decisions do not change it: it says how good the proposals were.
    """
    rows = filtered(viewer, replace(asked, decision="")).exclude(proposed="").order_by()
    found = rows.values_list("proposed", "score_ppm")
    return [(proposed, score / 1_000_000) for proposed, score in found]


def expected_errors(proposed: Iterable[tuple[str, float]]) -> Expectation:
    """What is expected of the links among proposals; see `proposed_scores`."""
    linked: list[float] = []
    others: list[float] = []
    for proposal, score in proposed:
        (linked if proposal == "link" else others).append(score)
    return expected(linked, others)


def sure_from(proposed: Iterable[tuple[str, float]], *, most_wrong: float) -> int | None:
    """The percent from which on links are expected to be wrong so rarely; None if none below 100.

    Args:
        proposed: see `proposed_scores`.
        most_wrong: the greatest share of links that may be wrong.
    """
    found = link_threshold([score for _, score in proposed], most_wrong=most_wrong)
    percent = 100 if found is None else math.ceil(found * 100)
    return percent if percent < 100 else None


def _on_other_words(viewer: Viewer, rows: QuerySet[models.PairRow]) -> QuerySet[models.PairRow]:
    for side in ("left", "right"):
        line = seen_by(viewer, models.LineRow).filter(subject=OuterRef(side))
        rows = rows.annotate(**{f"{side}_now": Subquery(line.values("words")[:1])})
    changed = Q()
    for side in ("left", "right"):
        known = ~Q(**{f"{side}_words": ""}) & Q(**{f"{side}_now__isnull": False})
        changed |= known & ~Q(**{f"{side}_now": ""}) & ~Q(**{f"{side}_now": F(f"{side}_words")})
    return rows.exclude(decision="").filter(changed)


def repeats(viewer: Viewer, list_id: str) -> tuple[Cluster, ...]:
    """The records of a list that are taken for repeats of each other, largest clusters first.

    From the pairs that comparing the list with itself has found, and from what was decided.
    """
    asked = Filter(decision="", list_id=list_id, other_id=list_id)
    rows = filtered(viewer, asked).values_list("left", "right", "score_ppm", "decision", "proposed")
    found = list(rows)
    return clusters(
        [Likeness(left=a, right=b, score=ppm / 1_000_000) for a, b, ppm, _, seen in found if seen],
        same=[(a, b) for a, b, _, decision, _ in found if decision == "same"],
        not_same=[(a, b) for a, b, _, decision, _ in found if decision == "not_same"],
    )


def views_of(
    viewer: Viewer, rows: Sequence[models.PairRow], places: Iterable[Place] = ()
) -> list[PairView]:
    """The pairs with their two lines, and their places in the queue where they are given."""
    lines = lines_by_id(viewer, [i for row in rows for i in (row.left, row.right)])
    by_pair = {place.pair: place for place in places}
    return [
        PairView(
            row=row,
            left=lines.get(row.left),
            right=lines.get(row.right),
            place=by_pair.get(row.subject),
        )
        for row in rows
    ]


def pair(viewer: Viewer, pair_id: str) -> PairView:
    """One pair.

    Raises:
        NotVisible: there is none, or it is not his.
    """
    row = one_seen(viewer, models.PairRow, pair_id)
    return views_of(viewer, [row])[0]


def pairs_of_line(viewer: Viewer, line_id: str) -> list[PairView]:
    """The pairs a line stands in, the likeliest first."""
    base = seen_by(viewer, models.PairRow)
    rows = (base.filter(left=line_id) | base.filter(right=line_id)).order_by("-score_ppm")
    return views_of(viewer, list(rows))
