"""One file that holds an installation: whole or not at all, and nobody else's to read."""

import io
import os
import resource
import shutil
import signal
import stat
import time

import pytest

from conftest import BOTH_DATABASES, PASSPHRASE, forget
from repatria.ledger.canonical import decode
from repatria.ledger.kinds.file_attached import FileAttached
from repatria.operations.packages import send_package
from repatria.operations.receiving import take_in_package
from repatria.store.database import define, opened, sqlite_settings
from repatria.terms import IntegrityError, PartyCode, Role
from repatria.wiring.accounts import make_token, open_account
from repatria.wiring.backup_file import Header, read_header, read_lines, write_backup
from repatria.wiring.backups import NOTES, backups_of, make_backup
from repatria.wiring.installation import Installation
from repatria.wiring.keyfile import WrongPassphraseError
from repatria.wiring.restoring import NotEmptyError, restore_backup
from repatria.wiring.verification import verify_path
from statements import keyring_of_party, named, node_of, noted, said

NORTH, SOUTH = PartyCode("north"), PartyCode("south")
PLANTED = "Karo Testyan"


@pytest.fixture
def full(north, south, desk, acquaint):
    """North with everything an installation can hold, and a mirror of south."""
    acquaint(north, south)
    with south.open():
        desk(south).log.append(
            [noted(n, by="south", audience=("south", "north")) for n in range(9)]
        )
        raw = send_package(desk(south), to=NORTH).raw
    with north.open():
        take_in_package(desk(north), raw)
        paper = b"a scan of a paper"
        from hashlib import sha256

        attached = FileAttached(
            digest=sha256(paper).hexdigest(), size=len(paper), media_type="text/plain"
        )
        about, audience = ("person:p1",), ("north", "south")
        desk(north).log.append([said(attached, about=about, audience=audience)], [paper])
        desk(north).log.append([named(n) for n in range(20)])
    open_account(north, "nadia", "made-up-for-tests", Role.REGISTRAR, NORTH)
    make_token(north, "nadia")
    return north


@pytest.fixture
def file(full, tmp_path):
    """A backup of it."""
    make_backup(full, tmp_path / "north.backup")
    return tmp_path / "north.backup"


def everything_in(installation):
    """All that is kept, whichever database keeps it."""
    from django.contrib.auth.models import User

    from repatria.store import models

    with installation.open():
        held = [
            [(r.origin, r.seq, bytes(r.commitment)) for r in models.LogEntry.objects.all()],
            [(r.origin, r.seq, bytes(r.salt), r.text) for r in models.Body.objects.all()],
            [(r.origin, r.size, r.note) for r in models.HeadNote.objects.all()],
            [(r.digest, bytes(r.content)) for r in models.Attachment.objects.all()],
            # Moments come back to the millisecond.
            list(User.objects.values_list("username", "password", "is_active")),
            list(models.ApiToken.objects.values_list("digest", "account")),
        ]
        from repatria.store.projections import table_digests

        return [sorted(rows) for rows in held], dict(table_digests())


def address_for(kind, request):
    if kind == "sqlite":
        return None
    server = request.getfixturevalue("postgresql_server")
    return server.create(request.getfixturevalue("empty_postgresql"))


def code_of(act):
    with pytest.raises(IntegrityError) as caught:
        act()
    return caught.value.code


@pytest.mark.parametrize("database_kind", BOTH_DATABASES, indirect=True)
@pytest.mark.parametrize("into", BOTH_DATABASES)
def test_what_comes_back_is_what_was_there_whatever_the_database(
    full, file, tmp_path, into, request
):
    back = restore_backup(
        file, tmp_path / "back", passphrase=PASSPHRASE, postgresql=address_for(into, request)
    )

    assert everything_in(back.installation) == everything_in(full)
    [report] = verify_path(tmp_path / "back")
    assert report.faults == []
    assert "repatria heal" in report.note
    # An account that is opened next gets a number of its own.
    with back.installation.open():
        from django.contrib.auth.models import User

        assert User.objects.create(username="new").pk > User.objects.get(username="nadia").pk
        User.objects.get(username="new").delete()


def test_nobody_but_its_owner_can_read_it_and_nothing_in_it_is_in_clear(file):
    raw = file.read_bytes()

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert PLANTED.encode() not in raw
    assert b"nadia" not in raw


def test_the_header_tells_whose_it_is_and_how_far_its_log_had_come(full, file):
    with file.open("rb") as source:
        header = read_header(source).header

    with full.open():
        assert header.checkpoint == full.log().signed_head()
    assert (header.party, header.keyring) == ("north", full.keyring.envelope.text)
    assert decode(header.line, place="test").keys() == {
        "v", "party", "title", "made_at", "checkpoint", "entries", "keyring", "key_file",
    }  # fmt: skip


