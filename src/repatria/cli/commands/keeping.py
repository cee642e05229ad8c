"""`packet` and `health`: what is kept for persons, and how they are."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path

from repatria.cli.commands.bureau import NO_DAY, act, neutral_role, one_of
from repatria.cli.console import WRONG_CALL, err
from repatria.ledger.kinds.commission_decided import CommissionDecision
from repatria.ledger.kinds.packet_passed import PacketEvent
from repatria.ledger.kinds.packet_sealed import PacketItem
from repatria.operations import health as health_acts
from repatria.operations import packets
from repatria.operations.desk import Desk
from repatria.terms import PartialDate, PartyCode, PersonId, Role, UnreadableDateError


def _listed(items: Sequence[str]) -> tuple[PacketItem, ...] | None:
    """The things, each written `12 notes`; None, and says so, where one is not."""
    read = [re.fullmatch(r"\s*(\d{1,9})\s+(\S.*)", item) for item in items]
    if not all(read):
        err.print('--item is how many and what, such as "12 notes"')
        return None
    return tuple(PacketItem(what=match[2].strip(), count=int(match[1])) for match in read if match)


def seal(home: Path, person: str, *, seal: str, items: Sequence[str], to: str) -> int:
    """A packet with everything in it; its id."""
    listed = _listed(items)
    if listed is None:
        return WRONG_CALL

    def do(desk: Desk) -> str:
        told = PartyCode(to)
        return packets.seal_packet(desk, PersonId(person), seal=seal, items=listed, to=told)

    return act(home, do)


def pass_on(home: Path, packet: str, event: str, *, seal: str, to: str, seal_differs: bool) -> int:
    """What happened to a packet."""
    if not one_of("EVENT", event, list(PacketEvent)):
        return WRONG_CALL

    def do(desk: Desk) -> None:
        happened = PacketEvent(event)
        packets.pass_packet(desk, packet, happened, seal=seal, to=to, seal_differs=seal_differs)

    return act(home, do, role=neutral_role(home))


def open_anew(
    home: Path,
    packet: str,
    *,
    seals: tuple[str, str],
    items: Sequence[str],
    witnesses: Sequence[str],
    seal_differs: bool,
) -> int:
    """That a packet was opened and sealed again: the seal it had, and the new one."""
    listed = _listed(items)
    if listed is None:
        return WRONG_CALL

    def do(desk: Desk) -> None:
        packets.open_packet(
            desk,
            packet,
            found_seal=seals[0],
            seal=seals[1],
            items=listed,
            witnesses=witnesses,
            seal_differs=seal_differs,
        )

    return act(home, do)


def check(home: Path, person: str, health: str, *, finding: str, to: Sequence[str], on: str) -> int:
    """A check of health."""
    if not one_of("HEALTH", health, health_acts.HEALTH_CLASSES):
        return WRONG_CALL
    try:
        at = datetime.combine(date.fromisoformat(on), time(12), UTC) if on else None
    except ValueError:
        err.print(f"--on {NO_DAY}")
        return WRONG_CALL

    def do(desk: Desk) -> None:
        told = [PartyCode(party) for party in to]
        health_acts.class_health(
            desk, PersonId(person), health, finding=finding, to=told, checked_at=at
        )

    return act(home, do, role=Role.MEDICAL)


def commission(
    home: Path, person: str, decision: str, *, visited: str, members: str, medical_ground: str
) -> int:
    """What a medical commission decided."""
    if not one_of("DECISION", decision, list(CommissionDecision)):
        return WRONG_CALL
    try:
        day = PartialDate.parse(visited)
    except UnreadableDateError:
        err.print(f"--visited {NO_DAY}")
        return WRONG_CALL

    def do(desk: Desk) -> None:
        health_acts.state_commission(
            desk,
            PersonId(person),
            CommissionDecision(decision),
            visited_on=day,
            members=members,
            medical_ground=medical_ground,
        )

    return act(home, do, role=Role.MEDICAL)
