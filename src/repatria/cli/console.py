"""How does a command speak: progress, errors, exit codes?

Everything for a person goes to standard error; results for a program go to
standard output. Nothing personal is in an error.
"""

import contextlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from repatria.cli.voice import DONE, REFUSED, WRONG_CALL, err, file_errors, out_console
from repatria.operations.desk import Desk
from repatria.terms import IntegrityError, NotVisible, Role
from repatria.terms.parties import PUBLIC
from repatria.wiring.accounts import WeakPasswordError
from repatria.wiring.installation import Installation, NoInstallationError
from repatria.wiring.keyfile import KeyFileError, WrongPassphraseError
from repatria.wiring.passphrases import LockedError, WeakPassphraseError
from repatria.wiring.restoring import NotEmptyError
from repatria.wiring.verification import NothingToVerifyError

OPERATOR = "operator"
_PARTY = re.compile(r"[a-z0-9][a-z0-9-]{0,62}", re.ASCII)
__all__ = [
    "DONE",
    "OPERATOR",
    "REFUSED",
    "WRONG_CALL",
    "desk_at",
    "err",
    "out_console",
    "plain_errors",
]


@contextlib.contextmanager
def plain_errors() -> Iterator[list[int]]:
    """Turns what can go wrong into lines on standard error and an exit code."""
    code = [DONE]
    try:
        with file_errors() as code:
            yield code
    except WrongPassphraseError:
        err.print("the passphrase does not open these keys, or their file was changed")
        code[0] = REFUSED
    except (
        KeyFileError,
        LockedError,
        NoInstallationError,
        NotEmptyError,
        NothingToVerifyError,
        WeakPassphraseError,
        WeakPasswordError,
    ) as wrong:
        err.print(str(wrong))
        code[0] = WRONG_CALL
    except NotVisible:
        err.print("there is no such thing here")
        code[0] = REFUSED
    except IntegrityError as fault:
        err.print(f"not as signed: {fault.place}: {fault.code}")
        code[0] = REFUSED


@contextlib.contextmanager
def desk_at(home: Path, role: Role = Role.REGISTRAR) -> Iterator[Desk]:
    """A desk of whoever keeps the machine, in the installation of a folder."""
    installation = Installation.at(home)
    with installation.open():
        yield installation.desk(OPERATOR, role)
    installation.close()


@contextlib.contextmanager
def progress_bar(title: str) -> Iterator[Callable[[int, int], None]]:
    """A bar that is told how much is done, of how much."""
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=err,
        transient=True,
    ) as bar:
        task = bar.add_task(title, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def read_small_file(path: Path, *, most: int = 1_048_576) -> str:
    """The text of a document file; one that is no text reads as something nobody signed."""
    with path.open("rb") as file:
        return file.read(most).decode("utf-8", "replace")


def postgresql_address(text: str) -> dict[str, str] | None:
    """The address of a database, written `host=... dbname=...`; says what is wrong if it is not.

    Returns:
        Nothing in it when no text was given; None when it is no address.
    """
    parts = text.split()
    if not all("=" in part for part in parts):
        err.print("the address of the database is written as host=... dbname=... user=...")
        return None
    address = dict(part.split("=", 1) for part in parts)
    return {{"dbname": "NAME"}.get(key, key.upper()): value for key, value in address.items()}


def is_party(code: str) -> bool:
    """Whether this can be the code of a party; says what is wrong if not.

    The code stands in audiences beside `public` and `<party>.medical`, and in the
    header of every package.
    """
    fits = _PARTY.fullmatch(code) is not None and code != PUBLIC
    if not fits:
        err.print(
            "the code of a party is made of the letters a to z, digits and hyphens, "
            f"begins with no hyphen and is not {PUBLIC!r}"
        )
    return fits
