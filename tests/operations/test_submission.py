"""A list is handed in line by line, known again, and opens a holder's register."""

from dataclasses import replace

import pytest

from repatria.ledger.kinds import KINDS
from repatria.ledger.kinds.list_submitted import Population
from repatria.lists.reading import open_list_file
from repatria.operations.registration import person_of_line
from repatria.operations.submission import submit_list
from simulators.party import INTERMEDIARY, NORTH, SOUTH, Meeting, hand_in
from simulators.refusals import refuses

HEAD = "No;Surname;Given name;Date of birth;Category;Place of detention;Health;Status;Rank\n"
ONE = "1;Modelyan;Aram;05.02.1991;soldier;cell one;good;;private\n"
TWO = "2;Testyan;Levon;17.07.1993;soldier;cell two;strange words;;private\n"
THREE = "3;Samplov;Davit;;;;;;\n"


@pytest.fixture
def north(tmp_path):
    """North, with a place for its list files."""
    met = Meeting(tmp_path)
    met.north.folder = tmp_path
    return met.north


def submit(north, text, *, population=Population.HELD, title="list", dry_run=False):
    """Hand in a text as North's list."""
    to = INTERMEDIARY if population is Population.HELD else SOUTH
    return hand_in(
        north,
        north.folder / "list.csv",
        text,
        title=title,
        population=population,
        to=to,
        dry_run=dry_run,
    )


def kinds_since(north, before):
    """The kinds of what was said since the head had a size."""
    size = before[0]
    return sorted(e.statement.kind for e in north.log.of_kind(*KINDS) if e.seq >= size)


def test_a_claimed_list_is_its_lines_and_nothing_more(north):
    done = submit(north, HEAD + ONE + TWO, population=Population.CLAIMED)
    assert (done.written, len(done.changes.new)) == (6, 2)
    assert north.log.of_kind("person.registered") == ()
    lines = north.log.of_kind("list.line")
    assert {line.statement.audience for line in lines} == {frozenset({NORTH, SOUTH, INTERMEDIARY})}
    assert [line.statement.ground.note for line in lines] == ["row 2", "row 3"]
    where = north.log.of_kind("line.detained")
    assert {line.statement.audience for line in where} == {frozenset({NORTH, INTERMEDIARY})}


def test_a_held_list_opens_a_record_a_person_and_a_statement_a_property(north):
    submit(north, HEAD + ONE)
    assert kinds_since(north, (0,)) == [
        "custody.noted",
        "custody.placed",
        "file.imported",
        "health.classed",
        "line.detained",
        "list.line",
        "list.submitted",
        "person.categorised",
        "person.described",
        "person.described",
        "person.named",
        "person.registered",
    ]
    assert all("south" not in e.statement.audience for e in north.log.of_kind("person.named"))


def test_words_for_health_that_nobody_knows_are_kept_and_not_classed(north):
    submit(north, HEAD + TWO)
    assert north.log.of_kind("health.classed") == ()
    [kept] = north.log.of_kind("line.detained")
    assert kept.statement.content["health"] == "strange words"


def test_a_line_with_a_name_alone_opens_a_record_too(north):
    submit(north, HEAD + THREE)
    assert kinds_since(north, (0,)) == [
        "custody.noted",
        "file.imported",
        "list.line",
        "list.submitted",
        "person.named",
        "person.registered",
    ]


def test_a_dry_run_says_what_would_change_and_writes_nothing(north):
    before = north.head
    done = submit(north, HEAD + ONE + TWO, dry_run=True)
    assert (len(done.changes.new), done.written) == (2, 0)
    assert north.head == before


def test_only_what_changed_is_said_again(north):
    submit(north, HEAD + ONE + TWO)
    before = north.head
    done = submit(north, HEAD + ONE.replace("cell one", "cell three") + TWO)
    assert [changed.fields for changed in done.changes.changed] == [("held_at",)]
    assert kinds_since(north, before) == [
        "custody.placed",
        "file.imported",
        "line.detained",
        "list.line",
        "list.submitted",
    ]
    first, _, third = north.log.of_kind("list.line")
    assert third.statement.supersedes == (first.ref,)
    assert len({e.statement.content["person"] for e in north.log.of_kind("person.registered")}) == 2


def test_every_property_that_changes_is_amended_for_the_same_person(north):
    submit(north, HEAD + ONE)
    before = north.head
    submit(north, HEAD + "1;Modelian;Aram;06.02.1991;civilian;;;released 01.02.2029;sergeant\n")
    assert kinds_since(north, before) == [
        "custody.noted",
        "file.imported",
        "list.line",
        "list.submitted",
        "person.categorised",
        "person.described",
        "person.described",
        "person.named",
    ]
    [released] = [
        e.statement.content
        for e in north.log.of_kind("custody.noted")
        if e.statement.content["event"] == "released"
    ]
    assert released["on"] == "2029-02-01"


def test_lines_that_are_gone_from_a_newer_file_stay(north):
    submit(north, HEAD + ONE + TWO)
    done = submit(north, HEAD + ONE.replace("1991", "1992"))
    [*_, submitted] = north.log.of_kind("list.submitted")
    assert submitted.statement.content["lines"] == 2
    assert list(done.changes.absent) == [2]


def test_another_title_or_population_is_another_list(north):
    ids = {
        submit(north, HEAD + ONE, title=title, population=population).list_id
        for title in ("a", "b")
        for population in Population
    }
    assert len(ids) == 4


def test_a_list_of_the_same_title_by_somebody_else_is_another(tmp_path):
    met = Meeting(tmp_path).introduce().exchange_lists()
    done = hand_in(
        met.south,
        tmp_path / "list.csv",
        HEAD + ONE,
        title="north claims",
        population=Population.CLAIMED,
        to=NORTH,
    )
    assert done.list_id not in met.lists.values()


def test_a_file_without_a_readable_line_is_refused(north):
    with refuses(north, "list-without-lines"):
        submit(north, HEAD + "1;;;05.02.1991;;;;;\n")


def test_a_number_that_stands_twice_is_refused_with_both_rows(north):
    path = north.folder / "list.csv"
    path.write_text(HEAD + ONE, "utf-8")
    file = open_list_file(path)
    [row] = file.rows()
    with refuses(north, "list-number-twice"):
        submit_list(
            north.desk(),
            (row, replace(row, number=7)),
            file.description,
            title="list",
            population=Population.HELD,
            to=SOUTH,
        )


def test_progress_is_told_line_by_line(north):
    path = north.folder / "list.csv"
    path.write_text(HEAD + ONE + TWO, "utf-8")
    file, seen = open_list_file(path), []
    submit_list(
        north.desk(),
        tuple(file.rows()),
        file.description,
        title="list",
        population=Population.CLAIMED,
        to=SOUTH,
        progress=lambda done, total: seen.append((done, total)),
    )
    # Half of the bar is what is worked out, the other half what is written of it.
    assert seen[:2] == [(1, 4), (2, 4)]
    assert seen[-1][0] == seen[-1][1]


def test_no_record_was_opened_from_a_claimed_line(north):
    submit(north, HEAD + ONE, population=Population.CLAIMED)
    [line] = north.log.of_kind("list.line")
    with pytest.raises(ValueError, match="no record was opened"):
        person_of_line(north.desk(), line.statement.content["line_id"])