def test_a_file_that_is_there_is_never_replaced(full, file):
    before = file.read_bytes()

    with pytest.raises(FileExistsError):
        make_backup(full, file)

    assert file.read_bytes() == before
    assert len(backups_of(full.folder)) == 1


def test_a_folder_or_a_database_that_holds_something_is_never_written_into(
    file, tmp_path, request, make_installation
):
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "paper.txt").write_text("mine", "utf-8")

    with pytest.raises(FileExistsError):
        restore_backup(file, tmp_path / "there", passphrase=PASSPHRASE)

    assert [p.name for p in (tmp_path / "there").iterdir()] == ["paper.txt"]


@pytest.mark.postgresql
def test_a_database_that_holds_something_is_left_alone(full, file, tmp_path, request):
    address = address_for("postgresql", request)
    restore_backup(file, tmp_path / "one", passphrase=PASSPHRASE, postgresql=address)

    with pytest.raises(NotEmptyError):
        restore_backup(file, tmp_path / "two", passphrase=PASSPHRASE, postgresql=address)

    assert not (tmp_path / "two").exists()
    assert everything_in(Installation.at(tmp_path / "one")) == everything_in(full)


def test_an_empty_folder_may_be_named(file, tmp_path):
    (tmp_path / "empty").mkdir()

    assert restore_backup(file, tmp_path / "empty", passphrase=PASSPHRASE).size > 20


def test_another_passphrase_opens_nothing_and_leaves_nothing(file, tmp_path):
    with pytest.raises(WrongPassphraseError):
        restore_backup(file, tmp_path / "back", passphrase="not the passphrase")

    assert leftovers(tmp_path, "back") == []


def leftovers(folder, name):
    return [p.name for p in folder.iterdir() if p.name == name or p.name.startswith(f".{name}.")]


def test_a_database_that_is_not_as_it_was_signed_is_not_backed_up(full, tmp_path):
    from django.db import connections

    with full.open(), connections[full.alias].cursor() as cursor:
        cursor.execute("DROP TRIGGER body_no_update")
        cursor.execute("UPDATE body SET text = text || ' ' WHERE origin = 'north' AND seq = 3")

    with pytest.raises(IntegrityError):
        make_backup(full, tmp_path / "bad.backup")

    assert leftovers(tmp_path, "bad.backup") == []
    assert backups_of(full.folder) == ()


def small_backup(lines=(["log", "north"], ["note", 0, "x"]), *, key=None):
    """A small file, to be changed at every byte."""
    north = node_of("north")
    header = Header(
        party="north",
        title="North",
        made_at="2030-03-01T08:00:00Z",
        checkpoint="",
        entries=0,
        keyring=keyring_of_party("north").envelope.text,
        key_file="{}",
    )
    sink = io.BytesIO()
    write_backup(sink, header, lines, key=key or north.signing, recipient=north.identity.recipient)
    return sink.getvalue()


def read(raw):
    """The lines of a backup, once every check has passed."""
    north, lines = node_of("north"), []
    source = io.BytesIO(raw)
    signed = read_header(source)
    signed.require_signed(north.signing.verify_key)
    read_lines(
        source,
        signed.header,
        lines.append,
        identity=north.identity,
        key=north.signing.verify_key,
    )
    return lines


def test_every_changed_byte_is_refused_with_its_place():
    raw = small_backup()
    assert read(raw) == [["log", "north"], ["note", 0, "x"]]

    for place in range(len(raw)):
        for flip in (0x01, 0x80):
            changed = raw[:place] + bytes([raw[place] ^ flip]) + raw[place + 1 :]
            with pytest.raises(IntegrityError) as caught:
                read(changed)
            assert caught.value.place.startswith("backup")


def test_every_truncated_file_and_every_file_with_more_behind_it_is_refused():
    raw = small_backup()

    for size in range(len(raw)):
        with pytest.raises(IntegrityError):
            read(raw[:size])
    for more in (b"\0", b"\n", raw):
        with pytest.raises(IntegrityError):
            read(raw + more)


def test_the_place_of_damage_is_told_by_its_byte():
    raw = small_backup([["row", os.urandom(150_000).hex()] for _ in range(4)])
    changed = bytearray(raw)
    changed[-1] ^= 1

    with pytest.raises(IntegrityError) as caught:
        read(bytes(changed))

    assert caught.value.code == "backup-damaged"
    assert caught.value.place == f"backup before byte {len(raw)}"


def test_what_somebody_else_sealed_for_us_under_our_header_is_refused():
    """Our public key is no secret: whoever has it can seal, and still signs nothing."""
    ours = small_backup()
    forged = small_backup([["row", "{}"]], key=node_of("south").signing)
    split = ours.index(b"age-encryption.org"), forged.index(b"age-encryption.org")

    assert code_of(lambda: read(ours[: split[0]] + forged[split[1] :])) == "backup-bad-signature"


