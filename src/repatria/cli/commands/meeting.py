"""`peers`: whose keys are whose, as everybody at a first meeting signs it."""

import sys
from collections.abc import Sequence
from pathlib import Path

from repatria.cli.console import (
    OPERATOR,
    REFUSED,
    WRONG_CALL,
    err,
    out_console,
    plain_errors,
    read_small_file,
)
from repatria.ledger.fingerprint import words_of
from repatria.ledger.keyring import read_keyring
from repatria.ledger.peers_document import PeersDocument, PeersEntry, peers_document, read_peers
from repatria.operations.keyrings import adopt_peers, sign_peers
from repatria.terms import Role
from repatria.wiring.installation import Installation
from repatria.wiring.keyfile import write_secret


def make(keyrings: Sequence[Path], titles: Sequence[str], *, out: Path) -> int:
    """Write the document from keyring files."""
    with plain_errors() as code:
        if len(keyrings) != len(titles):
            err.print("give one --title for each --keyring, in the same order")
            return WRONG_CALL
        if out.exists():
            raise FileExistsError(out)
        rings = [read_keyring(read_small_file(path), place=path.name) for path in keyrings]
        try:
            document = peers_document(
                PeersEntry(title=title, keyring=ring)
                for title, ring in zip(titles, rings, strict=True)
            )
        except ValueError as wrong:
            err.print(str(wrong))
            return WRONG_CALL
        write_secret(out, document.envelope.text)
        _print(document)
        err.print(f"each party signs it now: repatria peers sign {out.name}")
    return code[0]


def show(file: Path) -> int:
    """Show who is in it and who signed."""
    with plain_errors() as code:
        _print(read_peers(read_small_file(file), place=file.name))
    return code[0]


def sign(home: Path, file: Path, *, compared: bool) -> int:
    """Say what is signed, then sign."""
    with plain_errors() as code:
        installation = Installation.at(home)
        text = read_small_file(file)
        document = read_peers(text, place=file.name)
        _print(document)
        err.print("By signing you say: every fingerprint above was read aloud by its own party")
        err.print("here, in our presence, and is the same.")
        if not compared and not _is_compared():
            err.print("NOT SIGNED: say --compared when every fingerprint was compared")
            return REFUSED
        with installation.open():
            signed = sign_peers(installation.desk(OPERATOR, Role.REGISTRAR), text)
        installation.close()
        write_secret(file, signed.envelope.text)
        missing = ", ".join(signed.unsigned)
        err.print(f"signed; still to sign: {missing}" if missing else "signed by everybody")
    return code[0]


def _is_compared() -> bool:
    if not sys.stdin.isatty():
        return False
    err.print("type the word compared when it is so:")
    return input().strip().lower() == "compared"


def adopt(home: Path, file: Path) -> int:
    """Introduce everybody in it."""
    with plain_errors() as code:
        installation = Installation.at(home)
        with installation.open():
            new = adopt_peers(installation.desk(OPERATOR, Role.REGISTRAR), read_small_file(file))
        installation.close()
        err.print(f"introduced: {', '.join(new)}" if new else "everybody in it was known already")
    return code[0]


def _print(document: PeersDocument) -> None:
    for entry in document.entries:
        signed = "has not signed" if entry.party in document.unsigned else "has signed"
        out_console.print(f"{entry.title} ({entry.party}) {signed}")
        out_console.print(f"  fingerprint: {entry.keyring.fingerprint}")
        out_console.print(f"  in words:    {' '.join(words_of(entry.keyring.digest))}")
    out_console.print(f"digest of what is signed: {document.envelope.digest}")
