"""Whom a list file names, as columns: the same rules as an import, in blocks."""

import pytest

from repatria.lists.reading import Field, UnreadableFileError, open_person_file, persons
from repatria.terms import NameOrder, PartialDate, Sex

HEADER = ("id", "name", "dob", "sex")


def names(columns):
    return list(zip(columns.ids, columns.texts, strict=True))


def test_each_row_is_a_person_with_what_it_says(text_file):
    file = text_file(
        [HEADER, ("7", " Marudian  Sevak ", "17.05.1990", "м"), ("8", "Toros", "", "")]
    )

    read = open_person_file(file).read()

    assert names(read) == [("7", "Marudian Sevak"), ("8", "Toros")]
    assert read.births == [PartialDate(year=1990, month=5, day=17), None]
    assert read.sexes == [Sex.MALE, None]
    assert read.fathers == read.captures == read.places == []


def test_dates_are_read_as_in_an_import(text_file):
    dates = ("1983", "1983-07", "1983-07-18", "18.07.1983", "07.18.1983", "ca. 1983", "1983-1985")
    file = text_file([HEADER, *((str(n), "Toros", each, "") for n, each in enumerate(dates))])

    read = open_person_file(file).read()

    assert [str(birth) for birth in read.births] == [
        "1983",
        "1983-07",
        "1983-07-18",
        "1983-07-18",
        "1983-07-18",
        "1983~",
        "1983/1985",
    ]
    assert read.swapped == 1


def test_names_in_parts_stand_beside_other_spellings(text_file):
    file = text_file(
        [
            ("id", "Surname", "Given name", "Patronymic", "Full name"),
            ("1", "Marudian", "Sevak", "Toros", "Марудян Севак"),
            ("2", "", "", "", "Tigran Hnarovi / Тигран Хнарови"),
        ]
    )

    read = open_person_file(file).read()

    assert read.families == ["Marudian", ""]
    assert read.givens == ["Sevak", ""]
    assert read.fathers == ["Toros", ""]
    assert read.texts == ["", ""]
    assert [name.text for name in read.others[0]] == ["Марудян Севак"]
    assert [name.text for name in read.others[1]] == ["Tigran Hnarovi", "Тигран Хнарови"]


def test_several_columns_may_be_said_to_hold_spellings(text_file):
    file = text_file([("id", "latin", "native"), ("1", "Sevak", "Севак"), ("2", "", "Торос")])

    read = open_person_file(file, wanted={"name": ["latin", "native"]}).read()

    assert names(read) == [("1", "Sevak"), ("2", "")]
    assert [name.text for name in read.others[0]] == ["Севак"]
    assert [name.text for name in read.others[1]] == ["Торос"]


def test_family_first_is_remembered(text_file):
    file = text_file([("id", "Surname, given name"), ("1", "Marudian Sevak")])

    assert open_person_file(file).read().order is NameOrder.FAMILY_FIRST


def test_a_quoted_cell_may_span_lines_and_hold_the_delimiter(text_file):
    file = text_file([HEADER, ("1", "Marudian;\nSevak", "1990", ""), ("2", "Toros", "1991", "")])

    read = open_person_file(file).read()

    assert names(read) == [("1", "Marudian; Sevak"), ("2", "Toros")]


def test_the_column_headed_id_is_the_id_beside_other_numbers(text_file):
    file = text_file([("No", "id", "Register number", "name"), ("1", "x-1", "r-1", "Sevak")])

    assert open_person_file(file).read().ids == ["x-1"]


@pytest.mark.parametrize("heading", ["No", "Register number", "ID"])
def test_without_it_another_number_names_the_row(text_file, heading):
    assert open_person_file(text_file([(heading, "name"), ("5", "Sevak")])).read().ids == ["5"]


def test_blank_rows_are_no_persons_and_short_rows_are_whole(text_file):
    file = text_file([HEADER, ("", "", "", ""), ("1", "Sevak"), (), ("2", "Toros", "1990", "", "")])

    assert open_person_file(file).read().ids == ["1", "2"]


