"""Where is a person's sealed packet, and is it as it was closed?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.packet_passed import PacketEvent, PacketPassed
from repatria.ledger.kinds.packet_sealed import PacketItem, PacketSealed
from repatria.ledger.order import in_order
from repatria.ledger.statement import Entry
from repatria.terms import Finding, PersonId, Severity
from repatria.terms.times import day_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Packet:
    """A packet as it now stands.

    Attributes:
        person: whose it is, by the word of whoever closed it first.
        items: what was in it when it was last sealed.
        event: the last thing that happened; None while it lies where it was sealed.
        to: into whose hands it was passed on last, in words.
        since: the day of that, or of the sealing.
        findings: `seal-differs`, `packet-missing`, `packet-of-another`.
    """

    packet: str
    person: PersonId
    seal: str
    items: tuple[PacketItem, ...]
    event: PacketEvent | None
    to: str
    since: date
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
    passed: PacketPassed | None = None
    since = date.min
    found: list[Finding] = []
    for entry in in_order(entries):
        if entry.statement.kind == "packet.sealed":
            said = payload_of(entry, PacketSealed)
            if said.packet != packet:
                continue
            if sealed is not None and said.person != sealed.person:
                found.append(_finding("packet-of-another", packet, entry.ref))
                continue
            # Closed anew it lies with whoever had it last.
            sealed, since = said, _said_on(entry)
        elif entry.statement.kind == "packet.passed" and sealed is not None:
            step = payload_of(entry, PacketPassed)
            if step.packet != packet:
                continue
            passed, since = step, _said_on(entry)
            if step.event is PacketEvent.MISSING:
                found.append(_finding("packet-missing", packet, entry.ref))
            elif step.seal != sealed.seal:
                found.append(_finding("seal-differs", packet, entry.ref))
    if sealed is None:
        return None
    return Packet(
        packet=packet,
        person=sealed.person,
        seal=sealed.seal,
        items=sealed.items,
        event=passed.event if passed else None,
        to=passed.to if passed else "",
        since=since,
        findings=tuple(found),
    )


def _finding(code: str, packet: str, ref: str) -> Finding:
    return Finding(code=code, severity=Severity.WARNING, about=(packet, ref))


def _said_on(entry: Entry) -> date:
    return day_of(entry.statement.occurred_at or entry.statement.recorded_at)
