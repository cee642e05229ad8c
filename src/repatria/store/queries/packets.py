"""Whose sealed packets are where, and how did each get there?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from repatria.ledger.statement import Entry
from repatria.store import models
from repatria.store.entries import entries_about
from repatria.store.queries.exchange import MOST_EXPORTED, persons_named
from repatria.store.queries.scope import Page, page_of, seen_by
from repatria.store.queries.search import Found
from repatria.terms import NotVisible, Viewer

Packet = models.PacketRow
"""A packet as the statements a viewer may read present it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketsWanted:
    """Which packets to show; empty fields ask for all.

    Attributes:
        search: a seal, or the owner's name in any script or reference.
        state: the last event, `sealed`, `owed` for all that are not given back, `to_look_at`.
    """

    search: str = ""
    state: str = ""


def packets(viewer: Viewer, wanted: PacketsWanted, *, page: int = 1) -> Page[models.PacketRow]:
    """Packets, the one that was left alone longest first."""
    means = persons_named(viewer, wanted.search) if wanted.search.strip() else None
    return page_of(_packets(viewer, wanted, means), page, more=means is not None and means.more)


def all_packets(viewer: Viewer, wanted: PacketsWanted) -> Iterable[models.PacketRow]:
    """The same without pages, for export."""
    text = wanted.search
    means = persons_named(viewer, text, most=MOST_EXPORTED) if text.strip() else None
    return _packets(viewer, wanted, means).iterator(chunk_size=1_000)


def _packets(
    viewer: Viewer, wanted: PacketsWanted, means: Found | None
) -> QuerySet[models.PacketRow]:
    rows = seen_by(viewer, models.PacketRow).order_by("since", "subject")
    match wanted.state:
        case "":
            pass
        case "owed":
            rows = rows.filter(settled=False)
        case "to_look_at":
            rows = rows.exclude(findings=[])
        case event:
            rows = rows.filter(event=event)
    if means is None:
        return rows
    text, meant = wanted.search.strip(), list(means.shortfall)
    return rows.filter(Q(person__in=meant) | Q(seal__istartswith=text) | Q(subject=text))


def packets_of_person(viewer: Viewer, person_id: str) -> list[models.PacketRow]:
    """A person's packets, those still owed first."""
    rows = seen_by(viewer, models.PacketRow).filter(person=person_id)
    return list(rows.order_by("settled", "since", "subject"))


def packet(viewer: Viewer, packet_id: str) -> models.PacketRow:
    """One packet.

    Raises:
        NotVisible: there is none, or it is not his.
    """
    row = seen_by(viewer, models.PacketRow).filter(subject=packet_id).first()
    if row is None:
        raise NotVisible
    return row


def steps_of_packet(viewer: Viewer, packet_id: str) -> Sequence[Entry]:
    """What a viewer may read of a packet, by origin and place."""
    about = entries_about([packet_id], {"packet.sealed", "packet.passed"}).get(packet_id, ())
    return [entry for entry in about if viewer.may_read(entry.statement.audience)]
