"""Voices: what parties say in a test, each in its own log."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from repatria.ledger.kinds import content_of, kind_of
from repatria.ledger.statement import Entry, Ground, Statement
from repatria.terms import ActorId, PartyCode

MORNING = datetime(2030, 3, 1, 8, tzinfo=UTC)


class Voices:
    """Entries in the order they were said; one minute passes with each."""

    def __init__(self):
        self.entries: list[Entry] = []
        self._next: Counter[str] = Counter()

    def say(self, by, payload, *, occurred_at=None, as_of=None, supersedes=(), about=None):
        """Append one statement and give back its entry."""
        statement = Statement(
            kind=kind_of(payload).name,
            about=about or ("subject:test",),
            by=PartyCode(by),
            actor=ActorId(f"{by}-desk"),
            recorded_at=MORNING + timedelta(minutes=len(self.entries)),
            occurred_at=occurred_at,
            as_of=as_of,
            audience=frozenset({by}),
            ground=Ground(basis="register"),
            content=content_of(payload),
            supersedes=tuple(supersedes),
        )
        entry = Entry(PartyCode(by), self._next[by], statement)
        self._next[by] += 1
        self.entries.append(entry)
        return entry

    def unknown(self, by):
        """A statement of a kind from a newer version."""
        statement = Statement(
            kind="weather.reported",
            about=("person:one",),
            by=PartyCode(by),
            actor=ActorId(f"{by}-desk"),
            recorded_at=MORNING + timedelta(minutes=len(self.entries)),
            audience=frozenset({by}),
            ground=Ground(basis="register"),
            content={"sky": "grey"},
        )
        entry = Entry(PartyCode(by), self._next[by], statement)
        self._next[by] += 1
        self.entries.append(entry)
        return entry


@pytest.fixture
def voices():
    """An empty set of logs."""
    return Voices()
