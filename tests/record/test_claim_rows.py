"""A table of claims is read whole, or every cell at fault is named."""

import pytest

from repatria.record.claim_rows import claims_in
from repatria.record.claims import Bound, Measure
from repatria.terms import Category, Refusal

HEAD = (
    "id,speaker,via,said_on,measure,population,holder,to_party,category,"
    "categories,bound,value,as_of,event,parts\n"
)
WHOLE = (
    "c1,Office,Agency,2023-11,held,south,north,,people,soldier civilian,about,9,2023-10,,c2 c3\n"
)


def objections(text):
    with pytest.raises(Refusal) as refused:
        claims_in(text)
    return [(o.code, o.about) for o in refused.value.objections]


def test_a_row_says_what_its_cells_say_and_nothing_else():
    [claim] = claims_in(HEAD + WHOLE)
    assert (claim.measure, claim.bound, claim.value) == (Measure.HELD, Bound.ABOUT, 9)
    assert claim.categories == {Category.SOLDIER, Category.CIVILIAN}
    assert (str(claim.said_on), str(claim.as_of), claim.parts) == (
        "2023-11",
        "2023-10",
        ("c2", "c3"),
    )
    assert (claim.to_party, claim.event, claim.supersedes, claim.copy_of) == ("", "", "", "")


def test_a_missing_column_is_named():
    assert objections("id,speaker\n") == [
        ("claims-column-missing", (name,)) for name in ("said_on", "measure", "value")
    ]


CELLS = {
    "speaker": WHOLE.replace("Office", " "),
    "said_on": WHOLE.replace("2023-11", "November"),
    "measure": WHOLE.replace("held", "seen"),
    "value": WHOLE.replace(",9,", ",nine,"),
    "categories": WHOLE.replace("soldier civilian", "soldier knight"),
    "bound": WHOLE.replace("about", "perhaps"),
    "as_of": WHOLE.replace("2023-10", "32.10.2023"),
}


@pytest.mark.parametrize("column", CELLS)
def test_a_cell_that_cannot_be_read_is_named_by_row_and_column(column):
    found = objections(HEAD + CELLS[column] + WHOLE.replace("c1,", "c9,"))
    assert found == [("claims-cell-unreadable", (f"row 2, column {column}",))]


def test_an_id_that_stands_twice_is_named():
    assert objections(HEAD + WHOLE + WHOLE) == [("claims-id-twice", ("c1",))]
