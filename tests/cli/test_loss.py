"""`backup`, `restore`, `heal`, `passphrase`: what a tired operator types, and what is said."""

import json

import pytest

from conftest import PASSPHRASE, forget
from repatria.operations.access import introduce_peer
from repatria.operations.packages import return_log, send_package
from repatria.operations.receiving import take_in_package
from repatria.terms import IntegrityError, PartyCode, Role
from repatria.wiring.installation import Installation
from repatria.wiring.keyfile import WrongPassphraseError, read_key_file
from statements import noted

NORTH = PartyCode("north")
NEW = "another passphrase altogether"


@pytest.fixture
def clerk():
    """A function that gives a desk in an installation that is open."""
    return lambda installation: installation.desk("clerk", Role.REGISTRAR)


@pytest.fixture
def peers(make_installation, clerk):
    """North and south, who know each other."""
    north, south = make_installation("north"), make_installation("south")
    for here, there in ((north, south), (south, north)):
        with here.open():
            introduce_peer(clerk(here), party=there.party, title=there.title, keyring=there.keyring)
    return north, south


@pytest.fixture
def lost(peers, clerk, repatria, tmp_path):
    """A backup of north, and the package in which south gives back what was said since."""
    north, south = peers
    out = tmp_path / "north.backup"
    assert repatria("backup", "--home", north.folder, "--out", out).code == 0
    with north.open():
        clerk(north).log.append([noted(n) for n in range(4)])
        raw = send_package(clerk(north), to=south.party).raw
    with south.open():
        take_in_package(clerk(south), raw)
        back = return_log(clerk(south), to=NORTH).raw
    package = tmp_path / "from-south.repatria"
    package.write_bytes(back)
    return out, package


def test_a_loss_from_the_backup_to_the_first_new_act(lost, repatria, clerk, tmp_path):
    out, package = lost
    folder = tmp_path / "restored"

    restored = repatria("restore", out, folder)
    assert restored.code == 0
    assert "repatria heal" in restored.err
    verified = repatria("verify", folder)
    assert verified.code == 0
    assert "repatria heal" in verified.out
    healed = repatria("heal", "--home", folder, package)

    assert healed.code == 0
    assert "4 commitments and 4 statements came back" in healed.err
    assert "taken in" in healed.err
    again = Installation.at(folder)
    with again.open():
        clerk(again).log.append([noted(9)])
    assert repatria("verify", folder).code == 0
    forget(again.alias)


def test_a_backup_says_its_digest_and_is_not_made_over_another(lost, repatria, peers):
    out, _ = lost
    [note] = [json.loads(line) for line in (peers[0].folder / "backups").read_text().splitlines()]

    again = repatria("backup", "--home", peers[0].folder, "--out", out)

    assert again.code == 2
    assert "already there" in again.err
    assert note["path"] == str(out)


def test_nothing_is_healed_without_packages_or_a_word(lost, repatria, tmp_path):
    out, _ = lost
    folder = tmp_path / "restored"
    repatria("restore", out, folder)

    assert repatria("heal", "--home", folder).code == 2
    unconfirmed = repatria("heal", "--home", folder, "--alone")
    assert unconfirmed.code == 1
    assert "two stories" in unconfirmed.err
    assert repatria("heal", "--home", folder, "--alone", "--confirm", "yes").code == 1
    confirmed = repatria("heal", "--home", folder, "--alone", "--confirm", "nobody holds more")
    assert confirmed.code == 0


def test_a_peer_that_was_not_asked_is_named(lost, repatria, tmp_path):
    out, package = lost
    folder = tmp_path / "restored"
    repatria("restore", out, folder)
    ordinary = tmp_path / "ordinary.repatria"
    ordinary.write_bytes(package.read_bytes()[:-1])

    damaged = repatria("heal", "--home", folder, ordinary)

    assert damaged.code == 1
    assert "not as signed: ordinary.repatria" in damaged.err