def test_a_row_is_given_back_with_all_its_faults(text_file):
    file = text_file([HEADER, ("", "123", "31.02.1990", "m", "beyond"), ("2", "Toros", "1990", "")])

    read = open_person_file(file).read()

    assert read.ids == ["2"]
    (row,) = read.rejected
    assert row.number == 2
    assert {(fault.column, fault.reason) for fault in row.faults} == {
        ("", "cells-beyond-header"),
        ("id", "id-missing"),
        ("name", "name-missing"),
        ("dob", "date-not-in-calendar"),
    }
    assert list(row.cells.values()) == ["", "123", "31.02.1990", "m", "beyond"]


def test_ids_are_compared_across_blocks(text_file, monkeypatch):
    monkeypatch.setattr(persons, "_BLOCK_ROWS", 2)
    file = text_file([HEADER, *((each, "Toros", "1990", "") for each in "abcab")])

    read = open_person_file(file).read()

    assert read.ids == ["a", "b", "c"]
    assert [(row.number, row.reason) for row in read.rejected] == [
        (5, "id-repeated"),
        (6, "id-repeated"),
    ]


def test_the_block_in_which_a_row_stands_means_nothing(text_file, monkeypatch):
    rows = [
        HEADER,
        ("1", "Sevak / Севак", "1990", "f"),
        ("", "", "", ""),
        ("2", "#REF!", "1990", ""),
        ("3", "Toros / Торос", "n/a", "x"),
    ]
    whole = open_person_file(text_file(rows)).read()
    for size in (1, 2, 3):
        monkeypatch.setattr(persons, "_BLOCK_ROWS", size)
        assert open_person_file(text_file(rows)).read() == whole
    assert whole.ids == ["1", "3"]
    assert whole.sexes_unknown == 1


def test_as_many_bad_rows_are_kept_as_are_wanted_and_all_are_counted(text_file):
    file = text_file([HEADER, *((str(n), "", "1990", "") for n in range(9))])

    read = open_person_file(file).read(keep=2)

    assert [row.number for row in read.rejected] == [2, 3]
    assert read.rejected_count == 9


def test_with_names_only_nothing_else_is_read(text_file):
    file = open_person_file(text_file([HEADER, ("1", "Sevak", "soon", "?")]), names_only=True)

    read = file.read()

    assert set(file.layout.columns) == {Field.REFERENCE, Field.FULL_NAME}
    assert (read.ids, read.births, read.rejected_count) == (["1"], [], 0)


def test_a_guard_against_formulas_is_taken_off_again(text_file):
    read = open_person_file(text_file([HEADER, ("'-7", "Sevak", "", "")])).read()

    assert read.ids == ["-7"]


def test_a_workbook_gives_the_same(workbook_file, text_file):
    rows = [HEADER, ("1", "Sevak", "17.05.1990", "m"), ("2", "", "", ""), ("1", "Toros", "", "f")]

    assert open_person_file(workbook_file(rows)).read() == open_person_file(text_file(rows)).read()


def test_progress_ends_with_the_whole_file(text_file):
    file = text_file([HEADER, ("1", "Sevak", "", "")])
    told = []

    open_person_file(file).read(lambda done, total: told.append((done, total)))

    assert told[-1] == (file.stat().st_size, file.stat().st_size)


def test_a_file_with_more_rows_than_wanted_is_refused(text_file):
    file = text_file([HEADER, *((str(n), "Toros", "", "") for n in range(9))])
    limits = persons.Limits(max_rows=5)

    with pytest.raises(UnreadableFileError) as fault:
        open_person_file(file, limits=limits).read()
    assert fault.value.code == "too-many-rows"


def test_a_cell_too_large_is_named(text_file):
    file = text_file([HEADER, ("1", "x" * 40, "", "")])
    limits = persons.Limits(max_cell_characters=30)

    with pytest.raises(UnreadableFileError) as fault:
        open_person_file(file, limits=limits).read()
    assert (fault.value.code, fault.value.where) == ("cell-too-large", "list.csv, row 2, column B")
