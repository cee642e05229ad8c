"""Somebody at the desk decided what becomes of a reader's reply."""

from dataclasses import dataclass

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyReviewed:
    """A decision about a reply; a later one stands before an earlier.

    Attributes:
        decision: `publish`, `keep` (it is of use, and not published) or `refuse`.
        reason: why, for the desk; never published.
    """

    reply_id: str
    decision: str
    reason: str = ""


KIND = Kind(
    name="reply.reviewed",
    payload=ReplyReviewed,
    sensitivity=Sensitivity.RESTRICTED,
    readers=Readers.OWN,
    redacted=frozenset({"reason"}),
)
