"""Writes `docs/cli.md` from the help of the commands; with `--check` only says whether it is so.

python tools/write_cli_docs.py [--check]
"""

import io
import sys
from collections.abc import Iterator
from pathlib import Path

from cyclopts import App
from rich.console import Console

from repatria.cli.main import app

TARGET = Path(__file__).resolve().parents[1] / "docs" / "cli.md"
OPENING = """\
# Command line

Written by `tools/write_cli_docs.py` from the program's own help; change the docstrings in
the modules that `src/repatria/cli/main.py` lists and run it again.

Exit codes: 0 done; 1 refused, or not as signed; 2 the call itself is wrong. What a person reads
goes to standard error, what a program reads to standard output.
"""


def command_names() -> tuple[str, ...]:
    """The names of all commands, those of a group behind it: `package`, `package make`."""
    return tuple(_names(app))


def _names(group: App, before: str = "") -> Iterator[str]:
    for name in sorted(each for each in group if not each.startswith("-")):
        yield f"{before}{name}"
        inner = group[name]
        # A command that does something by itself may hold others, such as `plan check`.
        yield from _names(inner, f"{before}{name} ")


def help_of(*command: str) -> str:
    """What `repatria COMMAND --help` shows on a page of 80 columns without colours."""
    page = io.StringIO()
    console = Console(file=page, width=80, force_terminal=False, no_color=True, highlight=False)
    app.help_print(list(command), console=console)
    return "\n".join(line.rstrip() for line in page.getvalue().strip().splitlines())


def _document() -> Iterator[str]:
    yield OPENING
    yield f"## repatria\n\n```text\n{help_of()}\n```\n"
    for name in command_names():
        marks = "##" if " " not in name else "###"
        yield f"{marks} repatria {name}\n\n```text\n{help_of(*name.split())}\n```\n"


def document() -> str:
    """The whole page."""
    return "\n".join(_document())


def main() -> int:
    """Write the page, or compare it."""
    if "--check" in sys.argv[1:]:
        if TARGET.read_text("utf-8") == document():
            return 0
        print(f"{TARGET.name} is not what the commands say; run tools/write_cli_docs.py")
        return 1
    TARGET.write_text(document(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
