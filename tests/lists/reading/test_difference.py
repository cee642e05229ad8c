from dataclasses import replace

from repatria.lists.reading import diff, open_list_file

ROWS = [
    ["No", "Name", "Rank"],
    ["1", "A", "x"],
    ["2", "B", "x"],
    ["3", "?", "x"],
    [],
    ["5", "C", ""],
]


def test_rows_are_new_changed_same_or_unreadable(text_file):
    found = open_list_file(text_file(ROWS))
    before = {row.record.line_number: row.record for row in found.rows() if hasattr(row, "record")}
    existing = {1: before[1], 2: replace(before[2], rank="y", note="n"), 9: before[1]}

    result = diff(existing, found.rows(), blank=found.description.blank_rows)

    assert [row.record.line_number for row in result.new] == [5]
    assert [(c.row.record.line_number, c.fields) for c in result.changed] == [(2, ("rank", "note"))]
    assert result.changed[0].before == existing[2]
    assert [row.record.line_number for row in result.same] == [1]
    assert [row.number for row in result.unreadable] == [4]
    assert (result.absent, result.blank) == ((9,), 1)
    assert not result.changes_nothing


def test_the_same_file_twice_changes_nothing(text_file):
    found = open_list_file(text_file(ROWS))
    first = diff({}, found.rows())
    assert len(first.new) == 3

    second = diff({row.record.line_number: row.record for row in first.new}, found.rows())

    assert second.changes_nothing
    assert len(second.same) == 3
