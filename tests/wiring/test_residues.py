"""Nothing of an erased person is left in any file, on either database.

Made-up words are planted through the ordinary way in, looked for in every file, and
looked for again: what finds nothing before cannot show that anything went.
"""

import base64
import sqlite3
import zlib
from contextlib import closing

import psycopg
import pytest

from conftest import BOTH_DATABASES
from repatria.ledger.kinds.list_submitted import Population
from repatria.ledger.kinds.statement_erased import ErasureReason
from repatria.ledger.package import opened
from repatria.lists.reading import open_list_file
from repatria.operations.access import grant_access
from repatria.operations.comparison import compare_lists
from repatria.operations.erasure import erase
from repatria.operations.families import notify_family, request_tracing
from repatria.operations.packages import send_package
from repatria.operations.receiving import take_in_package
from repatria.operations.submission import submit_list
from repatria.store import models
from repatria.terms import ActorId, IntegrityError, PartyCode, PersonName, Role
from repatria.wiring.erasure_file import remembered, replay_erasures
from repatria.wiring.installation import Installation
from repatria.wiring.residues import clean, clean_if_erased
from repatria.wiring.verification import verify_path

pytestmark = pytest.mark.slow

NORTH, SOUTH, INTERMEDIARY = (PartyCode(p) for p in ("north", "south", "intermediary"))
HEADINGS = (
    "No;Surname;Given name;Father name;Date of birth;Captured on;Place of detention;Note;Reference"
)
# Nobody bears these, and no other test writes them.
PLANTED = {
    "surname": "Zhvorplamyan",
    "given": "Qaxtrunel",
    "father": "Wbordivask",
    "place": "Kelfrumstadt",
    "note": "glimfordwaxen",
    "reference": "RX-77419-QV",
    "script": "Ժքորփլամ",
}
HELD = f"""{HEADINGS}
1;{PLANTED["surname"]};{PLANTED["given"]};{PLANTED["father"]};05.02.1991;11.10.2028;{PLANTED["place"]};{PLANTED["note"]};{PLANTED["reference"]}
2;Testyan;Levon;Vahe;17.07.1993;03.11.2028;Cell two;none;N-2
"""
CLAIMED = f"""No;Surname;Given name;Father name;Date of birth
1;{PLANTED["script"]};{PLANTED["given"]};{PLANTED["father"]};05.02.1991
2;Testyan;Levon;Vahe;17.07.1993
"""


def spellings(word):
    """The bytes a word may lie in a file as."""
    raw = word.encode()
    out = {raw, word.encode("utf-16-le"), word.encode("utf-16-be"), raw.hex().encode()}
    out.add(word.casefold().encode())
    out.add("".join(c if c.isascii() else f"\\u{ord(c):04x}" for c in word).encode())
    for shift in range(3):
        # The part of its base64 that is the same whatever stands before and after.
        out.add(base64.b64encode(b"x" * shift + raw)[shift and 4 : -4])
    return out


def files_of(folders):
    for folder in folders:
        yield from (path for path in sorted(folder.rglob("*")) if path.is_file())


def unpacked(path, raw):
    """A file's bytes, and what is packed in it for the installation it lies in."""
    yield raw
    if path.suffix != ".repatria":
        return
    for folder in path.parents:
        if (folder / "installation.json").exists():
            try:
                inside = opened(raw, Installation.at(folder).node().identity)
            except IntegrityError:
                return  # it is for somebody else: nobody here can open it
            packed = inside[inside.index(b"\n") + 1 + 32 + 64 :]
            yield zlib.decompressobj().decompress(packed)
            return


def found(folders, words):
    """(word, file) for each planted word that lies in a file, in whatever spelling."""
    hits = set()
    for path in files_of(folders):
        try:
            raw = path.read_bytes()
        except FileNotFoundError:  # a server removes its own files
            continue
        for content in unpacked(path, raw):
            for word in words:
                if any(spelling in content for spelling in spellings(word)):
                    hits.add((word, path.name))
    return hits


def hand_in(here, desk, text, title, population, to):
    path = here.folder / "inbox" / "uploads" / f"{title}.csv"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    file = open_list_file(path)
    with here.open():
        return submit_list(
            desk(here), tuple(file.rows()), file.description, title=title,
            population=population, to=to,
        ).list_id  # fmt: skip


def carry(sender, recipient, desk, name):
    with sender.open():
        raw = send_package(desk(sender), to=recipient.party).raw
    (sender.folder / "outbox" / name).write_bytes(raw)
    (recipient.folder / "inbox" / name).write_bytes(raw)
    with recipient.open():
        take_in_package(desk(recipient), raw)


