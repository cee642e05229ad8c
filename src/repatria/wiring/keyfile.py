"""How do private keys lie on a disk?

Sealed with a key that Argon2id (RFC 9106) makes of a passphrase, by AES-256-GCM,
readable by their owner only. The cost is written in the file, so that it can be
raised later; a file that asks for an absurd cost is refused before it is paid.
Format: `docs/formats/key-file.md`.
"""

import base64
import binascii
import json
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from repatria.ledger.passphrase import MAX_COST, Cost, WrongPassphraseError, open_box, seal_box

FORMAT = 2
__all__ = [
    "Cost",
    "KeyFileError",
    "WrongPassphraseError",
    "read_key_file",
    "write_key_file",
    "write_secret",
]


class KeyFileError(Exception):
    """The file is no key file, or can be read by others. Its message names the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFile:
    """A key file as it was read.

    Attributes:
        kind: what it holds: `node` or `root`.
        party: whose it is.
        secrets: the private keys as text; never printed.
    """

    kind: str
    party: str
    secrets: dict[str, str] = field(repr=False)


def write_key_file(
    path: Path, *, kind: str, party: str, values: dict[str, str], passphrase: str, cost: Cost
) -> None:
    """Write private keys, durably; a file that is there already is replaced as a whole."""
    header = {"format": FORMAT, "kind": kind, "party": party, **cost.to_json()}
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    box = seal_box(
        json.dumps(values, sort_keys=True).encode(),
        passphrase=passphrase,
        salt=salt,
        nonce=nonce,
        cost=cost,
        bound=_bound(header),
    )
    written = {**header, "salt": _b64(salt), "nonce": _b64(nonce), "sealed": _b64(box)}
    write_secret(path, json.dumps(written, indent=1))


def read_key_file(path: Path, passphrase: str) -> KeyFile:
    """The private keys in a file.

    Raises:
        KeyFileError: it is no key file, or others can read it.
        WrongPassphraseError: the passphrase does not open it, or it was changed.
        FileNotFoundError: it is not there.
    """
    box = check_key_file(path)
    opened = open_box(
        box.sealed,
        passphrase=passphrase,
        salt=box.salt,
        nonce=box.nonce,
        cost=box.cost,
        bound=_bound(box.header),
    )
    return KeyFile(
        kind=str(box.header["kind"]),
        party=str(box.header["party"]),
        secrets=json.loads(opened),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Box:
    header: dict[str, Any]
    cost: Cost
    salt: bytes
    nonce: bytes
    sealed: bytes


def check_key_file(path: Path) -> _Box:
    """What stands in a key file, still sealed.

    Raises:
        KeyFileError: it is no key file, or others can read it.
        FileNotFoundError: it is not there.
    """
    if os.name == "posix" and path.stat().st_mode & 0o077:
        msg = f"{path} can be read by others; as its owner: chmod 600 {path}"
        raise KeyFileError(msg)
    try:
        written = json.loads(path.read_text("utf-8"))
        cost = Cost.from_json(written)
        header = {k: written[k] for k in ("format", "kind", "party", *cost.to_json())}
        salt, nonce, sealed = (_unb64(written[k]) for k in ("salt", "nonce", "sealed"))
        if written["format"] != FORMAT or not cost.within(MAX_COST):
            raise ValueError
    except (ValueError, KeyError, TypeError, AttributeError, binascii.Error):
        msg = f"{path} is no key file"
        raise KeyFileError(msg) from None
    return _Box(header=header, cost=cost, salt=salt, nonce=nonce, sealed=sealed)


def write_secret(path: Path, text: str) -> None:
    """Write a file that only its owner can read, durably and whole or not at all."""
    coming = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    handle = os.open(coming, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        coming.replace(path)
    except BaseException:
        coming.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable; where folders can't be synced, nothing."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _bound(header: dict[str, Any]) -> bytes:
    return json.dumps(header, sort_keys=True, separators=(",", ":")).encode()


def _b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _unb64(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
