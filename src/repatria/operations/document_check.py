"""Who signed this file? Asked with keyrings alone, and no installation.

Parties are counted, not keys: two keys of one party are one party. Without the log
nothing says when a signature was made, so a node key that has ended counts too, and
is named as ended.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from repatria.ledger.document import Envelope, signers
from repatria.ledger.keyring import Keyring
from repatria.ledger.signing import VerifyKey
from repatria.operations.document_kinds import Document, read_document
from repatria.terms import PartyCode


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedDocument:
    """A document from a file, and what the keyrings say of its signatures.

    Attributes:
        document, envelope: what it is.
        signed: the parties of the keyrings that signed it, each with the name of the
            node whose key it was.
        ended: of these, those whose key has ended since.
        unread: signatures under no key of these keyrings.
    """

    document: Document
    envelope: Envelope
    signed: dict[PartyCode, str]
    ended: frozenset[PartyCode]
    unread: int

    @property
    def missing(self) -> tuple[PartyCode, ...]:
        """Parties of the document whose signature was not found."""
        return tuple(p for p in self.document.parties if p not in self.signed)


def check_document(text: str, keyrings: Iterable[Keyring], *, place: str) -> CheckedDocument:
    """What a file holds and who signed it.

    Raises:
        IntegrityError: at `place`, as `read_document`.
    """
    document, envelope = read_document(text, place=place)
    signed: dict[PartyCode, str] = {}
    ended: set[PartyCode] = set()
    known: set[VerifyKey] = set()
    for ring in keyrings:
        found = signers(envelope, [node.key for node in ring.nodes])
        known |= found
        for node in ring.nodes:
            if node.key in found:
                signed[ring.party] = node.name
                ended = ended - {ring.party} if node.to_size is None else ended | {ring.party}
    return CheckedDocument(
        document=document,
        envelope=envelope,
        signed=signed,
        ended=frozenset(ended),
        unread=len(envelope.signatures) - len(known),
    )
