"""A committed list is opened to the other party: whole, or some of its slots."""

from dataclasses import dataclass

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import PartyCode, RoundId


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedSlot:
    """One slot with its path to the root.

    Attributes:
        index: the slot, from 0.
        salt: 16 bytes in base64.
        entry: canonical text; empty where nobody stands.
        proof: the path, 32 bytes each, joined, in base64.
        same_as: the slot of the other list that names the same person, when the
            intermediary found one.
    """

    index: int
    salt: str
    entry: str
    proof: str
    same_as: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRevealed:
    """What is opened of one party's list.

    Attributes:
        party: whose list; another than the speaker where the intermediary reveals.
        root: of the commitment that is opened, hexadecimal.
        against: root of the other party's commitment that was held when this was said.
        salts, places, entries: the whole list, as in `list.escrowed`; empty otherwise.
        slots: single slots.
        unmatched: how many persons of the list stay hidden, where that is said.
    """

    round_id: RoundId
    party: PartyCode
    root: str
    against: str
    salts: str = ""
    places: tuple[int, ...] = ()
    entries: tuple[str, ...] = ()
    slots: tuple[OpenedSlot, ...] = ()
    unmatched: int | None = None


KIND = Kind(
    name="list.revealed",
    payload=ListRevealed,
    sensitivity=Sensitivity.PERSONAL,
    readers=Readers.PARTIES,
    redacted=frozenset({"entries", "salts", "slots"}),
)
