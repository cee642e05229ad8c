"""A database is older than what was signed: how it is noticed, and how it is made whole.

North talks with south and with the intermediary, loses its database in every way that
happens to people, and goes on without ever telling two stories.
"""

import os
import shutil
import signal

import pytest

from conftest import BOTH_DATABASES, PASSPHRASE
from repatria.ledger.checkpoint import read_note
from repatria.ledger.fork import read_evidence
from repatria.ledger.healing import OwnLogDiffersError
from repatria.ledger.kinds.statement_erased import ErasureReason
from repatria.operations.access import grant_access
from repatria.operations.erasure import erase
from repatria.operations.packages import return_log, send_package
from repatria.operations.receiving import take_in_package
from repatria.terms import ActorId, IntegrityError, PartyCode, Refusal, Role
from repatria.wiring.backups import backups_of, make_backup
from repatria.wiring.django_ready import ready
from repatria.wiring.erasure_file import NAME as ERASURES
from repatria.wiring.erasure_file import remember_erasures
from repatria.wiring.healing import heal
from repatria.wiring.high_water import Standing
from repatria.wiring.installation import MARK_FILE, Installation
from repatria.wiring.restoring import restore_backup
from repatria.wiring.verification import verify_path
from statements import named, noted

ready()
NORTH, SOUTH, INTERMEDIARY = (PartyCode(p) for p in ("north", "south", "intermediary"))


class Courier:
    """Three installations, and the files that go between them."""

    def __init__(self, desk, north, south, intermediary):
        self.desk = desk
        self.north, self.south, self.intermediary = north, south, intermediary

    def say(self, *statements, at=None):
        """North, unless another, says something; the size of its log then."""
        here = at or self.north
        with here.open():
            return self.desk(here).log.append(statements).size

    def carry(self, sender, recipient):
        """A package from one to the other; what it brought."""
        with sender.open():
            raw = send_package(self.desk(sender), to=recipient.party).raw
        with recipient.open():
            return take_in_package(self.desk(recipient), raw)

    def given_back(self, *peers):
        """Packages in which peers give north's log back, by file name."""
        files = {}
        for peer in peers:
            with peer.open():
                raw = return_log(self.desk(peer), to=NORTH).raw
            files[f"from-{peer.party}.repatria"] = raw
        return files

    def take_in(self, files):
        """North takes in what peers said beside giving its log back."""
        with self.north.open():
            for raw in files.values():
                take_in_package(self.desk(self.north), raw)


@pytest.fixture
def courier(desk, acquaint, north, south, intermediary):
    """All three know each other."""
    acquaint(north, south, intermediary)
    return Courier(desk, north, south, intermediary)


def faults_of(installation):
    [report] = verify_path(installation.folder)
    return [str(fault) for fault in report.faults]


def note_of(installation):
    [report] = verify_path(installation.folder)
    return report.note


def commitments_of(installation, origin=NORTH):
    with installation.open():
        return installation.log().commitments(origin)


def code_of(caught):
    return caught.value.code


def codes_of(caught):
    return {objection.code for objection in caught.value.objections}


def back_in(tmp_path, file, name="restored", **rest):
    return restore_backup(file, tmp_path / name, passphrase=PASSPHRASE, **rest).installation


def without_signing(installation, desk):
    """The code with which every attempt to say something is refused; it says nothing."""
    before = commitments_of(installation)
    with installation.open(), pytest.raises(IntegrityError) as caught:
        desk(installation).log.append([noted(99)])
    with installation.open(), pytest.raises(IntegrityError):
        send_package(desk(installation), to=SOUTH)
    with installation.open(), pytest.raises(IntegrityError):
        grant_access(desk(installation), account=ActorId("nadia"), role=Role.PRESS, party=NORTH)
    assert commitments_of(installation) == before
    return code_of(caught)


