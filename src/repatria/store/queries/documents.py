"""Which documents that parties sign may a viewer read?

They are made from the log when they are asked for: there are few, and a signature is
believed only as long as it is checked.
"""

from collections.abc import Sequence

from repatria.ledger.log import Log
from repatria.operations.document_statements import SignedDocument
from repatria.operations.signed_documents import (
    KeysOf,
    Standing,
    documents_of,
    keys_known,
    standing_of,
    version_of,
)
from repatria.terms import NotVisible, Viewer


def documents(viewer: Viewer, log: Log) -> Sequence[tuple[SignedDocument, Standing]]:
    """The documents a viewer may read, newest first, each with how far it has come."""
    keys = keys_known(log)
    found = [each for each in documents_of(log) if viewer.may_read(each.audience)]
    found.sort(key=lambda each: (each.said[0].at, each.digest), reverse=True)
    return [(each, standing_of(each, keys)) for each in found]


def document(viewer: Viewer, log: Log, digest: str) -> tuple[SignedDocument, Standing]:
    """One document, by its whole digest.

    Raises:
        NotVisible: there is none, or it is not his.
    """
    keys: KeysOf = keys_known(log)
    for each in documents_of(log):
        if each.digest == digest and viewer.may_read(each.audience):
            return each, standing_of(each, keys)
    raise NotVisible


def subject_of(viewer: Viewer, log: Log, subject: str, kind: str) -> SignedDocument | None:
    """The newest document of a subject that a viewer may read; None when there is none."""
    found = [
        each
        for each in documents_of(log)
        if (each.subject, each.kind) == (subject, kind) and viewer.may_read(each.audience)
    ]
    return max(found, key=version_of, default=None)
