"""Ceremonies by command: root keys born apart, keyrings signed offline, a first meeting."""

import json
import shutil
import stat

import pytest

from conftest import CHEAP, PASSPHRASE, forget
from repatria.terms import PartyCode
from repatria.wiring.installation import Installation
from repatria.wiring.root_keys import Roots
from repatria.wiring.verification import verify_path

PARTIES = ("north", "south", "intermediary")


@pytest.fixture
def offline(tmp_path):
    """A machine with no installation: a folder."""
    folder = tmp_path / "offline"
    folder.mkdir()
    return folder


@pytest.fixture
def founded(tmp_path, empty_sqlite):
    """North with three root keys on sticks, of which two decide; opening any key is cheap."""
    folder, roots = tmp_path / "made", Roots.generate(count=3, threshold=2)
    folder.mkdir()
    shutil.copyfile(empty_sqlite, folder / "ledger.sqlite3")
    rest = {"passphrase": PASSPHRASE, "cost": CHEAP}
    sticks = roots.write(tmp_path / "sticks", party=PartyCode("north"), **rest)
    made = Installation.create(
        folder,
        party=PartyCode("north"),
        title="Commission of North",
        roots=roots,
        tables_ready=True,
        **rest,
    )
    yield folder, sticks
    forget(made.alias)


def holds(folder):
    [report] = verify_path(folder)
    return [str(fault) for fault in report.faults] == []


def test_a_rotation_is_proposed_signed_by_two_on_an_offline_machine_and_adopted(
    repatria, founded, offline
):
    folder, sticks = founded
    coming, known = offline / "next.keyring", offline / "north.keyring"
    before = Installation.at(folder).public_key
    assert repatria("keyring", "propose", "--out", coming, "--slack", 5, "--home", folder).code == 0
    known.write_bytes((folder / "north.keyring").read_bytes())
    assert repatria("keyring", "adopt", coming, "--home", folder).code == 1

    first = repatria("keyring", "sign", coming, "--root", sticks[0], "--known", known)
    assert repatria("keyring", "adopt", coming, "--home", folder).code == 1
    second = repatria("keyring", "sign", coming, "--root", sticks[2], "--known", known)
    adopted = repatria("keyring", "adopt", coming, "--home", folder)

    assert (first.code, second.code, adopted.code) == (0, 0, 0)
    assert "Node key ADDED: node-2" in first.err
    assert "Node key CHANGED: node-1: signs entries 1 to 6 and none after" in first.err
    assert "still needed: 1 of the root keys now in force and 1" in first.err
    assert "signed by enough root keys" in second.err
    assert "node-2 signs from now on" in adopted.err
    assert Installation.at(folder).public_key != before
    assert holds(folder)


def test_the_words_come_before_the_passphrase(repatria, founded, offline, monkeypatch):
    folder, sticks = founded
    coming = offline / "next.keyring"
    repatria("keyring", "propose", "--out", coming, "--home", folder)
    text = coming.read_text("utf-8")
    monkeypatch.delenv("REPATRIA_PASSPHRASE")

    ended = repatria("keyring", "sign", coming, "--root", sticks[0])

    assert ended.code == 2
    assert ended.err.index("Node key node-2") < ended.err.index("the passphrase for")
    assert "nothing to compare it with" in ended.err
    assert coming.read_text("utf-8") == text


def test_a_keyring_that_may_not_follow_the_known_one_is_not_signed(repatria, founded, offline):
    folder, sticks = founded
    coming, known = offline / "next.keyring", folder / "north.keyring"
    repatria("keyring", "propose", "--out", coming, "--home", folder)
    for stick in sticks[:2]:
        repatria("keyring", "sign", coming, "--root", stick, "--known", known)
    repatria("keyring", "adopt", coming, "--home", folder)
    text = coming.read_text("utf-8")

    again = repatria("keyring", "sign", coming, "--root", sticks[2], "--known", known)

    assert again.code == 1
    assert "keyring-rolled-back" in again.err
    assert coming.read_text("utf-8") == text


def test_a_root_key_without_a_say_signs_nothing(repatria, founded, offline):
    folder, _ = founded
    coming, strange = offline / "next.keyring", offline / "strange.key"
    repatria("root", "new", "--out", strange, "--party", "north")
    repatria("keyring", "propose", "--out", coming, "--home", folder)
    text = coming.read_text("utf-8")

    ended = repatria("keyring", "sign", coming, "--root", strange)

    assert ended.code == 1
    assert "has no say" in ended.err
    assert coming.read_text("utf-8") == text