@pytest.mark.parametrize("database_kind", BOTH_DATABASES, indirect=True)
def test_an_old_backup_is_healed_from_what_peers_mirror_and_goes_on(
    courier, tmp_path, desk, database_kind, request
):
    """Forty statements are lost; thirty of them had been given to south."""
    backed_up = courier.say(*(noted(n) for n in range(10)))
    backup = make_backup(courier.north, tmp_path / "north.backup")
    courier.say(*(noted(n) for n in range(10, 40)))
    lost_from = courier.say(*(named(n) for n in range(10))) - 10
    told = {"south": courier.carry(courier.north, courier.south)}
    told["intermediary"] = courier.carry(courier.north, courier.intermediary)
    before = commitments_of(courier.south)
    assert backup.size == backed_up

    address = None
    if database_kind == "postgresql":
        server = request.getfixturevalue("postgresql_server")
        address = server.create(request.getfixturevalue("empty_postgresql"))
    courier.north = back_in(tmp_path, tmp_path / "north.backup", postgresql=address)
    assert without_signing(courier.north, desk) == "log-not-healed"
    assert "repatria heal" in note_of(courier.north)

    files = courier.given_back(courier.south)
    with pytest.raises(Refusal) as caught:
        heal(courier.north, files, actor="operator")
    assert codes_of(caught) == {"peer-not-asked"}
    files |= courier.given_back(courier.intermediary)
    healed = heal(courier.north, files, actor="operator")

    # Two packages were noted, for nobody else's eyes; nobody holds that of the second.
    assert healed.commitments == 41
    assert healed.bodies == 40
    assert str(healed.lost) == f"{lost_from + 10}"
    assert commitments_of(courier.north)[: len(before)] == before
    assert faults_of(courier.north) == []
    courier.take_in(files)
    courier.say(noted(50))
    assert courier.carry(courier.north, courier.south).new > 0
    assert courier.carry(courier.north, courier.intermediary).new > 0
    assert courier.carry(courier.south, courier.north).forked == ()
    for each in (courier.north, courier.south, courier.intermediary):
        assert faults_of(each) == []
    assert told["south"].disclosed == 40


def test_two_peers_add_up_to_the_longest_log_and_every_body_anybody_was_given(courier, tmp_path):
    """South was given thirty, the intermediary twenty of which ten are named to nobody else."""
    make_backup(courier.north, tmp_path / "north.backup")
    courier.say(*(noted(n) for n in range(20)))
    courier.say(*(named(n) for n in range(10)))
    courier.carry(courier.north, courier.intermediary)
    courier.say(*(noted(n, audience=("north", "south")) for n in range(10)))
    courier.carry(courier.north, courier.south)
    mirrored = commitments_of(courier.south)
    courier.north = back_in(tmp_path, tmp_path / "north.backup")

    files = courier.given_back(courier.south, courier.intermediary)
    healed = heal(courier.north, files, actor="operator")

    # 20 for both, 10 for the intermediary, 10 for south; one note of a package for nobody.
    assert (healed.commitments, healed.bodies, len(healed.lost)) == (41, 40, 1)
    assert commitments_of(courier.north)[: len(mirrored)] == mirrored
    assert len(commitments_of(courier.north)) == len(mirrored) + 1
    assert faults_of(courier.north) == []


def test_bodies_called_lost_are_welcome_when_another_peer_brings_them_after_all(courier, tmp_path):
    make_backup(courier.north, tmp_path / "north.backup")
    courier.say(*(named(n) for n in range(5)))
    courier.carry(courier.north, courier.intermediary)
    courier.carry(courier.north, courier.south)
    courier.north = back_in(tmp_path, tmp_path / "north.backup")
    first = heal(courier.north, courier.given_back(courier.south), actor="x", confirmed=True)
    assert len(first.lost) == 6

    second = heal(courier.north, courier.given_back(courier.intermediary), actor="operator")

    assert (second.commitments, second.bodies, len(second.lost)) == (0, 5, 0)
    assert faults_of(courier.north) == []


