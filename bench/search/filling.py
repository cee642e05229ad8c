"""How is an installation with so many persons made? By statements, on the one write path.

Five statements a person (record, name, birth, number, custody), a list that names each
of them, a list of claims with a fifth as many lines, and pairs that wait for a decision. One in
ten has a class of health and a sealed packet, one in a hundred a decision of a commission.
"""

import os
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from people import MadeUp, people

from repatria.ledger.draft import draft
from repatria.ledger.kinds.commission_decided import CommissionDecided, CommissionDecision
from repatria.ledger.kinds.custody_noted import CustodyEvent, CustodyNoted
from repatria.ledger.kinds.health_classed import HealthClassed
from repatria.ledger.kinds.list_line import ListLine
from repatria.ledger.kinds.list_submitted import ListSubmitted, Population
from repatria.ledger.kinds.match_proposed import MatchProposed
from repatria.ledger.kinds.packet_sealed import PacketItem, PacketSealed
from repatria.ledger.kinds.person_described import PersonDescribed, Property
from repatria.ledger.kinds.person_named import PersonNamed
from repatria.ledger.kinds.person_registered import PersonRegistered
from repatria.ledger.statement import Ground, Statement
from repatria.terms import (
    ActorId,
    LineId,
    ListId,
    PartialDate,
    PartyCode,
    PersonId,
    PersonName,
    Role,
)
from repatria.wiring.accounts import open_account
from repatria.wiring.installation import Installation
from repatria.wiring.keyfile import Cost
from repatria.wiring.root_keys import Roots

NORTH, SOUTH, AGENCY = PartyCode("north"), PartyCode("south"), PartyCode("intermediary")
HELD, CLAIMED = ListId("list:held"), ListId("list:claimed")
_MORNING = datetime(2025, 3, 1, 8, tzinfo=UTC)  # past, so that what is owed is overdue
_BATCH = 2_000


def installation(folder: Path, postgresql: dict[str, str] | None) -> Installation:
    """A new installation whose keys cost next to nothing to open: that is not measured."""
    passphrase = os.environ.setdefault("REPATRIA_PASSPHRASE", "a passphrase for measuring")
    return Installation.create(
        folder,
        party=NORTH,
        title="North",
        passphrase=passphrase,
        roots=Roots.generate(count=1, threshold=1),
        cost=Cost(memory_kib=8, iterations=1, lanes=1),
        postgresql=postgresql,
    )


def filled(folder: Path, count: int, postgresql: dict[str, str] | None = None) -> Installation:
    """An installation with so many persons, made by the write path."""
    made = installation(folder, postgresql)
    open_account(made, "nadia", "made-up-for-measuring", Role.REGISTRAR, NORTH)
    everybody = people(count)
    started, done = time.perf_counter(), 0
    with made.open():
        log = made.log()
        said = statements(everybody)
        while part := tuple(islice(said, _BATCH)):
            log.append(part)
            done += len(part)
            if done % 50_000 < _BATCH:
                rate = done / (time.perf_counter() - started)
                print(f"  {done:,} statements, {rate:,.0f}/s", file=sys.stderr, flush=True)
    return made


def statements(everybody: list[MadeUp]) -> Iterator[Statement]:
    """Everything that is said."""
    claims = everybody[::5]
    for who, population, number in (
        (HELD, Population.HELD, len(everybody)),
        (CLAIMED, Population.CLAIMED, len(claims)),
    ):
        to = NORTH if who == CLAIMED else SOUTH
        submitted = ListSubmitted(
            list_id=who, to=to, title=who[5:], population=population, lines=number
        )
        yield _said(submitted, (who,), {SOUTH})
    for one in everybody:
        yield from _about(one)
    for number, one in enumerate(claims, start=1):
        # The other side writes in its own script.
        yield _line(CLAIMED, number, one, (one.script + 1) % 4)
    for number, one in enumerate(claims[: len(everybody) // 20], start=1):
        left, right = sorted((f"line:claimed{number}", f"line:held{one.number + 1}"))
        pair = MatchProposed(
            left=left,
            right=right,
            score_ppm=100_000 + number * 7_919 % 890_000,
            weight_millibits=20_000,
            decision="possible",
            engine="made up",
        )
        yield _said(pair, (f"pair:p{number}", left, right), set())
    yield from kept(everybody)


def kept(everybody: list[MadeUp]) -> Iterator[Statement]:
    """Health, decisions of commissions and packets of some of them."""
    for one in everybody[3::10]:  # the tenth is released
        person, packet = PersonId(f"person:p{one.number}"), f"packet:k{one.number}"
        health = ("fit", "sick", "serious")[one.number // 10 % 3]
        yield _said(HealthClassed(person=person, health=health), (person,), set())
        items = (PacketItem(what="ring", count=1), PacketItem(what="notes", count=12))
        sealed = PacketSealed(packet=packet, person=person, seal=f"K-{one.number}", items=items)
        yield _said(sealed, (packet, person), {SOUTH})
        if one.number % 100 == 3:
            decided = CommissionDecided(
                person=person,
                decision=CommissionDecision.REPATRIATE,
                visited_on=PartialDate(year=2024, month=10, day=1),
            )
            yield _said(decided, (person,), set())


def _about(one: MadeUp) -> Iterator[Statement]:
    person, line = PersonId(f"person:p{one.number}"), LineId(f"line:held{one.number + 1}")
    birth = PartialDate(year=one.year, month=one.month, day=one.day)
    yield _said(
        PersonRegistered(person=person, line_id=line, reference=one.reference),
        (person, line),
        set(),
    )
    name = PersonName(text=one.written(one.script, patronymic=one.number % 3 == 0))
    event = CustodyEvent.RELEASED if one.number % 10 == 0 else CustodyEvent.HELD
    for payload in (
        PersonNamed(person=person, name=name),
        PersonDescribed(person=person, property=Property.BIRTH, on=birth),
        PersonDescribed(person=person, property=Property.REFERENCE, value=one.reference),
        CustodyNoted(person=person, event=event, holder=NORTH, on=PartialDate(year=2024)),
    ):
        yield _said(payload, (person,), set())
    yield _line(HELD, one.number + 1, one, one.script)


def _line(list_id: ListId, number: int, one: MadeUp, script: int) -> Statement:
    line_id = LineId(f"line:{list_id[5:]}{number}")
    line = ListLine(
        list_id=list_id,
        line_id=line_id,
        number=number,
        names=(PersonName(text=one.written(script)),),
        birth=PartialDate(year=one.year),
        reference=f"{list_id[5].upper()}-{number:06}",
    )
    return _said(line, (line_id, list_id), {SOUTH})


def _said(payload: object, about: tuple[str, ...], also: set[str]) -> Statement:
    return draft(
        payload,
        about=about,
        by=NORTH,
        actor=ActorId("north-registrar"),
        recorded_at=_MORNING,
        audience=frozenset({NORTH, AGENCY, *also}),
        ground=Ground(basis="register"),
    )
