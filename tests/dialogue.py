"""Made-up lists, and the first steps of the dialogue about them, for tests that need a past."""

import csv
import random

from repatria.ledger.kinds.list_submitted import Population
from repatria.lists.reading import open_list_file
from repatria.operations.packages import send_package
from repatria.operations.receiving import take_in_package
from repatria.operations.submission import submit_list
from repatria.terms import Role

HEADINGS = (
    "No", "Surname", "Given name", "Father name", "Date of birth", "Category", "Place of detention",
)  # fmt: skip
FAMILY = ("Testyan", "Samplov", "Modelidze", "Trialyan", "Examplov")
GIVEN = ("Karo", "Vahe", "Aram", "Levon", "Davit")


def made_up_lines(count, seed=1, *, held=False):
    """Rows of a list file: persons drawn from few names, so that some are alike."""
    draw = random.Random(seed)  # noqa: S311 -- made-up persons
    for number in range(1, count + 1):
        yield (
            number,
            draw.choice(FAMILY),
            draw.choice(GIVEN),
            draw.choice(GIVEN),
            f"{draw.randint(1, 28):02d}.{draw.randint(1, 12):02d}.{draw.randint(1990, 2002)}",
            draw.choice(("soldier", "civilian")),
            f"withheld place {draw.randint(1, 3)}" if held else "",
        )


def write_list(path, lines):
    """A list file, semicolons, UTF-8."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(HEADINGS)
        writer.writerows(lines)
    return path


def submit(desk, path, *, to, population=Population.CLAIMED, title="List"):
    """What submitting a list file did."""
    file = open_list_file(path)
    rows = tuple(file.rows())
    return submit_list(desk, rows, file.description, title=title, population=population, to=to)


def hand_over(sender, recipient, desk, *, keep=False):
    """Make a package in one installation and take it in in another.

    Args:
        desk: the fixture of that name.
        keep: leave the file in the sender's outbox and the recipient's inbox.
    """
    with sender.open():
        made = send_package(desk(sender, Role.REGISTRAR), to=recipient.party)
    if keep:
        name = f"{sender.party}-{made.digest[:8]}.repatria"
        (sender.folder / "outbox" / name).write_bytes(made.raw)
        (recipient.folder / "inbox" / name).write_bytes(made.raw)
    with recipient.open():
        return take_in_package(desk(recipient, Role.REGISTRAR), made.raw)
