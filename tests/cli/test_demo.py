"""`repatria demo`: the whole story once, and one JSON object about it."""

import json
import shutil
import socket

import pytest

from exchange import copy_of
from repatria.cli import demo
from repatria.terms import PartyCode
from repatria.wiring.demonstrations import COST, is_demonstration
from repatria.wiring.installation import Installation
from repatria.wiring.keyfile import Cost, check_key_file
from repatria.wiring.passphrases import change_passphrase
from repatria.wiring.root_keys import Roots

pytestmark = pytest.mark.slow


def test_the_story_ends_with_the_figures_the_receipts_support(finished_exchange):
    told = json.loads(finished_exchange[1].out)
    assert told["held_before"] == [55, 2]
    assert (told["crossed"], told["receipts"], told["remaining_derived"]) == (34, 2, 23)
    assert told["verified"] == {"intermediary": True, "north": True, "south": True}
    assert set(told["roots"]) == {"intermediary", "north", "south"}
    assert all(len(bytes.fromhex(root)) == 32 for root in told["roots"].values())
    assert told["contradictions"]
    for found in told["contradictions"]:
        assert found["kind"]
        assert found["claims"]
    assert told["seconds"]["total"] == pytest.approx(
        sum(v for k, v in told["seconds"].items() if k != "total"), abs=0.01
    )


def test_the_demo_prints_one_json_object_and_nothing_else(finished_exchange):
    _, ended = finished_exchange
    assert ended.code == 0
    assert ended.out.count("\n") == 1
    assert isinstance(json.loads(ended.out), dict)
    for said in ("1. Three installations are made", "by both of 2 receipts: 34", "as signed"):
        assert said in ended.err


def test_a_story_that_does_not_verify_ends_with_one(
    finished_exchange, repatria, tmp_path, monkeypatch
):
    told = json.loads(finished_exchange[1].out)
    monkeypatch.setattr(demo, "run_demo", lambda *_: {**told, "verified": {"north": False}})
    assert repatria("demo", "--workspace", tmp_path / "demo", "--no-serve").code == 1


def test_the_demo_touches_no_folder_that_is_not_empty(repatria, tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    ended = repatria("demo", "--workspace", tmp_path, "--no-serve", "--json")
    assert (ended.code, ended.out) == (2, "")
    assert f"already there and not empty: {tmp_path}" in ended.err
    assert "to look at it again: repatria serve --home" in ended.err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_the_demo_tells_nothing_when_a_port_of_its_pages_is_taken(repatria, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        ended = repatria("demo", "--workspace", tmp_path / "demo", "--port", port)
    assert (ended.code, ended.out) == (2, "")
    assert f"port {port} is taken" in ended.err
    assert not (tmp_path / "demo").exists()


def test_what_costs_less_says_that_it_is_a_demonstration_and_no_longer_once_it_is_a_secret(
    finished_exchange, tmp_path
):
    workspace, _ = finished_exchange
    north = copy_of(workspace / "north", tmp_path / "north")
    real = Installation.create(
        tmp_path / "real",
        party=PartyCode("north"),
        title="North",
        passphrase="a passphrase that is one",
        roots=Roots.generate(count=1, threshold=1),
    )

    def cost_in(folder):
        return check_key_file(folder / "node.key").cost

    assert all(is_demonstration(workspace / party) for party in demo.SERVED)
    assert (cost_in(north), cost_in(real.folder)) == (COST, Cost())
    assert not is_demonstration(real.folder)
    change_passphrase(north / "node.key", demo.PASSWORD, "a passphrase that is one")
    assert cost_in(north) == Cost()


def test_one_changed_byte_on_the_stick_is_found(finished_exchange, repatria, tmp_path):
    workspace, _ = finished_exchange
    stick = copy_of(workspace / "stick", tmp_path / "stick")
    package = sorted(stick.glob("*.repatria"))[3]
    raw = bytearray(package.read_bytes())
    raw[len(raw) // 2] ^= 1
    package.write_bytes(raw)
    opens = ("--home", workspace / package.stem.rpartition("-to-")[2])
    assert repatria("verify", package, *opens).code == 1
    assert repatria("verify", package).code == 2  # sealed for another: nothing can be said
    shutil.copyfile(workspace / "stick" / package.name, package)
    assert repatria("verify", package, *opens).code == 0


def test_without_its_examples_the_demo_says_so(repatria, tmp_path, monkeypatch):
    monkeypatch.setattr(demo, "__file__", str(tmp_path / "a" / "b" / "c" / "demo.py"))
    with pytest.raises(FileNotFoundError, match="not installed"):
        demo.find_examples()
