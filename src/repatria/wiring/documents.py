"""Where are signed documents kept as files, for somebody who has no installation?"""

from pathlib import Path

from repatria.ledger.log import Log
from repatria.operations.signed_documents import documents_of, keys_known, standing_of

SUFFIX = ".dsse.json"


def write_documents(log: Log, folder: Path) -> tuple[Path, ...]:
    """The files of every document we hold, with the signatures that hold; oldest first.

    A name says the kind and the beginning of the digest, never whom it is about.
    """
    folder.mkdir(parents=True, exist_ok=True)
    keys = keys_known(log)
    written = []
    for signed in sorted(documents_of(log), key=lambda each: each.said[0].at):
        path = folder / f"{signed.kind}-{signed.digest[:16]}{SUFFIX}"
        path.write_text(standing_of(signed, keys).envelope.text, "utf-8")
        written.append(path)
    return tuple(written)
