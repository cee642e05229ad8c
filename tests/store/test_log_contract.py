"""The log in the database and the log in memory keep one contract."""

from dataclasses import replace

import pytest

from repatria.ledger.checkpoint import open_checkpoint
from repatria.ledger.merkle import root_of
from repatria.operations.access import grant_access, introduce_peer
from repatria.operations.packages import send_package
from repatria.operations.receiving import take_in_package
from repatria.store import models
from repatria.store.log import StoreLog
from repatria.store.projections import table_digests
from repatria.terms import ActorId, IntegrityError, PartyCode, Refusal, Role
from statements import (
    counted_bytes,
    desk_at,
    key_of,
    keyring_of_party,
    list_log,
    named,
    noted,
    placed,
    unknown_kind,
)

NORTH, SOUTH = PartyCode("north"), PartyCode("south")
BATCHES = ([noted(1)], [], [named(1), placed(1), unknown_kind(2)], [noted(2), noted(1)])


@pytest.fixture
def empty(make_installation, database_kind):
    """An open database of another party, in which the log of `north` is empty."""
    with make_installation("other", database_kind).open():
        yield


@pytest.fixture
def logs(empty):
    """The same statements in both logs, from the same key and random bytes."""
    stored = StoreLog(NORTH, key_of("north"), counted_bytes("north"))
    listed = list_log("north")
    return stored, listed


def grouped(log, subjects, kinds=()):
    """What is said about each subject; to name one twice must change nothing."""
    found = log.about_each([*subjects, *subjects], *kinds)
    return {subject: tuple(entries) for subject, entries in found.items()}


def same(stored, listed):
    """Everything that can be asked of a log, asked of both."""
    subjects = ["person:p1", "person:p2", "person:p9", "peer:south", "peer:north"]
    kinds = ["custody.noted", "person.named", "weather.reported", "package.received", "none"]
    for origin in (NORTH, SOUTH):
        assert stored.head(origin) == listed.head(origin)
        assert stored.commitments(origin) == listed.commitments(origin)
        assert stored.commitments(origin, 2) == listed.commitments(origin, 2)
    assert stored.signed_head() == listed.signed_head()
    for origin in (NORTH, SOUTH):
        assert stored.note(origin) == listed.note(origin)
        assert stored.frontier(origin).root() == listed.frontier(origin).root()
        assert stored.mirrored_bodies(origin) == listed.mirrored_bodies(origin)
    for label in (NORTH, SOUTH, PartyCode("intermediary")):
        assert stored.bodies_for(label) == listed.bodies_for(label)
        assert stored.bodies_for(label, 2) == listed.bodies_for(label, 2)
    for subject in subjects:
        assert stored.about(subject) == listed.about(subject)
        assert stored.is_named(subject) == listed.is_named(subject)
    for only in ((), ("custody.noted",)):
        assert grouped(stored, subjects, only) == grouped(listed, subjects, only)
    told = {s: stored.about(s) for s in subjects if stored.is_named(s)}
    assert grouped(stored, subjects) == told
    assert stored.of_kind(*kinds) == listed.of_kind(*kinds)
    for kind in kinds:
        assert stored.of_kind(kind) == listed.of_kind(kind)
    return True


def test_both_logs_answer_every_question_alike_after_every_append(logs):
    stored, listed = logs
    for batch in BATCHES:
        assert stored.append(batch) == listed.append(batch)
        assert same(stored, listed)
    assert stored.party == listed.party == "north"
    assert len(stored.about("person:p1")) == 4


def test_both_logs_take_in_the_same_packages_alike(logs):
    south = desk_at(list_log("south"))
    introduce_peer(south, party=NORTH, title="North", keyring=keyring_of_party("north"))
    south.log.append([noted(5, by="south", audience=("south", "north")), named(6, by="south")])
    first = send_package(south, to=NORTH).raw
    south.log.append([unknown_kind(1, by="south", audience=("north",))])
    second = send_package(south, to=NORTH).raw
    for log in logs:
        here = desk_at(log)
        introduce_peer(here, party=SOUTH, title="South", keyring=keyring_of_party("south"))
    for raw in (first, first, second, first):
        taken = [take_in_package(desk_at(log), raw) for log in logs]
        assert taken[0] == taken[1]
        assert same(*logs)
    assert [e.ref for e in logs[0].about("person:p5")] == ["south/1"]


