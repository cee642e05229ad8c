"""How is a list that is all in hand searched, and taken away as a file?

For lists of lists, of plans, of handovers: some tens of rows with no names of persons, found
by any words that stand on them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.http import HttpResponse

from repatria.store.queries.scope import Page, page_in_hand
from repatria.web.access import Request
from repatria.web.exports import TableFormat, table_file
from repatria.web.lists.forms import AskedForm

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortList(Generic[T]):
    """What is left of a list after a search.

    Attributes:
        page: the rows to show.
        asked: what was typed, for the form, the pages and the buttons of files.
        file: the rows as a file, where that was asked for.
    """

    page: Page[T]
    asked: Mapping[str, Any]
    file: HttpResponse | None


def short_list(
    request: Request,
    name: str,
    headings: Sequence[object],
    rows: Iterable[T],
    cells: Callable[[T], Sequence[object]],
) -> ShortList[T]:
    """The rows on whose cells every typed word stands; as a file, if one was asked for.

    Args:
        request: of the page; both are asked for by POST.
        name: of the file: what it is, never whom it is about.
        headings: of the file.
        rows: all of them, in order.
        cells: what stands in the file about a row.
    """
    form = AskedForm(request.POST or request.GET)
    asked = form.asked
    words = asked["q"].casefold().split()
    kept = [row for row in rows if _bears(cells(row), words)] if words else list(rows)
    file = None
    if request.method == "POST" and asked["format"]:
        file = table_file(name, headings, map(cells, kept), TableFormat(asked["format"]))
    return ShortList(page=page_in_hand(kept, asked["page"] or 1), asked=asked, file=file)


def _bears(cells: Sequence[object], words: Sequence[str]) -> bool:
    text = " ".join(map(str, cells)).casefold()
    return all(word in text for word in words)
