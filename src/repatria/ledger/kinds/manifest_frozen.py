"""Who is to be handed over to whom: fixed before anybody departs."""

from dataclasses import dataclass

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import ManifestId, PartyCode, PersonId, PlanId


@dataclass(frozen=True, slots=True, kw_only=True)
class ManifestLine:
    """One person on a manifest.

    Attributes:
        number: from 1.
        giver, receiver: the parties that hand over and receive.
        code: what is printed on the person's card and typed or scanned at the line.
    """

    number: int
    person: PersonId
    giver: PartyCode
    receiver: PartyCode
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ManifestFrozen:
    """The manifest; changed only by a substitution both sides accept.

    Attributes:
        keyid, signature: a hint which key, and its signature over the document, in base64;
            empty in logs of before there were any.

    Source:
        GC III art. 46 (complete list before departure).
    """

    manifest_id: ManifestId
    plan_id: PlanId
    crossing_point: str
    lines: tuple[ManifestLine, ...]
    digest: str
    keyid: str = ""
    signature: str = ""


KIND = Kind(
    name="manifest.frozen",
    payload=ManifestFrozen,
    sensitivity=Sensitivity.PERSONAL,
    readers=Readers.PARTIES,
)
