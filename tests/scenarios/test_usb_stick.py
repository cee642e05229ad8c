"""Two parties, two checkouts of the program, one stick, and no network at all.

Everything is done by command, each in a process of its own that has no network
where the machine lets a process give it up.
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

    def __call__(self, *words):
        """The command's output; the test fails when it is refused."""
        command = "import sys; from repatria.cli.main import main; sys.argv[0] = 'repatria'; main()"
        ended = subprocess.run(
            [*self._start, command, *map(str, words)],
            check=False,
            capture_output=True,
            text=True,
            env=self._env,
        )
        assert ended.returncode == 0, ended.stderr
        return ended.stdout + ended.stderr


def test_two_checkouts_meet_exchange_a_list_and_receipt_it_by_stick(tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    north, south = Desk(tmp_path, "north"), Desk(tmp_path, "south")
    aloud = {}
    for desk in (north, south):
        told = desk("init", desk.home, "--party", desk.party, "--title", desk.party.title())
        aloud[desk.party] = told.partition("to be read aloud: ")[2].partition("\n")[0]
        shutil.copy(desk.home / f"{desk.party}.keyring", stick)
    for here, there in ((north, south), (south, north)):
        here(
            "peer", there.party, "--title", there.party.title(), "--home", here.home,
            "--keyring", stick / f"{there.party}.keyring", "--fingerprint", aloud[there.party],
        )  # fmt: skip
    (tmp_path / "list.csv").write_text(LIST, "utf-8")
    south("import", tmp_path / "list.csv", "--to", "north", "--home", south.home)

    south("package", "make", "--to", "north", "--out", stick / "1", "--home", south.home)
    assert b"Modelyan" not in (stick / "1").read_bytes()
    assert "south" in north("package", "open", stick / "1", "--home", north.home).lower()
    north("package", "accept", stick / "1", "--home", north.home)
    north("package", "make", "--to", "south", "--out", stick / "2", "--home", north.home)
    south("package", "accept", stick / "2", "--home", south.home)

    [outbox] = json.loads(south("package", "outbox", "--json", "--home", south.home))
    assert outbox["receipted"] > 0
    for desk in (north, south):
        assert "as signed" in desk("verify", desk.home)
