"""What need not be asked again until somebody writes?

Projections change only with the logs, in one transaction. So what was counted or put in
order over many rows holds for as long as every log is as long as it was.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TypeVar, cast

from repatria.store import models
from repatria.store.database import current

T = TypeVar("T")
_MOST = 500
_kept: OrderedDict[Hashable, tuple[object, object]] = OrderedDict()


def until_written(what: Hashable, ask: Callable[[], T]) -> T:
    """What `ask` gives, asked again only when a log has grown since.

    Args:
        what: names the question, with the label it is asked for.
        ask: reads projections alone; what it gives is not changed by anybody.
    """
    # How long each log is, asked first: rows that come meanwhile are asked for again.
    sizes = tuple(models.Frontier.objects.order_by("origin").values_list("origin", "size"))
    if not sizes:
        return ask()
    key = (current(), what)
    kept = _kept.get(key)
    if kept is None or kept[0] != sizes:
        kept = (sizes, ask())
        _kept[key] = kept
        while len(_kept) > _MOST:
            _kept.popitem(last=False)
    return cast("T", kept[1])


def forget() -> None:
    """Keep nothing: whatever is asked next is asked anew."""
    _kept.clear()
