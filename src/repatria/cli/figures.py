"""The commands of `repatria figures`: compare public figures, find them in texts.

Each says what it is for, with an example; what it does is in `cli.figure_files`.
None but `set-aside` needs an installation, and none needs a network.
"""

from pathlib import Path

from cyclopts import App

from repatria.cli.home import HERE, Home

app = App(
    name="figures",
    help="""Compare figures said in public, and find figures in texts.

Example: repatria figures check claims.csv""",
    help_format="plaintext",
)


@app.command
def check(file: Path, *, json: bool = False, differing: bool = False) -> int:
    """Find which figures of a table of claims agree and which do not, without being told where.

    Needs no installation. The exit code is 0 whatever is found.

    Example: repatria figures check claims.csv --json

    Args:
        file: CSV or XLSX; the columns are in docs/figures.md.
        json: print one JSON object a line for each finding.
        differing: only those that do not hold.
    """
    from repatria.cli import figure_files  # noqa: PLC0415 -- what help does not need

    return figure_files.check(file, as_json=json, differing=differing)


@app.command
def extract(file: Path, *, json: bool = False, said_on: str = "") -> int:
    """Suggest the figures in a text, with who says them of whom; nothing is recorded.

    Needs no installation. Reads plain text, HTML and PDF, English and Russian.

    Example: repatria figures extract article.html --json

    Args:
        file: the text.
        json: print one JSON object a line for each figure, with its place in the text.
        said_on: day of the text, such as 2023-12-13, for "on Wednesday" and "in September".
    """
    from repatria.cli import figure_files  # noqa: PLC0415 -- as above

    return figure_files.extract(file, as_json=json, said_on=said_on)


@app.command(name="set-aside")
def set_aside(claim: list[str], *, kind: str, reason: str, home: Home = HERE) -> int:
    """Set a finding among recorded claims aside, with the reason; that is itself a statement.

    Example: repatria figures set-aside c1 c2 --kind same_quantity_different_figure \
--reason "the second counts the escort"

    Args:
        claim: ids of the claims of the finding, as `check` names them.
        kind: of the finding.
        reason: why nothing follows from it.
        home: folder of the installation.
    """
    from repatria.cli.commands import figures  # noqa: PLC0415 -- as above

    return figures.set_aside(home, claims=claim, kind=kind, reason=reason)
