import hashlib
import tracemalloc
from pathlib import Path

import pytest

from repatria.lists.reading import (
    Field,
    FileFormat,
    Limits,
    ReadRow,
    UnreadableFileError,
    UnreadableRow,
    open_list_file,
)
from repatria.terms import Category, NameOrder, PartialDate, Sex

HEADINGS = ("No", "Surname", "Given name", "Father's name", "Date of birth", "Sex", "Category")
ROW = ("1", "Marudian", "Sevak", "Toros", "17.05.1990", "m", "soldier")


def refused(path: Path, **options) -> UnreadableFileError:
    with pytest.raises(UnreadableFileError) as caught:
        open_list_file(path, **options)
    return caught.value


def test_a_text_file_is_described_before_anything_is_read(text_file):
    path = text_file([HEADINGS, ROW, [], [*ROW[:6], ""]])

    found = open_list_file(path).description

    assert found.format is FileFormat.CSV
    assert (found.encoding, found.delimiter, found.header_language) == ("utf-8", ";", "en")
    assert found.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert found.size == path.stat().st_size
    assert found.columns["Father's name"] is Field.FATHER
    assert (found.header_row, found.rows, found.blank_rows) == (1, 2, 1)


def test_a_row_becomes_a_record_with_its_number(text_file):
    (row,) = open_list_file(text_file([HEADINGS, ROW])).rows()

    assert isinstance(row, ReadRow)
    assert row.number == 2
    assert row.record.line_number == 1
    assert row.record.names[0].text == "Sevak Toros Marudian"
    assert row.record.birth == PartialDate(year=1990, month=5, day=17)
    assert row.record.sex is Sex.MALE
    assert row.record.category is Category.SOLDIER
    assert row.record.category_as_written == "soldier"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(text_file, delimiter):
    path = text_file([HEADINGS, ROW], delimiter=delimiter)
    assert open_list_file(path).description.delimiter == delimiter


def test_a_comma_in_a_single_column_does_not_cut_names(text_file):
    path = text_file([["Name"], ["Marudian, Sevak"]], delimiter=";")
    (row,) = open_list_file(path).rows()
    assert row.record.names[0].text == "Marudian, Sevak"


def test_a_workbook_is_known_by_its_content_not_its_name(workbook_file):
    path = workbook_file([HEADINGS, ROW], name="list.csv")

    found = open_list_file(path)

    assert found.description.format is FileFormat.XLSX
    assert found.description.sheet == "Sheet"
    assert [row.record.line_number for row in found.rows()] == [1]


@pytest.mark.parametrize(
    ("language", "headings"),
    [
        ("en", ["Name", "Date of birth", "Rank"]),
        ("hy", ["Ազգանուն", "Անուն", "Հայրանուն", "Ծննդյան ամսաթիվ"]),
        ("az", ["SOYADI", "ADI", "ATA ADI", "Doğum tarixi"]),
        ("ru", ["Фамилия", "Имя", "Отчество", "Дата рождения"]),
        ("ar", ["الاسم", "اسم الأب", "تاريخ الميلاد"]),
    ],
)
def test_the_language_of_the_headings_is_found(text_file, language, headings):
    found = open_list_file(text_file([headings, ["Aban"] * 2])).description
    assert found.header_language == language
    assert not found.unmapped


def test_headings_may_stand_below_a_title_and_be_in_two_languages(text_file):
    path = text_file([["List of persons"], [], ["Surname / Soyad", "Given name (Ad)"], ["A", "B"]])
    found = open_list_file(path).description
    assert (found.header_row, found.above_header, found.rows) == (3, 1, 1)
    assert set(found.columns.values()) == {Field.SURNAME, Field.GIVEN_NAME}


def test_a_heading_whose_parts_disagree_is_kept_unmapped(text_file):
    found = open_list_file(text_file([["Name", "Rank / Status"], ["Sevak", "x"]]))
    (row,) = found.rows()
    assert found.description.unmapped == ("Rank / Status",)
    assert row.record.extra == {"Rank / Status": "x"}


def test_name_beside_surname_is_the_given_name(text_file):
    path = text_file([["Surname", "Name"], ["Marudian", "Sevak"]])
    (row,) = open_list_file(path).rows()
    assert row.record.names[0].family == "Marudian"
    assert row.record.names[0].order is NameOrder.GIVEN_FIRST


def test_columns_without_or_with_equal_headings_are_told_apart(text_file):
    path = text_file([["Name", "", "x", "x", ""], ["Sevak", "1", "2", "3"]])
    found = open_list_file(path)
    (row,) = found.rows()
    assert found.description.unmapped == ("(B)", "x", "x (D)")
    assert row.record.extra == {"(B)": "1", "x": "2", "x (D)": "3"}


def test_a_person_may_decide_what_a_column_means(text_file):
    path = text_file([["Name", "Reference", "ICRC number"], ["Sevak", "a", "b"]])
    assert refused(path).code == "header-ambiguous"
    assert refused(path).where == "list.csv, row 1, columns B and C"

    (row,) = open_list_file(path, columns={"Reference": None}).rows()

    assert row.record.reference == "b"
    assert row.record.extra == {"Reference": "a"}
    assert refused(path, columns={"Rank": None}).code == "columns-not-in-file"