def test_two_stories_stop_everything_and_leave_the_proof(peers, lost, repatria, tmp_path, clerk):
    out, package = lost
    folder = tmp_path / "restored"
    repatria("restore", out, folder)
    repatria("heal", "--home", folder, "--alone", "--confirm", "nobody holds more")
    gone_on = Installation.at(folder)
    with gone_on.open():
        clerk(gone_on).log.append([noted(n) for n in range(9)])
    gone_on.close()

    stopped = repatria("heal", "--home", folder, package)

    assert stopped.code == 1
    assert "STOP" in stopped.err
    assert (folder / "our-log-differs.fork").stat().st_size < 1024
    assert "our-log-differs" in stopped.err
    forget(gone_on.alias)


def test_a_backup_that_is_damaged_is_refused_with_its_place(lost, repatria, tmp_path):
    out, _ = lost
    raw = bytearray(out.read_bytes())
    raw[-5] ^= 1
    (tmp_path / "bad.backup").write_bytes(raw)

    refused = repatria("restore", tmp_path / "bad.backup", tmp_path / "restored")

    assert refused.code == 1
    assert f"backup before byte {len(raw)}: backup-damaged" in refused.err
    assert not (tmp_path / "restored").exists()


def test_a_folder_that_is_there_is_not_restored_into(lost, repatria, peers):
    out, _ = lost

    refused = repatria("restore", out, peers[0].folder)

    assert refused.code == 2
    assert "already there and not empty" in refused.err


def test_what_is_no_backup_is_refused(repatria, tmp_path):
    (tmp_path / "x").write_text("holiday pictures", "utf-8")

    refused = repatria("restore", tmp_path / "x", tmp_path / "restored")

    assert "not-a-backup" in refused.err
    assert repatria("restore", tmp_path / "gone", tmp_path / "restored").code == 2


def test_the_passphrase_is_changed_and_the_installation_goes_on(home, repatria, monkeypatch):
    monkeypatch.setenv("REPATRIA_NEW_PASSPHRASE", NEW)

    changed = repatria("passphrase", "--home", home)

    assert changed.code == 0
    assert NEW not in changed.err + changed.out
    assert read_key_file(home / "node.key", NEW).kind == "node"
    with pytest.raises(WrongPassphraseError):
        read_key_file(home / "node.key", PASSPHRASE)
    monkeypatch.setenv("REPATRIA_PASSPHRASE", NEW)
    monkeypatch.delenv("REPATRIA_NEW_PASSPHRASE")
    assert repatria("verify", home).code == 0


def test_the_passphrase_of_a_root_key_is_changed(repatria, tmp_path, monkeypatch):
    folder = tmp_path / "new"
    repatria("init", folder, "--party", "north", "--title", "State Commission")
    root = tmp_path / "new-roots" / "north-root-1.key"
    monkeypatch.setenv("REPATRIA_NEW_PASSPHRASE", NEW)

    changed = repatria("passphrase", "--key", root)

    assert changed.code == 0
    assert read_key_file(root, NEW).kind == "root"
    forget(Installation.at(folder).alias)


def test_a_weak_passphrase_is_refused(home, repatria, monkeypatch):
    monkeypatch.setenv("REPATRIA_NEW_PASSPHRASE", "short")

    assert repatria("passphrase", "--home", home).code == 2
    assert read_key_file(home / "node.key", PASSPHRASE).kind == "node"


def test_verify_says_what_to_do_about_a_mark_that_is_gone(home, repatria):
    (home / "high-water").unlink()

    verified = repatria("verify", home)

    assert verified.code == 1
    assert "mark-missing" in verified.out
    assert "repatria heal" in verified.out


def test_without_the_mark_nothing_can_be_signed_on_the_command_line(home, repatria):
    (home / "high-water").unlink()
    installation = Installation.at(home)

    with installation.open(), pytest.raises(IntegrityError) as caught:
        installation.desk("clerk", Role.REGISTRAR).log.append([noted(1)])

    assert caught.value.code == "mark-missing"


def test_erasing_names_the_backups_that_may_still_hold_it(peers, lost, repatria, clerk):
    north, out = peers[0], lost[0]

    erased = repatria(
        "erase", "--home", north.folder, "--about", "person:p1", "--reason", "court-order", "--yes"
    )

    assert erased.code == 0
    assert str(out) in erased.err
