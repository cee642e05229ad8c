"""`document list`, `show`, `export`, `check`: what the parties sign together."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from repatria.cli.console import REFUSED, err, out_console, plain_errors, read_small_file
from repatria.ledger.keyring import read_keyring
from repatria.ledger.log import Log
from repatria.operations.document_check import check_document
from repatria.operations.document_statements import SignedDocument
from repatria.operations.document_text import plain_text
from repatria.operations.signed_documents import (
    Standing,
    documents_of,
    find_document,
    keys_known,
    standing_of,
)
from repatria.wiring.installation import Installation

MOST_BYTES = 16 * 1024 * 1024


@contextmanager
def _log_of(home: Path) -> Iterator[Log]:
    installation = Installation.at(home)
    with installation.open():
        yield installation.log()
    installation.close()


def list_documents(home: Path) -> int:
    """One line a document, the newest last."""
    with plain_errors() as code, _log_of(home) as log:
        keys = keys_known(log)
        found = sorted(documents_of(log), key=lambda each: each.said[0].at)
        for signed in found:
            reached = standing_of(signed, keys)
            state = "signed by all" if reached.complete else f"waits for {_names(reached.missing)}"
            out_console.print(
                f"{signed.kind:12} {signed.digest[:16]}  {signed.subject}  "
                f"signed by {_names(reached.signed) or 'nobody'}; {state}"
            )
        if not found:
            err.print("no document has been proposed yet")
    return code[0]


def show_document(home: Path, document: str) -> int:
    """The text a person signs, then the signatures."""
    with plain_errors() as code, _log_of(home) as log:
        signed = find_document(log, document)
        out_console.print(plain_text(signed.document), end="")
        for line in _standing_lines(signed, standing_of(signed, keys_known(log))):
            out_console.print(line)
    return code[0]


def _standing_lines(signed: SignedDocument, reached: Standing) -> Iterator[str]:
    yield f"Signed by: {_names(reached.signed) or 'nobody'}"
    if reached.missing:
        yield f"Not signed by: {_names(reached.missing)}"
    if reached.said_only:
        yield f"Said, not signed, by: {_names(reached.said_only)}"
    for said in reached.broken:
        yield f"A SIGNATURE THAT DOES NOT HOLD: {said.ref}"
    for said in signed.said:
        word = "proposed" if said.proposes else "accepted"
        yield f"  {word} by {said.party}, {said.actor}, {said.at.isoformat()} ({said.ref})"


def export_document(home: Path, document: str, out: Path) -> int:
    """The envelope with every signature that holds, as a new file."""
    with plain_errors() as code, _log_of(home) as log:
        signed = find_document(log, document)
        reached = standing_of(signed, keys_known(log))
        with out.open("x", encoding="utf-8") as file:
            file.write(reached.envelope.text)
        err.print(f"{out}: {signed.kind}, signed by {_names(reached.signed) or 'nobody'}")
    return code[0]


def check_document_file(file: Path, *, keyrings: Sequence[Path], threshold: int) -> int:
    """What the file says, and who signed it; 1 when too few did."""
    with plain_errors() as code:
        rings = [read_keyring(read_small_file(p).strip(), place=p.name) for p in keyrings]
        text = read_small_file(file, most=MOST_BYTES)
        checked = check_document(text, rings, place=file.name)
        out_console.print(plain_text(checked.document), end="")
        for party, node in sorted(checked.signed.items()):
            ended = ", a key that has ended since" if party in checked.ended else ""
            out_console.print(f"Signed by {party} with the key of {node}{ended}")
        if checked.unread:
            out_console.print(f"Signatures under no key of these keyrings: {checked.unread}")
        if checked.missing:
            out_console.print(f"Not signed by: {', '.join(checked.missing)}")
        enough = len(checked.signed) >= threshold if threshold else not checked.missing
        asked = f"{threshold} asked for" if threshold else "every party of it is asked for"
        verdict = "as signed" if enough else "NOT SIGNED BY ENOUGH"
        out_console.print(f"{verdict}: {len(checked.signed)} signed; {asked}")
        if not enough:
            code[0] = REFUSED
    return code[0]


def _names(parties: frozenset[str]) -> str:
    return ", ".join(sorted(parties))
