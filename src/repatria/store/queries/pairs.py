"""Which records may be the same person, and what did somebody decide?"""

from collections.abc import Sequence
from dataclasses import dataclass

from repatria.store import models
from repatria.store.queries.lists import lines_by_id
from repatria.store.queries.scope import Page, page_of, seen_by
from repatria.terms import NotVisible, Viewer

UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True, kw_only=True)
class PairView:
    """A pair with the two lines side by side; a side that is not his is None."""

    row: models.PairRow
    left: models.LineRow | None
    right: models.LineRow | None

    @property
    def percent(self) -> int:
        """The score in whole percent."""
        return round(self.row.score_ppm / 10_000)


def pairs(viewer: Viewer, *, decision: str = UNDECIDED, page: int = 1) -> Page[models.PairRow]:
    """Pairs to review, the likeliest first.

    Args:
        viewer: who reads.
        decision: `undecided`, `same`, `not_same`, `cannot_tell`; empty for all.
        page: from 1.
    """
    rows = seen_by(viewer, models.PairRow).order_by("-score_ppm", "subject")
    if decision == UNDECIDED:
        rows = rows.filter(decision="")
    elif decision:
        rows = rows.filter(decision=decision)
    return page_of(rows, page)


def views_of(viewer: Viewer, rows: Sequence[models.PairRow]) -> list[PairView]:
    """The pairs with their two lines."""
    lines = lines_by_id(viewer, [i for row in rows for i in (row.left, row.right)])
    return [PairView(row=row, left=lines.get(row.left), right=lines.get(row.right)) for row in rows]


def pair(viewer: Viewer, pair_id: str) -> PairView:
    """One pair.

    Raises:
        NotVisible: there is none, or it is not his.
    """
    row = seen_by(viewer, models.PairRow).filter(subject=pair_id).first()
    if row is None:
        raise NotVisible
    return views_of(viewer, [row])[0]


def pairs_of_line(viewer: Viewer, line_id: str) -> list[PairView]:
    """The pairs a line stands in, the likeliest first."""
    base = seen_by(viewer, models.PairRow)
    rows = (base.filter(left=line_id) | base.filter(right=line_id)).order_by("-score_ppm")
    return views_of(viewer, list(rows))
