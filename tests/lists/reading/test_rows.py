import pytest

from repatria.lists.reading import ReadRow, UnreadableRow, open_list_file
from repatria.lists.reading.rows import tidy
from repatria.terms import Category, NameOrder, Script, Severity, Sex


def only_row(path):
    (row,) = open_list_file(path).rows()
    return row


@pytest.mark.parametrize(
    ("heading", "cell", "reason"),
    [
        ("Date of birth", "31.02.1990", "date-not-in-calendar"),
        ("Date of capture", "soon", "date-not-readable"),
        ("No", "", "line-number-missing"),
        ("No", "12a", "line-number-unreadable"),
        ("Rank", "#REF!", "cell-holds-error"),
    ],
)
def test_a_row_that_cannot_be_read_names_its_column_and_reason(text_file, heading, cell, reason):
    row = only_row(text_file([["Name", heading], ["Sevak", cell]]))

    assert isinstance(row, UnreadableRow)
    assert (row.number, row.column, row.reason) == (2, heading, reason)
    assert row.cells == {"Name": "Sevak", heading: cell}


@pytest.mark.parametrize("name", ["", "unknown", "անհայտ", "?", "123"])
def test_a_row_without_a_name_is_given_back(text_file, name):
    row = only_row(text_file([["Name", "Surname", "Rank"], [name, "", "private"]]))
    assert isinstance(row, UnreadableRow)
    assert (row.column, row.reason) == ("Name, Surname", "name-missing")


def test_all_faults_of_a_row_are_told_at_once(text_file):
    row = only_row(text_file([["No", "Name", "Born"], ["x", "", "1.1.90", "more"]]))
    assert [fault.reason for fault in row.faults] == [
        "cells-beyond-header",
        "line-number-unreadable",
        "name-missing",
        "date-two-digit-year",
    ]
    assert row.cells == {"No": "x", "Name": "", "Born": "1.1.90", "+1": "more"}


def test_a_line_number_given_twice_is_an_unreadable_row(text_file):
    path = text_file([["No", "Name"], ["7", "A"], ["7.", "B"], ["№ 8", "C"]])
    first, second, third = open_list_file(path).rows()
    assert first.record.line_number == 7
    assert second.reason == "line-number-repeated"
    assert third.record.line_number == 8


def test_without_a_column_of_numbers_the_order_counts(text_file):
    path = text_file([["Name"], ["A"], [""], ["?"], ["B"]])
    first, second, third = open_list_file(path).rows()
    assert (first.record.line_number, first.number) == (1, 2)
    assert (second.number, second.reason) == (4, "name-missing")
    assert (third.record.line_number, third.number) == (3, 5)


def test_unknown_words_are_noted_and_kept(text_file):
    row = only_row(text_file([["Name", "Sex", "Category"], ["Sevak", "yes", "gardener"]]))
    assert isinstance(row, ReadRow)
    assert [(n.code, n.where) for n in row.notes] == [
        ("sex-not-recognised", "row 2, column Sex"),
        ("category-not-recognised", "row 2, column Category"),
    ]
    assert (row.record.sex, row.record.category) == (None, None)
    assert row.record.category_as_written == "gardener"
    assert row.record.extra == {"Sex": "yes"}


@pytest.mark.parametrize(
    ("sex", "category"),
    [
        (("Female", Sex.FEMALE), ("Serviceman", Category.SOLDIER)),
        (("արական", Sex.MALE), ("քաղաքացիական անձ", Category.CIVILIAN)),
        (("QADIN", Sex.FEMALE), ("siyasi rəhbər", Category.POLITICAL_LEADER)),
        (("Муж.", Sex.MALE), ("врач", Category.MEDICAL_OR_RELIGIOUS)),
        (("أنثى", Sex.FEMALE), ("أخرى", Category.OTHER)),
        (("-", None), ("?", None)),
    ],
)
def test_the_words_of_five_languages_are_known(text_file, sex, category):
    row = only_row(text_file([["Name", "Sex", "Category"], ["Sevak", sex[0], category[0]]]))
    assert (row.record.sex, row.record.category, row.notes) == (sex[1], category[1], ())


def test_an_exchanged_day_and_month_is_noted(text_file):
    row = only_row(text_file([["Name", "Born"], ["Sevak", "05/17/1990"]]))
    assert [note.code for note in row.notes] == ["day-month-swapped"]
    assert str(row.record.birth) == "1990-05-17"


def test_a_capture_before_birth_is_a_contradiction(text_file):
    row = only_row(text_file([["Name", "Born", "Captured"], ["Sevak", "1990", "1989"]]))
    assert [(n.code, n.severity) for n in row.notes] == [
        ("captured-before-birth", Severity.CONTRADICTION)
    ]


def test_a_name_in_two_scripts_is_two_names(text_file):
    row = only_row(text_file([["Name"], ["Սևակ Մարուդյան / Sevak Marudian"]]))
    assert [name.script for name in row.record.names] == [Script.ARMENIAN, Script.LATIN]


def test_a_stroke_within_one_script_stays_in_the_name(text_file):
    row = only_row(text_file([["Name"], ["Sevak / Seva"]]))
    assert [name.text for name in row.record.names] == ["Sevak / Seva"]


def test_every_name_of_the_row_is_kept(text_file):
    headings = ["Surname", "Given name", "Full name", "Surname and name"]
    row = only_row(text_file([headings, ["A", "B", "B A", "Cc B"]]))
    assert [(n.text, n.order) for n in row.record.names] == [
        ("B A", NameOrder.GIVEN_FIRST),
        ("Cc B", NameOrder.FAMILY_FIRST),
    ]


def test_sensitive_columns_are_kept_apart_as_written(text_file):
    headings = ["Name", "Place of detention", "Health", "ICRC number", "Status", "Note", "Eyes"]
    row = only_row(text_file([headings, ["S", "site a", "wounded", "AM-1", "held", "n", "brown"]]))
    assert (row.record.held_at, row.record.health) == ("site a", "wounded")
    assert (row.record.reference, row.record.status, row.record.note) == ("AM-1", "held", "n")
    assert row.record.extra == {"Eyes": "brown"}


def test_a_guarded_cell_loses_its_apostrophe(text_file):
    row = only_row(text_file([["Name", "Note"], ["Sevak", "'=1+1"]]))
    assert row.record.note == "=1+1"


def test_tidying_removes_what_cannot_be_seen_and_keeps_joiners():
    assert tidy("  a \u202eb\u200f\x07 c ") == "a b c"
    assert tidy("  plain   text ") == "plain text"
    assert tidy("می\u200cرود") == "می\u200cرود"
    assert tidy("e\u0301") == "é"
