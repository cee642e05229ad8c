"""Packages by command: made, looked at, taken in, refused, taken back; and forks."""

import json
import shutil
from pathlib import Path

import pytest

from conftest import forget
from repatria.ledger.fork import read_evidence
from repatria.operations.access import introduce_peer
from repatria.operations.packages import send_package
from statements import noted
from two_stories import copied


@pytest.fixture
def met(north, south, acquaint):
    """North and south, who know each other; north has something to say."""
    acquaint(north, south)
    with north.open():
        north.log().append([noted(1), noted(2, audience=("north", "intermediary"))])
    return north, south


@pytest.fixture
def carry(repatria):
    """A function that makes a package by command and drops it into the other's inbox."""

    def bring(sender, receiver, *options):
        made = repatria(
            "package", "make", "--to", receiver.party, "--home", sender.folder, "--json", *options
        )
        assert made.code == 0, made.err
        told = json.loads(made.out)
        path = receiver.folder / "inbox" / "from-a-stick.repatria"
        return Path(shutil.copy(told["file"], path)), told

    return bring


def waiting(repatria, installation):
    """What the inbox says."""
    ended = repatria("package", "inbox", "--json", "--home", installation.folder)
    assert ended.code == 0
    return json.loads(ended.out)


def test_a_package_is_made_into_the_outbox_and_said_to_be_there(repatria, met):
    north, _ = met
    ended = repatria("package", "make", "--to", "south", "--home", north.folder)
    [path] = (north.folder / "outbox").iterdir()

    assert ended.code == 0
    assert ended.out.strip() == str(path)
    assert path.name.startswith("north-to-south-")
    assert path.stat().st_mode & 0o077 == 0
    assert "4 statements, 1 of them readable for its recipient" in ended.err


def test_a_small_package_is_also_a_qr_code_and_a_large_one_says_that_it_is_not(
    repatria, met, tmp_path
):
    north, _ = met
    small, large = tmp_path / "small.svg", tmp_path / "large.svg"
    call = ("package", "make", "--to", "south", "--home", north.folder)

    assert repatria(*call, "--qr", small).code == 0
    with north.open():
        north.log().append([noted(n) for n in range(10, 400)])
    ended = repatria(*call, "--qr", large)

    assert small.read_text().startswith("<svg")
    assert (ended.code, large.exists()) == (1, False)
    assert "too much for one QR code" in ended.err
    assert ended.out.strip().endswith(".repatria")


def test_a_day_that_is_none_and_a_log_given_back_to_two_are_wrong_calls(repatria, met, head):
    north, _ = met
    before = head(north.folder)
    call = ("package", "make", "--to", "south", "--home", north.folder)

    assert repatria(*call, "--until", "soon").code == 2
    assert repatria(*call, "--to", "intermediary", "--return-log").code == 2
    assert head(north.folder) == before


def test_opening_says_what_it_would_bring_and_writes_nothing(repatria, met, carry, head, tmp_path):
    north, south = met
    path, _ = carry(north, south)
    before = head(south.folder)

    told = json.loads(repatria("package", "open", path, "--json", "--home", south.folder).out)
    in_words = repatria(
        "package", "open", path, "--home", south.folder, "--inside", tmp_path / "inside"
    )

    assert told["state"] == "waiting"
    assert (told["sender"], told["proven"], told["recipients"]) == ("north", True, ["south"])
    assert told["fingerprint"] == north.keyring.fingerprint
    assert (told["new"], told["new_readable"], told["withheld"]) == (4, 1, 3)
    assert told["kinds"] == [{"kind": "custody.noted", "total": 1, "new": 1}]
    assert in_words.code == 0
    assert "withheld from us" in in_words.out
    assert (tmp_path / "inside").read_bytes().startswith(b"repatria-package/2 north\n")
    assert head(south.folder) == before


def test_what_is_accepted_is_taken_in_and_its_file_is_removed(repatria, met, carry):
    north, south = met
    path, told = carry(north, south)

    ended = repatria("package", "accept", told["digest"][:12], "--home", south.folder)

    assert ended.code == 0
    assert "4 new statements, 1 readable" in ended.err
    assert "removed from the inbox" in ended.err
    assert waiting(repatria, south) == []
    shutil.copy(told["file"], path)
    assert [w["state"] for w in waiting(repatria, south)] == ["taken_in"]
    assert repatria("package", "remove", told["digest"][:12], "--home", south.folder).code == 0
    assert waiting(repatria, south) == []


