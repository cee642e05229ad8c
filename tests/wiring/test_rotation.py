"""A party goes over to new keys, and those who know it follow; killed at any step, it is whole."""

import os
import shutil
import signal
import sys

import pytest

from conftest import BOTH_DATABASES, CHEAP, PASSPHRASE, QUICK_KEYS
from counts import lots, often
from repatria.ledger.keyring import read_keyring
from repatria.ledger.signing import SigningKey
from repatria.operations.access import keyrings_of
from repatria.operations.packages import send_package
from repatria.operations.receiving import take_in_package
from repatria.terms import IntegrityError, PartyCode, Refusal
from repatria.wiring.adoption import JOURNAL
from repatria.wiring.installation import Installation
from repatria.wiring.rotation import NEXT_KEY, adopt, propose
from repatria.wiring.verification import verify_path
from statements import noted

NORTH, SOUTH = PartyCode("north"), PartyCode("south")
ROOT = QUICK_KEYS["roots"].keys[0]
OTHER_ROOT = SigningKey(b"another root key of the tests ..")
both_databases = pytest.mark.parametrize("database_kind", BOTH_DATABASES, indirect=True)


def signed(keyring, *keys):
    """The text of a proposed keyring, signed by these root keys."""
    envelope = keyring.envelope
    for key in keys or (ROOT,):
        envelope = envelope.signed_by(key)
    return envelope.text


def proposed(installation, **changes):
    with installation.open():
        return propose(installation, passphrase=PASSPHRASE, cost=CHEAP, **changes)


def rotate(installation, *keys, **changes):
    """Propose, sign and adopt; the installation as it is then."""
    text = signed(proposed(installation, **changes), *keys)
    with installation.open():
        adopt(installation, text)
    return Installation.at(installation.folder)


def say(installation, number=1):
    with installation.open():
        return installation.log().append([noted(number, by=installation.party)])


def carry(sender, recipient):
    with sender.open():
        raw = send_package(sender.desk("clerk", "registrar"), to=recipient.party).raw
    return take_in(recipient, raw)


def take_in(recipient, raw):
    with recipient.open():
        return take_in_package(recipient.desk("clerk", "registrar"), raw)


def faults_in(installation):
    [report] = verify_path(installation.folder)
    return [str(fault) for fault in report.faults]


def versions_held(installation, party):
    with installation.open():
        return [ring.version for ring in keyrings_of(installation.log(), party)]


@both_databases
def test_after_a_rotation_the_new_key_signs_and_the_peer_follows(north, south, acquaint):
    acquaint(north, south)
    carry(north, south)
    before = north.public_key

    north = rotate(north)
    say(north)
    brought = carry(north, south)

    assert brought.new > 0
    assert north.public_key != before
    assert versions_held(south, NORTH) == versions_held(north, NORTH) == [1, 2]
    assert faults_in(north) == faults_in(south) == []
    assert not (north.folder / NEXT_KEY).exists()
    assert not list(north.folder.glob(".*.next"))


def test_the_first_thing_the_new_key_signs_is_the_note_of_the_keyring(north):
    size = say(north).size

    north = rotate(north)

    with north.open():
        [last] = [e for e in north.log().of_kind("peer.introduced") if e.seq == size]
        note = north.log().note(NORTH, size + 1)
    assert last.statement.content["public_key"] == north.public_key.text
    assert faults_in(north) == []
    assert note


def test_five_rotations_that_a_peer_missed_are_followed_at_once(north, south, acquaint):
    acquaint(north, south)
    carry(north, south)
    for _ in range(5):
        north = rotate(north)
        say(north)

    carry(north, south)

    assert versions_held(south, NORTH) == [1, 2, 3, 4, 5, 6]
    assert faults_in(south) == []


def test_what_was_sealed_for_the_former_key_still_opens(north, south, acquaint):
    acquaint(north, south)
    say(south)
    with south.open():
        raw = send_package(south.desk("clerk", "registrar"), to=NORTH).raw

    for _ in range(2):
        north = rotate(north)

    assert take_in(north, raw).new > 0


def test_the_former_key_may_sign_the_slack_it_was_given_and_no_more(north):
    text = signed(proposed(north, slack=2))
    say(north)
    say(north, 2)
    with north.open():
        adopt(north, text)
    assert faults_in(Installation.at(north.folder)) == []


def test_a_log_that_grew_past_the_end_of_the_old_key_refuses_the_keyring(north):
    text = signed(proposed(north, slack=1))
    say(north)
    say(north, 2)

    with north.open(), pytest.raises(Refusal, match="keyring-ends-before-log"):
        adopt(north, text)

    assert Installation.at(north.folder).keyring.version == 1
    say(north)


def test_a_keyring_that_nobody_signed_is_not_adopted(north):
    coming = proposed(north)

    with north.open(), pytest.raises(IntegrityError, match="keyring-not-signed"):
        adopt(north, coming.envelope.text)


def test_a_keyring_for_a_key_that_is_not_here_is_not_adopted(north):
    text = signed(proposed(north))
    (north.folder / NEXT_KEY).unlink()

    with north.open(), pytest.raises(Refusal, match="keyring-key-not-at-hand"):
        adopt(north, text)


def test_adopting_twice_changes_nothing(north):
    text = signed(proposed(north))
    with north.open():
        adopt(north, text)
    north = Installation.at(north.folder)
    with north.open():
        size = north.log().head(NORTH).size

        adopt(north, text)

        assert north.log().head(NORTH).size == size


