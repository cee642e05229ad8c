"""A figure or an event, as a speaker gave it in public."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import ClaimId, PartialDate


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimMade:
    """A public claim; never a fact.

    Attributes:
        document: the claim as `record` reads it.
    """

    claim_id: ClaimId
    speaker: str
    via: str
    said_on: PartialDate
    document: Mapping[str, Any]


KIND = Kind(
    name="claim.made",
    payload=ClaimMade,
    sensitivity=Sensitivity.PUBLIC,
    readers=Readers.PUBLIC,
)
