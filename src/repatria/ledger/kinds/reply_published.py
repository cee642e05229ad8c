"""A reader's reply is published, in the words in which the desk lets it stand."""

from dataclasses import dataclass

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyPublished:
    """A published reply; never with a way to reach its writer.

    Attributes:
        shortened: something was left out of what the writer wrote.
    """

    reply_id: str
    answers: str
    text: str
    name: str = ""
    shortened: bool = False


KIND = Kind(
    name="reply.published",
    payload=ReplyPublished,
    sensitivity=Sensitivity.PUBLIC,
    readers=Readers.PUBLIC,
)
