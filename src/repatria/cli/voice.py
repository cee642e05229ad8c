"""In what words and with which exit code does a command that only reads files end?

Apart from `console`, so that a command that needs no installation does not load one:
that is most of the time it takes.
"""

import contextlib
from collections.abc import Iterator

from rich.console import Console

from repatria.lists.reading import NO_LINES, UnreadableFileError
from repatria.terms import Refusal

DONE, REFUSED, WRONG_CALL = 0, 1, 2
# No markup and no wrapping: file names hold brackets, and paths are copied from here.
err = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)
out_console = Console(highlight=False, markup=False, soft_wrap=True)
_IN_WORDS = {"list-without-lines": NO_LINES}


@contextlib.contextmanager
def file_errors() -> Iterator[list[int]]:
    """Turns what can go wrong with files into lines on standard error and an exit code."""
    code = [DONE]
    try:
        yield code
    except UnreadableFileError as unreadable:
        err.print(f"refused: {unreadable.code}: {unreadable.sentence}")
        code[0] = REFUSED
    except Refusal as refusal:
        for objection in refusal.objections:
            where = f" ({', '.join(objection.about)})" if objection.about else ""
            said = _IN_WORDS.get(objection.code, objection.rule)
            err.print(f"refused: {objection.code}{where}: {said}")
        code[0] = REFUSED
    except FileNotFoundError as missing:
        err.print(f"no such file: {missing.filename}")
        code[0] = WRONG_CALL
    except FileExistsError as there:
        err.print(f"already there and not empty: {there.filename or there.args[0]}")
        code[0] = WRONG_CALL
    except OSError as failed:
        # A full disk, a medium that was taken out: its words name no content.
        err.print(f"could not be read or written: {failed.strerror or 'input/output error'}")
        code[0] = REFUSED