def test_the_content_of_another_backup_of_ours_does_not_fit_this_header():
    one, two = small_backup(), small_backup([["note", 1, "y"]])
    header = one[: one.index(b"age-encryption.org")].replace(b"2030-03-01", b"2030-03-02")

    assert code_of(lambda: read(header + two[two.index(b"age-encryption.org") :])) in {
        "backup-bad-signature",
        "backup-malformed",
    }


@pytest.mark.parametrize(
    "line",
    [
        ["entry"], ["entry", "not base64", None, None], ["note", "five", "x"], ["weather", 1],
        ["row", "{}"], ["row", "[]"], ["row", '{"model": "auth.group", "fields": {}}'],
        ["row", '{"model": "auth.user", "pk": 1, "fields": {"nothing": 1}}'],
        ["file", "d", "not base64"], ["log", 5], [None],
    ],
)  # fmt: skip
def test_a_line_that_is_none_is_refused(line, empty_sqlite, tmp_path):
    from repatria.store.snapshot import Putter

    shutil.copyfile(empty_sqlite, tmp_path / "ledger.sqlite3")
    define("lines", sqlite_settings(tmp_path / "ledger.sqlite3"))
    with opened("lines"):
        assert code_of(lambda: Putter().put(line)) == "backup-malformed"
    forget("lines")


@pytest.fixture
def small_disk():
    """A function in which no file may grow beyond so many bytes, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    def limited(size, act):
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
        try:
            act()
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)

    yield limited
    signal.signal(signal.SIGXFSZ, handler)


def test_a_full_disk_leaves_nothing_of_a_backup(full, tmp_path, small_disk):
    with pytest.raises(OSError, match="too large"):
        small_disk(2_000, lambda: make_backup(full, tmp_path / "north.backup"))

    assert leftovers(tmp_path, "north.backup") == []
    assert backups_of(full.folder) == ()
    assert make_backup(full, tmp_path / "north.backup").size > 20


@pytest.mark.parametrize("size", [1_000, 20_000, 200_000])
def test_a_full_disk_leaves_nothing_of_what_was_being_restored(file, tmp_path, small_disk, size):
    from django.db import DatabaseError

    with pytest.raises((OSError, DatabaseError)):
        small_disk(size, lambda: restore_backup(file, tmp_path / "back", passphrase=PASSPHRASE))

    assert leftovers(tmp_path, "back") == []
    assert restore_backup(file, tmp_path / "back", passphrase=PASSPHRASE).size > 20


@pytest.mark.slow
def test_killed_while_restoring_the_folder_is_not_there_or_whole(file, tmp_path):
    seen = set()
    for number in range(12):
        folder = tmp_path / f"back-{number}"
        child = os.fork()
        if child == 0:  # pragma: no cover -- runs in the child, where coverage does not look
            signal.signal(signal.SIGALRM, lambda *_: os.kill(os.getpid(), signal.SIGKILL))
            signal.setitimer(signal.ITIMER_REAL, 0.001 + number * 0.1)
            restore_backup(file, folder, passphrase=PASSPHRASE)
            os._exit(0)
        os.waitpid(child, 0)
        seen.add(folder.exists())
        if folder.exists():
            [report] = verify_path(folder)
            assert report.faults == []
            assert "repatria heal" in report.note
    assert False in seen


def test_a_note_of_a_backup_that_was_torn_hides_no_other(full, file):
    notes = full.folder / NOTES
    notes.write_text(notes.read_text("utf-8") + '{"path": "/half', "utf-8")

    made = make_backup(full, file.with_name("second.backup"))

    assert [each.path for each in backups_of(full.folder)] == [str(file), made.path]


@pytest.mark.slow
def test_a_backup_is_of_one_moment_while_others_write(full, tmp_path):
    """Somebody goes on signing all the while."""
    full.close()
    read, write = os.pipe()
    child = os.fork()
    if child == 0:  # pragma: no cover -- runs in the child, where coverage does not look
        here = Installation.at(full.folder)
        with here.open():
            while True:
                here.log().append([noted(1)])
                os.write(write, b".")
                time.sleep(0.01)  # others get their turn
    os.close(write)
    sizes = []
    try:
        os.read(read, 1)
        for number in range(3):
            path = tmp_path / f"{number}.backup"
            sizes.append(make_backup(full, path).size)
            back = restore_backup(path, tmp_path / f"back-{number}", passphrase=PASSPHRASE)
            assert back.size == sizes[-1]
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(read)

    assert sizes[0] < sizes[1] < sizes[2]
