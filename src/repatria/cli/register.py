"""The commands of `repatria register`: what is added to persons' records.

Each says what it is for, with an example; what it does is in `cli.commands.bureau`.
"""

from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from repatria.cli.home import HERE, Home

app = App(
    name="register",
    help="""Add to persons' records: particulars, words, visits, duties, tags.

Example: repatria register describe person:north-7k2m... --set mother=Ani""",
    help_format="plaintext",
)


@app.command
def describe(
    person: str,
    *,
    given: Annotated[list[str], Parameter(name="--set")],
    born: str = "",
    source: str = "",
    home: Home = HERE,
) -> int:
    """Write down particulars of a person by the fields of the Conventions.

    Example: repatria register describe person:north-7k2m... --set mother=Ani --set rank=private
        --born 1990-05 --source "capture card"

    Args:
        person: id of the record.
        given: NAME=VALUE; NAME is one of father, sex, rank, reference, note, service_number,
            birth_place, nationality, power, mother, inform, mail, residence, marks, unit, disc,
            measure, identity, language.
        born: as far as it is known: 1990, 1990-05 or 1990-05-17.
        source: where all of it comes from.
        home: folder of the installation.
    """
    from repatria.cli.commands import bureau  # noqa: PLC0415 -- what help does not need

    return bureau.describe(home, person, given=given, born=born, source=source)


@app.command
def whereabouts(person: str, *, says: str, to: str, home: Home = HERE) -> int:
    """Say to a party whether we have a person; the intermediary reads it too.

    Example: repatria register whereabouts person:north-7k2m... --says acknowledged --to south

    Args:
        person: id of the record.
        says: acknowledged, denied or withheld.
        to: code of the party.
        home: folder of the installation.
    """
    from repatria.cli.commands import bureau  # noqa: PLC0415 -- as above

    return bureau.whereabouts(home, person, says=says, to=to)


@app.command
def visit(
    person: str, *, on: str, to: list[str] | None = None, private: bool = True, home: Home = HERE
) -> int:
    """Note that the intermediary saw a person; never what was said.

    Example: repatria register visit person:north-7k2m... --on 2030-03-01 --to north --to south

    Args:
        person: id of the record.
        on: the day, as far as it is known.
        to: parties that are told of it.
        private: whether the interview was without witnesses.
        home: folder of the intermediary's installation.
    """
    from repatria.cli.commands import bureau  # noqa: PLC0415 -- as above

    return bureau.visit(home, person, on=on, to=to or [], private=private)


@app.command
def duty(
    name: str, persons: list[str], *, file: Path | None = None, on: str = "", home: Home = HERE
) -> int:
    """Note that what the law asks for was done for these persons.

    Example: repatria register duty capture_card person:north-7k2m... --file cards.pdf

    Args:
        name: capture_card, registration, health_report, decision_notified, decision_executed
            or commission_visit.
        persons: ids of the records.
        file: what was sent; only its digest is kept.
        on: the day it was done, such as 2030-03-01; today without it.
        home: folder of the installation.
    """
    from repatria.cli.commands import bureau  # noqa: PLC0415 -- as above

    return bureau.duty(home, name, persons, file=file, on=on)


@app.command
def block(unit: str, *, count: int, out: Path | None = None, home: Home = HERE) -> int:
    """Issue a block of numbers to a unit, to be given on tags without a connection.

    Example: repatria register block "Unit 4" --count 1000 --out numbers.csv

    Args:
        unit: to whom.
        count: how many numbers.
        out: a new file for the numbers.
        home: folder of the installation.
    """
    from repatria.cli.commands import bureau  # noqa: PLC0415 -- as above

    return bureau.block(home, unit, count=count, out=out)


@app.command
def tags(block: str, file: Path, *, home: Home = HERE) -> int:
    """Take in the tags that a unit gave: all of the file, or nothing.

    Example: repatria register tags block:north-7k2m... unit-4.csv

    Args:
        block: id of the block the numbers are from.
        file: CSV with the number and the id of the person's record in each row.
        home: folder of the installation.
    """
    from repatria.cli.commands import bureau  # noqa: PLC0415 -- as above

    return bureau.take_in(home, block, file)


@app.command
def number(person: str, *, tag: str, permanent: str, home: Home = HERE) -> int:
    """Join a permanent number to that of a tag; both find the person from then on.

    Example: repatria register number person:north-7k2m... --tag 00417-K --permanent N-12

    Args:
        person: id of the record.
        tag: the number on the tag.
        permanent: the permanent one.
        home: folder of the installation.
    """
    from repatria.cli.commands import bureau  # noqa: PLC0415 -- as above

    return bureau.number(home, person, tag=tag, permanent=permanent)
