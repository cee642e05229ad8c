"""The commands `retained` and `held-again`: whose names are owed, and who was detained anew.

What they do is in `cli.commands.owed`.
"""

from pathlib import Path

from repatria.cli.home import HERE, Home


def retained(*, out: Path, holder: str = "", state: str = "", home: Home = HERE) -> int:
    """Write the list of those kept for criminal proceedings or a sentence.

    Their names are owed to the other side (GC III art. 115, 119).

    Example: repatria retained --out retained.csv --holder north --state open

    Args:
        out: the file, CSV or XLSX by its ending.
        holder: code of the party that keeps them; all without it.
        state: open or cleared; both without it.
        home: folder of the installation.
    """
    from repatria.cli.commands import owed  # noqa: PLC0415 -- what help does not need

    return owed.retained(home, out, holder=holder, state=state)


def held_again(*, out: Path, holder: str = "", state: str = "", home: Home = HERE) -> int:
    """Write the list of those released and said to be held after that.

    With it go lines of lists that were handed in after a release and name the person.

    Example: repatria held-again --out again.xlsx

    Args:
        out: the file, CSV or XLSX by its ending.
        holder: code of the party that is said to hold them; all without it.
        state: open or cleared; both without it.
        home: folder of the installation.
    """
    from repatria.cli.commands import owed  # noqa: PLC0415 -- as above

    return owed.held_again(home, out, holder=holder, state=state)
