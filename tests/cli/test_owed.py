"""Whose names are owed, and who was detained anew, from the command line."""

import csv

from repatria.ledger.kinds.custody_noted import CustodyEvent, CustodyNoted
from repatria.ledger.kinds.line_closed import ClosingReason, LineClosed
from repatria.ledger.statement import Ground
from repatria.terms import PartialDate, PartyCode, Role
from repatria.wiring.installation import Installation

MANIFEST = "manifest:north-m"


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def noted(person, event, on):
    day = PartialDate.parse(on)
    return CustodyNoted(
        person=person, event=event, holder=PartyCode("north"), on=day, exchange=MANIFEST
    )


def test_both_lists_are_written_whole_and_guarded(repatria, home, tmp_path):
    (tmp_path / "held.csv").write_text("No;Surname;Given name\n1;Modelyan;Aram\n", "utf-8")
    known = ("--home", home)
    assert repatria("import", tmp_path / "held.csv", "--held", *known).code == 0
    empty = repatria("held-again", "--out", tmp_path / "again.csv", *known)
    assert (empty.code, rows_of(tmp_path / "again.csv")) == (0, [])
    here = Installation.at(home)
    with here.open():
        desk = here.desk("clerk", Role.REGISTRAR)
        person = desk.log.of_kind("person.registered")[0].statement.about[0]
        told = {"audience": desk.with_parties(PartyCode("south")), "ground": Ground(basis="x")}
        kept = {"manifest_id": MANIFEST, "person": person, "note": "=case 12"}
        closed = LineClosed(**kept, why=ClosingReason.RETAINED)
        freed = noted(person, CustodyEvent.RELEASED, "2099-01-02")
        taken = noted(person, CustodyEvent.CAPTURED, "2099-06-01")
        desk.log.append(
            [
                desk.state(freed, about=(person,), **told),
                desk.state(taken, about=(person,), **told),
                desk.state(closed, about=(MANIFEST, person), **told),
            ]
        )
    here.close()

    written = [
        repatria(what, "--out", tmp_path / f"{what}.{form}", *known).code
        for what in ("held-again", "retained")
        for form in ("csv", "xlsx")
    ]

    assert written == [0] * 4
    [again] = rows_of(tmp_path / "held-again.csv")
    assert (again["person"], again["since"], again["state"]) == (person, "2099-06-01", "held")
    assert (again["released_on"], again["exchange"]) == ("2099-01-02", MANIFEST)
    [row] = rows_of(tmp_path / "retained.csv")
    assert (row["about"], row["ground"], row["state"]) == (person, "'=case 12", "released")
    assert "Modelyan" in row["name"]
    assert (tmp_path / "retained.xlsx").read_bytes().startswith(b"PK")
    assert repatria("retained", "--out", tmp_path / "kept.odt", *known).code != 0
    assert repatria("retained", "--out", tmp_path / "k.csv", "--state", "lost", *known).code != 0
