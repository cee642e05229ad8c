"""After an erasure everything follows from what is left, on every log there is."""

import random
from datetime import UTC, datetime

import psycopg
import pytest
from django.db import DatabaseError, connections, transaction

from counts import often
from repatria.ledger.kinds.list_line import ListLine
from repatria.ledger.kinds.statement_erased import ErasureReason, StatementErased
from repatria.ledger.log import ListLog
from repatria.ledger.places import Places
from repatria.operations.access import introduce_peer
from repatria.operations.erasure import erase
from repatria.operations.packages import send_package
from repatria.operations.receiving import take_in_package
from repatria.store import drafts, entries, models
from repatria.store.database import current
from repatria.store.erasing import erase_again
from repatria.store.log import StoreLog
from repatria.store.projections import rebuild, table_digests
from repatria.store.verification import examine
from repatria.terms import IntegrityError, LineId, ListId, PartyCode, PersonName
from statements import (
    counted_bytes,
    desk_at,
    key_of,
    keyring_of_party,
    list_log,
    named,
    noted,
    package_for,
    placed,
    said,
    unknown_kind,
)

NORTH, SOUTH = PartyCode("north"), PartyCode("south")
MISTAKE = ErasureReason.MISTAKEN_RECORD


def line(number):
    """A line of a list with a name nobody bears."""
    subject = LineId(f"line:north-l{number}")
    listed = ListLine(
        list_id=ListId("list:north-a"),
        line_id=subject,
        number=number,
        names=(PersonName(text=f"Vahe Samplyan-{number}"),),
        father=f"Levon-{number}",
    )
    return said(listed, about=(subject, "list:north-a"), audience=("north", "south"))


def erased(places, *, by="north", origin=None, about="erasure:north-e1", audience=None):
    """The bare statement, as a peer might word it."""
    gone = StatementErased(origin=PartyCode(origin or by), places=places, reason=MISTAKE)
    audience = audience or ("north", "south")
    return said(gone, by=by, about=(about,), audience=audience)


def kept(log, people=range(1, 7)):
    """Everything that can be asked about the people and lines of a log."""
    subjects = [f"{kind}{n}" for kind in ("person:p", "line:north-l") for n in people]
    kinds = ("person.named", "custody.noted", "list.line", "statement.erased", "weather.reported")
    return (
        {s: log.about(s) for s in subjects},
        {s: log.is_named(s) for s in subjects},
        log.of_kind(*kinds),
        log.bodies_for(SOUTH),
        log.head(NORTH),
        log.head(SOUTH),
        log.commitments(NORTH),
        log.at([(NORTH, n) for n in range(40)]),
    )


def holds(party=NORTH):
    """What `verify` says is wrong."""
    found = examine(party, keyring_of_party(party))
    return [(fault.place, fault.code) for fault in found.all_faults]


@pytest.fixture
def empty(make_installation, database_kind):
    """An open database of another party, in which the log of `north` is empty."""
    with make_installation("other", database_kind).open():
        yield


@pytest.fixture
def logs(empty):
    """The same party's log in the database and in memory."""
    stored = StoreLog(NORTH, key_of("north"), counted_bytes("north"))
    listed = list_log("north")
    for log in (stored, listed):
        introduce_peer(desk_at(log), party=SOUTH, title="South", keyring=keyring_of_party("south"))
    return stored, listed


@pytest.mark.often
@pytest.mark.parametrize("seed", range(often(3, 6)))
def test_both_logs_hold_the_same_after_any_erasures_and_rebuilding_changes_nothing(logs, seed):
    draw = random.Random(seed)  # noqa: S311 -- a seeded past can be repeated
    rebuild(NORTH)  # what the database's first owner said is folded for north
    make = [named, noted, placed, line, unknown_kind]
    desks = [desk_at(log) for log in logs]
    for _ in range(8):
        batch = [draw.choice(make)(draw.randint(1, 6)) for _ in range(draw.randint(1, 6))]
        for log in logs:
            log.append(batch)
        heads = [log.commitments(NORTH) for log in logs]
        there = logs[1].at([(NORTH, n) for n in range(200)])
        erasable = [
            e.ref for e in there if e.statement.kind.startswith(("per", "cus", "list", "wea"))
        ]
        chosen = draw.sample(erasable, min(len(erasable), draw.randint(1, 3)))
        for one in desks:
            erase(one, places=chosen, reason=MISTAKE)

        assert kept(logs[0]) == kept(logs[1])
        assert [
            log.commitments(NORTH)[: len(h)] for log, h in zip(logs, heads, strict=True)
        ] == heads
        live = table_digests()
        rebuild(NORTH)
        assert table_digests() == live
    assert models.Erasure.objects.count() > 8


