"""`exposed`: whom to tell when an installation was stolen."""

import csv
from pathlib import Path

from repatria.cli.console import OPERATOR, err, plain_errors, progress_bar
from repatria.lists.reading import guarded
from repatria.terms import ActorId, Role, Viewer
from repatria.terms.parties import INTERMEDIARY
from repatria.wiring.installation import Installation

_HEADINGS = ("what", "id", "name", "birth", "holder", "relation", "told_through")


def exposed(home: Path, out: Path) -> int:
    """Write the list of everybody who must be told."""
    from repatria.store.queries.exposure import exposed as everybody  # noqa: PLC0415 -- Django

    with plain_errors() as code:
        installation = Installation.at(home)
        role = Role.INTERMEDIARY if installation.party == INTERMEDIARY else Role.REGISTRAR
        viewer = Viewer(actor=ActorId(OPERATOR), role=role, party=installation.party)
        counts = {"person": 0, "family": 0}
        with (
            installation.open(),
            out.open("x", encoding="utf-8-sig", newline="") as file,
            progress_bar("writing") as progress,
        ):
            writer = csv.writer(file)
            writer.writerow(_HEADINGS)
            for number, each in enumerate(everybody(viewer), start=1):
                counts[each.what] += 1
                cells = (each.what, each.id, each.name, each.birth, each.holder, each.relation)
                writer.writerow([*map(guarded, cells), " ".join(each.through)])
                if number % 10_000 == 0:
                    progress(number, number)
        installation.close()
        err.print(f"{counts['person']} persons and {counts['family']} families: {out}")
        err.print("the file names all of them: keep it as the installation was to be kept")
    return code[0]