def test_root_keys_born_apart_replace_those_of_the_founding(repatria, founded, offline):
    folder, sticks = founded
    coming, known = offline / "next.keyring", folder / "north.keyring"
    born = [offline / f"stick-{n}" / "root.key" for n in range(3)]
    publics = [
        repatria("root", "new", "--out", path, "--party", "north").out.strip() for path in born
    ]
    former = json.loads(repatria("keyring", "show", "--home", folder, "--json").out)["roots"]
    add = [token for public in publics for token in ("--add-root", public)]
    drop = [token for each in former for token in ("--drop-root", each)]

    proposed = repatria("keyring", "propose", "--out", coming, *add, *drop, "--home", folder)
    for stick in (*sticks[:2], *born[1:]):
        signed = repatria("keyring", "sign", coming, "--root", stick, "--known", known)
        assert signed.code == 0
    adopted = repatria("keyring", "adopt", coming, "--home", folder)

    assert (proposed.code, adopted.code) == (0, 0)
    assert proposed.err.count("Root key ADDED") == proposed.err.count("Root key DROPPED") == 3
    assert "The fingerprint people know changes to" in proposed.err
    shown = json.loads(repatria("keyring", "show", "--home", folder, "--json").out)
    assert set(shown["roots"]).isdisjoint(former)
    assert (shown["threshold"], shown["version"], len(shown["nodes"])) == (2, 2, 1)
    assert {stat.S_IMODE(path.stat().st_mode) for path in born} == {0o600}
    assert holds(folder)


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("--revoke", "node-7"), 1, "keyring-no-such-node"),
        (("--revoke", "node-1", "--at", 0), 1, "keyring-ends-before-log"),
        (("--drop-root", "ffffffff"), 1, "keyring-no-such-root"),
        (("--drop-root", ""), 1, "keyring-no-such-root"),
        (("--threshold", 4), 1, "keyring-threshold-impossible"),
        (("--threshold", 0), 1, "keyring-threshold-impossible"),
        (("--threshold", 2), 1, "keyring-changes-nothing"),
        (("--add-root", "nonsense"), 2, "--add-root takes"),
        (("--slack", -1), 2, "no less than zero"),
    ],
)
def test_what_cannot_be_is_not_proposed(options, code, said, repatria, founded, offline):
    ended = repatria("keyring", "propose", "--out", offline / "k", *options, "--home", founded[0])

    assert ended.code == code
    assert said in ended.err
    assert not (offline / "k").exists()
    assert not (founded[0] / "node-next.key").exists()


def test_a_root_key_that_is_known_already_is_not_added(repatria, founded, offline):
    folder, _ = founded
    known = Installation.at(folder).keyring.roots[0].text

    ended = repatria(
        "keyring", "propose", "--out", offline / "k", "--add-root", known, "--home", folder
    )

    assert ended.code == 1
    assert "keyring-root-known-already" in ended.err


def test_a_keyring_is_shown_in_digits_words_and_a_picture(repatria, home, tmp_path):
    ring = Installation.at(home).keyring

    shown = repatria("keyring", "show", home / "north.keyring", "--qr", tmp_path / "north.svg")

    assert shown.code == 0
    assert ring.fingerprint in shown.out
    assert "in words:" in shown.out
    assert "node-1" in shown.out
    assert (tmp_path / "north.svg").read_text("utf-8").startswith("<svg")


def test_a_root_key_is_never_written_over(repatria, offline):
    path = offline / "root.key"
    assert repatria("root", "new", "--out", path, "--party", "north").code == 0
    raw = path.read_bytes()

    assert repatria("root", "new", "--out", path, "--party", "north").code == 2
    assert repatria("root", "new", "--out", offline / "b", "--party", "два").code == 2
    assert path.read_bytes() == raw


@pytest.fixture
def at_the_meeting(make_installation):
    """The folders of three installations that never met."""
    return {party: make_installation(party).folder for party in PARTIES}


def made(repatria, folders, out, *parties):
    options = []
    for party in parties:
        options += ["--keyring", folders[party] / f"{party}.keyring"]
        options += ["--title", f"Office of {party}"]
    return repatria("peers", "make", *options, "--out", out)


def test_a_meeting_introduces_everybody_to_everybody(repatria, at_the_meeting, offline):
    paper = offline / "meeting.peers"
    assert made(repatria, at_the_meeting, paper, *PARTIES).code == 0
    for party in PARTIES:
        early = repatria("peers", "adopt", paper, "--home", at_the_meeting[party])
        assert early.code == 1
        assert "peers-not-signed" in early.err
        signed = repatria("peers", "sign", paper, "--compared", "--home", at_the_meeting[party])
        assert signed.code == 0
        assert signed.out.count("in words:") == 3

    ended = [repatria("peers", "adopt", paper, "--home", at_the_meeting[p]) for p in PARTIES]
    again = repatria("peers", "adopt", paper, "--home", at_the_meeting["north"])

    assert [each.code for each in ended] == [0, 0, 0]
    assert "introduced: intermediary, south" in ended[0].err
    assert "known already" in again.err
    assert all(holds(folder) for folder in at_the_meeting.values())
    assert "has not signed" not in repatria("peers", "show", paper).out


def test_nobody_signs_a_meeting_without_saying_that_it_was_compared(
    repatria, at_the_meeting, offline
):
    paper = offline / "meeting.peers"
    made(repatria, at_the_meeting, paper, *PARTIES)
    text = paper.read_text("utf-8")

    ended = repatria("peers", "sign", paper, "--home", at_the_meeting["north"])

    assert ended.code == 1
    assert "NOT SIGNED" in ended.err
    assert paper.read_text("utf-8") == text


def test_a_meeting_without_us_is_not_ours_to_sign(repatria, at_the_meeting, offline):
    paper = offline / "meeting.peers"
    made(repatria, at_the_meeting, paper, "south", "intermediary")

    ended = repatria("peers", "sign", paper, "--compared", "--home", at_the_meeting["north"])

    assert ended.code == 1
    assert "peers-without-us" in ended.err


def test_a_wrong_call_about_a_meeting_ends_with_two(repatria, at_the_meeting, offline):
    paper = offline / "meeting.peers"

    assert made(repatria, at_the_meeting, paper, "north").code == 2
    assert made(repatria, at_the_meeting, paper, "north", "north").code == 2
    keyring = at_the_meeting["north"] / "north.keyring"
    assert repatria("peers", "make", "--keyring", keyring, "--title", "a", "--title", "b",
                    "--out", paper).code == 2  # fmt: skip
    assert not paper.exists()