def test_a_file_on_a_stick_is_taken_in_and_left_there(repatria, met, carry, tmp_path):
    north, south = met
    path, _ = carry(north, south)
    stick = shutil.move(path, tmp_path / "p.repatria")

    ended = repatria("package", "accept", stick, "--home", south.folder)

    assert ended.code == 0
    assert "left where it is" in ended.err
    assert (tmp_path / "p.repatria").exists()


def test_a_refused_package_stays_with_its_reason_and_can_still_be_taken_in(repatria, met, carry):
    north, south = met
    _, told = carry(north, south)
    call = ("package", "refuse", told["digest"][:12], "--home", south.folder, "--reason")

    nothing = repatria(*call, " ")
    ended = repatria(*call, "the list was to come by the intermediary")

    assert (nothing.code, ended.code) == (1, 0)
    assert "reason-missing" in nothing.err
    [seen] = waiting(repatria, south)
    assert (seen["state"], seen["reason"]) == (
        "refused",
        "the list was to come by the intermediary",
    )
    assert repatria("package", "accept", told["digest"], "--home", south.folder).code == 0


def test_a_package_that_begins_too_late_says_what_to_ask_for(repatria, met, carry, tmp_path):
    north, south = met
    set_back = copied(south, tmp_path / "south-set-back")
    _, first = carry(north, south)
    repatria("package", "accept", first["digest"], "--home", south.folder)
    _, answer = carry(south, north)
    repatria("package", "accept", answer["digest"], "--home", north.folder)
    later, _ = carry(north, south)

    ended = repatria("package", "open", later, "--home", set_back.folder)
    taken = repatria("package", "accept", later, "--home", set_back.folder)
    forget(set_back.alias)

    assert (ended.code, taken.code) == (1, 1)
    assert "ask north for one that begins earlier" in ended.out
    assert "package-gap" in taken.err


def test_what_was_taken_back_is_not_taken_in(repatria, met, carry):
    north, south = met
    kept, first = carry(north, south)
    shutil.move(kept, south.folder / "kept")

    ended = repatria(
        "package", "revoke", first["digest"], "--reason", "wrong list", "--home", north.folder
    )
    _, second = carry(north, south)
    assert repatria("package", "accept", second["digest"], "--home", south.folder).code == 0
    # The same moment, another file: only what the next package brought tells them apart.
    shutil.move(south.folder / "kept", south.folder / "inbox" / "kept.repatria")

    assert ended.code == 0
    [seen] = waiting(repatria, south)
    assert seen["state"] == "nothing_new"
    stranger = repatria("package", "revoke", "f" * 64, "--reason", "x", "--home", north.folder)
    assert stranger.code == 1
    sent = json.loads(repatria("package", "outbox", "--json", "--home", north.folder).out)[0]
    assert [p["state"] for p in sent["packages"]] == ["under_way", "revoked"]


def test_a_package_past_its_moment_is_too_late(repatria, met, carry):
    north, south = met
    carry(north, south, "--until", "2020-01-01")

    [seen] = waiting(repatria, south)

    assert seen["state"] == "expired"
    ended = repatria("package", "accept", seen["digest"], "--home", south.folder)
    assert (ended.code, "package-expired" in ended.err) == (1, True)


def test_a_damaged_file_is_named_kept_and_never_removed(repatria, met, carry):
    north, south = met
    path, _ = carry(north, south)
    raw = bytearray(path.read_bytes())
    raw[-100] ^= 1
    path.write_bytes(raw)

    [seen] = waiting(repatria, south)
    removed = repatria("package", "remove", seen["digest"], "--home", south.folder)
    refused = repatria(
        "package", "refuse", seen["digest"], "--reason", "damaged", "--home", south.folder
    )

    assert (seen["state"], seen["code"]) == ("damaged", "seal-broken")
    assert (removed.code, refused.code) == (1, 1)
    assert "package-still-needed" in removed.err
    assert "package-sender-unknown" in refused.err
    assert [w["state"] for w in waiting(repatria, south)] == ["damaged"]


def test_garbage_and_links_in_the_inbox_are_not_followed(repatria, met, tmp_path):
    _, south = met
    secret = tmp_path / "secret.repatria"
    secret.write_bytes(b"something of somebody else")
    (south.folder / "inbox" / "link.repatria").symlink_to(secret)
    (south.folder / "inbox" / "garbage.repatria").write_bytes(b"nothing")

    [seen] = waiting(repatria, south)

    assert (seen["file"], seen["state"], seen["code"]) == (
        "garbage.repatria",
        "damaged",
        "not-a-package",
    )
    assert repatria("package", "remove", seen["digest"], "--home", south.folder).code == 1
    assert repatria("package", "accept", "../../secret", "--home", south.folder).code == 1