def test_an_installation_that_erased_is_as_signed(north, desk):
    with north.open():
        desk(north).log.append([named(1), noted(1), line(1), named(2)])
        before = desk(north).log.head(NORTH)

        erase(desk(north), subjects=["person:p1", "line:north-l1"], reason=MISTAKE)

        found = examine(NORTH, north.keyring)
        assert found.all_faults == []
        assert found.verdicts[0].bodies == before.size - 3 + 3
        assert not models.SearchKey.objects.filter(subject="line:north-l1").exists()
        assert not models.PersonRow.objects.filter(subject="person:p1").exists()
        assert models.PersonRow.objects.filter(subject="person:p2").exists()


def test_nothing_is_written_when_an_erasure_breaks_down(north, desk, monkeypatch):
    def breaks(*args, **rest):
        raise ZeroDivisionError

    with north.open():
        desk(north).log.append([named(1)])
        before = (models.Body.objects.count(), models.Erasure.objects.count(), table_digests())
        with monkeypatch.context() as patched:
            patched.setattr("repatria.store.erasing.fold_again", breaks)
            with pytest.raises(ZeroDivisionError):
                erase(desk(north), subjects=["person:p1"], reason=MISTAKE)
        assert (
            models.Body.objects.count(), models.Erasure.objects.count(), table_digests()
        ) == before  # fmt: skip


def test_an_erasure_takes_the_drafts_of_terms_with_it(north, desk):
    with north.open():
        desk(north).log.append([named(1)])
        typed = {"rule-1-ids": ["Vahe Samplyan"]}
        drafts.keep_draft("nadia", typed, datetime(2030, 3, 1, tzinfo=UTC))
        assert drafts.draft_of("nadia").fields == typed
        erase(desk(north), subjects=["person:p1"], reason=MISTAKE)
        assert drafts.draft_of("nadia") is None


def test_no_statement_that_was_erased_stays_in_memory(north, desk):
    with north.open():
        desk(north).log.append([named(1)])
        assert desk(north).log.about("person:p1")
        assert entries._statement_in.cache_info().currsize > 0
        erase(desk(north), subjects=["person:p1"], reason=MISTAKE)
        # All are let go of; what the erasure then read itself may be there again.
        assert entries._statement_in.cache_info().currsize <= 1
        assert len(entries._in_use) <= 1


REFUSED = (
    "DELETE FROM body",
    "DELETE FROM body WHERE seq = 2",
    "UPDATE body SET text = '' WHERE seq = 1",
    "UPDATE body SET text = '' WHERE seq = 2",
    "DELETE FROM erasure",
    "UPDATE erasure SET seq = 2",
    "UPDATE erasure SET said_by = ''",
    "DELETE FROM log_entry WHERE seq = 1",
    "DELETE FROM head_note",
)


@pytest.fixture
def once(north, desk):
    """An installation in which the second of two statements was erased."""
    with north.open():
        desk(north).log.append([named(1), named(2), named(3)])
        erase(desk(north), places=["north/1"], reason=MISTAKE)
        yield north


@pytest.mark.parametrize("statement", REFUSED)
def test_nothing_goes_that_is_not_named_in_the_erasures(once, statement):
    counts = [m.objects.count() for m in (models.Body, models.Erasure, models.LogEntry)]
    if statement == "UPDATE body SET text = '' WHERE seq = 1":
        with connections[current()].cursor() as cursor:
            cursor.execute(statement)
            assert cursor.rowcount == 0  # there is none any more
        return
    with (
        pytest.raises(DatabaseError, match="can only grow"),
        transaction.atomic(using=current()),
        connections[current()].cursor() as cursor,
    ):
        cursor.execute(statement)
    assert [m.objects.count() for m in (models.Body, models.Erasure, models.LogEntry)] == counts


def test_a_body_may_go_once_its_place_is_named_and_verify_sees_who_did_not_say_so(once):
    with connections[current()].cursor() as cursor:
        cursor.execute("INSERT INTO erasure (origin, seq, said_by) VALUES ('north', 2, 'north/9')")
        cursor.execute("DELETE FROM body WHERE origin = 'north' AND seq = 2")
        assert cursor.rowcount == 1
    found = examine(NORTH, once.keyring)
    assert ("north/2 body", "body-missing") in [(f.place, f.code) for f in found.all_faults]


