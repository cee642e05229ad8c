"""Do sheets come out the same everywhere, complete, and with codes that a camera reads?"""

import io
from datetime import UTC, datetime

import pytest
from pypdf import PdfReader

from repatria.operations.codes import card_code, list_stamp, read_list_stamp
from repatria.paper import (
    FORMS,
    ListedPerson,
    ManifestPaper,
    ReceiptPaper,
    builtin_form,
    manifest_pdf,
    receipt_pdf,
    sheet_pdf,
)
from repatria.paper.lists import manifest_content, receipt_content
from repatria.paper.sheets import sheet_content
from repatria.paper.typesetting import set_sheet, written

AT = datetime(2030, 3, 1, 8, tzinfo=UTC)
NAMES = ("Моделян Арам", "Sınaqov Ramin", "Մոդելյան Արամ", "أحمد المثالي", "Модельченко Ївга")
VALUES = {"surname": "Մոդելյան", "given": "Արամ", "name": "Մոդելյան Արամ", "birth": "1991-02-05"}
STAMP = list_stamp({"north": 1234, "south": 88})
LINES = tuple(
    ListedPerson(
        number=number,
        name=name,
        birth="1991-02-05",
        reference=f"AA {number}",
        giver="north",
        receiver="south",
        code=card_code(bytes([number] * 5)),
    )
    for number, name in enumerate(NAMES, start=1)
)
MANIFEST = ManifestPaper(
    crossing_point="The bridge",
    frozen_at=AT,
    lines=LINES,
    parties=("North", "South"),
    signed_by=("North",),
    digest="ab" * 32,
    stamp=STAMP,
    as_of=AT,
)
RECEIPT = ReceiptPaper(
    party="North",
    crossing_point="The bridge",
    handed_over=LINES[:3],
    received=LINES[3:],
    incident="",
    digest="ab" * 32,
    as_of=AT,
)


def card(name, languages=("hy", "az", "ru")):
    return sheet_pdf(builtin_form(name), VALUES, number="NORTH-1", languages=languages, as_of=AT)


def text_of(pdf):
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def read_codes(content):
    """What a reader finds on the first page as printed at 150 dots to an inch."""
    reader = pytest.importorskip("zxingcpp", reason="no code reader: install zxing-cpp")
    image = pytest.importorskip("PIL.Image")
    page = image.open(io.BytesIO(set_sheet(content, as_of=AT, form="png", ppi=150)))
    return {found.text for found in reader.read_barcodes(page)}


def test_the_same_facts_give_the_same_bytes():
    assert card("capture-card") == card("capture-card")
    assert manifest_pdf(MANIFEST, languages=("en",)) == manifest_pdf(MANIFEST, languages=("en",))


@pytest.mark.parametrize("name", FORMS)
def test_a_form_is_one_page_with_its_labels_its_values_and_its_edition(name):
    pdf = card(name, ("uk", "en"))
    [page] = PdfReader(io.BytesIO(pdf)).pages
    said = text_of(pdf)
    form = builtin_form(name)
    assert all(field.labels["en"].split()[0] in said for field in form.fields)
    assert "1991-02-05" in said
    assert f"{name} 1" in said
    if name == "capture-card":
        assert [round(float(side) / 72 * 2.54, 1) for side in page.mediabox[2:]] == [15.0, 10.5]


@pytest.mark.parametrize("name", FORMS)
def test_every_form_fits_its_page_in_three_languages(name):
    for languages in (("hy", "az", "ru"), ("ar", "en", "uk")):
        assert len(PdfReader(io.BytesIO(card(name, languages))).pages) == 1


def test_a_manifest_names_everybody_and_leaves_room_to_sign():
    said = text_of(manifest_pdf(MANIFEST, languages=("en",)))
    assert all(line.code in said for line in LINES)
    assert all(word in said for word in ("Handed over: signature", "Received: signature", STAMP))
    assert "Sınaqov Ramin" in said


def test_a_receipt_says_who_and_how_many_and_whether_there_was_an_incident():
    said = text_of(receipt_pdf(RECEIPT, languages=("en",)))
    assert "Handed over: 3" in said
    assert "Received: 2" in said
    assert "none stated" in said


def test_what_is_written_is_never_read_as_markup():
    line = ListedPerson(
        number=1, name="#panic() $x$ *y*", birth="", reference="", giver="n", receiver="s", code="A"
    )
    evil = ReceiptPaper(
        party="#import",
        crossing_point="[",
        handed_over=(line,),
        received=(),
        incident="\\",
        digest="",
        as_of=AT,
    )
    assert "#panic() $x$ *y*" in text_of(receipt_pdf(evil, languages=("en",)))


def test_a_value_runs_in_the_direction_of_its_letters():
    assert [written(text)["dir"] for text in ("أحمد", "12 أحمد", "Арам", "", "1991")] == [
        "rtl",
        "rtl",
        "ltr",
        "ltr",
        "ltr",
    ]


@pytest.mark.parametrize("languages", [("en",), ("hy", "az", "ru")])
def test_every_code_on_a_manifest_is_read_back(languages):
    content = manifest_content(MANIFEST, languages=languages)
    assert read_codes(content) == {STAMP, *(line.code for line in LINES)}


@pytest.mark.parametrize("name", FORMS)
def test_the_code_on_a_form_is_read_back(name):
    content = sheet_content(
        builtin_form(name), VALUES, number="NORTH-7K2M4Q8R3T5V6W", languages=("ar", "en")
    )
    assert read_codes(content) == {"NORTH-7K2M4Q8R3T5V6W"}


def test_the_code_on_a_receipt_is_its_digest():
    assert read_codes(receipt_content(RECEIPT, languages=("en",))) == {"ab" * 32}


def test_the_stamp_of_a_list_says_how_long_each_log_was():
    assert read_list_stamp(STAMP) == {"north": 1234, "south": 88}
    assert read_list_stamp("  list North:7 ") == {"north": 7}


@pytest.mark.parametrize("typed", ["", "LIST", "LIST north", "LIST :5", "7KM4-QX2R", "LIST a:b",
                                   "LIST a:-1", "LIST a:9999999999"])  # fmt: skip
def test_what_is_no_stamp_is_not_read_as_one(typed):
    assert read_list_stamp(typed) is None
