"""Who may come in, and to do what? An account is given a role."""

from dataclasses import dataclass

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import ActorId, PartyCode, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessGranted:
    """An account of this installation; its password never stands here."""

    account: ActorId
    role: Role
    party: PartyCode | None = None
    title: str = ""


KIND = Kind(
    name="access.granted",
    payload=AccessGranted,
    sensitivity=Sensitivity.PROCEDURAL,
    readers=Readers.OWN,
)
