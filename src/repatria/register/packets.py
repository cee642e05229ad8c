"""Where is a person's sealed packet, and is it as it was closed?"""

from collections.abc import Iterable
from dataclasses import dataclass

from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.packet_passed import PacketEvent, PacketPassed
from repatria.ledger.kinds.packet_sealed import PacketItem, PacketSealed
from repatria.ledger.order import in_order
from repatria.ledger.statement import Entry
from repatria.terms import Finding, PersonId, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Packet:
    """A packet as it now stands.

    Attributes:
        items: what was in it when it was last sealed.
        event: the last thing that happened; None while it lies where it was sealed.
        findings: `seal-differs`, `packet-missing`.
    """

    packet: str
    person: PersonId
    seal: str
    items: tuple[PacketItem, ...]
    event: PacketEvent | None
    findings: tuple[Finding, ...]

    @property
    def is_open_debt(self) -> bool:
        """Whether it is neither with its owner nor with his family."""
        return self.event not in (PacketEvent.RESTORED, PacketEvent.SENT_TO_FAMILY)


def fold_packet(packet: str, entries: Iterable[Entry]) -> Packet | None:
    """A packet by all that was said of it; None when its contents were never listed.

    Source: GC III art. 119, 122; GC IV art. 139.
    """
    sealed: PacketSealed | None = None
    event: PacketEvent | None = None
    found: list[Finding] = []
    for entry in in_order(entries):
        if entry.statement.kind == "packet.sealed":
            said = payload_of(entry, PacketSealed)
            sealed = said if said.packet == packet else sealed
        elif entry.statement.kind == "packet.passed" and sealed is not None:
            passed = payload_of(entry, PacketPassed)
            if passed.packet != packet:
                continue
            event = passed.event
            if event is PacketEvent.MISSING:
                found.append(_finding("packet-missing", packet, entry.ref))
            elif passed.seal != sealed.seal:
                found.append(_finding("seal-differs", packet, entry.ref))
    if sealed is None:
        return None
    return Packet(
        packet=packet,
        person=sealed.person,
        seal=sealed.seal,
        items=sealed.items,
        event=event,
        findings=tuple(found),
    )


def _finding(code: str, packet: str, ref: str) -> Finding:
    return Finding(code=code, severity=Severity.WARNING, about=(packet, ref))
