"""Which work goes on for a desk, and how far is it?"""

from django.db.models import Q, QuerySet

from repatria.store import models
from repatria.store.jobs import COMPUTED, OPEN
from repatria.terms import NotVisible, Viewer

_SHOWN = 50


def jobs(viewer: Viewer, *, about: str = "") -> list[models.Job]:
    """The newest jobs of the viewer's desk; only those about one subject, if one is named.

    A job is shown to whoever asked for it and to others with his role; it names no person. What
    is only computed is his alone, until he proposes it.
    """
    return list(_his(viewer, about)[:_SHOWN])


def running_about(viewer: Viewer, about: str) -> models.Job | None:
    """What goes on about a subject, the newest; None when nothing does."""
    return _his(viewer, about).filter(state__in=OPEN).first()


def newest_of_mine(viewer: Viewer, kind: str, about: str) -> models.Job | None:
    """The newest job of a kind that the viewer himself asked for; None when he asked for none."""
    return _his(viewer, about).filter(kind=kind, actor=viewer.actor).first()


def job(viewer: Viewer, job_id: str) -> models.Job:
    """One job.

    Raises:
        NotVisible: there is none, or it is not his desk's.
    """
    found = _his(viewer, "").filter(id=job_id).first()
    if found is None:
        raise NotVisible
    return found


def _his(viewer: Viewer, about: str) -> QuerySet[models.Job]:
    if not viewer.at_a_desk:
        return models.Job.objects.none()
    shared = ~Q(kind__in=COMPUTED) | Q(actor=viewer.actor)
    rows = models.Job.objects.filter(shared, role=viewer.role).order_by("-asked_at", "id")
    return rows.filter(about=about) if about else rows
