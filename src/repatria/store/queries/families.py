"""Which tracing requests are a family's, or a desk's to answer?"""

from repatria.store import models
from repatria.store.queries.scope import Page, one_seen, page_of, seen_by
from repatria.terms import Viewer


def requests(viewer: Viewer, *, page: int = 1) -> Page[models.TracingRow]:
    """Tracing requests, newest first."""
    return page_of(seen_by(viewer, models.TracingRow).order_by("-recorded_at", "subject"), page)


def request(viewer: Viewer, request_id: str) -> models.TracingRow:
    """One tracing request.

    Raises:
        NotVisible: there is none, or it is not his.
    """
    return one_seen(viewer, models.TracingRow, request_id)
