"""Laws of reading list files."""

import csv
import io
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from repatria.lists.reading import (
    FILE_FAULTS,
    ROW_FAULTS,
    ReadRow,
    UnreadableFileError,
    diff,
    open_list_file,
    unreadable_as_csv,
)
from repatria.lists.reading.dates import LocalDateError, read_local_date
from repatria.terms import PartialDate

pytestmark = pytest.mark.property

QUICK = settings(
    max_examples=settings().max_examples,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    database=None,
)
WORKBOOK = (
    '<workbook xmlns:r="r"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
RELATIONS = (
    '<Relationships><Relationship Id="rId1" Type="t/worksheet" Target="s.xml"/></Relationships>'
)
CELL = st.text(
    st.sampled_from("abАԱا ŞəJ19.-/?'\"\n;,\u200f") | st.characters(codec="utf-8"), max_size=12
).filter(lambda cell: not cell.startswith("="))


def read_bytes(content: bytes) -> list[object]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list"
        path.write_bytes(content)
        return list(open_list_file(path).rows())


def read_or_refused(content: bytes) -> None:
    code, reasons = "", set()
    try:
        rows = read_bytes(content)
    except UnreadableFileError as error:
        code = error.code
    else:
        unread = [row for row in rows if not isinstance(row, ReadRow)]
        reasons = {fault.reason for row in unread for fault in row.faults}
    assert not code or code in FILE_FAULTS
    assert reasons <= set(ROW_FAULTS)


@QUICK
@given(
    st.binary(max_size=300)
    | st.binary(max_size=200).map(lambda tail: b"Name;Born\r\n" + tail)
    | st.text(max_size=100).map(lambda tail: f"Name;Born\r\n{tail}".encode("utf-16"))
    | st.text(max_size=100).map(lambda tail: f"Name,Born\n{tail}".encode("utf-8-sig", "replace"))
)
def test_whatever_the_bytes_only_the_documented_error_escapes(content):
    read_or_refused(content)


@QUICK
@given(
    st.lists(
        st.sampled_from(
            [
                '<row r="1">',
                "<row>",
                "</row>",
                '<c t="inlineStr"><is><t>Name</t></is></c>',
                '<c r="B9" t="s"><v>0</v></c>',
                "<c><v>1</v></c>",
                '<c s="1"><v>9e99</v></c>',
                "<c>",
                "</c>",
                "<f>1</f>",
                '<mergeCell ref="A1"/>',
                "<mergeCell/>",
                '<c r="é1"/>',
                "&#x41;",
                '<c t="b"><v>x</v></c>',
                '<c s="x"/>',
                "<rPh>",
                "<c><v>nan</v></c>",
                "&b;",
                "<v>",
            ]
        ),
        max_size=12,
    ).map("".join),
    st.binary(max_size=3),
    st.integers(min_value=0, max_value=2000),
)
def test_whatever_the_workbook_only_the_documented_error_escapes(sheet, damage, place):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", WORKBOOK)
        archive.writestr("xl/_rels/workbook.xml.rels", RELATIONS)
        archive.writestr("xl/s.xml", f"<worksheet>{sheet}</worksheet>")
    content = out.getvalue()
    read_or_refused(content)
    read_or_refused(content[:place] + damage + content[place + len(damage) :])


@QUICK
@given(st.lists(st.lists(CELL, max_size=4), max_size=8))
def test_every_row_that_is_not_blank_comes_back_once_and_the_same_file_changes_nothing(rows):
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows([["Name", "Born", "Sex"], *rows])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.csv"
        path.write_bytes(out.getvalue().encode("utf-8-sig"))
        found = open_list_file(path)
        first = list(found.rows())
        numbers = [row.number for row in first]

        assert numbers == sorted(set(numbers))
        assert len(numbers) == found.description.rows
        last = numbers[-1] if numbers else 1
        assert found.description.rows + found.description.blank_rows == last - 1

        result = diff({}, first)
        assert len(result.new) + len(result.unreadable) == len(first)
        again = diff({r.record.line_number: r.record for r in result.new}, found.rows())
        assert again.changes_nothing
        back = unreadable_as_csv(result.unreadable)
    assert len(list(csv.reader(io.StringIO(back), delimiter=";"))) == len(result.unreadable) + 1


@QUICK
@given(st.dates(min_value=PartialDate(year=1880).earliest, max_value=PartialDate(year=2199).latest))
def test_a_full_date_is_read_the_same_in_every_usual_form(day):
    forms = [day.isoformat(), day.strftime("%d.%m.%Y"), day.strftime("%d/%m/%Y")]
    assert {read_local_date(form).date for form in forms} == {PartialDate.on(day)}


@QUICK
@given(st.text(max_size=20) | st.from_regex(r"[0-9 ./?~-]{1,12}"))
def test_a_cell_is_a_date_or_has_a_reason(cell):
    reason = ""
    try:
        read_local_date(cell)
    except LocalDateError as error:
        reason = error.reason
    assert not reason or reason in ROW_FAULTS
