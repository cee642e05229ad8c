"""Whose names are owed, and who was detained anew, from the command line."""

import csv

from exchange import copy_of
from repatria.cli.cast import NORTH
from repatria.ledger.kinds.custody_noted import CustodyEvent, CustodyNoted
from repatria.ledger.kinds.line_closed import LineClosed
from repatria.ledger.statement import Ground
from repatria.terms import PartialDate, PartyCode, Role
from repatria.wiring.installation import Installation


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_both_lists_are_written_whole_and_guarded(repatria, finished_exchange, tmp_path):
    home = copy_of(finished_exchange[0] / NORTH, tmp_path / "north")
    known = ("--home", home)
    empty = repatria("held-again", "--out", tmp_path / "again.csv", *known)
    assert (empty.code, rows_of(tmp_path / "again.csv")) == (0, [])
    here = Installation.at(home)
    with here.open():
        desk = here.desk("clerk", Role.REGISTRAR)
        released = desk.log.of_kind("receipt.given")[0].statement.content["handed_over"]
        manifest = desk.log.of_kind("manifest.frozen")[0].statement.content["manifest_id"]
        told = {"audience": desk.with_parties(PartyCode("south")), "ground": Ground(basis="x")}
        taken = CustodyNoted(
            person=released[0],
            event=CustodyEvent.CAPTURED,
            holder=PartyCode(NORTH),
            on=PartialDate.parse("2099-01-02"),
        )
        closed = LineClosed(
            manifest_id=manifest, person=released[0], why="retained", note="=case 12"
        )
        desk.log.append(
            [
                desk.state(taken, about=(released[0],), **told),
                desk.state(closed, about=(manifest, released[0]), **told),
            ]
        )
    here.close()

    assert repatria("held-again", "--out", tmp_path / "again.csv", *known).code == 0
    assert repatria("retained", "--out", tmp_path / "kept.csv", *known).code == 0
    assert repatria("retained", "--out", tmp_path / "kept.xlsx", *known).code == 0

    [again] = rows_of(tmp_path / "again.csv")
    assert (again["person"], again["since"], again["state"]) == (released[0], "2099-01-02", "held")
    assert again["exchange"] == manifest
    [kept] = rows_of(tmp_path / "kept.csv")
    assert (kept["about"], kept["ground"]) == (released[0], "'=case 12")
    assert (tmp_path / "kept.xlsx").read_bytes().startswith(b"PK")
    assert repatria("retained", "--out", tmp_path / "kept.odt", *known).code != 0
    assert repatria("retained", "--out", tmp_path / "k.csv", "--state", "lost", *known).code != 0