def test_a_database_file_that_was_copied_back_signs_nothing_until_it_is_healed(
    courier, tmp_path, desk
):
    database = courier.north.folder / "ledger.sqlite3"
    courier.north.close()
    shutil.copyfile(database, tmp_path / "old.sqlite3")
    courier.say(*(noted(n) for n in range(7)))
    courier.carry(courier.north, courier.south)
    courier.say(noted(8))
    courier.carry(courier.north, courier.south)
    courier.north.close()
    shutil.copyfile(tmp_path / "old.sqlite3", database)

    assert without_signing(courier.north, desk) == "database-set-back"
    assert [fault.rpartition(" ")[2] for fault in faults_of(courier.north)] == ["database-set-back"]
    with pytest.raises(Refusal) as caught:
        heal(courier.north, {}, actor="operator")
    assert "mark-not-reached" in codes_of(caught)
    # The note of the last package was signed after south was given the log.
    files = courier.given_back(courier.south)
    with pytest.raises(Refusal) as caught:
        heal(courier.north, files, actor="operator")
    assert codes_of(caught) >= {"mark-not-reached"}
    healed = heal(courier.north, files, actor="operator", confirmed=True)

    assert (healed.commitments, healed.bodies) == (9, 8)
    courier.take_in(files)
    courier.carry(courier.north, courier.south)
    assert faults_of(courier.north) == []


def test_the_mark_vouches_for_a_log_that_came_back_whole(courier, tmp_path):
    """When everything that was signed has come back, no other peer needs to be asked."""
    database = courier.north.folder / "ledger.sqlite3"
    courier.north.close()
    shutil.copyfile(database, tmp_path / "old.sqlite3")
    courier.say(noted(1), noted(2))
    with courier.north.open():
        signed = read_note(courier.north.log().signed_head(), place="test")[0]
    courier.carry(courier.north, courier.south)
    courier.north.close()
    shutil.copyfile(tmp_path / "old.sqlite3", database)
    # As if power had been lost before the note of the package: the mark is what south holds.
    courier.north.mark().create(signed.size, signed.root)

    healed = heal(courier.north, courier.given_back(courier.south), actor="operator")

    assert (healed.commitments, healed.bodies, healed.unasked) == (2, 2, (INTERMEDIARY,))


def set_back(courier, tmp_path):
    """North's database and mark of some time ago, both; south holds more of its log."""
    courier.carry(courier.north, courier.intermediary)
    courier.north.close()
    kept = tmp_path / "kept"
    shutil.copytree(courier.north.folder, kept)
    courier.say(noted(1), noted(2))
    courier.carry(courier.north, courier.south)
    courier.north.close()
    for name in ("ledger.sqlite3", MARK_FILE):
        shutil.copyfile(kept / name, courier.north.folder / name)


def test_a_whole_folder_that_was_set_back_is_noticed_by_the_next_package_of_a_peer(
    courier, tmp_path
):
    set_back(courier, tmp_path)
    assert faults_of(courier.north) == []

    with courier.south.open():
        raw = send_package(courier.desk(courier.south), to=NORTH).raw
    with courier.north.open(), pytest.raises(IntegrityError) as caught:
        take_in_package(courier.desk(courier.north), raw)
    assert code_of(caught) == "our-log-shorter-than-theirs"
    files = courier.given_back(courier.south, courier.intermediary)
    healed = heal(courier.north, files, actor="operator")

    assert (healed.commitments, healed.bodies) == (2, 2)
    courier.take_in(files)
    assert courier.carry(courier.north, courier.south).new > 0
    assert faults_of(courier.north) == []


def test_going_on_with_a_log_that_was_set_back_is_told_with_evidence_and_heals_nothing(
    courier, tmp_path
):
    set_back(courier, tmp_path)
    size = courier.say(noted(3), noted(4), noted(5))

    with pytest.raises(OwnLogDiffersError) as caught:
        heal(courier.north, courier.given_back(courier.south), actor="x", confirmed=True)

    assert code_of(caught) == "our-log-differs"
    shown = read_evidence(caught.value.evidence.raw, courier.north.keyring)
    assert shown == caught.value.evidence
    assert len(commitments_of(courier.north)) == size


