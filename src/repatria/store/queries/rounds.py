"""Which rounds of release lists are there, and who stands on the lists?"""

from collections.abc import Iterable
from functools import reduce
from operator import and_, or_

from django.db.models import Q, QuerySet

from repatria.linkage import query_keys
from repatria.store import models
from repatria.store.queries.scope import Page, one_seen, page_of, seen_by
from repatria.terms import Viewer


def rounds(viewer: Viewer, *, search: str = "") -> list[models.RoundRow]:
    """The rounds a viewer may read, newest first; those with these words in the title."""
    rows = seen_by(viewer, models.RoundRow).order_by("-recorded_at", "subject")
    text = search.strip().casefold()
    return [row for row in rows if text in row.title.casefold()]


def round_row(viewer: Viewer, round_id: str) -> models.RoundRow:
    """One round.

    Raises:
        NotVisible: there is none, or it is not his.
    """
    return one_seen(viewer, models.RoundRow, round_id)


def round_entries(
    viewer: Viewer, round_id: str, *, search: str = "", party: str = "", page: int = 1
) -> Page[models.RoundEntryRow]:
    """Persons on the lists of a round, by party and slot.

    Args:
        viewer: who reads.
        round_id: of which round.
        search: a name in any script, or a reference.
        party: only of this party's list; of both when empty.
        page: from 1.
    """
    return page_of(_filtered(viewer, round_id, search, party), page)


def all_round_entries(
    viewer: Viewer, round_id: str, *, search: str = "", party: str = ""
) -> Iterable[models.RoundEntryRow]:
    """The same persons without pages, for export."""
    return _filtered(viewer, round_id, search, party).iterator(chunk_size=1_000)


def _filtered(
    viewer: Viewer, round_id: str, search: str, party: str
) -> QuerySet[models.RoundEntryRow]:
    rows = seen_by(viewer, models.RoundEntryRow).filter(subject=round_id)
    rows = rows.order_by("party", "slot", "ref")
    if party:
        rows = rows.filter(party=party)
    text = search.strip()
    if not text:
        return rows
    words = [
        reduce(or_, (Q(keys__contains=f" {key}") for key in sorted(word)))
        for word in query_keys(text)
        if word and "" not in word
    ]
    written = Q(reference__startswith=text) | Q(name__icontains=text)
    return rows.filter(written | reduce(and_, words) if words else written)
