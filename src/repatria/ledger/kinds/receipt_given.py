"""A party says, line by line, whom it handed over and whom it received."""

from dataclasses import dataclass

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import ManifestId, PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptGiven:
    """One side's receipt; "released" needs both.

    Attributes:
        handed_over, received: persons, in text order.
        digest: of the manifest as amended, that the receipt is for.
        incident: the side's own statement on incidents; empty when it states none.
        keyid, signature: a hint which key, and its signature over the document, in base64;
            empty in logs of before there were any.
    """

    manifest_id: ManifestId
    digest: str
    handed_over: tuple[PersonId, ...]
    received: tuple[PersonId, ...]
    incident: str = ""
    keyid: str = ""
    signature: str = ""


KIND = Kind(
    name="receipt.given",
    payload=ReceiptGiven,
    sensitivity=Sensitivity.PERSONAL,
    readers=Readers.PARTIES,
)
