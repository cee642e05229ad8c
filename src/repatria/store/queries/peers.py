"""Which peers do we know, and what passed between us?"""

from repatria.store import models
from repatria.store.queries.scope import Page, page_of, seen_by
from repatria.terms import Viewer


def peers(viewer: Viewer) -> list[models.PeerRow]:
    """Peers with their keys, ourselves among them."""
    return list(seen_by(viewer, models.PeerRow).order_by("subject"))


def packages(viewer: Viewer, *, page: int = 1) -> Page[models.PackageRow]:
    """Packages made and taken in, newest first."""
    return page_of(seen_by(viewer, models.PackageRow).order_by("-recorded_at", "subject"), page)
