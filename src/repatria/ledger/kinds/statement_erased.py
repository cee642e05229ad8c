"""Whose statements, at which places, were destroyed, and for what reason?

Says nothing about anybody: no name, no id of a person. It is about an id of its
own (`erasure:...`), so that nobody who mirrors the log learns from it which
commitments belong together, save of places whose bodies he was given himself.
"""

from dataclasses import dataclass
from enum import StrEnum

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import PartyCode


class ErasureReason(StrEnum):
    """Why a body was destroyed: a closed set, because free words would name people."""

    PURPOSE_FULFILLED = "purpose-fulfilled"
    RETENTION_ENDED = "retention-ended"
    DATA_SUBJECT_REQUEST = "data-subject-request"
    COURT_ORDER = "court-order"
    MISTAKEN_RECORD = "mistaken-record"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementErased:
    """Bodies and salts were destroyed; their commitments remain in the log.

    Attributes:
        origin: whose log. The speaker's own: everybody who was given the bodies erases
            them too. Another's, said to ourselves only: we destroyed our copies.
            Another's, said by a peer: a request, shown to a person and not obeyed.
        places: in that log, such as `3-4,7`; all before this statement's own.
        reason: from the closed set.
        overridden: codes of the objections that were overridden, by name.
    """

    origin: PartyCode
    places: str
    reason: ErasureReason
    overridden: tuple[str, ...] = ()


KIND = Kind(
    name="statement.erased",
    payload=StatementErased,
    sensitivity=Sensitivity.PROCEDURAL,
    readers=Readers.PARTIES,
)
