import zipfile
from datetime import UTC, date, datetime

import pytest
import xlsxwriter
from openpyxl.worksheet.datavalidation import DataValidation

from repatria.lists.reading import Limits, UnreadableFileError, open_list_file
from repatria.lists.reading.cell_values import is_date_format, number_as_seen, serial_as_date
from repatria.lists.reading.faults import column_letters
from repatria.lists.reading.sheet_rows import column_index

HEADINGS = ("No", "Name", "Date of birth", "Rank")


def refused(path, **options) -> tuple[str, str]:
    with pytest.raises(UnreadableFileError) as caught:
        open_list_file(path, **options)
    return caught.value.code, caught.value.where


def inline(*cells: str, row: int = 1) -> str:
    texts = "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in cells)
    return f'<row r="{row}">{texts}</row>'


def data(*rows: str) -> str:
    return f"<sheetData>{''.join(rows)}</sheetData>"


def test_dates_numbers_and_truths_are_read_as_seen(workbook_file):
    rows = [
        HEADINGS,
        (1, "Sevak", date(1990, 5, 17), 3.5),
        (2, "Toros", datetime(1990, 5, 18, tzinfo=UTC).replace(tzinfo=None), True),
        (3, "Aban", 1990, False),
    ]
    found = [row.record for row in open_list_file(workbook_file(rows)).rows()]
    assert [str(record.birth) for record in found] == ["1990-05-17", "1990-05-18", "1990"]
    assert [record.rank for record in found] == ["3.5", "TRUE", "FALSE"]


def test_a_workbook_of_another_writer_is_read_too(tmp_path):
    path = tmp_path / "x.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Lines")
        sheet.write_row(0, 0, HEADINGS)
        day = book.add_format({"num_format": "dd.mm.yyyy"})
        sheet.write_row(1, 0, [1, "Սևակ"])
        sheet.write_datetime(1, 2, datetime(1990, 5, 17, tzinfo=UTC).replace(tzinfo=None), day)
        sheet.write_rich_string(1, 3, "pri", book.add_format({"bold": True}), "vate")
    (row,) = open_list_file(path).rows()
    assert str(row.record.birth) == "1990-05-17"
    assert row.record.rank == "private"


def test_a_formula_is_refused_with_its_cell(workbook_file):
    path = workbook_file([HEADINGS, (1, "Sevak"), (2, "=B2")])
    assert refused(path) == ("formula-cell", "list.xlsx, sheet Sheet, cell B3")


def test_text_that_only_looks_like_a_formula_is_text(raw_workbook):
    path = raw_workbook(data(inline("Name"), inline("=Sevak", row=2)))
    (row,) = open_list_file(path).rows()
    assert row.record.names[0].text == "=Sevak"


def test_merged_cells_are_refused_with_their_range(workbook_file):
    def merge(book):
        book.active.merge_cells("B2:B3")

    path = workbook_file([HEADINGS, (1, "Sevak"), (2, None)], change=merge)
    assert refused(path) == ("merged-cells", "list.xlsx, sheet Sheet, cells B2:B3")


def test_formulas_of_data_validation_and_formats_are_no_cells(workbook_file):
    def validate(book):
        rule = DataValidation(type="list", formula1='"a,b"')
        rule.add("D2")
        book.active.add_data_validation(rule)

    assert open_list_file(workbook_file([HEADINGS, (1, "S")], change=validate)).description.rows


def test_a_cell_of_a_megabyte_is_refused_with_its_place(raw_workbook):
    big = "x" * 1_048_576
    path = raw_workbook(data(inline("Name"), inline(big, row=2)))
    assert refused(path) == ("cell-too-large", "raw.xlsx, sheet Lines, cell A2")

    shared = '<c r="A2" t="s"><v>0</v></c>'
    path = raw_workbook(
        data(inline("Name"), f'<row r="2">{shared}</row>'),
        sharedStrings=f"<sst><si><t>{big}</t></si></sst>",
    )
    assert refused(path) == ("cell-too-large", "raw.xlsx, sheet Lines, cell A2")


def test_phonetic_readings_are_not_part_of_the_text(raw_workbook):
    text = "<r><t>Se</t></r><r><t>vak</t></r><rPh><t>x</t></rPh>"
    path = raw_workbook(
        data(
            inline("Name"),
            '<row><c t="s"><v>0</v></c></row>',
            f'<row><c t="inlineStr"><is>{text}</is></c></row>',
        ),
        sharedStrings=f"<sst><si>{text}</si></sst>",
    )
    names = [row.record.names[0].text for row in open_list_file(path).rows()]
    assert names == ["Sevak", "Sevak"]


def test_days_may_be_counted_from_1904(raw_workbook):
    styles = (
        '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd\\.mm\\.yyyy"/></numFmts>'
        '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
        '<cellXfs><xf/><xf numFmtId="164"/></cellXfs></styleSheet>'
    )
    cells = '<row><c t="str"><v>Sevak</v></c><c s="1"><v>31548</v></c></row>'
    path = raw_workbook(data(inline("Name", "Born"), cells), styles=styles)
    (row,) = open_list_file(path).rows()
    assert str(row.record.birth) == "1990-05-17"


def test_two_sheets_with_lists_need_a_choice(workbook_file):
    def second(book):
        book.create_sheet("Notes")["A1"] = "nothing here"
        book.create_sheet("More").append(["Name"])

    path = workbook_file([HEADINGS, (1, "Sevak")], change=second)
    assert refused(path) == ("sheet-ambiguous", "list.xlsx, sheets Sheet, More")
    assert refused(path, sheet="None")[0] == "sheet-missing"
    found = open_list_file(path, sheet="Sheet").description
    assert (found.sheet, found.other_sheets) == ("Sheet", ("Notes", "More"))


