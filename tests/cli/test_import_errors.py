"""What is wrong with a file is said with file, row and column, and nothing is written."""

import openpyxl
import pytest

HEADINGS = ("No", "Surname", "Given name", "Date of birth")
ROW = (1, "Modelyan", "Aram", "05.02.1991")


def text(content, encoding="utf-8"):
    """A file of text."""

    def make(path):
        path = path.with_suffix(".csv")
        path.write_bytes(content.encode(encoding))
        return path

    return make


def workbook(change):
    """A workbook with one line, changed."""

    def make(path):
        book = openpyxl.Workbook()
        book.active.append(HEADINGS)
        book.active.append(ROW)
        change(book.active)
        path = path.with_suffix(".xlsx")
        book.save(path)
        return path

    return make


def raw(content):
    """A file of bytes."""

    def make(path):
        path.write_bytes(content)
        return path

    return make


def a_gigabyte(path):
    with path.open("wb") as file:
        file.truncate(1024**3)
    return path


def formula(sheet):
    sheet["C2"] = "=A2"


def merged(sheet):
    sheet.append(ROW)
    sheet.merge_cells("B2:B3")


HEAD = ";".join(HEADINGS) + "\n"
FAULTS = {
    "file-empty": (text(""), "list.csv"),
    "encoding-unknown": (
        raw(b"Name;Note\n" + bytes(range(0x80, 0x100))),
        "list",
    ),
    "header-missing": (text("Modelyan;Aram\nTestyan;Levon\n"), "list.csv"),
    "file-too-large": (a_gigabyte, "list"),
    "formula-cell": (workbook(formula), "list.xlsx, sheet Sheet, cell C2"),
    "merged-cells": (workbook(merged), "list.xlsx, sheet Sheet, cells B2:B3"),
    "cell-too-large": (text(HEAD + "1;" + "x" * 2**20 + ";Aram;\n"), "row 2"),
    "null-byte": (text(HEAD + "1;Modelyan;Ar\0am;\n"), "row 2"),
    "not-a-list-file": (raw(b"%PDF-1.7\n"), "list"),
    "header-ambiguous": (text("Name;Full name\nAram Modelyan;Aram\n"), "row 1, columns A and B"),
}


@pytest.mark.parametrize("code", FAULTS)
def test_a_file_that_cannot_be_understood_is_refused_as_a_whole(
    code, repatria, home, head, tmp_path
):
    make, where = FAULTS[code]
    path, before = make(tmp_path / "list"), head(home)
    ended = repatria("import", path, "--to", "south", "--home", home)
    assert ended.code == 1
    assert f"refused: {code}: {path.name}" in ended.err
    assert where in ended.err
    assert "Modelyan" not in ended.err
    assert "Traceback" not in ended.err
    assert head(home) == before


def test_a_missing_file_is_named(repatria, home, head, tmp_path):
    before = head(home)
    ended = repatria("import", tmp_path / "absent.csv", "--to", "south", "--home", home)
    assert ended.code == 1
    assert "file-unreadable: absent.csv" in ended.err
    assert head(home) == before


def test_unreadable_rows_come_back_in_a_file_with_row_column_and_reason(
    repatria, home, head, tmp_path
):
    path = tmp_path / "list.csv"
    path.write_text(
        HEAD + "1;Modelyan;Aram;31.02.1991\n2;Testyan;Levon;17.07.1993\n3;;;\n", "utf-8"
    )
    before = head(home)
    ended = repatria("import", path, "--to", "south", "--home", home)
    assert ended.code == 0
    assert "1 new, 0 changed, 0 same, 2 unreadable" in ended.err
    assert "row 2, column Date of birth: date-not-in-calendar" in ended.err
    assert "row 4" in ended.err
    assert "31.02.1991" not in ended.err
    given_back = (tmp_path / "list.unreadable.csv").read_text("utf-8-sig").splitlines()
    assert given_back[0].startswith("Row in file;Column at fault;Reason;No;Surname")
    assert given_back[1].startswith("2;Date of birth;there is no such day in the calendar;1;")
    assert given_back[2].startswith("4;")
    assert head(home)[0] == before[0] + 3

    again = repatria("import", path, "--to", "south", "--home", home)
    assert again.code == 0
    assert "list.unreadable.csv exists already; name another file with --unreadable" in again.err
    other = tmp_path / "[bold]other[red].csv"
    third = repatria("import", path, "--to", "south", "--home", home, "--unreadable", other)
    assert third.code == 0
    assert str(other) in third.err
    assert other.exists()


@pytest.mark.parametrize("row", ["1;;;\n", ""])
def test_a_file_without_any_readable_row_is_refused(repatria, home, head, tmp_path, row):
    path = tmp_path / "list.csv"
    path.write_text(HEAD + row, "utf-8")
    before = head(home)
    ended = repatria("import", path, "--to", "south", "--home", home)
    assert ended.code == 1
    assert "refused: list-without-lines: the list has no lines" in ended.err
    assert head(home) == before
