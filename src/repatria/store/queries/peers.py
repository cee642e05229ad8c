"""Which peers do we know, what passed between us, and how far has each come?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import QuerySet

from repatria.store import models
from repatria.store.queries.scope import Page, one_seen, page_of, seen_by
from repatria.terms import NotVisible, PartyCode, Viewer


class SentState(StrEnum):
    """How it stands with a package that was made for somebody."""

    UNDER_WAY = "under_way"
    RECEIPTED = "receipted"
    REVOKED = "revoked"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Correspondent:
    """A peer, and how far we have come with each other.

    Attributes:
        code: of the party.
        row: what was folded about it.
        ours: size of our own log.
        sent: how many packages were made for it.
        sent_size: up to where the newest of them leads.
        since: how long ago its last package was taken in; None when none ever was.
    """

    code: PartyCode
    row: models.PeerRow
    ours: int
    sent: int
    sent_size: int
    since: timedelta | None

    @property
    def behind(self) -> int:
        """Entries of ours that it has not receipted."""
        return max(0, self.ours - self.row.receipted_size)

    @property
    def days_silent(self) -> int | None:
        """Whole days since its last word; None when there was none."""
        return self.since.days if self.since is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A package that was made, as it stands with one of its recipients."""

    digest: str
    to: PartyCode
    row: models.PackageRow
    state: SentState


def peers(viewer: Viewer) -> list[models.PeerRow]:
    """Peers with their keys, ourselves among them."""
    return list(seen_by(viewer, models.PeerRow).order_by("subject"))


def peer(viewer: Viewer, party: str) -> models.PeerRow:
    """One party that was introduced.

    Raises:
        NotVisible: none of that code was.
    """
    return one_seen(viewer, models.PeerRow, f"peer:{party}")


def correspondents(viewer: Viewer, *, now: datetime) -> list[Correspondent]:
    """The peers of the viewer's own installation, by code."""
    if viewer.party is None:
        return []
    ours = _size_of_log(viewer.party)
    sent: dict[str, list[int]] = {}
    for row in seen_by(viewer, models.PackageRow).filter(direction="sent"):
        for to in (row.peer, *row.others):
            sent.setdefault(to, []).append(row.size)
    return [
        Correspondent(
            code=PartyCode(code),
            row=row,
            ours=ours,
            sent=len(sent.get(code, ())),
            sent_size=max(sent.get(code, ()), default=0),
            since=now - row.heard_at if row.heard_at is not None else None,
        )
        for row in peers(viewer)
        if (code := row.subject.partition(":")[2]) != viewer.party
    ]


def _size_of_log(party: PartyCode) -> int:
    row = models.Frontier.objects.filter(origin=party).first()
    return row.size if row is not None else 0


def sent_packages(
    viewer: Viewer, *, now: datetime, to: str = "", state: str = "", search: str = ""
) -> list[Sent]:
    """Packages that were made, one line for each recipient, newest first.

    Args:
        now: the present moment.
        to: only those for this party.
        state: only those in this state.
        search: only those whose digest begins so.
    """
    receipted = {row.subject.partition(":")[2]: row.receipted_size for row in peers(viewer)}
    rows = seen_by(viewer, models.PackageRow).filter(direction="sent")
    if search:
        rows = rows.filter(subject__startswith=f"package:{search.strip().lower()}")
    found = [
        Sent(
            digest=row.subject.partition(":")[2],
            to=PartyCode(party),
            row=row,
            state=_state_of(row, receipted.get(party, 0), now),
        )
        for row in rows.order_by("-recorded_at", "subject")
        for party in (row.peer, *row.others)
    ]
    return [s for s in found if (not to or s.to == to) and (not state or s.state == state)]


def _state_of(row: models.PackageRow, receipted: int, now: datetime) -> SentState:
    if row.revoked_for:
        return SentState.REVOKED
    if receipted >= row.size:
        return SentState.RECEIPTED
    if row.until is not None and now > row.until:
        return SentState.EXPIRED
    return SentState.UNDER_WAY


def sent_package(viewer: Viewer, digest: str, *, now: datetime) -> Sequence[Sent]:
    """A package that was made, one line for each recipient.

    Raises:
        NotVisible: none with this digest was made here.
    """
    found = [s for s in sent_packages(viewer, now=now, search=digest) if s.digest == digest]
    if not found:
        raise NotVisible
    return found


def packages(
    viewer: Viewer,
    *,
    direction: Sequence[str] = (),
    peer_code: str = "",
    search: str = "",
    page: int = 1,
) -> Page[models.PackageRow]:
    """Packages made, taken in and refused, newest first.

    Args:
        direction: `sent`, `received`, `refused`; all when none is named.
        peer_code: only those by or for this party.
        search: only those whose digest begins so.
        page: from 1.
    """
    return page_of(_passed(viewer, direction, peer_code, search), page)


def all_packages(
    viewer: Viewer, *, direction: Sequence[str] = (), peer_code: str = "", search: str = ""
) -> list[models.PackageRow]:
    """The same without pages."""
    return list(_passed(viewer, direction, peer_code, search))


def _passed(
    viewer: Viewer, direction: Sequence[str], peer_code: str, search: str
) -> QuerySet[models.PackageRow]:
    rows = seen_by(viewer, models.PackageRow)
    if direction:
        rows = rows.filter(direction__in=direction)
    if peer_code:
        rows = rows.filter(peer=peer_code)
    if search:
        rows = rows.filter(subject__startswith=f"package:{search.strip().lower()}")
    return rows.order_by("-recorded_at", "subject")
