"""Whose key is this? A party notes the public key of another, read at first contact."""

from dataclasses import dataclass

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import PartyCode


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerIntroduced:
    """The key of a peer, as compared by fingerprint at a meeting."""

    party: PartyCode
    title: str
    public_key: str


KIND = Kind(
    name="peer.introduced",
    payload=PeerIntroduced,
    sensitivity=Sensitivity.PROCEDURAL,
    readers=Readers.OWN,
)