def test_every_append_leaves_a_signed_head_for_its_size(logs):
    stored, _ = logs
    sizes = [stored.append(batch).size for batch in BATCHES]
    rows = models.HeadNote.objects.filter(origin="north").order_by("size")
    assert [row.size for row in rows] == sorted(set(sizes))
    commitments = stored.commitments(NORTH)
    for row in rows:
        head = open_checkpoint(row.note, key_of("north").verify_key, place="here")
        assert (head.size, head.root) == (row.size, root_of(commitments[: row.size]))


def everything():
    return (
        sorted(models.LogEntry.objects.values_list("origin", "seq")),
        sorted(models.Body.objects.values_list("origin", "seq", "text")),
        sorted(models.HeadNote.objects.values_list("origin", "size", "note")),
        table_digests(),
    )


class FoldError(Exception):
    """A projection broke down."""


@pytest.mark.parametrize("broken", ["project", "_index", "_fold"])
def test_appending_writes_all_or_nothing_when_a_projection_breaks_down(
    north, desk, monkeypatch, broken
):
    def breaks(*args, **rest):
        raise FoldError

    place = "repatria.store.log" if broken == "project" else "repatria.store.projections.engine"
    with north.open():
        desk(north).log.append([noted(1)])
        before = everything()
        with monkeypatch.context() as patched:
            patched.setattr(f"{place}.{broken}", breaks)
            with pytest.raises(FoldError):
                desk(north).log.append([noted(2), named(3)])
        assert everything() == before
        assert desk(north).log.append([noted(2)]).first == 2


def test_a_projection_that_breaks_down_on_one_statement_of_many_writes_none(
    north, desk, monkeypatch
):
    from repatria.store.projections.registry import PROJECTIONS

    with north.open():
        before = everything()
        people = next(p for p in PROJECTIONS if "custody.noted" in p.kinds)

        def breaks(subject, entries):
            if subject == "person:p7":
                raise FoldError
            return people.rows(subject, entries)

        broken = tuple(replace(p, rows=breaks) if p is people else p for p in PROJECTIONS)
        with monkeypatch.context() as patched:
            patched.setattr("repatria.store.projections.engine.PROJECTIONS", broken)
            with pytest.raises(FoldError):
                desk(north).log.append([noted(n) for n in range(9)])
        assert everything() == before


def test_a_package_is_taken_in_all_or_nothing(north, south, desk, acquaint, monkeypatch):
    def breaks(*args, **rest):
        raise FoldError

    acquaint(north, south)
    with north.open():
        desk(north).log.append([noted(1)])
        raw = send_package(desk(north), to=SOUTH).raw
    with south.open():
        before = everything()
        with monkeypatch.context() as patched:
            patched.setattr("repatria.operations.receiving.Desk.state", breaks)
            with pytest.raises(FoldError):
                take_in_package(desk(south), raw)
        with monkeypatch.context() as patched:
            patched.setattr("repatria.store.log.project", breaks)
            with pytest.raises(FoldError):
                take_in_package(desk(south), raw)
        assert everything() == before
        assert take_in_package(desk(south), raw).new == 3


def test_every_changed_byte_of_a_package_leaves_the_database_as_it_was(
    north, south, desk, acquaint
):
    acquaint(north, south)
    with north.open():
        desk(north).log.append([noted(1), placed(1)])
        raw = send_package(desk(north), to=SOUTH).raw
    with south.open():
        before = everything()
        for place in range(0, len(raw), max(1, len(raw) // 150)):
            changed = raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :]
            with pytest.raises((IntegrityError, Refusal)):  # a changed name is a stranger's
                take_in_package(desk(south), changed)
            with pytest.raises(IntegrityError):
                take_in_package(desk(south), raw[:place])
        assert everything() == before
        take_in_package(desk(south), raw)
        after = everything()
        assert take_in_package(desk(south), raw).new == 0
        assert everything() == after


def test_a_granted_role_is_read_back_and_a_later_grant_replaces_it(north, desk):
    from repatria.store.queries.accounts import account_named

    with north.open():
        for role in (Role.PRESS, Role.MEDICAL):
            grant_access(desk(north), account=ActorId("nadia"), role=role, party=NORTH)
            assert account_named("nadia").role == role
        assert account_named("nobody") is None
