import csv

import pytest

from repatria.lists.reading import (
    FILE_FAULTS,
    ROW_FAULTS,
    UnreadableRow,
    open_list_file,
    sentence_for,
    write_unreadable,
)
from repatria.lists.reading.unreadable import guarded


def test_rows_come_back_with_row_column_reason_and_cells(text_file, tmp_path):
    path = text_file([["Name", "Born", "Note"], ["Sevak", "31.02.1990", "+1"], ["", "x", "@"]])
    out = tmp_path / "back.csv"

    count = write_unreadable(open_list_file(path).rows(), out)

    assert count == 2
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    with out.open(encoding="utf-8-sig", newline="") as stream:
        header, first, second = csv.reader(stream, delimiter=";")
    assert header == ["Row in file", "Column at fault", "Reason", "Name", "Born", "Note"]
    reason = "there is no such day in the calendar"
    assert first == ["2", "Born", reason, "Sevak", "31.02.1990", "'+1"]
    assert second[:2] == ["3", "Name | Born"]
    assert second[5] == "'@"


def test_corrected_rows_can_be_read_in_again(text_file, tmp_path):
    path = text_file([["Name", "Born", "Note"], ["Sevak", "31.02.1990", "-x"]])
    out = tmp_path / "back.csv"
    write_unreadable(open_list_file(path).rows(), out)
    out.write_text(out.read_text("utf-8").replace("31.02", "28.02"), "utf-8")

    (row,) = open_list_file(out).rows()

    assert str(row.record.birth) == "1990-02-28"
    assert row.record.note == "-x"


def test_nothing_is_written_over(tmp_path):
    out = tmp_path / "back.csv"
    out.touch()
    with pytest.raises(FileExistsError):
        write_unreadable((), out)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_cells_that_would_be_calculated_are_guarded(start):
    assert guarded(f"{start}1") == f"'{start}1"
    assert guarded(f"1{start}") == f"1{start}"


def test_every_reason_has_words_that_end_without_a_point():
    assert all(sentence_for(reason) for reason in ROW_FAULTS)
    assert not any(words.endswith(".") for words in (*ROW_FAULTS.values(), *FILE_FAULTS.values()))


def test_an_unreadable_row_does_not_print_its_cells(text_file):
    (row,) = open_list_file(text_file([["Name", "Born"], ["Sevak", "x"]])).rows()
    assert isinstance(row, UnreadableRow)
    assert "Sevak" not in repr(row)
