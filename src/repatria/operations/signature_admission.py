"""Is the signature that a peer's statement carries the one it claims to be?

A package whose statement signs a document with something else than the sender's key,
or signs another document, is refused whole: no honest installation writes one. Where
the document has not come yet nothing can be asked; the statement is taken in, and its
signature counts only once it holds.
"""

from collections.abc import Iterable
from typing import Any

from repatria.ledger.keyring import Keyring
from repatria.ledger.kinds import payload_of
from repatria.ledger.log import Log
from repatria.ledger.statement import Entry
from repatria.operations.document_statements import SIGNING_KINDS, documents_in, signature_in
from repatria.operations.signed_documents import holds
from repatria.terms import IntegrityError


def refuse_false_signatures(log: Log, keyring: Keyring, arriving: Iterable[Entry]) -> None:
    """Nothing, when every signature of these statements that can be checked holds.

    Args:
        log: what we hold already.
        keyring: of the party whose statements they are.
        arriving: its statements.

    Raises:
        IntegrityError: naming the statement: `document-signature-malformed`,
            `document-bad-signature`.
    """
    coming = [e for e in arriving if e.statement.kind in SIGNING_KINDS]
    new = {entry.ref for entry in coming if _carries_signature(entry)}
    if not new:
        return
    for signed in documents_in([*log.of_kind(*SIGNING_KINDS), *coming]):
        for said in signed.said:
            if said.ref in new and not any(
                holds(said, envelope, lambda _, seq: keyring.signers_at(seq + 1))
                for envelope in signed.siblings
            ):
                raise IntegrityError(said.ref, "document-bad-signature")


def _carries_signature(entry: Entry) -> bool:
    try:
        payload: Any = payload_of(entry, SIGNING_KINDS[entry.statement.kind])
        return signature_in(payload) is not None
    except ValueError:
        raise IntegrityError(entry.ref, "document-signature-malformed") from None
