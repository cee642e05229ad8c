"""Which passphrase opens this installation's keys, and who is asked for it?

The environment first (a server starts without anybody at it), else whoever sits
at the terminal, once in a process. Opened keys stay in memory until it ends.
"""

import getpass
import os
import sys
from pathlib import Path

from repatria.ledger.node import NodeSecrets
from repatria.ledger.signing import SigningKey
from repatria.wiring.keyfile import KeyFileError, read_key_file

PASSPHRASE = "REPATRIA_PASSPHRASE"  # noqa: S105 -- the name of a variable
MINIMUM_LENGTH = 12


class LockedError(Exception):
    """The keys are needed and nobody can be asked for the passphrase. Says what to do."""


class WeakPassphraseError(Exception):
    """The passphrase is too short to protect a key. Says how long it must be."""


_opened: dict[tuple[str, int], NodeSecrets] = {}


def passphrase_for(what: str, *, again: bool = False) -> str:
    """The passphrase from the environment, or as it is typed.

    Args:
        what: is opened, for the prompt.
        again: have it typed twice, for a new key.

    Raises:
        LockedError: there is neither.
    """
    given = os.environ.get(PASSPHRASE)
    if given:
        return given
    if not sys.stdin.isatty():
        msg = f"the passphrase for {what} is needed: set {PASSPHRASE}, or run this in a terminal"
        raise LockedError(msg)
    typed = getpass.getpass(f"passphrase for {what}: ")
    if again and getpass.getpass("once more: ") != typed:
        msg = "the two passphrases are not the same"
        raise LockedError(msg)
    return typed


def require_strength(passphrase: str) -> None:
    """Nothing, for a passphrase that may protect a new key.

    Raises:
        WeakPassphraseError: it is shorter than twelve characters.
    """
    if len(passphrase) < MINIMUM_LENGTH:
        msg = f"a passphrase for keys has at least {MINIMUM_LENGTH} characters; use several words"
        raise WeakPassphraseError(msg)


def node_secrets_in(path: Path) -> NodeSecrets:
    """The private keys in an installation's key file, opened once in a process.

    Raises:
        LockedError, WrongPassphraseError, KeyFileError, FileNotFoundError.
    """
    known = (str(path.resolve()), path.stat().st_mtime_ns)
    if known not in _opened:
        found = read_key_file(path, passphrase_for(f"the keys in {path}"))
        try:
            if found.kind != "node":
                raise ValueError
            _opened[known] = NodeSecrets.from_json(found.secrets)
        except (ValueError, KeyError, TypeError):
            msg = f"{path} holds no keys of an installation"
            raise KeyFileError(msg) from None
    return _opened[known]


def is_unlockable(path: Path) -> bool:
    """Whether the keys can be opened without asking anybody."""
    known = path.exists() and (str(path.resolve()), path.stat().st_mtime_ns) in _opened
    return known or bool(os.environ.get(PASSPHRASE))


def keep_opened(path: Path, node: NodeSecrets) -> None:
    """Remember keys that were made a moment ago, so that nobody is asked for them again."""
    _opened[str(path.resolve()), path.stat().st_mtime_ns] = node


def root_key_in(path: Path, passphrase: str | None = None) -> SigningKey:
    """The root key in a file.

    Raises:
        LockedError, WrongPassphraseError, KeyFileError, FileNotFoundError.
    """
    found = read_key_file(path, passphrase or passphrase_for(f"the root key in {path}"))
    if found.kind != "root" or "root" not in found.secrets:
        msg = f"{path} holds no root key"
        raise KeyFileError(msg)
    return SigningKey(bytes.fromhex(found.secrets["root"]))
