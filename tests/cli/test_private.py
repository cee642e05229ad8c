"""`repatria private`: four files between two installations."""

import json
import os
import sys
from pathlib import Path

import pytest

from repatria.linkage.private import group
from repatria.operations.access import introduce_peer
from repatria.operations.packages import send_package
from repatria.operations.receiving import take_in_package
from repatria.terms import Role
from repatria.wiring.private_runs import load_library

NORTH = "No;Name;Date of birth\n1;Aram Modelyan;02.05.1990\n2;Levon Testyan;1991\n"
SOUTH = "No;Name;Date of birth\n1;Арам Модельян;02.05.1990\n2;Ramin Sinagov;1996\n"


def carry(sender, recipient):
    with sender.open():
        raw = send_package(sender.desk("clerk", Role.REGISTRAR), to=recipient.party).raw
    with recipient.open():
        take_in_package(recipient.desk("clerk", Role.REGISTRAR), raw)


@pytest.fixture
def two(make_installation, tmp_path):
    made = [make_installation(party) for party in ("north", "south")]
    for here, there in (made, made[::-1]):
        with here.open():
            introduce_peer(
                here.desk("clerk", Role.REGISTRAR),
                party=there.party,
                title=there.title,
                keyring=there.keyring,
            )
    (tmp_path / "north.csv").write_text(NORTH, "utf-8")
    (tmp_path / "south.csv").write_text(SOUTH, "utf-8")
    return made


@pytest.fixture
def committed(repatria, two, tmp_path):
    north, south = two
    ended = repatria(
        "round", "open", "February", "--party", "north", "--party", "south", "--private",
        "--home", north.folder,
    )  # fmt: skip
    assert ended.code == 0
    assert "walk away" not in ended.err
    round_id = ended.out.strip()
    carry(north, south)
    for here in two:
        file = tmp_path / f"{here.party}.csv"
        said = repatria("round", "commit", round_id, "--file", file, "--home", here.folder)
        assert (said.code, "walk away" in said.err) == (0, False)
    carry(north, south)
    carry(south, north)
    return round_id


def test_two_installations_find_whom_both_lists_name(repatria, two, committed, tmp_path):
    pytest.importorskip("rbcl", reason="the optional extra `private` (rbcl) is not installed")
    north, south = two
    files = [tmp_path / f"{n}.private" for n in range(1, 5)]
    offered = repatria("private", "offer", committed, "--out", files[0], "--home", north.folder)
    assert (offered.code, "what the other learns" in offered.err) == (0, True)
    replied = repatria(
        "private", "reply", committed, files[0], "--out", files[1], "--home", south.folder
    )
    assert (replied.code, "learns first" in replied.err) == (0, True)
    finished = repatria(
        "private", "finish", committed, files[1], "--out", files[2], "--home", north.folder
    )
    assert "Aram Modelyan, 1990-05-02  <->  number" in finished.out
    assert "Модельян" not in finished.out
    opened = repatria(
        "private", "open", committed, files[2], "--out", files[3], "--json", "--home", south.folder
    )
    told = json.loads(opened.out)
    assert told["disclosed"] == 1
    assert told["pairs"][0]["our_entry"] == "Арам Модельян, 1990-05-02"
    assert told["pairs"][0]["their_entry"] == "Aram Modelyan, 1990-05-02"
    checked = repatria("private", "check", committed, files[3], "--home", north.folder)
    assert "= Арам Модельян, 1990-05-02, as committed" in checked.out
    assert "Sinagov" not in checked.out + finished.out
    assert "Levon" not in opened.out

    for path in files:
        assert b"Modelyan" not in path.read_bytes()
    for here in two:
        kept = [p for p in (here.folder / "private").rglob("*") if p.is_file()]
        assert {p.name for p in kept} == {"secret", "offer", "answer", "conclusion", "opened"}
        assert {p.stat().st_mode & 0o777 for p in kept} == {0o600}
        assert all(p.read_bytes().startswith(b"age-encryption.org/v1") for p in kept)


def test_a_file_that_is_there_is_not_written_over(repatria, two, committed, tmp_path):
    pytest.importorskip("rbcl", reason="the optional extra `private` (rbcl) is not installed")
    there = tmp_path / "there.private"
    there.write_text("mine")
    ended = repatria("private", "offer", committed, "--out", there, "--home", two[0].folder)

    assert (ended.code, there.read_text()) == (2, "mine")


def test_what_is_no_message_is_refused_with_a_code(repatria, two, committed, tmp_path):
    pytest.importorskip("rbcl", reason="the optional extra `private` (rbcl) is not installed")
    ended = repatria(
        "private", "reply", committed, tmp_path / "north.csv", "--out", tmp_path / "x",
        "--home", two[1].folder,
    )  # fmt: skip

    assert ended.code == 1
    assert "not as signed: private message: seal-broken" in ended.err


def test_the_library_leaves_no_copy_of_itself_behind():
    pytest.importorskip("rbcl", reason="the optional extra `private` (rbcl) is not installed")

    load_library()

    left = Path(sys.modules["rbcl._sodium"].lib_path)
    assert os.name != "posix" or not left.exists()


def test_without_the_library_one_line_says_how_to_install_it(
    repatria, two, committed, tmp_path, monkeypatch
):
    monkeypatch.setitem(sys.modules, "rbcl", None)
    group._sodium.cache_clear()
    try:
        ended = repatria(
            "private", "offer", committed, "--out", tmp_path / "x", "--home", two[0].folder
        )
    finally:
        group._sodium.cache_clear()

    assert ended.code == 1
    assert "pip install 'repatria[private]'" in ended.err


def test_matched_and_private_exclude_each_other(repatria, two):
    ended = repatria(
        "round", "open", "x", "--party", "north", "--party", "south", "--private", "--matched",
        "--home", two[0].folder,
    )  # fmt: skip

    assert (ended.code, "choose one" in ended.err) == (2, True)
