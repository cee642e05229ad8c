"""Two parties, two checkouts of the program, one stick, and no network at all.

Everything is done by command. Each time somebody sits down is a process of its own,
which has no network where the machine lets a process give it up.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LIST = """\
No;Surname;Given name;Father name;Date of birth;Captured on
1;Modelyan;Aram;Karo;05.02.1991;11.10.2028
2;Testyan;Levon;Vahe;17.07.1993;03.11.2028
"""

pytestmark = pytest.mark.slow


def without_network():
    """What is put before a command so that it has no network; nothing where that is not allowed."""
    alone = ["unshare", "--map-root-user", "--net"]
    if shutil.which("unshare") and subprocess.run([*alone, "true"], check=False).returncode == 0:
        return alone
    return []


class Desk:
    """One party's machine: its own checkout, its own folder, and the stick."""

    def __init__(self, place, party):
        shutil.copytree(ROOT / "src", place / party / "checkout" / "src")
        self.party, self.home = party, place / party / "home"
        self._start = [*without_network(), sys.executable, "-c"]
        self._env = {
            **{k: v for k, v in os.environ.items() if not k.startswith("DJANGO")},
            "PYTHONPATH": str(place / party / "checkout" / "src"),
            "REPATRIA_PASSPHRASE": f"the words of {party} alone",
        }

    def __call__(self, *commands):
        """The output of these commands, one after the other; none may be refused."""
        words = [[str(word) for word in command] for command in commands]
        ended = subprocess.run(
            [*self._start, SITS_DOWN, json.dumps(words)],
            check=False,
            capture_output=True,
            text=True,
            env=self._env,
        )
        assert ended.returncode == 0, ended.stderr
        return ended.stdout + ended.stderr


SITS_DOWN = """
import json, sys
from repatria.cli.main import main

for words in json.loads(sys.argv[1]):
    sys.argv = ["repatria", *words]
    try:
        main()
    except SystemExit as ended:
        if ended.code:
            raise
"""


def test_two_checkouts_meet_exchange_a_list_and_receipt_it_by_stick(tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    north, south = Desk(tmp_path, "north"), Desk(tmp_path, "south")
    aloud = {}
    for desk in (north, south):
        told = desk(
            ("init", desk.home, "--party", desk.party, "--title", desk.party.title(),
             "--root-count", 1, "--threshold", 1)
        )  # fmt: skip
        aloud[desk.party] = told.partition("to be read aloud: ")[2].partition("\n")[0]
        shutil.copy(desk.home / f"{desk.party}.keyring", stick)
    (tmp_path / "list.csv").write_text(LIST, "utf-8")

    south(
        meets(south, "north", stick, aloud),
        ("import", tmp_path / "list.csv", "--to", "north", "--home", south.home),
        ("package", "make", "--to", "north", "--out", stick / "1", "--home", south.home),
    )
    assert b"Modelyan" not in (stick / "1").read_bytes()
    told = north(
        meets(north, "south", stick, aloud),
        ("package", "open", stick / "1", "--home", north.home),
        ("package", "accept", stick / "1", "--home", north.home),
        ("package", "make", "--to", "south", "--out", stick / "2", "--home", north.home),
        ("verify", north.home),
    )
    assert "south" in told.lower()
    assert "as signed" in told
    told = south(
        ("package", "accept", stick / "2", "--home", south.home),
        ("verify", south.home),
        ("package", "outbox", "--json", "--home", south.home),
    )
    assert "as signed" in told
    [outbox] = next(json.loads(line) for line in told.splitlines() if line.startswith("[{"))
    assert outbox["receipted"] > 0


def meets(here, there, stick, aloud):
    """The command that notes a peer's keyring from the stick by the words heard."""
    return (
        "peer", there, "--title", there.title(), "--home", here.home,
        "--keyring", stick / f"{there}.keyring", "--fingerprint", aloud[there],
    )  # fmt: skip
