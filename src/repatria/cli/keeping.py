"""The commands of `repatria packet` and `health`.

Each says what it is for, with an example; what it does is in `cli.commands.keeping`.
"""

from typing import Annotated

from cyclopts import App, Parameter

from repatria.cli.home import HERE, Home

packet = App(
    name="packet",
    help="""Seal persons' money and valuables, pass packets on, open them before witnesses.

Example: repatria packet pass packet:north-7k2m... restored --seal A-17""",
    help_format="plaintext",
)
health = App(
    name="health",
    help="""Note checks of health and what a medical commission decided, as the medical role.

Example: repatria health check person:north-7k2m... serious --to south""",
    help_format="plaintext",
)
Items = Annotated[list[str], Parameter(name="--item")]


@packet.command
def seal(person: str, *, seal: str, items: Items, to: str, home: Home = HERE) -> int:
    """Seal a packet with a list of everything in it; its id goes to standard output.

    Example: repatria packet seal person:north-7k2m... --seal A-17 --item "1 ring"
        --item "12 notes" --to south

    Args:
        person: id of the record of its owner.
        seal: number or mark on the seal.
        items: how many and what; once for each kind of thing.
        to: code of the party that is told.
        home: folder of the installation.
    """
    from repatria.cli.commands import keeping  # noqa: PLC0415 -- what help does not need

    return keeping.seal(home, person, seal=seal, items=items, to=to)


@packet.command(name="pass")
def pass_on(
    packet: str,
    event: str,
    *,
    seal: str = "",
    to: str = "",
    seal_differs: bool = False,
    home: Home = HERE,
) -> int:
    """Say what happened to a packet, and with which seal it was found.

    Example: repatria packet pass packet:north-7k2m... passed_on --seal A-17 --to "the convoy"

    Args:
        packet: its id.
        event: passed_on, restored, sent_to_family or missing.
        seal: as it was found.
        to: into whose hands, in words.
        seal_differs: the seal is another than the last one, and that is meant.
        home: folder of the installation.
    """
    from repatria.cli.commands import keeping  # noqa: PLC0415 -- as above

    return keeping.pass_on(home, packet, event, seal=seal, to=to, seal_differs=seal_differs)


@packet.command(name="open")
def open_anew(
    packet: str,
    *,
    found_seal: str,
    seal: str,
    items: Items,
    witness: list[str],
    seal_differs: bool = False,
    home: Home = HERE,
) -> int:
    """Write down that a packet was opened before witnesses and sealed again.

    Example: repatria packet open packet:north-7k2m... --found-seal A-17 --seal A-18
        --item "1 ring" --witness "warden Testov" --witness "clerk Probny"

    Args:
        packet: its id.
        found_seal: the seal that was broken.
        seal: the new one.
        items: how many and what; everything that is in it now.
        witness: two at least.
        seal_differs: the seal that was found is another than the last one, and that is meant.
        home: folder of the installation.
    """
    from repatria.cli.commands import keeping  # noqa: PLC0415 -- as above

    seals = (found_seal, seal)
    return keeping.open_anew(
        home, packet, seals=seals, items=items, witnesses=witness, seal_differs=seal_differs
    )


@health.command
def check(
    person: str,
    health: str,
    *,
    finding: str = "",
    to: list[str] | None = None,
    on: str = "",
    home: Home = HERE,
) -> int:
    """Note a check of health; while a weekly report is owed, it is that report.

    Example: repatria health check person:north-7k2m... serious --on 2030-03-01 --to south

    Args:
        person: id of the record.
        health: fit, sick or serious.
        finding: stays with the medical role.
        to: parties that are told the class.
        on: the day, such as 2030-03-01; today without it.
        home: folder of the installation.
    """
    from repatria.cli.commands import keeping  # noqa: PLC0415 -- as above

    return keeping.check(home, person, health, finding=finding, to=to or [], on=on)


@health.command
def commission(
    person: str,
    decision: str,
    *,
    visited: str,
    members: str = "",
    medical_ground: str = "",
    home: Home = HERE,
) -> int:
    """Write down what a mixed medical commission decided; its clocks run from the visit.

    Example: repatria health commission person:north-7k2m... repatriate --visited 2030-03-01

    Args:
        person: id of the record.
        decision: repatriate, neutral_country or examine_again.
        visited: the day of the visit, as far as it is known.
        members: who sat on it.
        medical_ground: stays with the medical role.
        home: folder of the installation.
    """
    from repatria.cli.commands import keeping  # noqa: PLC0415 -- as above

    return keeping.commission(
        home, person, decision, visited=visited, members=members, medical_ground=medical_ground
    )
