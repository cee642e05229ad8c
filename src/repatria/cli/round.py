"""The commands of `repatria round`: commit to lists, hold them in escrow, reveal them.

Each says what it is for, with an example; what it does is in `cli.commands.rounds`.
"""

from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from repatria.cli.home import HERE, Home

app = App(
    name="round",
    help="""Commit to release lists before anybody reads the other's, then reveal them.

Example: repatria round show --home /srv/repatria""",
    help_format="plaintext",
)


@app.command(name="open")
def open_round(
    title: str,
    *,
    party: list[str],
    alone: bool = False,
    matched: bool = False,
    private: bool = False,
    max_entries: int = 100,
    step: int = 0,
    home: Home = HERE,
) -> int:
    """Open a round: its terms, which each party accepts by committing to its list.

    Example: repatria round open "February" --party north --party south --matched

    Args:
        title: of the round; the other party reads it.
        party: one of the two whose lists they are; once for each.
        alone: nobody stands between the two. The last to reveal can then walk away after it
            has seen the other's list; nothing can prevent that.
        matched: the intermediary reveals only persons that both lists name.
        private: nobody stands between the two and nothing is revealed; the lists are compared
            hidden, with `repatria private`.
        max_entries: the longest list admitted.
        step: with nobody between, how many slots are opened at a turn; 0 for all at once.
        home: folder of the installation.
    """
    from repatria.cli.commands import rounds  # noqa: PLC0415 -- imports that help does not need

    return rounds.open_round(
        home,
        title=title,
        parties=party,
        alone=alone,
        matched=matched,
        private=private,
        max_entries=max_entries,
        step=step,
    )


@app.command
def commit(
    round_id: str,
    *,
    list_id: Annotated[str, Parameter(name="--list")] = "",
    file: Path | None = None,
    amend: str = "",
    home: Home = HERE,
) -> int:
    """Commit to a list; through the intermediary, its opening goes into escrow at once.

    Example: repatria round commit round:north-7k2m... --file release.csv

    Args:
        round_id: id of the round.
        list_id: a list that was handed in to the intermediary only.
        file: or a list file; it stays in the house.
        amend: why the list committed to before is changed, for all to see.
        home: folder of the installation.
    """
    from repatria.cli.commands import rounds  # noqa: PLC0415 -- as above

    return rounds.commit(home, round_id=round_id, list_id=list_id, file=file, amend=amend)


@app.command
def confirm(round_id: str, *, home: Home = HERE) -> int:
    """Say, as the intermediary, that both lists are held and each is as committed.

    Example: repatria round confirm round:north-7k2m...

    Args:
        round_id: id of the round.
        home: folder of the installation.
    """
    from repatria.cli.commands import rounds  # noqa: PLC0415 -- as above

    return rounds.confirm(home, round_id=round_id)


@app.command
def reveal(round_id: str, *, pair: list[str] | None = None, home: Home = HERE) -> int:
    """Reveal: the intermediary both lists, or with nobody between our own, in turns.

    Example: repatria round reveal round:north-7k2m... --pair 3=17 --pair 8=40

    Args:
        round_id: id of the round.
        pair: slots of the first and of the second party that name the same person; once for
            each. Without it the intermediary's decisions about the lines count.
        home: folder of the installation.
    """
    from repatria.cli.commands import rounds  # noqa: PLC0415 -- as above

    return rounds.reveal(home, round_id=round_id, pairs=pair or ())


@app.command
def show(round_id: str = "", *, json: bool = False, home: Home = HERE) -> int:
    """Show where the parties stand, and whether everything revealed is as committed.

    Example: repatria round show round:north-7k2m... --json

    Args:
        round_id: id of the round; all without it.
        json: print one JSON object instead of lines.
        home: folder of the installation.
    """
    from repatria.cli.commands import rounds  # noqa: PLC0415 -- as above

    return rounds.show(home, round_id=round_id, as_json=json)
