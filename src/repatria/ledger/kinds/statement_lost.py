"""Which of our own statements do we no longer hold, because nobody was given them?"""

from dataclasses import dataclass

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementLost:
    """Bodies were lost with a database; their commitments came back from peers.

    Attributes:
        places: in the speaker's own log, such as `3-4,7`; all before this statement's own.
    """

    places: str


KIND = Kind(
    name="statement.lost",
    payload=StatementLost,
    sensitivity=Sensitivity.PROCEDURAL,
    readers=Readers.PARTIES,
)
