"""What is read in blocks for a comparison is what an import reads row by row."""

import csv
import io
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from repatria.lists.reading import ReadRow, open_list_file, open_person_file
from repatria.operations.file_comparison import profiles_of

pytestmark = pytest.mark.property

QUICK = settings(
    max_examples=3 * settings().max_examples,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    database=None,
)
TEXT = st.sampled_from(
    (
        "",
        "unknown",
        "N/A",
        "#REF!",
        "Sevak",
        " Sevak  Toros",
        "Севак/Sevak",
        "Se/va",
        "12",
        "e\u0301l",
    )
) | st.text(st.sampled_from("abŞ ə/'-#.Жж\u200f\u0301\n"), max_size=8)
DATE = st.sampled_from(
    ("", "1990", "17.05.1990", "05.17.1990", "31.02.1990", "n/a", "soon", "#N/A")
)
SEX = st.sampled_from(("m", "F", "", "x", "ж", "#N/A"))
FULL = ("Name", "Date of birth", "Sex", "Father")
PARTS = ("Surname", "Given name", "Date of birth", "Full name", "Patronymic")
LISTS = st.one_of(
    st.tuples(st.just(FULL), st.lists(st.tuples(TEXT, DATE, SEX, TEXT), max_size=6)),
    st.tuples(st.just(PARTS), st.lists(st.tuples(TEXT, TEXT, DATE, TEXT, TEXT), max_size=6)),
)


@QUICK
@given(LISTS)
def test_both_readers_read_the_same_persons_and_give_back_the_same_rows(made):
    header, rows = made
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows(
        [("No", *header), *((number, *row) for number, row in enumerate(rows, start=1))]
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.csv"
        path.write_bytes(out.getvalue().encode())
        imported = list(open_list_file(path).rows())
        columns = open_person_file(path).read()

    read = [row.record for row in imported if isinstance(row, ReadRow)]
    assert [
        (profile.id, profile.names, profile.birth, profile.sex, profile.father)
        for profile in profiles_of(columns)
    ] == [(str(each.line_number), each.names, each.birth, each.sex, each.father) for each in read]
    given_back = {row.number: row.faults for row in imported if not isinstance(row, ReadRow)}
    assert {row.number: set(row.faults) for row in columns.rejected} == {
        number: set(faults) for number, faults in given_back.items()
    }
