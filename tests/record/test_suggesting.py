"""Figures are suggested with their places, and what a text does not say stays empty."""

import io
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfWriter

from repatria.record.claims import Measure
from repatria.record.suggesting import suggestions
from repatria.record.suggesting.days import days_in
from repatria.record.suggesting.lexicon import any_action
from repatria.record.suggesting.measures import MEASURES, measure_of
from repatria.record.suggesting.numbers import numbers_in
from repatria.record.suggesting.source_text import day_told_in, read_source
from repatria.terms import Refusal

DEVELOPMENT = (
    Path(__file__).parents[2] / "bench" / "record" / "annotated" / "development.json"
).read_text("utf-8")
WEDNESDAY = date(2030, 1, 2)


def said(text, **more):
    """Each figure as (value, category, action, speaker)."""
    return [
        (s.value, s.category, s.action, s.speaker)
        for s in suggestions(text, said_on=more.get("said_on", WEDNESDAY))
    ]


@pytest.mark.parametrize("text", json.loads(DEVELOPMENT), ids=lambda t: t["id"])
def test_every_figure_of_a_development_text_is_found_in_its_place(text):
    found = {(s.start, s.value) for s in suggestions(text["text"], said_on=WEDNESDAY)}

    assert found >= {(f["start"], f["value"]) for f in text["figures"]}


def test_a_post_about_two_groups_is_read_as_it_is_meant():
    found = said(
        "The premier of South, Oda Brill, wrote that 31 servicemen captured in May and one "
        "soldier taken in June had crossed the border."
    )

    assert found == [
        (31, "servicemen", "released", "Oda Brill"),
        (1, "soldier", "released", "Oda Brill"),
    ]


def test_parts_are_tied_to_their_sum():
    text = "North held 55 people: six civilians, 41 soldiers and eight leaders."
    whole, *parts = suggestions(text)

    assert whole.composition == tuple(p.start for p in parts)
    assert text[parts[2].category_start : parts[2].category_end] == "leaders"


@pytest.mark.parametrize(
    "text",
    [
        "The talks of 2023 and one other round took 14 days and 2 planes.",
        "He is 34 years old and was sentenced to 15 years under article 68.",
        "The 50th exchange cost 3 per cent, $200 and 12 kilometres.",
        "Between 2020 and 2023 the two presidents met at 08:30.",
        "One of the sides left.",
    ],
)
def test_what_counts_no_people_is_not_suggested(text):
    assert suggestions(text, said_on=WEDNESDAY) == ()


def test_bounds_are_kept():
    found = suggestions(
        "At least 20 prisoners, some 80 civilians and no more than 5 women were freed."
    )

    assert [s.bound.value for s in found] == ["at_least", "about", "at_most"]


def test_the_day_of_saying_is_not_the_day_of_the_act():
    told = suggestions(
        "On Monday the ministry said that 40 soldiers had returned.", said_on=WEDNESDAY
    )
    done = suggestions("On Monday 40 soldiers were handed over.", said_on=WEDNESDAY)

    assert told[0].when is None
    assert str(done[0].when) == "2029-12-31"


def test_without_the_day_of_the_text_a_weekday_is_no_date():
    assert suggestions("On Monday 40 soldiers were freed.")[0].when is None


def test_russian_is_read_as_well():
    found = said("Омбудсмен Таня Мох заявила, что домой вернулись сорок восемь военнослужащих.")

    assert found == [(48, "военнослужащих", "returned", "Таня Мох")]


@given(st.text(max_size=300))
def test_any_text_can_be_read_and_places_are_places_of_it(text):
    for each in suggestions(text, said_on=WEDNESDAY):
        assert text[each.start : each.end] == each.figure
        assert text[each.category_start : each.category_end] == each.category
        assert each.sentence_start <= each.start < each.end <= each.sentence_end


def test_numbers_in_words_and_with_separators():
    text = "two hundred and fifteen, 1,245 and 6 057, twenty-six, half a dozen"

    assert [c.value for c in numbers_in(text)] == [215, 1245, 6057, 26, 6]


def test_dateparser_is_asked_only_for_what_is_not_reckoned_here():
    found = days_in(
        "three days ago; 13 декабря 2029 года; 2029-05-01; 1.02.2029", said_on=WEDNESDAY
    )

    assert [str(d.when) for d in found] == ["2029-12-30", "2029-12-13", "2029-05-01", "2029-02-01"]


def test_a_page_is_read_without_what_is_not_its_text_and_places_are_found_in_it():
    page = (
        '<html><head><meta property="article:published_time" content="2030-01-02T09:00:00Z"></head>'
        "<body><nav>12 people online</nav><article><p>North &amp; South said <b>1,245</b>&nbsp;"
        "bodies were handed over.</p><script>var people = 33;</script></article></body></html>"
    )
    source = read_source(page.encode())
    [found] = suggestions(source.text, said_on=source.said_on)
    start, end = source.place(found.start, found.end)

    assert source.said_on == WEDNESDAY
    assert (found.value, page[start:end]) == (1245, "1,245")


def test_a_pdf_is_read_and_one_that_is_damaged_is_refused():
    out = io.BytesIO()
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.write(out)

    with pytest.raises(Refusal, match="text-empty"):
        read_source(out.getvalue())
    with pytest.raises(Refusal, match="text-unreadable"):
        read_source(b"%PDF-1.7 and no more")


def test_a_text_of_windows_in_russian_is_read():
    text = "Передано 25 тел. " * 20

    assert read_source(text.encode("cp1251")).text == text


def test_a_file_that_is_too_large_is_refused():
    with pytest.raises(Refusal, match="text-too-large"):
        read_source(b"a" * (20 * 1024 * 1024 + 1))


def test_the_day_of_a_text_is_taken_from_its_beginning():
    assert day_told_in("Port Sable, 13 December 2030. The exchange") == date(2030, 12, 13)
    assert day_told_in("An exchange in December") is None


def test_every_action_of_the_lexicon_has_a_measure():
    assert set(any_action().groupindex) == set(MEASURES)
    assert measure_of("") is Measure.OTHER


RUSSIAN = "Министерство сообщило, что домой вернулись 95 военнослужащих."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251", "koi8-r"])
def test_old_encodings_are_known_by_their_letters(encoding):
    assert read_source(RUSSIAN.encode(encoding)).text == RUSSIAN


def test_a_page_is_read_in_the_encoding_that_it_names():
    page = f'<html><head><meta charset="ISO-8859-5"></head><body><p>{RUSSIAN}</p></body></html>'

    assert read_source(page.encode("iso8859-5")).text == RUSSIAN
    assert read_source(page.replace("ISO-8859-5", "no-such").encode("cp1251")).text == RUSSIAN


@pytest.mark.parametrize("content", [b"", b" \n ", b"<html><body><p> </p></body></html>"])
def test_a_file_without_words_is_said_to_have_none(content):
    with pytest.raises(Refusal, match="text-empty"):
        read_source(content)


def test_days_are_reckoned_from_the_day_told_before():
    text = (
        "On 9 June 2032 Westland handed over 25 prisoners. Two days earlier it had received 31"
        " bodies. Between 4 and 6 June, 12 persons were identified."
    )

    assert [str(s.when) for s in suggestions(text, said_on=date(2032, 6, 11))] == [
        "2032-06-09",
        "2032-06-07",
        "2032-06-04/2032-06-06",
    ]


def test_a_part_of_those_named_before_is_called_and_dated_as_they_were():
    text = "Eleven hostages crossed the river on 19 January 2035. Five of them were children."
    whole, part = suggestions(text)

    assert (part.category, part.action, part.when) == ("children", whole.action, whole.when)
