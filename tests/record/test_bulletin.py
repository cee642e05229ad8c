"""The bulletin says only what both receipts support; the rest is somebody's word."""

import io
import re
from datetime import UTC, datetime
from pathlib import Path
from string import Formatter

import pypdf
import pytest

from repatria.record import (
    WORDINGS,
    Bound,
    CheckKind,
    ConfirmedFigures,
    HealthConclusion,
    Measure,
    Paragraph,
    Sentence,
    SentenceCode,
    bulletin_html,
    bulletin_pdf,
    checks,
    worded,
)
from repatria.terms import Refusal

GOLDEN = Path(__file__).parents[1] / "golden" / "record"
NIGHT = datetime(2024, 1, 31, 22, tzinfo=UTC)


def sentences(bulletin, code):
    return [s for s in bulletin.sentences if s.code is code]


def said(bulletin, language="en", **more):
    page = worded(bulletin, language=language, **more)
    return [
        "".join(piece.text for piece in sentence.line)
        for _, section in page.sections
        for sentence in section
    ]


def small(story, **more):
    """A bulletin of few sentences, one of each paragraph."""
    wanted = ("claim:h", "claim:r", "claim:n", "claim:u")
    claims = tuple(c for c in story.story_claims() if c.id.startswith(wanted))
    return story.story_bulletin(
        **{
            "claims": claims,
            "figures": ConfirmedFigures(directions=(story.direction(32, 32),)),
            **more,
        }
    )


@pytest.mark.parametrize("language", sorted(WORDINGS))
def test_the_html_file_is_as_it_was_signed_off(story, language):
    golden = (GOLDEN / f"bulletin.{language}.html").read_bytes()

    assert bulletin_html(small(story), language).encode() == golden


def test_32_and_2_crossed_according_to_both_sides(story):
    released = sentences(story.story_bulletin(), SentenceCode.RELEASED)

    assert [(s.values["count"].value, s.attribution) for s in released] == [
        (2, ("south", "north")),
        (32, ("north", "south")),
    ]


def test_an_announcement_stands_beside_what_the_receipts_confirm(story):
    announced = story.claim(
        "announced", 40, Measure.ANNOUNCED, said_on=story.day("2023-12-07"), event=story.CROSSING
    )

    bulletin = story.story_bulletin(claims=(*story.story_claims(), announced))

    [text] = [t for t in said(bulletin) if t.startswith("Announced by ")]
    assert text.endswith("40. The receipts of both sides confirm: 32.")


def test_the_rest_of_55_is_marked_as_derived(story):
    text = said(story.story_bulletin())

    assert (
        "Derived, counted by nobody; remaining with north: 23. This is 55 according to "
        "Office of the south, less those in both receipts: 32."
    ) in text


def test_the_disagreement_about_kinds_names_both_speakers(story):
    (conflict,) = sentences(story.story_bulletin(), SentenceCode.DISAGREE_CATEGORY)

    assert conflict.attribution == ("News agency", "Commission of the north")


def test_the_unacknowledged_stand_apart_and_change_no_other_sentence(story):
    claims = tuple(c for c in story.story_claims() if not c.id.startswith(("claim:u", "claim:k")))
    without = story.story_bulletin(claims=claims)
    bulletin = story.story_bulletin()
    others = [
        s
        for s in bulletin.sentences
        if s.paragraph is not Paragraph.APART and s.code is not SentenceCode.SAME_NUMBER
    ]

    assert others == list(without.sentences)
    assert [s.code for s in bulletin.sentences if s.paragraph is Paragraph.APART] == [
        SentenceCode.APART,
        SentenceCode.APART_WITHIN,
    ]


@pytest.mark.parametrize(("handed_over", "received"), [(None, None), (32, None), (0, 0)])
def test_without_both_receipts_nothing_is_called_released(story, handed_over, received):
    figures = ConfirmedFigures(directions=(story.direction(handed_over, received),))

    bulletin = story.story_bulletin(figures=figures)

    assert not sentences(bulletin, SentenceCode.RELEASED)
    assert not sentences(bulletin, SentenceCode.REMAINING_DERIVED)
    assert len(sentences(bulletin, SentenceCode.NOTHING_CONFIRMED)) == 1
    assert len(sentences(bulletin, SentenceCode.ANNOUNCED)) == 3
    assert "released" not in " ".join(said(bulletin))
    assert "released" not in bulletin_html(bulletin)
    assert "أفرج" not in bulletin_html(bulletin, "ar")


