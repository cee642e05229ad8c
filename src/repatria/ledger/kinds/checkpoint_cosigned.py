"""A party's receipt for another's log: this is the largest head of it that I have seen.

Everybody is given it: so each party's view of each log reaches the others by
every path, and whoever tells two stories meets them side by side.
"""

from dataclasses import dataclass

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import PartyCode


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckpointCosigned:
    """A cosigned head.

    Attributes:
        origin: whose log.
        note: its checkpoint as its party signed it.
        cosignature: our line under it (C2SP tlog-cosignature).
        keyring: version of its party's keyring that we believe.
    """

    origin: PartyCode
    note: str
    cosignature: str
    keyring: int = 1


KIND = Kind(
    name="checkpoint.cosigned",
    payload=CheckpointCosigned,
    sensitivity=Sensitivity.PROCEDURAL,
    readers=Readers.PARTIES,
)
