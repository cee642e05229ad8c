"""Private keys on a disk: closed, whole, and never told."""

import io
import json
import logging
import os
import signal
import time
import traceback

import pytest

from conftest import CHEAP
from repatria.wiring.keyfile import (
    Cost,
    KeyFileError,
    WrongPassphraseError,
    read_key_file,
    write_key_file,
)
from repatria.wiring.passphrases import (
    LockedError,
    WeakPassphraseError,
    change_passphrase,
    node_secrets_in,
    node_secrets_with,
    passphrase_for,
    require_strength,
    root_key_in,
)
from statements import key_of, node_of

OPENS, NEW = "correct horse battery", "another horse altogether"


@pytest.fixture
def path(tmp_path):
    """The key file of north, closed with `OPENS`."""
    made = tmp_path / "node.key"
    written(made)
    return made


def written(path, *, passphrase=OPENS, kind="node", values=None):
    write_key_file(
        path,
        kind=kind,
        party="north",
        values=values or dict(node_of("north").to_json()),
        passphrase=passphrase,
        cost=CHEAP,
    )


def planted():
    """Every secret there is, as it would show itself."""
    told = node_of("north").to_json()
    return [OPENS, NEW, *told.values(), repr(bytes.fromhex(told["signing"]))[2:-1]]


def test_what_was_written_is_read(path):
    found = read_key_file(path, OPENS)

    assert (found.kind, found.party) == ("node", "north")
    assert found.secrets == node_of("north").to_json()


@pytest.mark.parametrize("passphrase", ["", "x", OPENS + " ", OPENS.upper(), OPENS[:-1]])
def test_another_passphrase_opens_nothing(path, passphrase):
    with pytest.raises(WrongPassphraseError):
        read_key_file(path, passphrase)


@pytest.mark.parametrize("flip", [0x01, 0x20])
def test_every_changed_byte_is_noticed(path, flip):
    """Or the file says the same in another spelling: then its keys are the same."""
    whole = path.read_bytes()
    due = node_of("north").to_json()
    opened = 0
    for place in range(len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ flip]) + whole[place + 1 :])
        try:
            assert read_key_file(path, OPENS).secrets == due
            opened += 1
        except (KeyFileError, WrongPassphraseError):
            pass
    # Only white space between the parts of the JSON can be changed unnoticed.
    assert opened <= whole.count(b" ") + whole.count(b"\n")


def test_every_truncated_file_is_refused(path):
    whole = path.read_bytes()
    for size in range(len(whole)):
        path.write_bytes(whole[:size])
        with pytest.raises((KeyFileError, WrongPassphraseError)):
            read_key_file(path, OPENS)


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660, 0o620])
def test_a_file_that_others_can_read_is_refused_with_what_to_do(path, mode):
    path.chmod(mode)

    with pytest.raises(KeyFileError, match="chmod 600"):
        read_key_file(path, OPENS)


def test_only_its_owner_can_read_what_is_written(path):
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("memory_kib", 2**31), ("iterations", 2**31), ("lanes", 10**6), ("memory_kib", 0),
        ("memory_kib", -1), ("iterations", True), ("lanes", "4"), ("iterations", 1.5),
    ],
)  # fmt: skip
def test_an_absurd_cost_is_refused_before_it_is_paid(path, key, value):
    told = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**told, key: value}), "utf-8")
    started = time.process_time()

    with pytest.raises(KeyFileError):
        read_key_file(path, OPENS)

    assert time.process_time() - started < 0.5


def test_a_cost_that_was_lowered_opens_nothing(path):
    told = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**told, "memory_kib": 9}), "utf-8")

    with pytest.raises(WrongPassphraseError):
        read_key_file(path, OPENS)


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", "no json", '{"format": 2}'])
def test_what_is_no_key_file_is_said_to_be_none(path, text):
    path.write_text(text, "utf-8")

    with pytest.raises(KeyFileError, match="is no key file"):
        read_key_file(path, OPENS)


