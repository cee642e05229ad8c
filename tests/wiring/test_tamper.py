"""Whatever is changed behind the program's back is found, and the place is named."""

import json
import random
import shutil
import sqlite3
from contextlib import closing
from itertools import islice

import pytest

from conftest import QUICK_KEYS, forget
from counts import FULL, lots, often
from dialogue import hand_over, made_up_lines, submit, write_list
from repatria.ledger.kinds.line_answered import AnswerCode
from repatria.ledger.kinds.list_submitted import Population
from repatria.operations.access import grant_access
from repatria.operations.answers import Answer, answer_line
from repatria.operations.comparison import compare_lists
from repatria.operations.families import request_tracing
from repatria.terms import ActorId, LineId, PersonName, Role
from repatria.wiring.installation import Installation
from repatria.wiring.verification import NothingToVerifyError, verify_path
from statements import noted

SAID = ("log_entry", "body", "head_note")


@pytest.fixture(scope="module")
def pristine(tmp_path_factory, empty_sqlite):
    """A workspace in which north and south exchanged a few statements; not to be touched."""
    work = tmp_path_factory.mktemp("pristine")
    folders = []
    for party in ("north", "south"):
        (work / party).mkdir()
        shutil.copyfile(empty_sqlite, work / party / "ledger.sqlite3")
        folders.append(
            Installation.create(
                work / party, party=party, title=party.title(), tables_ready=True, **QUICK_KEYS
            )
        )
    _let_things_happen(*folders, work)
    for installation in folders:
        installation.close()
        forget(installation.alias)
    return work


def _let_things_happen(north, south, work):
    from repatria.operations.access import introduce_peer
    from repatria.store import models

    def desk(installation, role=Role.REGISTRAR):
        return installation.desk(f"{installation.party}-{role}", role)

    for here, there in ((north, south), (south, north)):
        with here.open():
            introduce_peer(desk(here), party=there.party, title="Peer", keyring=there.keyring)
    with south.open():
        claimed = write_list(work / "claimed.csv", made_up_lines(2))
        submit(desk(south), claimed, to=north.party)
    with north.open():
        held = write_list(work / "held.csv", made_up_lines(2, held=True))
        submit(desk(north), held, to=south.party, population=Population.HELD)
    hand_over(south, north, desk, keep=True)
    with north.open():
        lines = models.ListRow.objects.filter(seen_by="north").order_by("population")
        held_list, claimed_list = sorted(lines, key=lambda row: row.author)
        compare_lists(desk(north), left=claimed_list.subject, right=held_list.subject)
        line = models.LineRow.objects.filter(seen_by="north", author="south").first()
        answer_line(desk(north), Answer(line=LineId(line.subject), code=AnswerCode.SEARCHING))
        grant_access(desk(north), account=ActorId("nadia"), role=Role.PRESS, party=north.party)
        request_tracing(desk(north), family=ActorId("f"), sought=PersonName(text="Karo Testyan"))
    hand_over(north, south, desk, keep=True)
    hand_over(south, north, desk, keep=True)
    for file in ("claimed.csv", "held.csv"):
        (work / file).unlink()


@pytest.fixture
def workspace(pristine, tmp_path):
    """A copy of the workspace that may be tampered with."""
    work = tmp_path / "work"
    shutil.copytree(pristine, work)
    yield work
    for party in ("north", "south"):
        forget(f"at:{(work / party).resolve()}")


@pytest.fixture
def database(workspace):
    """The database file of north."""
    return workspace / "north" / "ledger.sqlite3"


def faults(path):
    return [str(fault) for report in verify_path(path) for fault in report.faults]


