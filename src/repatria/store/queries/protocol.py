"""How far is a handover, point by point, by what the viewer may read?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from repatria.handover import CrossingStatus, GateStatus, TerminalState
from repatria.handover.protocol import (
    IncidentsAgree,
    PointState,
    Traveller,
    handover_protocol,
    incidents_agree,
)
from repatria.ledger.kinds.packet_passed import PacketEvent
from repatria.store import models
from repatria.store.queries.exchange import ClosedLine, closing, manifest
from repatria.store.queries.persons import Shown, names_of
from repatria.store.queries.scope import seen_by
from repatria.terms import PartyCode, PersonId, Viewer

_LEFT = frozenset({CrossingStatus.DEPARTED, CrossingStatus.LOCKED_OUT, CrossingStatus.CROSSED})
_ALONG = frozenset({PacketEvent.PASSED_ON, PacketEvent.RESTORED, PacketEvent.SENT_TO_FAMILY})


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtocolView:
    """The checklist of a handover.

    Attributes:
        points: each point with how far it is.
        names: of the persons a point misses, by id.
        parties: givers and receivers of the list.
        incidents: party -> its words; empty words where it states none, nothing before its receipt.
        agree: whether the sides say the same of incidents.
        packets: sealed packets of everybody on the list, those not yet along first.
    """

    row: models.ManifestRow
    points: Sequence[PointState]
    names: Mapping[str, Shown]
    parties: Sequence[PartyCode]
    incidents: Mapping[PartyCode, str]
    agree: IncidentsAgree
    packets: Sequence[models.PacketRow]


def protocol(viewer: Viewer, manifest_id: str, at: datetime) -> ProtocolView:
    """The checklist of one handover as things stand.

    Args:
        viewer: who looks; only what he may read counts.
        manifest_id: of the list.
        at: the moment at which a clearance must still hold.

    Raises:
        NotVisible: there is none, or it is not his.
    """
    view, ended = manifest(viewer, manifest_id), closing(viewer, manifest_id)
    ids = [line.shown.id for line in ended.lines]
    packets = list(
        seen_by(viewer, models.PacketRow)
        .filter(person__in=ids)
        .order_by("settled", "since", "subject")
    )
    crossings = {line.shown.id: line.crossing for line in view.lines}
    travellers = [
        _traveller(line, crossings.get(line.shown.id), packets, at) for line in ended.lines
    ]
    parties = sorted(
        {PartyCode(code) for line in view.lines for code in (line.giver, line.receiver)}
    )
    given = frozenset(PartyCode(code) for code in view.row.receipts["given"])
    said = {
        party: str(view.row.receipts["incidents"].get(party) or "")
        for party in parties
        if party in given
    }
    return ProtocolView(
        row=view.row,
        points=handover_protocol(
            travellers,
            parties,
            signed_by=frozenset(PartyCode(code) for code in view.row.accepted_by),
            receipts_of=given,
        ),
        names=names_of(viewer, ids),
        parties=parties,
        incidents=said,
        agree=incidents_agree(parties, given, said),
        packets=sorted(packets, key=_is_along),
    )


def _traveller(
    line: ClosedLine,
    crossing: models.CrossingRow | None,
    packets: Sequence[models.PacketRow],
    at: datetime,
) -> Traveller:
    his = [packet for packet in packets if packet.person == line.shown.id]
    status = crossing.state if crossing else CrossingStatus.WAITING.value
    holds = crossing is not None and (crossing.valid_until is None or crossing.valid_until >= at)
    return Traveller(
        person=PersonId(line.shown.id),
        state=TerminalState(line.state),
        fit=bool(crossing and crossing.cleared and holds),
        willing=bool(crossing and (crossing.willing and crossing.available))
        or bool(crossing and crossing.overridden_by),
        asked_at_the_line=bool(crossing and crossing.willing_at_the_line is not None),
        checked=bool(crossing and crossing.gate == GateStatus.PASSED),
        left=status in _LEFT,
        crossed=status == CrossingStatus.CROSSED,
        packets=len(his),
        packets_along=sum(map(_is_along, his)),
    )


def _is_along(packet: models.PacketRow) -> bool:
    """Whether it went into the next hands, or is back with whom it belongs to."""
    return packet.event in _ALONG
