"""`retained`, `held-again`: whose names are owed, and who was detained anew."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from repatria.cli.commands.bureau import neutral_role, one_of
from repatria.cli.console import OPERATOR, WRONG_CALL, err, plain_errors
from repatria.cli.pair_files import write_pairs
from repatria.terms import ActorId, Viewer
from repatria.wiring.installation import Installation

if TYPE_CHECKING:
    from repatria.store.queries.owed import Again, ListedAgain

_FORMS = ("csv", "xlsx")
_STATES = ("", "open", "cleared")
_RETAINED = (
    "about", "name", "holder", "named_by", "ground", "since", "state", "cleared_on", "statements",
)  # fmt: skip
_AGAIN = (
    "person", "name", "released_by", "released_on", "exchange", "held_by", "since", "said_by",
    "words", "state", "ended_on", "statements",
)  # fmt: skip
Rows = Sequence[Sequence[str]]


def retained(home: Path, out: Path, *, holder: str, state: str) -> int:
    """Write those kept back, with every naming of each."""

    def rows(viewer: Viewer) -> Rows:
        from repatria.store.queries import owed  # noqa: PLC0415 -- needs Django set up

        wanted = owed.OwedWanted(holder=holder, state=state)
        return [
            (
                row.about,
                row.shown.name if row.shown else "",
                row.holder,
                " ".join(naming.how for naming in row.namings),
                "; ".join(naming.ground for naming in row.namings if naming.ground),
                row.since,
                row.cleared or "kept",
                row.cleared_on,
                " ".join(naming.ref for naming in row.namings),
            )
            for row in owed.all_retained(viewer, wanted)
        ]

    return _written(home, out, state, _RETAINED, rows, "kept for proceedings or a sentence")


def held_again(home: Path, out: Path, *, holder: str, state: str) -> int:
    """Write those held again after a release, and lines that ask for somebody released."""

    def rows(viewer: Viewer) -> Rows:
        from repatria.store.queries import owed  # noqa: PLC0415 -- needs Django set up

        wanted = owed.OwedWanted(holder=holder, state=state)
        told = [
            (
                *_release(row),
                row.release.held_by,
                row.release.held_on,
                row.first["by"],
                row.first["words"],
                row.state,
                row.ended_on,
                " ".join(naming["ref"] for naming in row.release.namings),
            )
            for row in owed.all_held_again(viewer, wanted)
        ]
        asked = [] if holder or state else owed.listed_again(viewer)
        listed = [
            (
                *_release(row),
                "",
                row.listed_on,
                row.line.author,
                "listed",
                row.line.status,
                "",
                row.line.ref,
            )
            for row in asked
        ]
        return [*told, *listed]

    return _written(home, out, state, _AGAIN, rows, "held again, or asked for, after a release")


def _release(row: "Again | ListedAgain") -> tuple[str, ...]:
    release = row.release
    return (
        release.subject,
        row.shown.name,
        release.released_by,
        release.released_on,
        release.exchange,
    )


def _written(
    home: Path,
    out: Path,
    state: str,
    headings: Sequence[str],
    rows: Callable[[Viewer], Rows],
    what: str,
) -> int:
    form = out.suffix.lstrip(".").lower()
    if not one_of("--state", state, _STATES) or not one_of("--out ending", form, _FORMS):
        return WRONG_CALL
    with plain_errors() as code:
        installation = Installation.at(home)
        viewer = Viewer(actor=ActorId(OPERATOR), role=neutral_role(home), party=installation.party)
        with installation.open():
            told = rows(viewer)
            write_pairs(out, form, headings, told, count=len(told))
        installation.close()
        err.print(f"{len(told)} rows, {what}: {out}")
    return code[0]