def test_an_erasure_that_nobody_stated_or_nobody_kept_is_named(once):
    with connections[current()].cursor() as cursor:
        cursor.execute("INSERT INTO erasure (origin, seq, said_by) VALUES ('north', 2, '')")
    found = examine(NORTH, once.keyring)
    assert [(f.place, f.code) for f in found.all_faults] == [
        ("north/2 erasure", "erasure-not-stated")
    ]


def test_a_body_put_back_after_its_erasure_is_named(once):
    body = models.Body.objects.get(origin="north", seq=2)
    models.Body.objects.create(origin="north", seq=1, salt=body.salt, text=body.text)
    found = examine(NORTH, once.keyring)
    assert ("north/1 body", "body-not-as-committed") in [
        (f.place, f.code) for f in found.all_faults
    ]


@pytest.mark.postgresql
@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
def test_a_temporary_table_does_not_stand_in_for_the_erasures(once):
    settings = connections[current()].settings_dict
    with psycopg.connect(
        host=settings["HOST"], user=settings["USER"], dbname=settings["NAME"]
    ) as plain:
        plain.execute("CREATE TEMPORARY TABLE erasure (origin text, seq bigint, said_by text)")
        plain.execute("INSERT INTO erasure VALUES ('north', 2, '')")
        with pytest.raises(psycopg.errors.RaiseException, match="can only grow"):
            plain.execute("DELETE FROM body WHERE seq = 2")
        plain.rollback()
        with pytest.raises(psycopg.errors.RaiseException, match="can only grow"):
            plain.execute("TRUNCATE erasure")


class Unheeding(ListLog):
    """A log that says what it erases and does not."""

    def _erase(self, said):
        pass


@pytest.fixture
def south():
    """South, played by a log in memory that says whatever it is told to."""
    south = desk_at(Unheeding(SOUTH, key_of("south"), counted_bytes("south")))
    introduce_peer(south, party=NORTH, title="North", keyring=keyring_of_party("north"))
    return south


def take_in(log, south):
    return take_in_package(desk_at(log), send_package(south, to=NORTH).raw)


def held_from_south(log):
    return [e.seq for e in log.at([(SOUTH, n) for n in range(99)])]


def test_a_peers_erasure_of_its_own_words_is_obeyed_and_answered(logs, south):
    for log in logs:
        south = desk_at(list_log("south"))
        introduce_peer(south, party=NORTH, title="North", keyring=keyring_of_party("north"))
        south.log.append([noted(n, by="south") for n in range(1, 5)])
        take_in(log, south)
        erase(south, places=["south/1", "south/3"], reason=MISTAKE)
        take_in(log, south)
        [answer] = log.of_kind("erasure.acknowledged")
        assert answer.statement.audience == {"north", "south"}
        assert answer.statement.content["places"] == "1,3"
        assert held_from_south(log)[:2] == [2, 4]


def forged(south, bodies):
    """A package that south signs with these bodies put in, whatever its log says."""

    class Forging:
        def __getattr__(self, name):
            return getattr(south.log, name)

        def bodies_for(self, label, start=0):
            own = south.log.bodies_for(label, start)
            return tuple(sorted({*own, *bodies}, key=lambda d: d.seq))

    return package_for(Forging(), NORTH)


def test_a_body_that_comes_with_or_after_its_erasure_is_not_kept(logs, south):
    south.log.append([noted(1, by="south"), noted(2, by="south")])
    bodies = [d for d in south.log.bodies_for(NORTH) if d.seq in (1, 2)]
    erase(south, places=["south/1", "south/2"], reason=MISTAKE)
    raw = forged(south, bodies)
    for log in logs:
        take_in_package(desk_at(log), raw)
        assert held_from_south(log) == [3]
        take_in_package(desk_at(log), raw)
        assert held_from_south(log) == [3]
    assert kept(logs[0]) == kept(logs[1])


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        (erased("1-9999999", by="south", about="erasure:south-a"), "erasure-beyond-log"),
        (erased("2", by="south", about="erasure:south-a"), "erasure-beyond-log"),
        (erased("2,1", by="south", about="erasure:south-a"), "payload-malformed"),
        (erased("", by="south", about="erasure:south-a"), "payload-malformed"),
        (erased("1", by="south", about="erasure:north-a"), "made-by-another"),
    ],
    ids=["far beyond", "itself", "another spelling", "nothing", "under our id"],
)
def test_a_peers_erasure_that_no_honest_one_writes_is_refused_with_its_package(
    logs, south, statement, code
):
    south.log.append([noted(1, by="south"), statement])
    for log in logs:
        with pytest.raises(IntegrityError) as refused:
            take_in(log, south)
        assert refused.value.code == code
        assert log.head(SOUTH).size == 0


