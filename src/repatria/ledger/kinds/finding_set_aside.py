"""Nothing follows from a finding among public figures, and why."""

from dataclasses import dataclass

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import ClaimId


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingSetAside:
    """A finding that somebody looked at; it is still shown, with the reason.

    Attributes:
        finding: its kind.
        claims: ids of the claims it compares, sorted.
        reason: why nothing follows, in words.
        taken_up: the finding was set aside before, and is looked at again.
    """

    finding: str
    claims: tuple[ClaimId, ...]
    reason: str
    taken_up: bool = False


KIND = Kind(
    name="finding.set_aside",
    payload=FindingSetAside,
    sensitivity=Sensitivity.PROCEDURAL,
    readers=Readers.OWN,
    redacted=frozenset({"reason"}),
)
