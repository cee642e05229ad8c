"""`repatria round`: from opening to revealing, by command, in three installations."""

import json

import pytest

from repatria.operations.access import introduce_peer
from repatria.operations.packages import send_package
from repatria.operations.receiving import take_in_package
from repatria.terms import Role

NORTH = "No;Name;Date of birth\n1;Aram Modelyan;1990\n2;Levon Testyan;1991\n"
SOUTH = "No;Name;Date of birth\n1;Ramin Sinagov;1996\n"
WALKS_AWAY = "the last to reveal can walk away"


@pytest.fixture
def three(make_installation, tmp_path):
    """Three installations that know each other, and the list files of two."""
    made = {party: make_installation(party) for party in ("north", "south", "intermediary")}
    for here in made.values():
        for there in made.values():
            if here is not there:
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


def carry(sender, *recipients):
    for recipient in recipients:
        with sender.open():
            desk = sender.desk("clerk", Role.REGISTRAR)
            raw = send_package(desk, to=recipient.party).raw
        with recipient.open():
            take_in_package(recipient.desk("clerk", Role.REGISTRAR), raw)


def opened(repatria, here, *options):
    ended = repatria(
        "round", "open", "February", "--party", "north", "--party", "south", *options,
        "--home", here.folder,
    )  # fmt: skip
    assert ended.code == 0
    return ended.out.strip(), ended.err


def test_a_round_through_the_intermediary_by_command(repatria, three, tmp_path):
    north, south, neutral = three.values()
    round_id, said = opened(repatria, neutral)
    assert WALKS_AWAY not in said
    carry(neutral, north, south)
    for here, name in ((north, "north"), (south, "south")):
        ended = repatria(
            "round", "commit", round_id, "--file", tmp_path / f"{name}.csv", "--home", here.folder
        )
        assert ended.code == 0
        assert "committed to a list of" in ended.err
    early = repatria("round", "reveal", round_id, "--home", neutral.folder)
    assert early.code == 1
    assert "refused: not-both-committed" in early.err
    carry(north, south, neutral)
    carry(south, north, neutral)

    assert repatria("round", "confirm", round_id, "--home", neutral.folder).code == 0
    assert repatria("round", "reveal", round_id, "--home", neutral.folder).code == 0
    again = repatria("round", "reveal", round_id, "--home", neutral.folder)
    assert "nothing was written" in again.err
    carry(neutral, north, south)
    shown = repatria("round", "show", round_id, "--json", "--home", south.folder)
    told = json.loads(shown.out)
    assert told["findings"] == []
    assert [(p["party"], p["opened"], p["done"]) for p in told["parties"]] == [
        ("north", 64, True),
        ("south", 64, True),
    ]
    assert "Modelyan" not in shown.out + shown.err
    plain = repatria("round", "show", "--home", south.folder)
    assert "the intermediary holds both lists" in plain.err


def test_with_nobody_between_each_command_says_what_nothing_can_prevent(repatria, three, tmp_path):
    north, south, _ = three.values()
    round_id, said = opened(repatria, north, "--alone", "--step", "8")
    assert WALKS_AWAY in said
    carry(north, south)
    for here, name in ((north, "north"), (south, "south")):
        ended = repatria(
            "round", "commit", round_id, "--file", tmp_path / f"{name}.csv", "--home", here.folder
        )
        assert WALKS_AWAY in ended.err
    again = repatria(
        "round", "commit", round_id, "--file", tmp_path / "north.csv", "--home", north.folder
    )
    assert "nothing was written" in again.err
    changed = repatria(
        "round", "commit", round_id, "--file", tmp_path / "south.csv",
        "--amend", "freed", "--home", north.folder,
    )  # fmt: skip
    assert changed.code == 0
    carry(south, north)
    carry(north, south)
    revealed = repatria("round", "reveal", round_id, "--home", north.folder)
    assert WALKS_AWAY in revealed.err
    assert "north: 8 slots opened as committed" in revealed.err
    twice = repatria("round", "reveal", round_id, "--home", north.folder)
    assert (twice.code, "not-your-turn" in twice.err) == (1, True)
    assert WALKS_AWAY in repatria("round", "show", "--home", north.folder).err
    [told] = json.loads(repatria("round", "show", "--json", "--home", north.folder).out)
    assert told["promised"] == "attribution only"
    assert told["parties"][0]["amended"] == 1


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (("commit", "round:north-a"), "say which list"),
        (("commit", "round:north-a", "--list", "list:a", "--file", "a.csv"), "say which list"),
        (("reveal", "round:north-a", "--pair", "3"), "a pair is two slots"),
        (("open", "x", "--party", "north.medical", "--party", "south"), "the code of a party"),
    ],
)
def test_a_wrong_call_says_what_to_write(repatria, three, call, says):
    ended = repatria("round", *call, "--home", three["north"].folder)

    assert ended.code == 2
    assert says in ended.err


def test_where_there_is_no_round_it_says_what_comes_next(repatria, three):
    home = three["north"].folder
    assert "open one with" in repatria("round", "show", "--home", home).err
    missing = repatria("round", "show", "round:north-a", "--home", home)
    assert (missing.code, "round-unknown" in missing.err) == (1, True)
