"""How is a work compared with its bare limit? In turn, several times, by medians."""

import os
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from repatria.ledger.draft import draft
from repatria.ledger.kinds.list_line import ListLine
from repatria.ledger.statement import Ground, Statement
from repatria.terms import (
    ActorId,
    LineId,
    ListId,
    PartialDate,
    PartyCode,
    PersonName,
)
from repatria.terms.ids import new_id
from repatria.wiring.installation import Installation
from repatria.wiring.keyfile import Cost
from repatria.wiring.root_keys import Roots

NORTH, SOUTH = PartyCode("north"), PartyCode("south")
MORNING = datetime(2030, 3, 1, 8, tzinfo=UTC)


def installation(folder: Path, party: PartyCode) -> Installation:
    """A new installation whose keys cost next to nothing to open: that is not what is measured."""
    passphrase = os.environ.setdefault("REPATRIA_PASSPHRASE", "a passphrase for measuring")
    return Installation.create(
        folder,
        party=party,
        title=party.capitalize(),
        passphrase=passphrase,
        roots=Roots.generate(count=1, threshold=1),
        cost=Cost(memory_kib=8, iterations=1, lanes=1),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Where, how often, and how much of it."""

    folder: Path
    quick: bool
    runs: int

    def size(self, full: int) -> int:
        """The size of a benchmark: a tenth when quick."""
        return full // 10 if self.quick else full


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One line of the report.

    Attributes:
        ours, limit: what was measured, a run each, in `unit`.
    """

    what: str
    unit: str
    ours: list[float]
    limit: list[float]
    target: str = ""

    def __str__(self) -> str:
        ours, limit = median(self.ours), median(self.limit) if self.limit else 0.0
        line = f"{self.what:44} {_short(ours):>9} {self.unit:4}"
        if not self.limit:
            return f"{line} {'':14}  {'':12}  {'':12} {self.target}"
        ratios = sorted(one / other for one, other in zip(self.ours, self.limit, strict=True))
        spread = f"{ratios[0]:.2f}..{ratios[-1]:.2f}"
        line += f" {_short(limit):>9} {self.unit:4}  {median(ratios):5.2f}  {spread:12}"
        return f"{line} {self.target}"


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3f}"


def seconds(work: Callable[[], object]) -> float:
    """How long a work takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def lines(count: int, seed: int = 0) -> list[Statement]:
    """Lines of a list as they are in practice: two scripts, a date, a time with its fraction."""
    draw = random.Random(seed)  # noqa: S311 -- ids of made-up lines, the same in every run
    list_id = ListId(new_id("list", NORTH, draw.randbytes(10)))
    return [_line(number, list_id, draw) for number in range(1, count + 1)]


def _line(number: int, list_id: ListId, draw: random.Random) -> Statement:
    line_id = LineId(new_id("line", NORTH, draw.randbytes(10)))
    line = ListLine(
        list_id=list_id,
        line_id=line_id,
        number=number,
        names=(
            PersonName(text=f"Karo Testyan-{number}", given="Karo", family=f"Testyan-{number}"),
            PersonName(text=f"Каро Тестян-{number}", language="ru"),
        ),
        father="Garo",
        birth=PartialDate(year=1970 + number % 35, month=1 + number % 12),
        captured_on=PartialDate(year=2029, month=11, day=1 + number % 28),
        reference=f"{number:06}",
    )
    return draft(
        line,
        about=(line_id, list_id),
        by=NORTH,
        actor=ActorId("north-registrar"),
        recorded_at=MORNING + timedelta(microseconds=number * 1_000_003),
        audience=frozenset({NORTH, SOUTH, PartyCode("intermediary")}),
        ground=Ground(basis="list-file", source="5" * 64),
    )