def test_a_root_key_is_not_the_keys_of_an_installation_and_the_other_way_round(path, tmp_path):
    root = tmp_path / "root.key"
    written(root, kind="root", values={"root": key_of("north").seed.hex()})

    assert root_key_in(root, OPENS).seed == key_of("north").seed
    with pytest.raises(KeyFileError):
        node_secrets_with(root, OPENS)
    with pytest.raises(KeyFileError):
        root_key_in(path, OPENS)


def test_a_changed_passphrase_opens_the_same_keys_and_the_old_one_nothing(path):
    change_passphrase(path, OPENS, NEW, cost=CHEAP)

    assert node_secrets_with(path, NEW).to_json() == node_of("north").to_json()
    with pytest.raises(WrongPassphraseError):
        read_key_file(path, OPENS)
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_change_that_is_refused_leaves_the_file_as_it_was(path):
    before = path.read_bytes()

    with pytest.raises(WrongPassphraseError):
        change_passphrase(path, "not the passphrase", NEW, cost=CHEAP)
    with pytest.raises(WeakPassphraseError):
        change_passphrase(path, OPENS, "short", cost=CHEAP)

    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir()] == ["node.key"]


def test_a_change_raises_a_cost_below_the_usual(path):
    change_passphrase(path, OPENS, NEW)

    told = json.loads(path.read_text("utf-8"))
    assert Cost.from_json(told) == Cost()


def test_killed_while_it_is_rewritten_the_file_opens_with_the_old_or_the_new(path):
    seen = set()
    for number in range(30):
        written(path)
        child = os.fork()
        if child == 0:  # pragma: no cover -- runs in the child, where coverage does not look
            signal.signal(signal.SIGALRM, lambda *_: os.kill(os.getpid(), signal.SIGKILL))
            signal.setitimer(signal.ITIMER_REAL, 0.00001 + number * 0.0001)
            change_passphrase(path, OPENS, NEW, cost=CHEAP)
            os._exit(0)
        os.waitpid(child, 0)
        try:
            assert read_key_file(path, OPENS).secrets == node_of("north").to_json()
            seen.add("old")
        except WrongPassphraseError:
            assert read_key_file(path, NEW).secrets == node_of("north").to_json()
            seen.add("new")
    assert "old" in seen


def test_nobody_is_asked_where_nobody_sits(path, monkeypatch):
    monkeypatch.delenv("REPATRIA_PASSPHRASE")
    monkeypatch.setattr("sys.stdin", io.StringIO())

    with pytest.raises(LockedError, match="REPATRIA_PASSPHRASE"):
        passphrase_for("the keys")
    with pytest.raises(LockedError):
        node_secrets_in(path)


def test_a_new_passphrase_has_twelve_characters():
    require_strength("twelve chars")
    with pytest.raises(WeakPassphraseError):
        require_strength("eleven char")


def test_nothing_that_is_printed_logged_or_traced_tells_a_secret(path, caplog, monkeypatch):
    """Planted in everything that handles it, and looked for in everything that speaks."""
    monkeypatch.setenv("REPATRIA_PASSPHRASE", OPENS)
    caplog.set_level(logging.DEBUG)
    told = []
    found = read_key_file(path, OPENS)
    node = node_secrets_in(path)
    told += [repr(found), str(found), repr(node), repr(node.signing), repr(node.identity)]
    told += [f"{node.witness}", repr(node.__dict__)]
    logging.getLogger("repatria").info("opened %s %r with %s", found, node, node.signing)
    for act in (
        lambda: read_key_file(path, NEW),
        lambda: change_passphrase(path, NEW, OPENS),
        lambda: change_passphrase(path, OPENS, NEW[:5]),
        lambda: root_key_in(path, OPENS),
        lambda: write_key_file(
            path.parent / "nowhere" / "node.key", kind="node", party="north",
            values=found.secrets, passphrase=OPENS, cost=CHEAP,
        ),
    ):  # fmt: skip
        try:
            act()
        except Exception as error:
            logging.getLogger("repatria").exception("refused")
            told += [repr(error), "".join(traceback.format_exception(error))]

    everything = "\n".join(told) + caplog.text
    assert "refused" in caplog.text
    assert [secret for secret in planted() if secret in everything] == []
