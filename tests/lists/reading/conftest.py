"""Files that the tests read, made on the spot."""

import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pytest

HEADINGS = ("No", "Surname", "Given name", "Father's name", "Date of birth", "Sex", "Category")
ROW = ("1", "Marudian", "Sevak", "Toros", "17.05.1990", "m", "soldier")


@pytest.fixture
def text_file(tmp_path: Path) -> Callable[..., Path]:
    def make(
        rows: Sequence[Sequence[str]],
        *,
        encoding: str = "utf-8",
        delimiter: str = ";",
        name: str = "list.csv",
    ) -> Path:
        out = io.StringIO(newline="")
        csv.writer(out, delimiter=delimiter).writerows(rows)
        path = tmp_path / name
        path.write_bytes(out.getvalue().encode(encoding))
        return path

    return make


@pytest.fixture
def workbook_file(tmp_path: Path) -> Callable[..., Path]:
    def make(
        rows: Sequence[Sequence[object]],
        *,
        change: Callable[[openpyxl.Workbook], None] = lambda _: None,
        name: str = "list.xlsx",
    ) -> Path:
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(list(row))
        change(book)
        path = tmp_path / name
        book.save(path)
        return path

    return make


@pytest.fixture
def raw_workbook(tmp_path: Path) -> Callable[..., Path]:
    """A workbook written by hand, for what writers refuse to write."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    sheets = '<sheet name="Lines" sheetId="1" r:id="rId1"/>'
    parts = {
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relations}">'
        f'<workbookPr date1904="1"/><sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}"><Relationship Id="rId1" '
        f'Type="{relations}/worksheet" Target="/xl/worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId9" Type="{relations}/styles" Target="styles.xml"/></Relationships>',
    }

    def make(sheet: str, *, compression: int = zipfile.ZIP_DEFLATED, **others: str) -> Path:
        path = tmp_path / "raw.xlsx"
        named = {f"xl/{key}.xml": text for key, text in others.items()}
        worksheet = f'<worksheet xmlns="{main}">{sheet}</worksheet>'
        everything = {**parts, "xl/worksheets/sheet1.xml": worksheet, **named}
        with zipfile.ZipFile(path, "w", compression) as archive:
            for part, text in everything.items():
                archive.writestr(part, text)
        return path

    return make
