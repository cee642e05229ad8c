"""A reader answers a bulletin, or tells us something; only the desk reads it."""

from dataclasses import dataclass

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyGiven:
    """What came through the public form, as it came.

    Attributes:
        answers: the bulletin it answers; empty for information about anything else.
        purpose: `reply` to be published after review, or `tip` for the desk alone.
        name: under which the writer wants to appear; may be empty.
        contact: how to reach the writer, sealed for the desk before it is written down:
            an age file in base64; empty when none was given.
    """

    reply_id: str
    answers: str
    purpose: str
    text: str
    name: str = ""
    contact: str = ""
    language: str = ""


KIND = Kind(
    name="reply.given",
    payload=ReplyGiven,
    sensitivity=Sensitivity.RESTRICTED,
    readers=Readers.OWN,
    redacted=frozenset({"text", "name", "contact"}),
)