def test_lines_of_one_receipt_only_are_said_not_to_have_crossed(story):
    figures = ConfirmedFigures(directions=(story.direction(32, 31),))

    text = said(story.story_bulletin(figures=figures))

    assert any(t.startswith("Only one side has signed for: 1 ") for t in text)
    assert any("32 “servicemen”. The receipts of both sides confirm: 31." in t for t in text)


def test_fitness_is_the_word_of_who_examined(story):
    verdict = HealthConclusion(
        speaker="Intermediary", ref="note:1", on=story.day("2023-12-12"), all_fit=False
    )

    (health,) = sentences(
        story.story_bulletin(health_conclusion=verdict), SentenceCode.HEALTH_NOT_ALL_FIT
    )

    assert health.attribution == ("Intermediary",)
    nothing = story.story_bulletin(health_conclusion=None)
    assert Paragraph.HEALTH not in {s.paragraph for s in nothing.sentences}


def test_missing_and_remaining_are_quoted(story):
    claims = [
        story.claim("m", 700, Measure.MISSING, bound=Bound.ABOUT),
        story.claim("z", 20, Measure.REMAINING, bound=Bound.AT_LEAST, holder=""),
        story.claim("y", 33, Measure.REMAINING, bound=Bound.AT_MOST, speaker="Y"),
    ]

    text = said(story.story_bulletin(claims=claims))

    assert (
        "Missing according to Office of the south (Agency A, 2023-11), southern: about 700." in text
    )
    assert any("(not said) according" in t and "at least 20" in t for t in text)
    assert any("at most 33" in t for t in text)


@pytest.mark.parametrize(
    "more",
    [
        {"event": "event:unreceipted", "said_on": "2023-12-05"},
        {"event": "event:unreceipted", "said_on": "2023-11"},
    ],
)
def test_nothing_is_derived_over_a_crossing_known_from_claims_alone(story, more):
    claims = [
        story.claim("h", 55),
        story.moved("x", 5, "X", event=more["event"], said_on=story.day(more["said_on"])),
    ]

    assert not sentences(story.story_bulletin(claims=claims), SentenceCode.REMAINING_DERIVED)


@pytest.mark.parametrize("said_on", ["2023-10", "2024-01"])
def test_a_crossing_before_the_count_or_after_the_receipts_does_not_hinder(story, said_on):
    claims = [
        story.claim("h", 55),
        story.moved("x", 5, "X", event="event:other", said_on=story.day(said_on)),
    ]

    assert len(sentences(story.story_bulletin(claims=claims), SentenceCode.REMAINING_DERIVED)) == 1


@pytest.mark.parametrize(
    "more",
    [
        {"said_on": "2023-12"},
        {"said_on": "2024-01"},
        {"value": 31},
        {"population": "elsewhere"},
    ],
)
def test_nothing_is_derived_from_an_unfit_count(story, more):
    on = story.day(more.get("said_on", "2023-11"))
    held = story.claim("h", **{"value": 55, **more, "said_on": on})

    bulletin = story.story_bulletin(claims=[held])

    assert not sentences(bulletin, SentenceCode.REMAINING_DERIVED)


def test_nothing_is_derived_from_a_sum_with_unacknowledged_people(story):
    claims = [
        story.claim("h", 55, parts=("h1", "h2")),
        story.claim("h1", 23),
        story.claim("h2", 32, Measure.UNACKNOWLEDGED),
    ]

    bulletin = story.story_bulletin(claims=claims)

    assert not sentences(bulletin, SentenceCode.REMAINING_DERIVED)
    assert not sentences(bulletin, SentenceCode.HELD)
    assert len(sentences(bulletin, SentenceCode.APART_WITHIN)) == 1


def test_only_the_last_count_of_a_speaker_is_used(story):
    claims = [story.claim("h", 55), story.claim("g", 60, said_on=story.day("2023-01"))]

    (derived,) = sentences(story.story_bulletin(claims=claims), SentenceCode.REMAINING_DERIVED)

    assert derived.values["count"].value == 23


def test_every_kind_of_disagreement_but_those_of_the_desk_is_told(story):
    claims = [
        story.claim("w", 16, parts=("w1",)),
        story.claim("w1", 15),
        story.claim("old", 0, speaker="X"),
        story.claim("new", 4, speaker="X", supersedes="old"),
        story.claim("copy", 1, speaker="Y", said_on=story.day("2024-01"), copy_of="old"),
        story.moved("a", 3, "A", to_party="south"),
        story.moved("b", 2, "B", holder="south", to_party="north"),
        story.moved("c", 5, "C", parts=("gone",)),
    ]
    found = checks(claims)

    told = {s.code for s in story.story_bulletin(claims=claims, checks=found).sentences}

    assert CheckKind.BROKEN_REFERENCE in {c.kind for c in found}
    assert told >= {
        SentenceCode.SUM_FAILS,
        SentenceCode.DISAGREE_FIGURE,
        SentenceCode.DISAGREE_DIRECTION,
        SentenceCode.ANSWER_CHANGED,
        SentenceCode.STALE,
    }