@pytest.fixture(params=BOTH_DATABASES)
def database_kind(request):
    """First SQLite, then PostgreSQL."""
    return request.param


@pytest.fixture
def others_kind(request):
    """On SQLite, so that a server holds one installation only, unless a test says otherwise."""
    return getattr(request, "param", "sqlite")


@pytest.fixture
def south(make_installation, others_kind):
    """The installation of south."""
    return make_installation("south", others_kind)


@pytest.fixture
def intermediary(make_installation, others_kind):
    """The installation of the neutral intermediary."""
    return make_installation("intermediary", others_kind)


@pytest.fixture
def planted(north, south, intermediary, desk, acquaint):
    """North holds the planted person, south asked about him; packages went both ways."""
    from repatria.operations.answers import answer_lines
    from repatria.operations.suggestions import suggest_answers
    from simulators.party import decide_all

    acquaint(north, south, intermediary)
    asked = hand_in(south, desk, CLAIMED, "asked", Population.CLAIMED, NORTH)
    carry(south, north, desk, "from-south.repatria")
    held = hand_in(north, desk, HELD, "held", Population.HELD, INTERMEDIARY)
    with north.open():
        here = desk(north)
        grant_access(here, account=ActorId("guest"), role=Role.MONITOR, party=SOUTH)
        compare_lists(here, left=asked, right=held)
        decide_all(here)
        answer_lines(here, suggest_answers(here, asked))
        person = models.PersonRow.objects.filter(name__contains=PLANTED["surname"]).first().subject
        request = request_tracing(
            here, family=ActorId("kin"), sought=PersonName(text=PLANTED["given"]), relation="sister"
        )
        notify_family(here, request=request, person=person, what="held")
    carry(north, intermediary, desk, "to-intermediary.repatria")
    carry(north, south, desk, "to-south.repatria")
    return person


@pytest.fixture
def disk(north, database_kind, request):
    """Every folder in which north's installation keeps anything."""
    if database_kind == "sqlite":
        return [north.folder]
    return [north.folder, request.getfixturevalue("postgresql_server").folder]


def keys_of_his_alone(person):
    """Search keys under which only what is erased is found."""
    his = {row.subject for row in models.LineRow.objects.filter(person=person)} | {person}
    rows = list(models.SearchKey.objects.values_list("subject", "key"))
    others = {key for subject, key in rows if subject not in his and "Testyan" not in key}
    return {key for subject, key in rows if subject in his} - others


def test_no_planted_word_is_left_in_any_file(planted, north, desk, disk, database_kind):
    words = [*PLANTED.values()]
    before = found(disk, words)
    assert {word for word, _ in before} == set(words), "the test finds what there is"
    with north.open():
        keys = keys_of_his_alone(planted)
        assert keys
        size, root = desk(north).log.head(NORTH).size, desk(north).log.head(NORTH).root
        erase(desk(north), subjects=[planted], reason=ErasureReason.DATA_SUBJECT_REQUEST)

        cleaned = clean(north)

        left = set(models.SearchKey.objects.values_list("key", flat=True))
        assert not keys & left
        assert desk(north).log.head(NORTH).size > size
        assert root
    assert cleaned.left == []
    assert set(cleaned.deleted) >= {
        "inbox/from-south.repatria",
        "outbox/to-intermediary.repatria",
        "outbox/to-south.repatria",
        "inbox/uploads/held.csv",
    }
    long_keys = [key for key in keys if len(key) >= 8]
    assert found(disk, [*words, *long_keys]) == set()
    [report] = verify_path(north.folder)
    assert report.faults == []


