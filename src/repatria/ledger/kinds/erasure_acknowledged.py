"""Did whoever was given the bodies destroy them too?"""

from dataclasses import dataclass

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import PartyCode


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureAcknowledged:
    """The speaker holds none of these bodies any more. Its word: nobody can prove it.

    Attributes:
        origin: whose log.
        places: in that log, as the erasure names them.
        erasure: reference of the `statement.erased` that asked for it (`north/40`).
    """

    origin: PartyCode
    places: str
    erasure: str


KIND = Kind(
    name="erasure.acknowledged",
    payload=ErasureAcknowledged,
    sensitivity=Sensitivity.PROCEDURAL,
    readers=Readers.PARTIES,
)
