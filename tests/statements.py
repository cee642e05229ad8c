"""Statements, keys and logs of made-up parties, for tests of everything above the terms."""

from datetime import UTC, datetime
from hashlib import sha256
from itertools import count

from repatria.ledger.draft import draft
from repatria.ledger.kinds.custody_noted import CustodyEvent, CustodyNoted
from repatria.ledger.kinds.custody_placed import CustodyPlaced
from repatria.ledger.kinds.person_named import PersonNamed
from repatria.ledger.log import ListLog
from repatria.ledger.signing import SigningKey
from repatria.ledger.statement import Ground, Statement
from repatria.operations.desk import Desk
from repatria.terms import ActorId, PartyCode, PersonId, PersonName, Place, Role

MORNING = datetime(2030, 3, 1, 8, tzinfo=UTC)
REGISTER = Ground(basis="register")


def key_of(party):
    """The signing key of a party in tests: derived from its name, so never a real one."""
    return SigningKey(sha256(f"test key of {party}".encode()).digest())


def counted_bytes(seed):
    """A source of bytes that are all different and the same in every run."""
    numbers = count()

    def give(size):
        out = b""
        while len(out) < size:
            out += sha256(f"{seed} {next(numbers)}".encode()).digest()
        return out[:size]

    return give


def list_log(party):
    """An empty log in memory."""
    return ListLog(PartyCode(party), key_of(party), counted_bytes(party))


def desk_at(log, role=Role.REGISTRAR):
    """A desk over a log in memory; its clock stands still."""
    return Desk(
        log=log,
        actor=ActorId(f"{log.party}-{role}"),
        role=role,
        clock=lambda: MORNING,
        entropy=counted_bytes(f"desk {log.party}"),
        key=key_of(log.party),
    )


def said(payload, *, by="north", about, audience, **rest):
    """A statement of a payload by a party."""
    return draft(
        payload,
        about=tuple(about),
        by=PartyCode(by),
        actor=ActorId(f"{by}-registrar"),
        recorded_at=MORNING,
        audience=frozenset(audience),
        ground=REGISTER,
        **rest,
    )


def named(number, *, by="north"):
    """The name of a made-up person: never for the other party."""
    person = PersonId(f"person:p{number}")
    name = PersonName(text=f"Karo Testyan-{number}")
    return said(
        PersonNamed(person=person, name=name), by=by, about=(person,), audience=(by, "intermediary")
    )


def noted(number, *, by="north", audience=("north", "south", "intermediary")):
    """A notice that a made-up person is held, for these."""
    person = PersonId(f"person:p{number}")
    held = CustodyNoted(person=person, event=CustodyEvent.HELD, holder=PartyCode(by))
    return said(held, by=by, about=(person,), audience=audience)


def placed(number, *, by="north"):
    """Where a made-up person is kept: never for the other party."""
    person = PersonId(f"person:p{number}")
    where = CustodyPlaced(person=person, place=Place(name=f"withheld place {number}"))
    return said(where, by=by, about=(person,), audience=(by, "intermediary"))


def unknown_kind(number, *, by="north", audience=("north", "south")):
    """A statement of a kind from a newer version, with a key from a newer version."""
    return Statement(
        kind="weather.reported",
        about=(f"person:p{number}",),
        by=PartyCode(by),
        actor=ActorId(f"{by}-registrar"),
        recorded_at=MORNING,
        audience=frozenset(audience),
        ground=REGISTER,
        content={"sky": "grey", "degrees": [-3, 4]},
        unknown={"weight": {"kilograms": 70}},
    )