def test_a_calculated_sheet_beside_the_list_does_not_matter(workbook_file):
    def sums(book):
        book.create_sheet("Sums")["A1"] = "=COUNTA(Sheet!B:B)"

    path = workbook_file([HEADINGS, (1, "Sevak")], change=sums)
    assert open_list_file(path).description.sheet == "Sheet"


def test_blank_rows_between_are_counted(workbook_file):
    path = workbook_file([HEADINGS, (1, "A"), (), (), (2, "B")])
    found = open_list_file(path)
    assert (found.description.rows, found.description.blank_rows) == (2, 2)
    assert [row.number for row in found.rows()] == [2, 5]


def test_a_document_type_is_refused(tmp_path, raw_workbook):
    path = raw_workbook(data(inline("Name")), sharedStrings='<!DOCTYPE x [<!ENTITY a "b">]><sst/>')
    assert refused(path)[0] == "workbook-has-doctype"


def test_an_archive_that_unpacks_without_end_is_refused(raw_workbook):
    path = raw_workbook(data(inline("Name")), sharedStrings=f"<sst>{' ' * 3_000_000}</sst>")
    assert path.stat().st_size < 10_000
    assert refused(path, limits=Limits(max_unpacked_bytes=1_000_000))[0] == "unpacked-too-large"


def test_a_part_that_shrinks_without_measure_is_refused(raw_workbook):
    path = raw_workbook(data(inline("Name")), sharedStrings=f"<sst>{' ' * 70_000_000}</sst>")
    assert refused(path) == ("unpacked-too-large", "raw.xlsx")


def test_more_shared_text_than_memory_is_refused(raw_workbook, monkeypatch):
    monkeypatch.setattr("repatria.lists.reading.workbook._MAX_SHARED_CHARACTERS", 10)
    path = raw_workbook(data(inline("Name")), sharedStrings="<sst><si><t>Sevak</t></si></sst>")
    assert open_list_file(path).description.rows == 0
    texts = "<si><t>Sevak</t></si>" * 3
    path = raw_workbook(data(inline("Name")), sharedStrings=f"<sst>{texts}</sst>")
    assert refused(path) == ("unpacked-too-large", "raw.xlsx")


def test_a_password_is_told_from_an_old_format(tmp_path):
    path = tmp_path / "list.xlsx"
    magic = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    path.write_bytes(magic + b"\x00" * 2000 + "EncryptedPackage".encode("utf-16-le"))
    assert refused(path)[0] == "file-encrypted"
    path.write_bytes(magic + b"\x00" * 2000)
    assert refused(path)[0] == "not-a-list-file"


def test_an_encrypted_part_is_refused(raw_workbook):
    path = raw_workbook(data(inline("Name")))
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    assert refused(path)[0] == "file-encrypted"


def test_another_archive_is_refused(tmp_path):
    path = tmp_path / "list.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", "<office/>")
    assert refused(path)[0] == "not-a-list-file"


@pytest.mark.parametrize(
    "sheet",
    [
        data(inline("Name"), '<row r="1"/>'),
        data(inline("Name"), '<row r="x"/>'),
        data(inline("Name"), '<row><c r="B2"/><c r="A2"/></row>'),
        data(inline("Name"), '<row><c r="2"/></row>'),
        data(inline("Name"), '<row><c t="s"><v>9</v></c></row>'),
        data(inline("Name"), "<row><c><v>x</v></c></row>"),
        "<sheetData>",
    ],
)
def test_a_damaged_sheet_is_refused(raw_workbook, sheet):
    assert refused(raw_workbook(sheet))[0] == "workbook-damaged"


def test_an_unusual_compression_or_a_broken_archive_is_refused(tmp_path, raw_workbook):
    path = raw_workbook(data(inline("Name")), compression=zipfile.ZIP_BZIP2)
    assert refused(path)[0] == "workbook-damaged"
    path.write_bytes(path.read_bytes()[:200])
    assert refused(path)[0] == "workbook-damaged"


def test_too_many_columns_are_refused(raw_workbook):
    cells = '<row><c r="XFD2" t="str"><v>x</v></c></row>'
    path = raw_workbook(data(inline("Name"), cells))
    assert refused(path) == ("too-many-columns", "raw.xlsx, sheet Lines, cell XFD2")


@pytest.mark.parametrize(
    ("number", "code", "expected"),
    [
        (14, None, True),
        (20, None, False),
        (0, None, False),
        (164, "dd/mm/yyyy", True),
        (164, '0 "days"', False),
        (164, "[Red]0.00", False),
        (164, "[h]:mm:ss", False),
        (14, "General", False),
    ],
)
def test_date_formats_are_told_from_others(number, code, expected):
    assert is_date_format(number, code) is expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("1", "1900-01-01"),
        ("59", "1900-02-28"),
        ("61", "1900-03-01"),
        ("33010.0", "1990-05-17"),
        ("33010.75", "1990-05-17"),
        ("0.5", "0.5"),
        ("9999999", "9999999"),
    ],
)
def test_serial_numbers_are_days(raw, expected):
    assert serial_as_date(raw, from_1904=False) == expected


def test_numbers_are_shown_as_a_person_sees_them():
    assert [number_as_seen(raw) for raw in ("7", "7.0", "1E3", "7.5")] == ["7", "7", "1000", "7.5"]


def test_column_names_and_indexes_agree():
    assert [column_letters(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert all(column_index(column_letters(n)) == n for n in range(1000))