@pytest.mark.parametrize(
    ("database_kind", "others_kind"),
    [
        ("sqlite", "sqlite"),
        pytest.param("postgresql", "postgresql", marks=pytest.mark.postgresql),
    ],
    indirect=True,
)
def test_whoever_was_given_the_words_has_nothing_left_either(
    planted, north, south, intermediary, desk, database_kind, request
):
    disk = [south.folder, intermediary.folder]
    words = [PLANTED["surname"], PLANTED["reference"], PLANTED["note"]]
    if database_kind == "postgresql":
        disk.append(request.getfixturevalue("postgresql_server").folder)
    assert {word for word, _ in found(disk, words)} == set(words)
    with north.open():
        erase(desk(north), subjects=[planted], reason=ErasureReason.RETENTION_ENDED)
        clean(north)
    for other in (south, intermediary):
        carry(north, other, desk, f"again-{other.party}.repatria")
        with other.open():
            cleaned = clean_if_erased(other)
            assert cleaned.left == []
            assert clean_if_erased(other) is None
        [report] = verify_path(other.folder)
        assert report.faults == []
    assert found(disk, words) == set()


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_an_older_database_that_was_put_back_is_erased_again(planted, north, desk):
    with north.open():
        desk(north).log.append([])
    north.close()
    # The mark goes back with it: else nothing could be signed before the log is healed.
    old = {name: (north.folder / name).read_bytes() for name in ("ledger.sqlite3", "high-water")}
    with north.open():
        erase(desk(north), subjects=[planted], reason=ErasureReason.COURT_ORDER)
        clean(north)
        gone = remembered(north.folder)
    north.close()

    for name, content in old.items():
        (north.folder / name).write_bytes(content)
    assert found([north.folder], [PLANTED["place"]])
    [report] = verify_path(north.folder)
    assert "erasure-not-replayed" in [fault.code for fault in report.faults]
    with north.open():
        assert replay_erasures(north) > 5
        assert replay_erasures(north) == 0
        clean(north)
        assert remembered(north.folder) == gone

    assert found([north.folder], PLANTED.values()) == set()
    codes = {fault.code for fault in verify_path(north.folder)[0].faults}
    assert codes == {"body-missing"}
    with north.open():
        places = [f"{origin}/{seq}" for origin, seqs in gone.items() for seq in seqs]
        erase(desk(north), places=places, reason=ErasureReason.COURT_ORDER)
    assert verify_path(north.folder)[0].faults == []


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_the_file_of_erasures_names_places_only_and_outlives_a_torn_line(planted, north, desk):
    path = north.folder / "erasures"
    with north.open():
        erase(desk(north), subjects=[planted], reason=ErasureReason.COURT_ORDER)
        clean(north)
        whole = path.read_text("ascii")
        path.write_text(whole.splitlines(keepends=True)[0] + "south 1-", "ascii")
        clean(north)
    assert sorted(path.read_text("ascii").splitlines()) == sorted(whole.splitlines())
    assert {line.split(" ")[0] for line in whole.splitlines()} == {"north", "south"}
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_a_reader_that_holds_an_old_state_open_is_said(planted, north, desk, monkeypatch):
    monkeypatch.setattr("repatria.store.compaction.PATIENCE_S", 0.2)
    with north.open():
        desk(north).log.append([])
        with closing(sqlite3.connect(north.folder / "ledger.sqlite3")) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM body").fetchone()
            erase(desk(north), subjects=[planted], reason=ErasureReason.COURT_ORDER)
            assert [r.code for r in clean(north).left] == ["database-in-use"]
        assert clean(north).is_clean


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_a_package_that_is_not_in_the_log_is_said_and_not_touched(planted, north, desk):
    stray = north.folder / "inbox" / "stray.repatria"
    stray.write_bytes(b"whatever")
    with north.open():
        erase(desk(north), subjects=[planted], reason=ErasureReason.COURT_ORDER)
        [left] = clean(north).left
    assert (left.code, left.where) == ("package-not-looked-into", "inbox/stray.repatria")
    assert stray.exists()


@pytest.mark.postgresql
@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
def test_without_a_superuser_it_is_said_what_to_run(planted, north, desk, postgresql_server):
    from django.db import connections

    from repatria.store.compaction import rewrite_database

    with north.open():
        name = connections[north.alias].settings_dict["NAME"]
        erase(desk(north), subjects=[planted], reason=ErasureReason.COURT_ORDER)
        with connections[north.alias].cursor() as cursor:
            cursor.execute("CREATE ROLE plain NOLOGIN")
            cursor.execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO plain")
            try:
                cursor.execute("SET ROLE plain")
                done = rewrite_database()
                cursor.execute("RESET ROLE")
            finally:
                cursor.execute("RESET ROLE")
                cursor.execute("DROP OWNED BY plain")
                cursor.execute("DROP ROLE plain")
    assert [r.code for r in done.left] == ["tables-not-rewritten", "wal-not-cleaned"]
    assert "body" in done.left[0].where.split(", ")
    verbs = [sql.split()[0] for sql in done.sql]
    assert set(verbs[:-4]) == {"VACUUM"}
    assert verbs[-4:] == ["ALTER", "SELECT", "SELECT", "CHECKPOINT;"]
    assert done.sql[-5] == "VACUUM FULL pg_catalog.pg_statistic;"
    with psycopg.connect(
        host=str(postgresql_server.folder), user="repatria", dbname=name, autocommit=True
    ) as admin:
        for sql in done.sql:
            admin.execute(sql)
