"""A sealed packet of a person's money and valuables, with everything that is in it."""

from dataclasses import dataclass

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketItem:
    """One kind of thing in a packet: what it is, and how many."""

    what: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketSealed:
    """A packet as it was closed; opened and closed again it gets another seal.

    Source: GC III art. 18, 119, 122; GC IV art. 139; GC I art. 16.
    """

    packet: str
    person: PersonId
    seal: str
    items: tuple[PacketItem, ...]


KIND = Kind(
    name="packet.sealed",
    payload=PacketSealed,
    sensitivity=Sensitivity.PERSONAL,
    readers=Readers.PARTIES,
    redacted=frozenset({"items"}),
)
