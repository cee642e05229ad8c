"""Which decisions do not go together, and which records does a list repeat?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from repatria.operations.clusters import Cluster, repeats_in
from repatria.operations.contradictions import DecisionContradiction
from repatria.store.queries.lists import lines_by_id, list_rows, list_view
from repatria.store.queries.pair_queue import contradicted, pair_ids
from repatria.store.queries.pairs import repeats as repeats_of
from repatria.terms import Viewer
from repatria.web.access import Request, desk_page
from repatria.wiring.desks import sits_here

PER_PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One step of a chain: the next record, and the pair whose decision leads to it."""

    record: Any
    pair: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownContradiction:
    """A contradiction with its records as a viewer may see them.

    Attributes:
        first: where the chain begins.
        links: the steps from there.
    """

    kind: str
    first: Any
    links: Sequence[Link]

    @property
    def last(self) -> Any:
        """Where the chain ends."""
        return self.links[-1].record


def shown(viewer: Viewer, found: Iterable[DecisionContradiction]) -> list[ShownContradiction]:
    """The contradictions with names to read and pairs to open."""
    each = list(found)
    lines = lines_by_id(viewer, {record for c in each for record in c.chain})
    known = pair_ids(viewer, {pair for c in each for pair in c.pairs})
    return [
        ShownContradiction(
            kind=c.kind,
            first=lines.get(c.left),
            links=[
                Link(record=lines.get(record), pair=known.get(step, ""))
                for record, step in zip(c.chain[1:], c.steps, strict=True)
            ],
        )
        for c in each
    ]


@require_safe
@desk_page
def contradictions(request: Request) -> HttpResponseBase:
    """The decisions that cannot all be right, with what to do."""
    pages = Paginator(contradicted(request.viewer), PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    context = {
        "page": page,
        "found": shown(request.viewer, page.object_list),
        "titles": {row.subject: row.title for row in list_rows(request.viewer)},
    }
    return render(request, "review/contradictions.html", context)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCluster:
    """A cluster with its lines, and the pair that holds it most weakly."""

    lines: Sequence[Any]
    percent: int | None
    pair: str


@require_safe
@desk_page
def repeats(request: Request, token: str) -> HttpResponseBase:
    """The persons who stand on a list more than once, as far as was found or decided."""
    view = list_view(request.viewer, f"list:{token}")
    found = repeats_of(request.viewer, view.row.subject)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "view": view,
        "page": page,
        "persons": len(found),
        "repeats": repeats_in(found),
        "clusters": _clusters(request.viewer, list(page.object_list)),
        "may_compare": sits_here(request.viewer),
    }
    return render(request, "review/repeats.html", context)


def _clusters(viewer: Viewer, found: Sequence[Cluster]) -> list[ShownCluster]:
    lines = lines_by_id(viewer, [record for cluster in found for record in cluster.records])
    weakest = {(c.weakest.left, c.weakest.right) for c in found if c.weakest}
    known: Mapping[tuple[str, str], str] = pair_ids(viewer, weakest)
    return [
        ShownCluster(
            lines=sorted((lines[r] for r in cluster.records if r in lines), key=_number),
            percent=min(99, max(1, round(cluster.weakest.score * 100)))
            if cluster.weakest
            else None,
            pair=known.get((cluster.weakest.left, cluster.weakest.right), "")
            if cluster.weakest
            else "",
        )
        for cluster in found
    ]


def _number(line: Any) -> int:
    return int(line.number)
