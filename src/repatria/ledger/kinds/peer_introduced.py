"""Whose key is this? A party notes the public key of another, read at first contact."""

from dataclasses import dataclass

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import PartyCode


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerIntroduced:
    """The keys of a peer, as compared by fingerprint at a meeting.

    Attributes:
        public_key: the node key in use, in base64.
        keyring: the envelope of its keyring; empty in logs of before there were any.
    """

    party: PartyCode
    title: str
    public_key: str
    keyring: str = ""


KIND = Kind(
    name="peer.introduced",
    payload=PeerIntroduced,
    sensitivity=Sensitivity.PROCEDURAL,
    readers=Readers.OWN,
)
