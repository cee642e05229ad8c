"""A whole log leaves as a file that program and stand-alone verifier find as it was signed."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from repatria.wiring.installation import Installation

ROOT = Path(__file__).resolve().parents[2]
VERIFIER = ROOT / "docs" / "formats" / "verify_repatria.py"


def by_the_verifier(path, *options):
    """What the verifier says, run where Repatria cannot be imported."""
    done = subprocess.run(
        [sys.executable, "-I", VERIFIER, "ledger", path, *options],
        capture_output=True, text=True, check=False, cwd="/",
    )  # fmt: skip
    assert done.stderr == ""
    return done.returncode, done.stdout


@pytest.fixture
def two_logs(make_installation, acquaint, desk):
    north, south = make_installation("north"), make_installation("south")
    acquaint(north, south)
    return north.folder, south.folder


def test_an_exported_log_holds_for_the_program_and_for_a_stranger(repatria, two_logs, tmp_path):
    home, _ = two_logs
    out = tmp_path / "north.ledger"

    assert repatria("ledger", "export", out, "--home", home).code == 0

    said = repatria("verify", out)
    assert (said.code, "as signed; 2 entries, 2 statements" in said.out) == (0, True)
    code, line = by_the_verifier(out, "--keyring", home / "north.keyring")
    assert (code, line.startswith("holds: repatria/north, 2 entries, 0 without a body")) == (
        0,
        True,
    )


def test_bodies_can_be_withheld(repatria, two_logs, tmp_path):
    home, _ = two_logs
    out = tmp_path / "north.ledger"

    repatria("ledger", "export", out, "--without-bodies", "--home", home)

    lines = [json.loads(line) for line in out.read_bytes().splitlines()]
    assert [line["missing"] for line in lines if "commitment" in line] == ["withheld"] * 2
    assert "2 bodies withheld" in repatria("verify", out).out
    assert by_the_verifier(out)[0] == 0


def test_a_changed_line_is_named_by_both(repatria, two_logs, tmp_path):
    home, _ = two_logs
    out = tmp_path / "north.ledger"
    repatria("ledger", "export", out, "--home", home)
    out.write_bytes(out.read_bytes().replace(b"meeting", b"weather"))

    said = repatria("verify", out, "--json")

    assert said.code == 1
    fault = {"place": "north/1 body", "code": "body-not-as-committed"}
    assert json.loads(said.out)[0]["faults"] == [fault]
    assert by_the_verifier(out) == (1, "DOES NOT HOLD: north/1 body: body-not-as-committed\n")


def test_a_file_that_is_there_is_not_overwritten(repatria, two_logs, tmp_path):
    out = tmp_path / "north.ledger"
    out.write_text("mine")

    assert repatria("ledger", "export", out, "--home", two_logs[0]).code == 2
    assert out.read_text() == "mine"


def test_the_log_of_nobody_known_is_not_exported(repatria, two_logs, tmp_path):
    out = tmp_path / "east.ledger"

    said = repatria("ledger", "export", out, "--mirror", "east", "--home", two_logs[0])

    assert (said.code, "log-of-unknown-party" in said.err, out.exists()) == (1, True, False)


def test_a_mirror_says_which_bodies_were_not_disclosed(repatria, two_logs, tmp_path):
    north, south = (Installation.at(folder) for folder in two_logs)
    send(south, north)
    out = tmp_path / "south.ledger"

    assert repatria("ledger", "export", out, "--mirror", "south", "--home", north.folder).code == 0

    code, line = by_the_verifier(out, "--keyring", south.folder / "south.keyring")
    assert code == 0
    assert "repatria/south, 2 entries, 2 without a body" in line


def send(giver, taker):
    from conftest import MORNING
    from repatria.operations.packages import send_package
    from repatria.operations.receiving import take_in_package
    from repatria.terms import Role
    from statements import counted_bytes

    def desk_of(installation):
        return installation.desk(
            "clerk", Role.REGISTRAR, clock=lambda: MORNING, entropy=counted_bytes("sending")
        )

    with giver.open():
        raw = send_package(desk_of(giver), to=taker.party).raw
    with taker.open():
        take_in_package(desk_of(taker), raw)


def test_a_receipt_leaves_as_a_file_that_a_stranger_can_check(repatria, two_logs, tmp_path):
    north, south = (Installation.at(folder) for folder in two_logs)
    out = tmp_path / "south.receipt"
    none = repatria("ledger", "receipt", "south", out, "--home", north.folder)
    assert (none.code, out.exists()) == (1, False)
    send(north, south)
    send(south, north)
    assert repatria("ledger", "receipt", "south", out, "--home", north.folder).code == 0

    done = subprocess.run(
        [
            sys.executable, "-I", VERIFIER, "receipt", out,
            "--keyring", north.folder / "north.keyring",
            "--witness-keyring", south.folder / "south.keyring",
        ],
        capture_output=True, text=True, check=False, cwd="/",
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    again = repatria("ledger", "receipt", "south", out, "--home", north.folder)
    assert again.code == 2  # it is there already, and stays