def test_the_outbox_says_how_far_each_peer_has_come(repatria, met, carry):
    north, south = met
    before = repatria("package", "outbox", "--home", north.folder)
    _, told = carry(north, south)
    repatria("package", "accept", told["digest"], "--home", south.folder)
    _, answer = carry(south, north)
    repatria("package", "accept", answer["digest"], "--home", north.folder)

    [after] = json.loads(repatria("package", "outbox", "--json", "--home", north.folder).out)

    assert "no word yet" in before.out
    assert after["receipted"] == told["statements"]
    assert after["behind"] == after["size"] - after["receipted"]
    assert after["packages"][0]["state"] == "receipted"
    assert after["heard_at"] is not None


def test_a_log_given_back_is_said_and_heals_nothing(repatria, met, carry, head):
    north, south = met
    _, told = carry(north, south)
    repatria("package", "accept", told["digest"], "--home", south.folder)
    carry(south, north, "--return-log")

    [seen] = waiting(repatria, north)
    before = head(north.folder)[0]
    ended = repatria("package", "accept", seen["digest"], "--home", north.folder)

    assert seen["returned"] == told["statements"]
    assert "repatria heal" in ended.err
    assert head(north.folder)[0] == before + 2


@pytest.fixture
def forked(repatria, met, carry, tmp_path):
    """South holds one story of north's; the package with the other waits in its inbox."""
    north, south = met
    twin = copied(north, tmp_path / "twin")
    for here, number in ((north, 7), (twin, 8)):
        with here.open():
            here.log().append([noted(number)])
    _, told = carry(north, south)
    repatria("package", "accept", told["digest"], "--home", south.folder)
    carry(twin, south)
    yield north, south
    forget(twin.alias)


def test_a_fork_is_seen_noted_shown_and_checked_with_keys_alone(repatria, forked, tmp_path):
    north, south = forked
    home = ("--home", south.folder)
    [seen] = waiting(repatria, south)
    looked = repatria("package", "open", south.folder / "inbox" / "from-a-stick.repatria", *home)
    nothing_yet = repatria("package", "fork", "show", *home)

    ended = repatria("package", "accept", seen["digest"], *home)
    shown = repatria("package", "fork", "show", "north", *home)
    file, picture = tmp_path / "north.fork", tmp_path / "north.svg"
    exported = repatria("package", "fork", "export", "north", file, "--qr", picture, *home)

    assert (seen["state"], looked.code, ended.code) == ("fork", 1, 1)
    assert "no log is frozen" in nothing_yet.err
    assert "it is frozen now" in ended.err
    assert "north told two stories" in shown.out
    assert exported.code == 0
    assert picture.read_text().startswith("<svg")
    assert len(file.read_bytes()) < 1024
    assert read_evidence(file.read_bytes(), north.keyring)
    [after] = waiting(repatria, south)
    assert after["state"] == "frozen"

    keyring = north.folder / "north.keyring"
    by_ring = repatria("package", "fork", "check", file, "--keyring", keyring)
    by_key = repatria("package", "fork", "check", file, "--key", north.public_key.text, "--json")
    wrong = repatria("package", "fork", "check", file, "--key", south.public_key.text)

    assert (by_ring.code, by_key.code, wrong.code) == (0, 0, 1)
    assert "SHOWN" in by_ring.out
    assert json.loads(by_key.out)["holds"] is True
    assert "nothing is shown against anybody" in wrong.err
    assert repatria("package", "fork", "check", file).code == 2
    assert repatria("package", "fork", "export", "south", tmp_path / "x", *home).code == 1


def test_a_stranger_and_another_partys_package_are_said_to_be_so(
    repatria, met, make_installation, desk
):
    _, south = met
    stranger = make_installation("intermediary")
    with stranger.open():
        introduce_peer(desk(stranger), party=south.party, title="South", keyring=south.keyring)
        made = send_package(desk(stranger), to=south.party)
    (south.folder / "inbox" / "s.repatria").write_bytes(made.raw)

    [seen] = waiting(repatria, south)

    assert (seen["state"], seen["proven"]) == ("stranger", False)
