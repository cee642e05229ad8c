"""Who speaks, and who may read?

A statement carries the labels of those it is meant for; a viewer carries the
labels he may read. He sees the statement when the two meet.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

PartyCode = NewType("PartyCode", str)
ActorId = NewType("ActorId", str)
Audience = frozenset[str]

PUBLIC = "public"
INTERMEDIARY = PartyCode("intermediary")


class Role(StrEnum):
    """What somebody comes to do."""

    REGISTRAR = "registrar"
    NEGOTIATOR = "negotiator"
    INTERMEDIARY = "intermediary"
    MEDICAL = "medical"
    HANDOVER_OFFICER = "handover_officer"
    PRESS = "press"
    MONITOR = "monitor"
    FAMILY = "family"
    OUTSIDER = "outsider"


_DESK_ROLES = frozenset(
    {
        Role.REGISTRAR,
        Role.NEGOTIATOR,
        Role.INTERMEDIARY,
        Role.MEDICAL,
        Role.HANDOVER_OFFICER,
        Role.PRESS,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """Somebody who looks; the first argument of every query.

    Attributes:
        actor: account name; `anonymous` when nobody is logged in.
        role: what he comes to do.
        party: whose desk he sits at; None for monitor, family, outsider and anonymous.
    """

    actor: ActorId
    role: Role
    party: PartyCode | None = None

    @property
    def labels(self) -> Audience:
        """The audience labels this viewer may read.

        A desk reads what is meant for its party; the medical role also reads
        `<party>.medical`; a family reads what is meant for it and the public.
        """
        labels = {PUBLIC}
        if self.party is not None and self.role in _DESK_ROLES:
            labels.add(self.party)
            if self.role is Role.MEDICAL:
                labels.add(f"{self.party}.medical")
        if self.role is Role.FAMILY:
            labels.add(f"family:{self.actor}")
        return frozenset(labels)

    @property
    def at_a_desk(self) -> bool:
        """Whether he works for a party, rather than reading what is public."""
        return self.party is not None and self.role in _DESK_ROLES

    def may_read(self, audience: Audience) -> bool:
        """Whether a statement for this audience is shown to him."""
        return not self.labels.isdisjoint(audience)


ANONYMOUS = Viewer(actor=ActorId("anonymous"), role=Role.OUTSIDER)
