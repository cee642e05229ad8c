"""What does a kind of statement declare about itself?

Its payload, how sensitive it is, who may ever be given it, and what of it is
struck out where it is shown to somebody who checks the log but may not read
the matter. A kind without these cannot be written.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from repatria.terms import Audience, PartyCode
from repatria.terms.parties import INTERMEDIARY, PUBLIC


class Sensitivity(StrEnum):
    """What harm it does in the wrong hands, from least to most."""

    PUBLIC = "public"
    PROCEDURAL = "procedural"
    PERSONAL = "personal"
    RESTRICTED = "restricted"


class Readers(StrEnum):
    """The widest audience a statement of a kind may have.

    `AGENCY` is GC IV art. 137: what would harm the person is withheld from the
    Power of origin, never from the Central Agency; here from everybody but the
    party itself and the neutral intermediary.
    """

    OWN = "own"
    AGENCY = "agency"
    PARTIES = "parties"
    MEDICAL = "medical"
    FAMILY = "family"
    PUBLIC = "public"

    def admits(self, label: str, by: PartyCode) -> bool:
        """Whether a statement by this party may carry this audience label."""
        own = label == by
        match self:
            case Readers.OWN:
                return own
            case Readers.AGENCY:
                return own or label == INTERMEDIARY
            case Readers.MEDICAL:
                return label == f"{by}.medical"
            case Readers.FAMILY:
                return own or label == INTERMEDIARY or label.startswith("family:")
            case Readers.PARTIES:
                return own or (label != PUBLIC and ":" not in label and "." not in label)
            case Readers.PUBLIC:
                return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of statement.

    Attributes:
        name: `subject.verb`, as in `line.answered`.
        payload: the dataclass of its content.
        sensitivity: see `Sensitivity`.
        readers: the widest audience.
        redacted: content keys struck out for somebody who checks the log only.
    """

    name: str
    payload: type
    sensitivity: Sensitivity
    readers: Readers
    redacted: frozenset[str] = frozenset()

    def admits(self, audience: Audience, by: PartyCode) -> bool:
        """Whether this audience is allowed for a statement by this party."""
        return bool(audience) and all(self.readers.admits(label, by) for label in audience)

    def redact(self, content: Mapping[str, Any]) -> dict[str, Any]:
        """The content with its sensitive keys struck out."""
        return {k: "[withheld]" if k in self.redacted else v for k, v in content.items()}
