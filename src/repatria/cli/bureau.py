"""The commands of `repatria remains`, `family`, `calendar` and `names`.

Each says what it is for, with an example; what it does is in `cli.commands.bureau`.
"""

from pathlib import Path

from cyclopts import App

from repatria.cli.home import HERE, Home

remains = App(
    name="remains",
    help="""Record remains, receive them, state what a laboratory says.

Example: repatria remains receive remains:north-7k2m... --giver north""",
    help_format="plaintext",
)
family = App(
    name="family",
    help="""Write down requests of families, answer them, tell them what happened.

Example: repatria family answer tracing:north-7k2m... --says searching --searched "all lists\"""",
    help_format="plaintext",
)
calendar = App(
    name="calendar",
    help="""Open a calendar of a dialogue, and note what was delivered under it.

Example: repatria calendar deliver calendar:north-7k2m... lists --file list.csv""",
    help_format="plaintext",
)
names = App(
    name="names",
    help="""Promise names to one exchange alone, and open such locks.

Example: repatria names lock line:south-7k2m... --channel "plan of May\"""",
    help_format="plaintext",
)


@remains.command
def record(
    label: str,
    *,
    to: str,
    said_to_be: list[str] | None = None,
    found_at: str = "",
    home: Home = HERE,
) -> int:
    """Record a container of remains that we hold; its id goes to standard output.

    Example: repatria remains record "bag 17" --to south --said-to-be person:south-7k2m...

    Args:
        label: what stands on the container.
        to: code of the party that is told.
        said_to_be: ids of records; a claim, never an identification.
        found_at: where, in words.
        home: folder of the installation.
    """
    from repatria.cli.commands import bureau  # noqa: PLC0415 -- what help does not need

    return bureau.record(home, label, to=to, said_to_be=said_to_be or [], found_at=found_at)


@remains.command
def receive(container: str, *, giver: str, home: Home = HERE) -> int:
    """Say that we received a container; a step of custody counts when the receiver says it.

    Example: repatria remains receive remains:north-7k2m... --giver north

    Args:
        container: its id.
        giver: code of the party it came from.
        home: folder of the installation.
    """
    from repatria.cli.commands import bureau  # noqa: PLC0415 -- as above

    return bureau.receive(home, container, giver=giver)


@remains.command
def examine(
    container: str,
    *,
    person: str,
    result: str,
    laboratory: str,
    method: str,
    second_test_due: bool = False,
    to: list[str] | None = None,
    home: Home = HERE,
) -> int:
    """State what our laboratory says of one container and one person.

    Example: repatria remains examine remains:north-7k2m... --person person:south-9x4p...
        --result is --laboratory "City laboratory" --method dna_kinship --to north

    Args:
        container: its id; we have received it.
        person: id of the record.
        result: is, is_not or open.
        laboratory: which one.
        method: dna_direct, dna_kinship, teeth, fingerprints or words.
        second_test_due: a further test was recommended and is not done.
        to: parties that are told.
        home: folder of the installation.
    """
    from repatria.cli.commands import bureau  # noqa: PLC0415 -- as above

    said = {
        "remains": container,
        "person": person,
        "result": result,
        "laboratory": laboratory,
        "method": method,
    }
    return bureau.examine(home, said, second_test_due=second_test_due, to=to or [])


@family.command
def ask(name: str, *, account: str, born: str = "", relation: str = "", home: Home = HERE) -> int:
    """Write down whom a family looks for; the id of the request goes to standard output.

    Example: repatria family ask "Aram Sintetyan" --account leyla --born 1990 --relation brother

    Args:
        name: of the person who is sought, in any script.
        account: of the family; with it the family reads the answers.
        born: as far as it is known.
        relation: who asks.
        home: folder of the installation.
    """
    from repatria.cli.commands import bureau  # noqa: PLC0415 -- as above

    return bureau.ask(home, name, family=account, born=born, relation=relation)


@family.command
def answer(request: str, *, says: str, searched: str = "", home: Home = HERE) -> int:
    """Answer a family, with a code by which it knows that the answer is ours.

    Example: repatria family answer tracing:north-7k2m... --says not_found --searched "all lists"

    Args:
        request: its id.
        says: received, searching, not_found, found, dead or closed_by_family.
        searched: where was searched; the family reads it.
        home: folder of the installation.
    """
    from repatria.cli.commands import bureau  # noqa: PLC0415 -- as above

    return bureau.answer(home, request, says=says, searched=searched)


@family.command
def notify(request: str, *, person: str, what: str, home: Home = HERE) -> int:
    """Tell a family what happened to the person it asked for.

    Example: repatria family notify tracing:north-7k2m... --person person:north-9x4p...
        --what crossed

    Args:
        request: its id.
        person: id of the record.
        what: acknowledged, cleared, crossed or died.
        home: folder of the installation.
    """
    from repatria.cli.commands import bureau  # noqa: PLC0415 -- as above

    return bureau.notify(home, request, person=person, what=what)


@calendar.command(name="open")
def open_calendar(title: str, *, event: str, on: str, parties: list[str], home: Home = HERE) -> int:
    """Open a calendar with the steps of the list dialogue; its id goes to standard output.

    Example: repatria calendar open "as in December" --event signature --on 2030-12-13
        --parties north --parties south

    Args:
        title: how it is called.
        event: from which it counts.
        on: the day of the event.
        parties: codes of those who agreed on it.
        home: folder of the installation.
    """
    from repatria.cli.commands import bureau  # noqa: PLC0415 -- as above

    return bureau.open_calendar(home, title, event=event, on=on, parties=parties)


@calendar.command
def deliver(calendar: str, step: str, *, file: Path, items: int = 0, home: Home = HERE) -> int:
    """Note that we delivered what a step asks of us; the first delivery counts.

    Example: repatria calendar deliver calendar:north-7k2m... lists --file list.csv --items 9147

    Args:
        calendar: its id.
        step: lists, answers, observations, final_replies, preparation or exchange.
        file: what was delivered; only its digest is kept.
        items: how many lines or persons it has.
        home: folder of the installation.
    """
    from repatria.cli.commands import bureau  # noqa: PLC0415 -- as above

    return bureau.deliver(home, calendar, step, file=file, items=items)


@names.command
def lock(lines: list[str], *, channel: str, home: Home = HERE) -> int:
    """Promise names to one exchange: no plan of another takes them. All of them, or none.

    Example: repatria names lock line:south-7k2m... --channel "plan of May"

    Args:
        lines: ids of list lines.
        channel: id of the plan, or how both sides call the exchange.
        home: folder of the installation.
    """
    from repatria.cli.commands import bureau  # noqa: PLC0415 -- as above

    return bureau.lock(home, lines, channel=channel, opened=False)


@names.command(name="open")
def open_locks(lines: list[str], *, channel: str, home: Home = HERE) -> int:
    """Open locks that we set.

    Example: repatria names open line:south-7k2m... --channel "plan of May"

    Args:
        lines: ids of list lines.
        channel: for which they were locked.
        home: folder of the installation.
    """
    from repatria.cli.commands import bureau  # noqa: PLC0415 -- as above

    return bureau.lock(home, lines, channel=channel, opened=True)
