"""Statements, keys and logs of made-up parties, for tests of everything above the terms."""

from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from itertools import count

from repatria.ledger.draft import draft
from repatria.ledger.keyring import keyring_document, read_keyring
from repatria.ledger.kinds.custody_noted import CustodyEvent, CustodyNoted
from repatria.ledger.kinds.custody_placed import CustodyPlaced
from repatria.ledger.kinds.person_named import PersonNamed
from repatria.ledger.log import ListLog
from repatria.ledger.node import NodeSecrets
from repatria.ledger.package import make_package
from repatria.ledger.sealing import Identity
from repatria.ledger.signing import SigningKey
from repatria.ledger.statement import Ground, Statement
from repatria.operations.desk import Desk
from repatria.terms import ActorId, PartyCode, PersonId, PersonName, Place, Role

MORNING = datetime(2030, 3, 1, 8, tzinfo=UTC)
REGISTER = Ground(basis="register")


def key_of(party):
    """The signing key of a party in tests: derived from its name, so never a real one."""
    return SigningKey(sha256(f"test key of {party}".encode()).digest())


@cache
def node_of(party):
    """The private keys of a party's installation in tests, all derived from its name."""
    return NodeSecrets(
        signing=key_of(party),
        witness=SigningKey(sha256(f"test witness of {party}".encode()).digest()),
        identity=Identity(age_secret(sha256(f"test identity of {party}".encode()).digest())),
    )


def age_secret(raw):
    """32 bytes as an age private key. Source: BIP-173 (the encoding of age keys)."""
    letters = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
    prefix = "age-secret-key-"
    bits = int.from_bytes(raw, "big") << 4  # 256 bits, filled up to 52 groups of five
    groups = [(bits >> 5 * n) & 31 for n in reversed(range(52))]
    spread = [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix]
    check = 1
    for value in (*spread, *groups, *[0] * 6):
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for place, each in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            check ^= each if (top >> place) & 1 else 0
    check ^= 1
    groups += [(check >> 5 * (5 - n)) & 31 for n in range(6)]
    return (prefix + "1" + "".join(letters[g] for g in groups)).upper()


def roots_of(party, count=3):
    """The root keys of a party in tests."""
    return [SigningKey(sha256(f"test root {n} of {party}".encode()).digest()) for n in range(count)]


def signed_keyring(party, *, version=1, nodes=None, roots=None, threshold=2, by=None):
    """A keyring of a party, signed by these root keys (all of its own without them)."""
    roots = roots or roots_of(party)
    envelope = keyring_document(
        party=PartyCode(party),
        version=version,
        threshold=threshold,
        roots=[root.verify_key for root in roots],
        nodes=nodes or [node_of(party).public("node-1")],
    )
    for root in roots if by is None else by:
        envelope = envelope.signed_by(root)
    return read_keyring(envelope.text)


@cache
def keyring_of_party(party):
    """The first keyring of a party in tests."""
    return signed_keyring(party)


def package_for(log, to, *, have=0, node=None, **rest):
    """A package file from a log in memory for a party, or several."""
    parties = (to,) if isinstance(to, str) else to
    return make_package(
        log,
        to=parties,
        have=have,
        node=node or node_of(log.party),
        **{"recipients": [node_of(p).identity.recipient for p in parties], **rest},
    )


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
        node=node_of(log.party),
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