def test_a_proposal_that_waits_is_not_thrown_away_unasked(north):
    proposed(north)

    with pytest.raises(FileExistsError):
        proposed(north)
    assert proposed(north, replace=True).version == 2


def test_root_keys_change_while_the_node_key_stays(north, south, acquaint):
    acquaint(north, south)
    before, key = north.keyring.fingerprint, north.public_key

    north = rotate(north, ROOT, OTHER_ROOT, add_roots=[OTHER_ROOT.verify_key], threshold=2)
    carry(north, south)
    north = rotate(north, ROOT, OTHER_ROOT, drop_roots=[ROOT.verify_key.fingerprint], threshold=1)
    north = rotate(north, OTHER_ROOT)
    carry(north, south)

    assert north.keyring.roots == (OTHER_ROOT.verify_key,)
    assert north.keyring.fingerprint != before
    assert north.public_key != key
    assert versions_held(south, NORTH) == [1, 2, 3, 4]
    assert faults_in(north) == faults_in(south) == []


def test_a_dropped_root_key_has_no_say_any_more(north):
    north = rotate(north, ROOT, OTHER_ROOT, add_roots=[OTHER_ROOT.verify_key])
    north = rotate(north, OTHER_ROOT, drop_roots=[ROOT.verify_key.fingerprint])
    text = signed(proposed(north), ROOT)

    with north.open(), pytest.raises(IntegrityError, match="keyring-not-signed"):
        adopt(north, text)


def test_a_revoked_key_ends_and_what_a_thief_signs_with_it_is_refused(north, south, acquaint):
    acquaint(north, south)
    carry(north, south)
    stolen = north.folder.parent / "stolen"
    north.close()
    shutil.copytree(north.folder, stolen)
    north = rotate(north, revoke="node-1")
    carry(north, south)

    thief = Installation.at(stolen)
    say(thief, 9)
    with thief.open():
        raw = send_package(thief.desk("clerk", "registrar"), to=SOUTH).raw
    thief.close()

    with pytest.raises(IntegrityError, match="package-bad-signature"):
        take_in(south, raw)


def test_a_revocation_below_what_a_peer_holds_is_refused_by_the_peer(north, south, acquaint):
    acquaint(north, south)
    stolen = north.folder.parent / "stolen"
    north.close()
    shutil.copytree(north.folder, stolen)
    thief = Installation.at(stolen)
    for number in range(3):
        say(thief, number)
    carry(thief, south)
    thief.close()
    north = rotate(north, revoke="node-1")
    say(north)

    with pytest.raises(IntegrityError, match="keyring-rewrites-history"):
        carry(north, south)

    assert versions_held(south, NORTH) == [1]


def test_a_database_set_back_cannot_be_laundered_by_a_rotation(north):
    say(north)
    north.close()
    kept = (north.folder / "ledger.sqlite3").read_bytes()
    say(north, 2)
    text = signed(proposed(north))
    north.close()
    (north.folder / "ledger.sqlite3").write_bytes(kept)

    with north.open(), pytest.raises(IntegrityError, match="database-set-back"):
        adopt(north, text)


def test_the_mark_is_the_new_keys_own_and_holds_the_new_size(north):
    old = north.mark()
    north = rotate(north)
    with north.open():
        head = north.log().head(NORTH)

    assert north.mark().read() == (head.size, head.root)
    with pytest.raises(IntegrityError, match="mark-damaged"):
        old.read()


EVENTS = ("open", "os.rename", "os.remove", "sqlite3.connect", "os.chmod", "os.truncate")


def killed_at(folder, text, step):
    """Adopt in a child that is killed before its `step`-th file event; whether it was."""
    pid = os.fork()
    if pid == 0:  # pragma: no cover -- the child
        count = 0

        def watch(event, _args):
            nonlocal count
            if event in EVENTS and armed:
                count += 1
                if count == step:
                    os.kill(os.getpid(), signal.SIGKILL)

        armed = False
        sys.addaudithook(watch)
        try:
            installation = Installation.at(folder)
            with installation.open():
                installation.log()
                armed = True
                adopt(installation, text)
            os._exit(0)
        except BaseException:  # noqa: BLE001 -- told to the test by its exit code
            os._exit(3)
    _, status = os.waitpid(pid, 0)
    assert status in (0, signal.SIGKILL), status
    return status != 0


@pytest.mark.often
@pytest.mark.parametrize("stride", [often(5, 1)])
def test_killed_at_any_step_it_is_under_the_old_keyring_or_the_new_one(north, stride):
    say(north)
    text = signed(proposed(north, slack=5))
    coming = read_keyring(text)
    north.close()
    # Wherever the first step is, all strides together come to every step.
    seen, step = [], lots().randint(1, stride)
    while True:
        folder = north.folder.parent / f"try-{step}"
        shutil.copytree(north.folder, folder)
        killed = killed_at(folder, text, step)
        here = Installation.at(folder)
        seen.append(here.keyring.version)
        assert here.node().signing.verify_key == here.public_key
        assert faults_in(here) == [], step
        say(here, 5)
        assert faults_in(here) == [], step
        with here.open():
            adopt(here, text)
        after = Installation.at(folder)
        say(after, 6)
        assert after.keyring.envelope.payload == coming.envelope.payload
        assert versions_held(after, NORTH) == [1, 2]
        assert faults_in(after) == [], step
        assert not (folder / JOURNAL).exists()
        after.close()
        shutil.rmtree(folder)
        if not killed:
            break
        step += stride
    assert seen == sorted(seen)
    assert set(seen) == {1, 2}
    assert step > 10