class Tampering:
    """Somebody with the file and a tool: takes the triggers away and puts them back."""

    def __init__(self, file):
        self.file = file
        self.whole = file.read_bytes()

    def run(self, statement, *values):
        """Change something, leaving the triggers as they were."""
        with closing(sqlite3.connect(self.file)) as plain:
            plain.execute("PRAGMA synchronous=OFF")
            plain.execute("PRAGMA ignore_check_constraints=ON")
            triggers = plain.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
            ).fetchall()
            for name, _ in triggers:
                plain.execute(f"DROP TRIGGER {name}")
            changed = plain.execute(statement, values).rowcount
            for _, sql in triggers:
                plain.execute(sql)
            plain.commit()
            plain.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        assert changed == 1, statement

    def undo(self):
        """The file as it was."""
        self.file.write_bytes(self.whole)

    def read(self, statement):
        """Rows, past the program."""
        with closing(sqlite3.connect(self.file)) as plain:
            return plain.execute(statement).fetchall()

    def cells(self, table):
        """Every cell of a table that says something: (rowid, column, value)."""
        columns = [row[1] for row in self.read(f"PRAGMA table_info({table})") if row[1] != "id"]
        quoted = ", ".join(f'"{column}"' for column in columns)
        for rowid, *row in self.read(f"SELECT rowid, {quoted} FROM {table}"):  # noqa: S608 -- our own names
            yield from ((rowid, column, value) for column, value in zip(columns, row, strict=True))


