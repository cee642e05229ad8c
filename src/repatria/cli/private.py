"""The commands of `repatria private`: find whom two lists both name, without an intermediary.

Each says what it is for, with an example; what it does is in `cli.commands.private_matching`.
"""

from pathlib import Path

from cyclopts import App

from repatria.cli.home import HERE, Home

app = App(
    name="private",
    help="""Find whom two lists both name, showing neither: four files between two parties.

Through the intermediary more is found and less can be tried: see `repatria round`. This
is for parties that have none, once both committed to a list in a round opened with
`repatria round open --private`. One offers, the other replies, the first finishes, the
other opens its sample, the first checks it. Whoever offers learns first.

Example: repatria private offer round:north-7k2m... --out for-south.private""",
    help_format="plaintext",
)


@app.command
def offer(round_id: str, *, out: Path, shown: int = 30, blind: int = 0, home: Home = HERE) -> int:
    """Write the offer: our list, hidden. The other party learns its size to a power of two.

    Example: repatria private offer round:north-7k2m... --out 1-offer.private

    Args:
        round_id: a private round in which both have committed.
        out: a new file.
        shown: how many of the records that match each side opens, drawn by both.
        blind: how many slots each opens besides, matched or not; agree on it with care.
        home: folder of the installation.
    """
    from repatria.cli.commands import private_matching  # noqa: PLC0415 -- not for help

    return private_matching.offer(home, round_id, out=out, shown=shown, blind=blind)


@app.command
def reply(
    round_id: str,
    file: Path,
    *,
    out: Path,
    shown: int = 30,
    blind: int = 0,
    home: Home = HERE,
) -> int:
    """Reply to an offer: our list, hidden, and theirs hidden twice. Once for each two lists.

    Example: repatria private reply round:north-7k2m... 1-offer.private --out 2-reply.private

    Args:
        round_id: the round.
        file: the offer.
        out: a new file.
        shown: as agreed; an offer with another number is refused.
        blind: as agreed.
        home: folder of the installation.
    """
    from repatria.cli.commands import private_matching  # noqa: PLC0415 -- as above

    return private_matching.reply(home, round_id, file, out=out, shown=shown, blind=blind)


@app.command
def finish(round_id: str, file: Path, *, out: Path, json: bool = False, home: Home = HERE) -> int:
    """Show whom both lists name, and write what the other needs to see it, with our sample.

    Example: repatria private finish round:north-7k2m... 2-reply.private --out 3-finish.private

    Args:
        round_id: the round.
        file: the reply.
        out: a new file.
        json: print one JSON object on standard output.
        home: folder of the installation.
    """
    from repatria.cli.commands import private_matching  # noqa: PLC0415 -- as above

    return private_matching.finish(home, round_id, file, out=out, as_json=json)


@app.command(name="open")
def open_sample(
    round_id: str, file: Path, *, out: Path, json: bool = False, home: Home = HERE
) -> int:
    """Check the other's sample, show whom both lists name, and open ours.

    Example: repatria private open round:north-7k2m... 3-finish.private --out 4-sample.private

    Args:
        round_id: the round.
        file: the other's finish.
        out: a new file.
        json: print one JSON object on standard output.
        home: folder of the installation.
    """
    from repatria.cli.commands import private_matching  # noqa: PLC0415 -- as above

    return private_matching.open_sample(home, round_id, file, out=out, as_json=json)


@app.command
def check(round_id: str, file: Path, *, json: bool = False, home: Home = HERE) -> int:
    """Check the sample that the other opened, and show whom both lists name.

    Example: repatria private check round:north-7k2m... 4-sample.private --json

    Args:
        round_id: the round.
        file: the sample.
        json: print one JSON object on standard output.
        home: folder of the installation.
    """
    from repatria.cli.commands import private_matching  # noqa: PLC0415 -- as above

    return private_matching.check(home, round_id, file, as_json=json)