def test_an_empty_file_is_refused(tmp_path, text_file, workbook_file):
    empty = tmp_path / "empty.csv"
    empty.touch()
    assert refused(empty).code == "file-empty"
    assert refused(text_file([[" "], []])).code == "file-empty"
    assert refused(workbook_file([])).code == "file-empty"


def test_a_file_without_headings_is_refused(text_file, workbook_file):
    assert refused(text_file([ROW, ROW])).code == "header-missing"
    assert refused(text_file([["Rank", "Sex"], ["x", "m"]])).code == "header-missing"
    assert refused(workbook_file([ROW] * 25)).code == "header-missing"


def test_a_file_of_a_gigabyte_is_refused_without_being_read(tmp_path):
    path = tmp_path / "huge.csv"
    with path.open("wb") as stream:
        stream.truncate(1024**3)
    assert refused(path).code == "file-too-large"


def test_a_cell_of_a_megabyte_is_refused_with_its_row_and_column(text_file):
    for size in (40_000, 200_000, 1_048_576, 3_000_000):
        path = text_file([HEADINGS, ROW, ["2", "x" * size]])
        error = refused(path)
        assert (error.code, error.where) == ("cell-too-large", "list.csv, row 3, column B")


def test_a_row_without_end_is_refused(text_file):
    path = text_file([HEADINGS, ["x" * 30_000] * 40])
    assert refused(path).code == "row-too-long"


def test_too_many_rows_and_columns_are_refused(text_file):
    path = text_file([HEADINGS, *[ROW] * 5])
    assert refused(path, limits=Limits(max_rows=4)).where == "list.csv, row 6"
    narrow = refused(path, limits=Limits(max_columns=3))
    assert (narrow.code, narrow.where) == ("too-many-columns", "list.csv, row 1")
    wide = text_file([HEADINGS, ["x"] * 300])
    assert refused(wide).code == "too-many-columns"


def test_a_quotation_mark_that_is_not_closed_is_refused(tmp_path):
    path = tmp_path / "q.csv"
    path.write_text('Name;Rank\nA;"b\nC;d\n', encoding="utf-8")
    assert (refused(path).code, refused(path).where) == ("quotes-broken", "q.csv, row 2")


def test_a_formula_in_a_text_file_is_refused(text_file):
    error = refused(text_file([HEADINGS, ["=1+1", *ROW[1:]]]))
    assert (error.code, error.where) == ("formula-cell", "list.csv, row 2, column A")


@pytest.mark.parametrize(
    "content",
    [b"%PDF-1.7 ...", b"\x89PNG\r\n\x1a\n\x00", bytes(range(256)) * 4, b"\x00\x01" * 50],
)
def test_another_kind_of_file_is_refused(tmp_path, content):
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    assert refused(path).code == "not-a-list-file"


def test_a_path_that_cannot_be_opened_is_refused(tmp_path):
    assert refused(tmp_path / "nothing.csv").code == "file-unreadable"
    assert refused(tmp_path / "a\x00b").code == "file-unreadable"
    assert refused(tmp_path).code == "file-unreadable"


def test_the_text_of_the_error_does_not_hold_the_file_name(tmp_path):
    error = refused(tmp_path / "sevak-marudian.csv")
    assert str(error) == "file-unreadable"
    assert error.sentence == "sevak-marudian.csv: the file cannot be opened"
    assert error.objections[0].about == ("sevak-marudian.csv",)


def test_a_file_that_changes_after_it_was_opened_is_refused(text_file):
    path = text_file([["Name"], ["Marudián"]])
    found = open_list_file(path)
    path.write_bytes(b"Name\r\nMarudi\xe1n\r\n")
    with pytest.raises(UnreadableFileError):
        tuple(found.rows())


def test_progress_is_told_until_all_rows_are_done(text_file):
    told: list[tuple[int, int]] = []
    path = text_file([HEADINGS, *((str(n), *ROW[1:]) for n in range(1, 451))])
    rows = tuple(open_list_file(path).rows(lambda done, of: told.append((done, of))))
    assert len(rows) == 450
    assert told == [(200, 450), (400, 450), (450, 450)]


@pytest.mark.slow
def test_ten_thousand_rows_are_read_as_a_stream(text_file):
    path = text_file([HEADINGS, *((str(n), *ROW[1:]) for n in range(1, 10_001))])
    tracemalloc.start()
    try:
        unreadable = sum(isinstance(row, UnreadableRow) for row in open_list_file(path).rows())
        peak_bytes = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert unreadable == 0
    assert peak_bytes < 20_000_000


def test_repr_shows_no_name(text_file):
    rows = tuple(open_list_file(text_file([HEADINGS, ROW, ["x", "Marudian"]])).rows())
    assert len(rows) == 2
    assert "Marudian" not in repr(rows)
    assert hash(rows[0].record) == hash(rows[0].record)