@pytest.mark.parametrize("damage", ["missing", "empty", "torn", "of another key"])
def test_without_a_mark_that_can_be_read_nothing_is_signed_until_every_peer_was_asked(
    courier, desk, damage
):
    path = courier.north.folder / MARK_FILE
    raw = path.read_bytes()
    match damage:
        case "missing":
            path.unlink()
        case "empty":
            path.write_bytes(b"")
        case "torn":
            path.write_bytes(bytes(n ^ 1 for n in raw))
        case "of another key":
            path.write_bytes((courier.south.folder / MARK_FILE).read_bytes())
    size = len(commitments_of(courier.north))

    refused = without_signing(courier.north, desk)
    assert refused == ("mark-missing" if damage == "missing" else "mark-damaged")
    with pytest.raises(Refusal) as caught:
        heal(courier.north, {}, actor="operator")
    assert codes_of(caught) == {"peer-not-asked"}
    heal(courier.north, {}, actor="operator", confirmed=True)

    assert courier.north.mark().newest().size == size
    assert courier.say(noted(1)) == size + 1
    assert faults_of(courier.north) == []


def test_a_backup_can_be_restored_where_no_peer_was_ever_known_only_by_saying_so(
    north, tmp_path, desk
):
    make_backup(north, tmp_path / "north.backup")
    back = back_in(tmp_path, tmp_path / "north.backup")

    with pytest.raises(Refusal) as caught:
        heal(back, {}, actor="operator")
    assert codes_of(caught) == {"peer-not-asked"}
    healed = heal(back, {}, actor="operator", confirmed=True)

    assert (healed.commitments, healed.bodies, len(healed.lost)) == (0, 0, 0)
    with back.open():
        desk(back).log.append([noted(1)])
    assert faults_of(back) == []


def test_healing_twice_is_healing_once(courier, tmp_path):
    make_backup(courier.north, tmp_path / "north.backup")
    courier.say(noted(1), named(2))
    courier.carry(courier.north, courier.south)
    courier.north = back_in(tmp_path, tmp_path / "north.backup")
    files = courier.given_back(courier.south)
    heal(courier.north, files, actor="operator", confirmed=True)
    before = commitments_of(courier.north)

    again = heal(courier.north, files, actor="operator", confirmed=True)

    assert (again.commitments, again.bodies, len(again.lost)) == (0, 0, 0)
    assert commitments_of(courier.north) == before


def test_a_package_that_gives_nothing_back_is_refused(courier):
    with courier.south.open():
        raw = send_package(courier.desk(courier.south), to=NORTH).raw

    with pytest.raises(Refusal) as caught:
        heal(courier.north, {"ordinary.repatria": raw}, actor="operator", confirmed=True)

    assert codes_of(caught) == {"package-returns-nothing"}


def test_killed_at_any_moment_of_healing_it_is_not_healed_or_healed(courier, tmp_path):
    make_backup(courier.north, tmp_path / "north.backup")
    courier.say(*(noted(n) for n in range(40)))
    courier.carry(courier.north, courier.south)
    courier.north = back_in(tmp_path, tmp_path / "north.backup")
    files = courier.given_back(courier.south)
    courier.north.close()
    whole = {p.name: p.read_bytes() for p in courier.north.folder.iterdir() if p.is_file()}
    small, large = len(commitments_of(courier.north)), None
    courier.north.close()
    seen = set()
    for milliseconds in (0, 20, 40, 60, 80, 100, 130, 160, 200, 400):
        for name, raw in whole.items():
            (courier.north.folder / name).write_bytes(raw)
        child = os.fork()
        if child == 0:  # pragma: no cover -- runs in the child, where coverage does not look
            signal.setitimer(signal.ITIMER_REAL, milliseconds / 1000 + 0.0001)
            signal.signal(signal.SIGALRM, lambda *_: os.kill(os.getpid(), signal.SIGKILL))
            heal(courier.north, files, actor="operator", confirmed=True)
            os._exit(0)
        os.waitpid(child, 0)
        seen.add(len(commitments_of(courier.north)))
        heal(courier.north, files, actor="operator", confirmed=True)
        large = large or len(commitments_of(courier.north))
        assert len(commitments_of(courier.north)) == large
        assert courier.north.mark().newest().standing is Standing.SIGNING
        assert faults_of(courier.north) == []
        courier.north.close()
    assert seen <= {small, large}


