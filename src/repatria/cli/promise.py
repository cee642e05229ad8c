"""The commands of `repatria promise`: what was promised, and what each side signed for.

Each says what it is for, with an example; what it does is in `cli.commands.promises`.
"""

from cyclopts import App

from repatria.cli.home import HERE, Home

app = App(
    name="promise",
    help="""Record promises, sign for what was delivered or received, see what is overdue.

Example: repatria promise list""",
    help_format="plaintext",
)


@app.command
def record(
    promised_by: str,
    promised_to: str,
    *,
    what: str,
    words: str,
    source: str,
    amount: int | None = None,
    unit: str = "",
    due: str = "",
    private: bool = False,
    home: Home = HERE,
) -> int:
    """Write down what somebody promised somebody.

    Example: repatria promise record south north --what deliver --words "maps of 3 fields"
        --source "joint statement of 1 March" --amount 3 --unit maps --due 2030-04-01

    Args:
        promised_by: who promised: the code of a party, or a name.
        promised_to: to whom.
        what: release, withdraw, deliver, drop_objection, sign or other.
        words: as the text says it.
        source: where it was promised.
        amount: how many, where it can be counted.
        unit: of what.
        due: by when, such as 2030-04-01 or 2030-04.
        private: for the two parties and the intermediary alone.
        home: folder of the installation.
    """
    from repatria.cli.commands import promises  # noqa: PLC0415 -- what help does not need

    return promises.record(
        home,
        promised_by=promised_by,
        promised_to=promised_to,
        what=what,
        words=words,
        source=source,
        amount=amount,
        unit=unit,
        due=due,
        public=not private,
    )


@app.command
def sign(
    promise: str,
    *,
    side: str,
    on: str,
    amount: int | None = None,
    words: str = "",
    home: Home = HERE,
) -> int:
    """Sign for what this installation's party delivered, or received.

    Example: repatria promise sign commitment:north-7k2m... --side received --on 2030-03-20

    Args:
        promise: its id.
        side: delivered or received.
        on: the day.
        amount: how many, where the promise counts.
        words: what exactly.
        home: folder of the installation.
    """
    from repatria.cli.commands import promises  # noqa: PLC0415 -- as above

    return promises.sign(home, promise=promise, side=side, on=on, amount=amount, words=words)


@app.command
def told(
    promise: str,
    *,
    speaker: str,
    via: str,
    on: str,
    says: str,
    words: str = "",
    home: Home = HERE,
) -> int:
    """Record what somebody said in public about a promise.

    Example: repatria promise told commitment:north-7k2m... --speaker "Office of South"
        --via "Agency A" --on 2030-03-21 --says broken

    Args:
        promise: its id.
        speaker: who says it.
        via: where.
        on: when it was said.
        says: kept, partly, broken, denied or withdrawn.
        words: as the speaker put it.
        home: folder of the installation.
    """
    from repatria.cli.commands import promises  # noqa: PLC0415 -- as above

    return promises.told(
        home, promise=promise, speaker=speaker, via=via, on=on, says=says, words=words
    )


@app.command(name="list")
def list_promises(*, json: bool = False, home: Home = HERE) -> int:
    """Show every promise with what is signed for, by the day it is due.

    Example: repatria promise list --json --home /srv/repatria

    Args:
        json: one JSON object a line.
        home: folder of the installation.
    """
    from repatria.cli.commands import promises  # noqa: PLC0415 -- as above

    return promises.show(home, as_json=json)
