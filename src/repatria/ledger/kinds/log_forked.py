"""A party told two stories about its log, and here is what shows it."""

from dataclasses import dataclass

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import PartyCode


@dataclass(frozen=True, slots=True, kw_only=True)
class LogForked:
    """Evidence against a party; its log is taken in no further, nothing else stops.

    Attributes:
        origin: who told two stories.
        evidence: the file that shows it, in base64 (see `ledger.fork`).
    """

    origin: PartyCode
    evidence: str


KIND = Kind(
    name="log.forked",
    payload=LogForked,
    sensitivity=Sensitivity.PROCEDURAL,
    readers=Readers.PARTIES,
)
