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
from repatria.wiring.keyfile import (
    Cost,
    KeyFileError,
    check_key_file,
    read_key_file,
    write_key_file,
)

PASSPHRASE = "REPATRIA_PASSPHRASE"  # noqa: S105 -- the name of a variable
NEW_PASSPHRASE = "REPATRIA_NEW_PASSPHRASE"  # noqa: S105 -- same
MINIMUM_LENGTH = 12


class LockedError(Exception):
    """The keys are needed and nobody can be asked for the passphrase. Says what to do."""


class WeakPassphraseError(Exception):
    """The passphrase is too short to protect a key. Says how long it must be."""


_opened: dict[tuple[str, int], NodeSecrets] = {}


def new_passphrase_for(what: str) -> str:
    """A passphrase to change to, from the environment or as it is typed, twice.

    Raises:
        LockedError: there is neither, or what was typed differs.
    """
    return _given_or_typed(f"{what}, the new one", NEW_PASSPHRASE, again=True)


def passphrase_for(what: str, *, again: bool = False) -> str:
    """The passphrase from the environment, or as it is typed.

    Args:
        what: is opened, for the prompt.
        again: have it typed twice, for a new key.

    Raises:
        LockedError: there is neither.
    """
    return _given_or_typed(what, PASSPHRASE, again=again)


def _given_or_typed(what: str, variable: str, *, again: bool) -> str:
    given = os.environ.get(variable)
    if given:
        return given
    if not sys.stdin.isatty():
        msg = f"the passphrase for {what} is needed: set {variable}, or run this in a terminal"
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
        _opened[known] = node_secrets_with(path, passphrase_for(f"the keys in {path}"))
    return _opened[known]


def node_secrets_with(path: Path, passphrase: str) -> NodeSecrets:
    """The private keys in an installation's key file, opened with this passphrase.

    Raises:
        WrongPassphraseError, KeyFileError, FileNotFoundError.
    """
    found = read_key_file(path, passphrase)
    try:
        if found.kind != "node":
            raise ValueError
        return NodeSecrets.from_json(found.secrets)
    except (ValueError, KeyError, TypeError):
        msg = f"{path} holds no keys of an installation"
        raise KeyFileError(msg) from None


def change_passphrase(path: Path, old: str, new: str, *, cost: Cost | None = None) -> None:
    """Close a key file with another passphrase; the keys stay the same.

    The file is replaced as a whole or left as it was. Copies of the old one, in
    backups too, still open with the old passphrase.

    Args:
        cost: of trying the new one; as before, and at least the usual, without it.

    Raises:
        WeakPassphraseError: the new one protects nothing.
        WrongPassphraseError, KeyFileError, FileNotFoundError.
    """
    require_strength(new)
    found = read_key_file(path, old)
    if cost is None:
        before, usual = check_key_file(path).cost, Cost()
        cost = before if usual.within(before) else usual
    write_key_file(
        path, kind=found.kind, party=found.party, values=found.secrets, passphrase=new, cost=cost
    )
    if found.kind == "node":
        keep_opened(path, NodeSecrets.from_json(found.secrets))


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