@pytest.mark.parametrize("whose", ["north", "intermediary"])
def test_a_peer_that_claims_to_erase_what_is_not_its_own_is_not_obeyed(logs, south, whose):
    south.log.append([noted(1, by="south")])
    claim = erased("0-900", by="south", origin=whose, about="erasure:south-a")
    for log in logs:
        log.append([named(1), noted(1)])
    before = [log.at([(NORTH, n) for n in range(4)]) for log in logs]
    south.log.append([claim])
    for log, there in zip(logs, before, strict=True):
        take_in(log, south)
        assert log.at([(NORTH, n) for n in range(4)])[: len(there)] == there
        assert log.of_kind("erasure.acknowledged") == ()
    assert models.Erasure.objects.count() == 0


def test_a_peer_cannot_take_back_what_others_rest_on(logs, south):
    south.log.append([noted(1, by="south"), erased("1", by="south", about="erasure:south-a")])
    for log in logs:
        take_in(log, south)
    south.log.append([erased("0-2", by="south", about="erasure:south-b")])
    for log in logs:
        take_in(log, south)
        assert 2 in held_from_south(log)
        assert 1 not in held_from_south(log)
    # Place 0 was never ours to read: whether it may be erased cannot be known.
    assert sorted(models.Erasure.objects.values_list("seq", flat=True)) == [0, 1]


def test_overlapping_and_repeated_erasures_are_one(north, make_installation, desk, acquaint):
    other = make_installation("south", "sqlite")
    acquaint(north, other)
    with other.open():
        desk(other).log.append([noted(n, by="south") for n in range(1, 6)])
        first = send_package(desk(other), to=NORTH).raw
        size = desk(other).log.head(SOUTH).size
        log = desk(other).log
        log.append([erased("2-4", by="south", about="erasure:south-a")])
        log.append([erased("3-5", by="south", about="erasure:south-b")])
        log.append([erased("3-5", by="south", about="erasure:south-c")])
        second = send_package(desk(other), to=NORTH).raw
        assert examine(SOUTH, other.keyring).all_faults == []
    with north.open():
        take_in_package(desk(north), first)
        take_in_package(desk(north), second)
        take_in_package(desk(north), first)
        assert sorted(models.Erasure.objects.values_list("seq", flat=True)) == [2, 3, 4, 5]
        assert len(desk(north).log.of_kind("erasure.acknowledged")) == 3
        assert examine(NORTH, north.keyring).all_faults == []
        live = table_digests()
        rebuild(NORTH)
        assert table_digests() == live
    assert size == 8


def test_our_copies_of_a_peers_words_can_go_and_only_we_are_told(
    north, make_installation, desk, acquaint
):
    other = make_installation("south", "sqlite")
    acquaint(north, other)
    with other.open():
        desk(other).log.append([noted(1, by="south"), noted(2, by="south")])
        raw = send_package(desk(other), to=NORTH).raw
    with north.open():
        take_in_package(desk(north), raw)
        erase(desk(north), subjects=["person:p1"], reason=ErasureReason.RETENTION_ENDED)

        [entry] = desk(north).log.of_kind("statement.erased")
        assert entry.statement.audience == {"north"}
        assert entry.statement.content["origin"] == "south"
        assert examine(NORTH, north.keyring).all_faults == []
        assert not desk(north).log.is_named("person:p1")
        assert desk(north).log.is_named("person:p2")


def test_a_mirrored_body_that_went_without_a_word_is_still_named(
    north, make_installation, desk, acquaint
):
    other = make_installation("south", "sqlite")
    acquaint(north, other)
    with other.open():
        desk(other).log.append([noted(1, by="south")])
        raw = send_package(desk(other), to=NORTH).raw
    with north.open():
        take_in_package(desk(north), raw)
        with connections[current()].cursor() as cursor:
            cursor.execute("INSERT INTO erasure (origin, seq, said_by) VALUES ('south', 2, '')")
            cursor.execute("DELETE FROM body WHERE origin = 'south' AND seq = 2")
        codes = [(f.place, f.code) for f in examine(NORTH, north.keyring).all_faults]
    assert ("south/2 body", "body-not-as-received") in codes
    assert ("south/2 erasure", "erasure-not-stated") in codes


def test_what_came_back_with_an_older_database_goes_again(once):
    with transaction.atomic(using=current()):
        assert erase_again(NORTH, Places.of([1, 2]), own=NORTH) == 1
        assert erase_again(NORTH, Places.of([1, 2]), own=NORTH) == 0
    codes = [(f.place, f.code) for f in examine(NORTH, once.keyring).all_faults]
    assert codes == [("north/2 body", "body-missing")]
