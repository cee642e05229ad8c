"""Promises, places and copies of bulletins, from the command line."""

import json

import pytest

from repatria.record.signed_bulletin import sign_bulletin
from repatria.wiring.installation import Installation

PROMISE = (
    "promise", "record", "north", "south", "--what", "deliver", "--words", "maps of two fields",
    "--source", "joint statement", "--amount", "2", "--unit", "maps", "--due", "2024-02",
)  # fmt: skip


def test_a_promise_is_recorded_signed_for_and_seen_to_be_overdue(repatria, home):
    made = repatria(*PROMISE, "--home", home).out.strip()
    known = ("--home", home)
    day = ("--on", "2024-02-01")

    signed = repatria("promise", "sign", made, "--side", "delivered", *day, "--amount", 2, *known)
    other = repatria("promise", "sign", made, "--side", "received", *day, "--amount", 2, *known)
    said = ("--speaker", "Office of South", "--via", "Agency A", "--says", "broken")
    told = repatria("promise", "told", made, *said, *day, *known)
    [row] = [
        json.loads(line) for line in repatria("promise", "list", "--json", *known).out.splitlines()
    ]

    assert signed.code == told.code == 0
    assert other.code == 1
    assert "receipt-of-another" in other.err
    assert (row["id"], row["state"], row["amount"]) == (made, "overdue", 2)
    assert row["told"][0]["says"] == "broken"
    assert "overdue: north to south" in repatria("promise", "list", *known).out


@pytest.mark.parametrize(
    "wrong",
    [
        ("--what", "conquer"),
        ("--due", "tomorrow"),
    ],
)
def test_a_promise_that_cannot_be_meant_is_a_wrong_call(repatria, home, wrong):
    assert repatria(*PROMISE, *wrong, "--home", home).code == 2


@pytest.mark.parametrize("command", ["sign", "told"])
@pytest.mark.parametrize("on", ["2024-02-01", "tomorrow"])
def test_a_side_a_verdict_and_a_day_have_to_be_known_words(repatria, home, command, on):
    word = "asleep" if on == "2024-02-01" else {"sign": "received", "told": "kept"}[command]
    more = (
        ("--side", word) if command == "sign" else ("--says", word, "--speaker", "a", "--via", "b")
    )

    ended = repatria("promise", command, "commitment:none", *more, "--on", on, "--home", home)

    assert ended.code == 2


def test_an_installation_without_promises_says_so(repatria, home):
    assert "no promise is recorded yet" in repatria("promise", "list", "--home", home).err


def test_a_place_is_put_on_the_map_or_refused(repatria, home):
    where = ("--longitude", "45.03", "--source", "Agency A", "--home", home)

    assert repatria("place", "The bridge", "--latitude", "41.2", *where).out.startswith(
        "place:north-"
    )
    assert "place-not-on-earth" in repatria("place", "The bridge", "--latitude", "141", *where).err


@pytest.fixture
def signed(home):
    """A bulletin that north signed, with a CSV file it names."""
    from hashlib import sha256

    table = b"measure,value\r\nheld,23\r\n"
    document = {
        "id": "bulletin:north-abc",
        "version": 1,
        "language": "en",
        "by": "north",
        "issued_at": "2030-03-01T08:00:00Z",
        "said": {"title": "Held: 23"},
        "figures": [],
        "files": {"csv": sha256(table).hexdigest()},
        "reason": "",
        "previous": "",
    }
    return sign_bulletin(document, Installation.at(home).node().signing), table


def test_a_copy_is_checked_with_the_keyring_alone(repatria, home, signed, tmp_path):
    bulletin, table = signed
    ring = ("--keyring", home / "north.keyring")
    good, bad, csv = (tmp_path / name for name in ("good.json", "bad.json", "copy.csv"))
    good.write_text(bulletin.text, "utf-8")
    bad.write_text(bulletin.text.replace("23", "24"), "utf-8")
    csv.write_bytes(table)

    whole = repatria("check-bulletin", good, *ring)
    changed = repatria("check-bulletin", bad, *ring)
    copied = repatria("check-bulletin", csv, "--signed", good, *ring)
    csv.write_bytes(table.replace(b"23", b"24"))
    forged = repatria("check-bulletin", csv, "--signed", good, *ring)

    assert (whole.code, copied.code) == (0, 0)
    assert "as signed by north: bulletin:north-abc, version 1, en" in " ".join(whole.out.split())
    assert (changed.code, forged.code) == (1, 1)
    assert "bulletin-not-as-signed" in changed.err
    assert "copy-not-as-published" in forged.err