def test_the_backups_that_were_made_are_noted(courier, tmp_path):
    first = make_backup(courier.north, tmp_path / "one.backup")
    courier.say(noted(1))
    second = make_backup(courier.north, tmp_path / "two.backup")

    assert list(backups_of(courier.north.folder)) == [first, second]
    assert second.size == first.size + 1
    assert Installation.at(courier.north.folder).party == NORTH


FORGOTTEN = "Karo Testyan-1"


def erased_in(courier):
    """North erases the first person; the folder remembers it, as after the command."""
    with courier.north.open():
        courier.desk(courier.north)
        erase(
            courier.desk(courier.north),
            subjects=["person:p1"],
            reason=ErasureReason.DATA_SUBJECT_REQUEST,
        )
        remember_erasures(courier.north)


def names_in(installation):
    """Every text of a body in the database."""
    from repatria.store import models

    with installation.open():
        return "\n".join(models.Body.objects.values_list("text", flat=True))


def test_what_was_erased_since_the_backup_does_not_come_back_with_it(courier, tmp_path):
    courier.say(named(1), noted(1), named(2))
    courier.carry(courier.north, courier.intermediary)
    courier.carry(courier.north, courier.south)
    make_backup(courier.north, tmp_path / "north.backup")
    erased_in(courier)
    courier.carry(courier.north, courier.intermediary)
    courier.carry(courier.north, courier.south)

    courier.north = back_in(tmp_path, tmp_path / "north.backup")
    assert FORGOTTEN in names_in(courier.north)
    files = courier.given_back(courier.south, courier.intermediary)
    healed = heal(courier.north, files, actor="operator")

    assert FORGOTTEN not in names_in(courier.north)
    assert "Karo Testyan-2" in names_in(courier.north)
    assert healed.bodies > 0
    assert faults_of(courier.north) == []
    assert (courier.north.folder / ERASURES).exists()


def test_a_copy_of_a_peer_that_has_not_erased_yet_brings_nothing_back(courier, tmp_path):
    """South was told of the erasure; the intermediary's copy is older and holds the body."""
    make_backup(courier.north, tmp_path / "north.backup")
    size = courier.say(noted(1), noted(2))
    courier.carry(courier.north, courier.intermediary)
    erased_in(courier)
    courier.carry(courier.north, courier.south)

    courier.north = back_in(tmp_path, tmp_path / "north.backup")
    files = courier.given_back(courier.south, courier.intermediary)
    healed = heal(courier.north, files, actor="operator")

    assert "person:p1" not in names_in(courier.north)
    assert "person:p2" in names_in(courier.north)
    # What was erased is not called lost; only our own notes are.
    assert min(healed.lost) >= size
    assert faults_of(courier.north) == []


def test_a_backup_made_after_an_erasure_comes_back_without_what_was_erased(courier, tmp_path):
    courier.say(named(1), noted(1), named(2))
    erased_in(courier)
    make_backup(courier.north, tmp_path / "north.backup")

    back = back_in(tmp_path, tmp_path / "north.backup")

    assert FORGOTTEN not in names_in(back)
    assert faults_of(back) == []
    remembered = (courier.north.folder / ERASURES).read_text("utf-8")
    assert (back.folder / ERASURES).read_text("utf-8") == remembered


def test_an_erasure_that_no_peer_was_told_of_is_remembered_by_the_file_of_the_old_folder(
    courier, tmp_path
):
    courier.say(named(1), noted(1), named(2))
    courier.carry(courier.north, courier.intermediary)
    make_backup(courier.north, tmp_path / "north.backup")
    erased_in(courier)
    file = courier.north.folder / ERASURES

    courier.north = back_in(tmp_path, tmp_path / "north.backup")
    shutil.copyfile(file, courier.north.folder / ERASURES)
    files = courier.given_back(courier.intermediary)
    heal(courier.north, files, actor="operator", confirmed=True)
    heal(courier.north, files, actor="operator", confirmed=True)

    assert FORGOTTEN not in names_in(courier.north)
    # What says so is gone for good, and has to be said again.
    assert {fault.rpartition(" ")[2] for fault in faults_of(courier.north)} <= {
        "erasure-not-stated",
        "body-missing",
    }
