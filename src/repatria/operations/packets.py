"""Who says what of a sealed packet: closed with a list, passed on, opened, given back?

A packet is a person's money and valuables. What is in it is listed when it is closed; from
then on the seal stands for the list, and everybody who has it in hand says which seal he found.
"""

from collections.abc import Collection, Iterator, Sequence

from repatria.ledger.kinds.packet_passed import PacketEvent, PacketPassed
from repatria.ledger.kinds.packet_sealed import PacketItem, PacketSealed
from repatria.ledger.log import Receipt
from repatria.ledger.statement import Ground
from repatria.operations.desk import Desk
from repatria.register.packets import Packet, fold_packet
from repatria.terms import Objection, PartyCode, PersonId, Refusal, Role
from repatria.terms.ids import subject_kind
from repatria.terms.parties import INTERMEDIARY

_LISTED = "GC III art. 122"
_RETURNED = "GC III art. 119, 122; GC IV art. 139"
_WITNESSES = 2


def seal_packet(
    desk: Desk, person: PersonId, *, seal: str, items: Sequence[PacketItem], to: PartyCode
) -> str:
    """The id of a sealed packet with a complete list of what is in it.

    Args:
        desk: of whoever closes it.
        person: whose it is.
        seal: number or mark on the seal.
        items: everything that is in it.
        to: the party that is told of it, beside the intermediary.

    Raises:
        Refusal: `packet-without-list`, `person-unknown`.
    """
    desk.require(Role.REGISTRAR, Role.HANDOVER_OFFICER)
    found = list(_unlisted(seal, items))
    if subject_kind(person) != "person" or not desk.log.is_named(person):
        found.append(Objection(code="person-unknown", rule="register", about=(person,)))
    Refusal.unless_empty(found)
    packet = desk.new_id("packet")
    said = desk.state(
        PacketSealed(packet=packet, person=person, seal=seal.strip(), items=tuple(items)),
        about=(packet, person),
        audience=desk.with_parties(to),
        ground=Ground(basis="register"),
    )
    desk.log.append((said,))
    return packet


def pass_packet(
    desk: Desk,
    packet: str,
    event: PacketEvent,
    *,
    seal: str = "",
    to: str = "",
    seal_differs: bool = False,
) -> Receipt:
    """The receipt of a step on the way of a packet.

    Args:
        desk: of whoever says so.
        packet: its id.
        event: what happened.
        seal: as it was found; not asked of a packet that is missing.
        to: into whose hands, in words.
        seal_differs: the seal is another than the last one, and that is meant.

    Raises:
        Refusal: `packet-unknown`, `packet-given-back`, `packet-without-seal`,
            `packet-seal-differs`, `packet-to-nobody`.
    """
    desk.require(Role.REGISTRAR, Role.HANDOVER_OFFICER, Role.INTERMEDIARY)
    with desk.log.exclusive():
        known = _known(desk, packet)
        missing = event is PacketEvent.MISSING
        found = list(_settled(known))
        if not missing:
            found += _wrong_seal(known, seal, meant=seal_differs)
        if event is PacketEvent.PASSED_ON and not to.strip():
            found.append(Objection(code="packet-to-nobody", rule=_RETURNED, about=(packet,)))
        Refusal.unless_empty(found)
        passed = PacketPassed(
            packet=packet, event=event, seal="" if missing else seal.strip(), to=to.strip()
        )
        said = desk.state(
            passed,
            about=(packet, known.person),
            audience=_audience(desk, packet),
            ground=Ground(basis="delivery"),
        )
        return desk.log.append((said,))


def open_packet(
    desk: Desk,
    packet: str,
    *,
    found_seal: str,
    seal: str,
    items: Sequence[PacketItem],
    witnesses: Collection[str],
    seal_differs: bool = False,
) -> Receipt:
    """The receipt of a packet that was opened before witnesses and closed with a new seal.

    Args:
        desk: of whoever opened it.
        packet: its id.
        found_seal: the seal that was broken.
        seal: the new one.
        items: everything that is in it now.
        witnesses: two at least, by name and office.
        seal_differs: the seal that was found is another than the last one, and that is meant.

    Raises:
        Refusal: `packet-unknown`, `packet-given-back`, `packet-without-seal`,
            `packet-seal-differs`, `packet-without-list`, `packet-seal-not-new`,
            `packet-without-witnesses`.
    """
    desk.require(Role.REGISTRAR, Role.HANDOVER_OFFICER)
    named = list(dict.fromkeys(each.strip() for each in witnesses if each.strip()))
    with desk.log.exclusive():
        known = _known(desk, packet)
        found = [*_settled(known), *_wrong_seal(known, found_seal, meant=seal_differs)]
        found += _unlisted(seal, items)
        if seal.strip() and seal.strip() in {known.seal, found_seal.strip()}:
            found.append(Objection(code="packet-seal-not-new", rule=_LISTED, about=(packet,)))
        if len(named) < _WITNESSES:
            found.append(Objection(code="packet-without-witnesses", rule=_LISTED, about=(packet,)))
        Refusal.unless_empty(found)
        audience, about = _audience(desk, packet), (packet, known.person)
        said = []
        if found_seal.strip() != known.seal:
            # That the seal was another one must not be lost with the seal that was broken.
            taken = PacketPassed(
                packet=packet,
                event=PacketEvent.PASSED_ON,
                seal=found_seal.strip(),
                to=desk.party,
            )
            ground = Ground(basis="delivery")
            said.append(desk.state(taken, about=about, audience=audience, ground=ground))
        closed = PacketSealed(
            packet=packet, person=known.person, seal=seal.strip(), items=tuple(items)
        )
        ground = Ground(basis="witness", note="; ".join(named))
        said.append(desk.state(closed, about=about, audience=audience, ground=ground))
        return desk.log.append(said)


def _known(desk: Desk, packet: str) -> Packet:
    found = fold_packet(packet, desk.log.about(packet))
    if found is None:
        raise Refusal(Objection(code="packet-unknown", rule=_LISTED, about=(packet,)))
    return found


def _settled(known: Packet) -> Iterator[Objection]:
    if not known.is_open_debt:
        yield Objection(code="packet-given-back", rule=_RETURNED, about=(known.packet,))


def _unlisted(seal: str, items: Sequence[PacketItem]) -> Iterator[Objection]:
    if not items or not seal.strip() or any(not i.what.strip() or i.count < 1 for i in items):
        yield Objection(code="packet-without-list", rule=_LISTED)


def _wrong_seal(known: Packet, seal: str, *, meant: bool) -> Iterator[Objection]:
    if not seal.strip():
        yield Objection(code="packet-without-seal", rule=_LISTED, about=(known.packet,))
    elif seal.strip() != known.seal and not meant:
        yield Objection(code="packet-seal-differs", rule=_LISTED, about=(known.packet,))


def _audience(desk: Desk, packet: str) -> frozenset[str]:
    """Everybody who was told of the packet when it was closed, whoever speaks of it now."""
    told = {
        label
        for entry in desk.log.about(packet)
        if entry.statement.kind == "packet.sealed"
        for label in (*entry.statement.audience, entry.origin)
    }
    return desk.with_parties(*(PartyCode(label) for label in told - {INTERMEDIARY, desk.party}))