def test_checks_of_other_claims_are_a_mistake(story):
    with pytest.raises(ValueError, match="not made of these claims"):
        story.story_bulletin(claims=(), checks=checks(story.story_claims()))


def test_a_bulletin_knows_nothing_of_the_future(story):
    with pytest.raises(Refusal, match="after-the-bulletin") as refused:
        story.story_bulletin(issued_on=story.day("2023-12-01"))

    about = refused.value.objections[0].about
    assert {"claim:k", story.CROSSING} <= set(about)
    assert "claim:h" not in about


def test_versions_count_from_one(story):
    with pytest.raises(ValueError, match="from 1"):
        story.story_bulletin(version=0)


def test_a_sentence_without_its_speaker_is_not_built():
    with pytest.raises(ValueError, match="source and its speaker"):
        Sentence(code=SentenceCode.HELD, paragraph=Paragraph.CLAIMED, sources=("claim:h",))


def test_markup_in_what_was_said_stays_text(story):
    evil = "<script>alert('x')</script> #panic() & \"more\""
    claims = [story.claim("h", 55, speaker=evil, via=evil, category=evil)]
    bulletin = story.story_bulletin(claims=claims, issued_by=evil)

    page = bulletin_html(bulletin, labels={"north": evil})

    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "#panic()" in printed_text(bulletin_pdf(bulletin, timestamp=NIGHT))


def test_the_html_file_asks_the_network_for_nothing(story):
    page = bulletin_html(story.story_bulletin())

    assert not re.search(r"\b(?:src|href|url|@import)\b\s*[=(]", page)
    assert "default-src 'none'" in page


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl")])
def test_the_page_says_its_language_and_direction(story, language, direction):
    page = bulletin_html(story.story_bulletin(), language)

    assert f'<html lang="{language}" dir="{direction}">' in page


def test_parties_are_called_as_the_reader_calls_them(story):
    text = said(story.story_bulletin(), labels={"north": "the Northern Republic"})

    assert any("released by the Northern Republic to south" in t for t in text)


def test_a_party_is_never_called_by_a_wording_of_the_program(story):
    claims = [story.claim("h", 55, holder="title")]

    assert any(t.startswith("Held by title") for t in said(story.story_bulletin(claims=claims)))


def test_a_language_without_wordings_is_refused(story):
    with pytest.raises(ValueError, match="ar, en"):
        bulletin_html(story.story_bulletin(), "xx")


def test_all_languages_word_the_same_codes_with_the_same_values():
    def fields(text):
        return {field for _, field, _, _ in Formatter().parse(text) if field}

    english = {code: fields(text) for code, text in WORDINGS["en"].items()}

    for language in WORDINGS.values():
        assert {code: fields(text) for code, text in language.items()} == english
    assert english.keys() >= set(SentenceCode)


def printed_text(printed):
    pages = pypdf.PdfReader(io.BytesIO(printed)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_the_printed_bulletin_has_the_figures(story):
    printed = bulletin_pdf(story.story_bulletin(), timestamp=NIGHT)

    assert printed.startswith(b"%PDF")
    text = printed_text(printed)
    assert "Persons released by north to south on 2023-12-13 (southern): 32." in text
    assert "remaining with north: 23. This is 55 according to Office of the south" in text


@pytest.mark.parametrize("language", sorted(WORDINGS))
def test_the_printed_bulletin_is_the_same_bytes_each_time(story, language):
    first, second = (
        bulletin_pdf(story.story_bulletin(), timestamp=NIGHT, language=language) for _ in range(2)
    )

    assert first == second


def test_the_printed_bulletin_uses_the_fonts_it_is_given(story, tmp_path):
    own = bulletin_pdf(story.story_bulletin(), timestamp=NIGHT)

    bare = bulletin_pdf(story.story_bulletin(), tmp_path, timestamp=NIGHT)

    assert b"NotoSans" in own
    assert b"NotoSans" not in bare


def test_a_printing_time_needs_its_zone(story):
    naive = datetime(2024, 1, 31)  # noqa: DTZ001 -- the bad input

    with pytest.raises(ValueError, match="zone"):
        bulletin_pdf(story.story_bulletin(), timestamp=naive)