def changed_values(value):
    """The value with one byte, one character or one unit changed, at several places."""
    match value:
        case None:
            yield 1
        case int():
            yield 1 - value if value in {0, 1} else value + 1
        case bytes():
            for place in sorted({0, len(value) // 2, len(value) - 1}) if value else ():
                yield value[:place] + bytes([value[place] ^ 1]) + value[place + 1 :]
            yield value + b"\x00"
        case str():
            for place in sorted({0, len(value) // 2, len(value) - 1}) if value else ():
                yield value[:place] + chr(ord(value[place]) ^ 1) + value[place + 1 :]
            yield value + "x"


def tables_with_rows():
    from repatria.store.projections.engine import derived_tables

    return (*SAID, *(model._meta.db_table for model in derived_tables()))


def undetected(tampering, folder, table, cells, *, changes=None):
    """Changes of these cells that verification did not find, or did not place."""
    missed = []
    for rowid, column, value in cells:
        for changed in islice(changed_values(value), changes):
            tampering.undo()
            try:
                tampering.run(
                    f'UPDATE {table} SET "{column}" = ? WHERE rowid = ?',  # noqa: S608 -- our own names
                    changed,
                    rowid,
                )
            except sqlite3.IntegrityError:
                continue  # another row has this key already
            found = faults(folder)
            if not any(f.startswith("north: ") and names(f, table) for f in found):
                missed.append((table, column, value, changed, found))
    tampering.undo()
    return missed


def names(fault, table):
    """Whether a fault says where to look: an entry, a checkpoint, a log, or the table."""
    if table in SAID:
        return any(word in fault for word in ("north", "south", "checkpoint"))
    return f"table {table}" in fault


def test_an_untouched_workspace_holds(workspace):
    reports = verify_path(workspace)
    assert [(r.party, r.holds) for r in reports] == [("north", True), ("south", True)]
    assert all(report.size > 5 and report.statements == report.size for report in reports)
    assert faults(workspace / "north") == []


@pytest.mark.parametrize("table", SAID)
def test_a_changed_cell_of_what_was_said_is_found_and_placed(workspace, database, table):
    tampering = Tampering(database)
    cells = list(tampering.cells(table))
    some = [*cells[:4], *cells[len(cells) // 2 :][:4], *cells[-4:]]
    assert undetected(tampering, workspace / "north", table, some) == []


@pytest.mark.often
@pytest.mark.slow
def test_every_changed_cell_of_every_row_of_every_table_is_found_and_placed(workspace, database):
    """A cell of every third column, each drawn by lot; in the continuous run all of them."""
    tampering, draw = Tampering(database), lots()
    missed, seen = [], set()
    for table in tables_with_rows():
        changes = None if table in SAID else 1
        cells = list(tampering.cells(table))
        seen.update([table] if cells else [])
        chosen = cells if FULL else some_of_all_kinds(tampering, table, cells, draw)
        missed += undetected(tampering, workspace / "north", table, chosen, changes=changes)
    assert missed == []
    # fmt: off
    assert {*SAID, "frontier", "mention", "list_row", "line_row", "person_row", "pair_row",
            "peer_row", "account_row", "package_row", "tracing_row", "search_key"} <= seen
    # fmt: on


def some_of_all_kinds(tampering, table, cells, draw):
    """A cell of every third column, which are drawn; of what was said, in the log of each party."""
    origins = {}
    if table in SAID:
        origins = dict(tampering.read(f"SELECT rowid, origin FROM {table}"))  # noqa: S608 -- our own names
    kinds = {}
    for cell in cells:
        rowid, column, value = cell
        kinds.setdefault((column, origins.get(rowid), value is None), []).append(cell)
    drawn = draw.sample(sorted(kinds, key=repr), -(-len(kinds) // 3))
    return [draw.choice(kinds[kind]) for kind in drawn]


def test_a_removed_row_of_any_table_is_found(workspace, database):
    tampering = Tampering(database)
    for table in tables_with_rows():
        rowids = [row[0] for row in tampering.read(f"SELECT rowid FROM {table}")]  # noqa: S608 -- our own names
        # The newest checkpoint covers all older ones: an older one may be lost.
        for rowid in rowids[-1:] if table == "head_note" else rowids[:1] + rowids[-1:]:
            tampering.undo()
            tampering.run(f"DELETE FROM {table} WHERE rowid = ?", rowid)  # noqa: S608 -- our own names
            found = faults(workspace / "north")
            assert any(f.startswith("north: ") and names(f, table) for f in found), (table, found)


def test_an_added_row_is_found(workspace, database):
    tampering = Tampering(database)
    for table, columns in (
        ("log_entry", "'north', 999, commitment"),
        ("log_entry", "'stranger', 0, commitment"),
        ("body", "'south', 1, salt, text"),
        ("body", "'stranger', 0, salt, text"),
        ("head_note", "'stranger', 3, note"),
        ("frontier", "'stranger', 0, x''"),
    ):
        tampering.undo()
        tampering.run(f"INSERT INTO {table} SELECT {columns} FROM {table} LIMIT 1")  # noqa: S608 -- our own names
        found = faults(workspace / "north")
        assert any(names(f, table) or "stranger" in f for f in found), (table, columns, found)


def test_two_bodies_exchanged_are_both_found(workspace, database):
    tampering = Tampering(database)
    [(salt, text)] = tampering.read(
        "SELECT salt, text FROM body WHERE origin = 'north' AND seq = 2"
    )
    tampering.run(
        "UPDATE body SET salt = ?, text = ? WHERE origin = 'north' AND seq = 3", salt, text
    )
    assert faults(workspace / "north") == ["north: north/3 body: body-not-as-committed"]


def test_a_mirrored_body_taken_away_is_found(workspace, database):
    tampering = Tampering(database)
    [(seq,)] = tampering.read("SELECT max(seq) FROM body WHERE origin = 'south'")
    tampering.run("DELETE FROM body WHERE origin = 'south' AND seq = ?", seq)
    assert faults(workspace / "north") == [f"north: south/{seq} body: body-not-as-received"]


def test_a_trigger_taken_away_is_named(workspace, database):
    with closing(sqlite3.connect(database)) as plain:
        names = [r[0] for r in plain.execute("SELECT name FROM sqlite_master WHERE type='trigger'")]
    assert len(names) == 12
    for name in names:
        whole = database.read_bytes()
        with closing(sqlite3.connect(database)) as plain:
            plain.execute(f"DROP TRIGGER {name}")
            plain.commit()
            plain.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        assert faults(workspace / "north") == [f"north: database trigger {name}: trigger-missing"]
        database.write_bytes(whole)


def test_a_trigger_made_harmless_is_named(workspace, database):
    with closing(sqlite3.connect(database)) as plain:
        plain.execute("DROP TRIGGER body_no_update")
        plain.execute("CREATE TRIGGER body_no_update BEFORE UPDATE ON body BEGIN SELECT 1; END")
        plain.commit()
        plain.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert faults(workspace / "north") == [
        "north: database trigger body_no_update: trigger-differs"
    ]


def test_a_database_set_back_to_an_older_signed_state_is_found_by_its_peer(workspace, database):
    older, mark = database.read_bytes(), (workspace / "north" / "high-water").read_bytes()
    north, south = (Installation.at(workspace / party) for party in ("north", "south"))

    def desk(installation, role):
        return installation.desk("somebody", role)

    with north.open():
        desk(north, Role.REGISTRAR).log.append([noted(1)])
    hand_over(north, south, desk)
    for installation in (north, south):
        installation.close()
    assert faults(workspace) == []
    database.write_bytes(older)
    assert faults(workspace / "north") == ["north: high-water mark: database-set-back"]
    assert "south: mirror of north: mirror-differs" in faults(workspace)
    # With its mark set back as well, only a peer can tell.
    (workspace / "north" / "high-water").write_bytes(mark)
    assert faults(workspace / "north") == []
    assert faults(workspace) == ["south: mirror of north: mirror-differs"]


@pytest.mark.parametrize(
    ("file", "place"),
    [
        ("node.key", "north/node.key"),
        ("installation.json", "north"),
    ],
)
def test_a_changed_key_or_description_is_found(workspace, file, place):
    path = workspace / "north" / file
    whole = path.read_bytes()
    start = whole.index(b"keyring") + 11 if file == "installation.json" else 0
    for at in range(start, len(whole) - 10, 29):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        found = faults(workspace / "north")
        assert any(fault.startswith(place) for fault in found), (at, found)
    path.write_bytes(whole)
    assert faults(workspace / "north") == []


def test_another_partys_keys_are_found(workspace):
    shutil.copyfile(workspace / "south" / "node.key", workspace / "north" / "node.key")
    assert "north/node.key: key-differs" in faults(workspace / "north")
    for file in ("installation.json", "node.key"):
        shutil.copyfile(workspace / "south" / file, workspace / "north" / file)
    assert faults(workspace / "north") != []


def test_a_keyring_that_the_log_does_not_know_is_found(workspace):
    from statements import node_of, roots_of, signed_keyring

    path = workspace / "north" / "installation.json"
    known = Installation.at(workspace / "north").keyring
    other = signed_keyring("north", nodes=[node_of("other").public("node-1")], roots=roots_of("x"))
    path.write_text(
        path.read_text("utf-8").replace(
            json.dumps(known.envelope.text), json.dumps(other.envelope.text)
        ),
        "utf-8",
    )
    assert faults(workspace / "north") != []


@pytest.mark.slow
@pytest.mark.often
@pytest.mark.parametrize("box", ["outbox", "inbox"])
def test_a_changed_byte_of_a_package_file_is_found_and_the_file_named(workspace, box):
    path = min((workspace / "north" / box).iterdir())
    whole = path.read_bytes()
    for at in range(0, len(whole), max(1, len(whole) // often(15, 200))):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        found = faults(workspace / "north")
        assert [f for f in found if f.startswith(f"north/{box}/{path.name}")] == found != [], at


def test_a_package_that_was_never_noted_or_comes_from_nowhere_is_found(workspace, tmp_path):
    from statements import list_log, package_for

    north = Installation.at(workspace / "north")
    with north.open():
        raw = package_for(north.log(), "south", have=1, node=north.node())
    north.close()
    (north.folder / "outbox" / "unknown.repatria").write_bytes(raw)
    stranger = list_log("stranger")
    stranger.append([noted(1, by="stranger")])
    raw = package_for(stranger, "north", recipients=[north.keyring.current.recipient])
    (north.folder / "inbox" / "stranger.repatria").write_bytes(raw)
    assert sorted(faults(north.folder)) == [
        "north/inbox/stranger.repatria: package-from-unknown-party",
        "north/outbox/unknown.repatria: package-not-in-log",
    ]


def test_a_package_on_a_stick_beside_the_installations_is_checked_too(workspace):
    source = min((workspace / "north" / "outbox").iterdir())
    stick = workspace / "stick"
    stick.mkdir()
    shutil.copyfile(source, stick / "a.repatria")
    reports = verify_path(workspace)
    assert [(r.place, r.party, r.holds) for r in reports][2:] == [
        ("stick/a.repatria", "north", True)
    ]
    raw = source.read_bytes()
    (stick / "a.repatria").write_bytes(raw[:-1] + bytes([raw[-1] ^ 1]))
    assert [f for f in faults(workspace) if "a.repatria" in f] != []


def test_a_single_package_says_whose_it_is_and_warns_when_the_key_is_not_known(workspace):
    path = min((workspace / "north" / "outbox").iterdir())
    north, south = (Installation.at(workspace / party) for party in ("north", "south"))
    opens = [south.node().identity]
    [known] = verify_path(path, key=north.public_key, identities=opens)
    assert (known.party, known.holds, known.note) == ("north", True, "")
    [unknown] = verify_path(path, identities=opens)
    assert unknown.holds
    assert north.public_key.fingerprint in unknown.note
    [wrong] = verify_path(path, key=south.public_key, identities=opens)
    assert not wrong.holds
    [sealed] = verify_path(path)
    assert "only its recipient can look inside" in sealed.note


def test_what_is_missing_or_unreadable_is_named(workspace, tmp_path):
    with pytest.raises(NothingToVerifyError):
        verify_path(tmp_path / "nowhere")
    (workspace / "north" / "node.key").unlink()
    assert faults(workspace / "north") == ["north/node.key: file-damaged"]
    (workspace / "north" / "installation.json").write_text("{", "utf-8")
    assert faults(workspace / "north") == ["north/installation.json: file-damaged"]
    (workspace / "south" / "ledger.sqlite3").unlink()
    assert faults(workspace / "south") == ["south/ledger.sqlite3: file-missing"]


def test_a_bulletin_file_that_is_not_in_the_log_is_found(workspace):
    (workspace / "north" / "published" / "bulletin.html").write_text("<p>32</p>", "utf-8")
    assert faults(workspace / "north") == ["north/published/bulletin.html: bulletin-not-in-log"]


def content_of(file):
    """What the three tables say, or None when the file cannot be read."""
    try:
        with closing(sqlite3.connect(file)) as plain:
            return [
                sorted(plain.execute(f"SELECT * FROM {table}"), key=repr)  # noqa: S608 -- our own names
                for table in SAID
            ]
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return None


@pytest.mark.often
@pytest.mark.parametrize("flips", [100, pytest.param(often(300, 4_000), marks=pytest.mark.slow)])
def test_a_flipped_byte_of_the_file_is_found_or_changes_nothing_that_was_said(
    workspace, database, flips
):
    whole = database.read_bytes()
    before = content_of(database)
    draw = random.Random(flips)  # noqa: S311 -- places to flip
    used = [page for page in range(len(whole) // 4096) if any(whole[page * 4096 :][:4096])]
    changed_something = 0
    for _ in range(flips):
        at = draw.choice(used) * 4096 + draw.randrange(4096)
        changed = bytearray(whole)
        changed[at] ^= 1 << draw.randrange(8)
        database.write_bytes(changed)
        if content_of(database) != before:
            changed_something += 1
            put_back(database, changed)
            assert faults(workspace / "north"), at
        put_back(database, changed)
    assert changed_something


def put_back(database, raw):
    """The file as it was, without what reading it has left beside it."""
    for rest in ("-wal", "-shm"):
        database.with_name(database.name + rest).unlink(missing_ok=True)
    database.write_bytes(raw)
