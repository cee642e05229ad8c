"""Every code has words, and every sentence an Arabic one."""

import gettext
import re
from pathlib import Path

import pytest

import repatria.web
from repatria.handover import CrossingStatus
from repatria.ledger.kinds.custody_noted import CustodyEvent
from repatria.ledger.kinds.line_answered import AnswerCode
from repatria.ledger.kinds.list_submitted import Population
from repatria.ledger.kinds.match_decided import MatchDecision
from repatria.ledger.kinds.statement_erased import ErasureReason
from repatria.linkage.explanations import CODES
from repatria.linkage.model import Decision
from repatria.linkage.model import Field as PairField
from repatria.lists.line import LineStatus
from repatria.lists.reading import FILE_FAULTS, ROW_FAULTS, Field
from repatria.terms import Category, LifeStatus, Objection, Role, Sex
from repatria.web.messages import finding_sentence, objection_sentence, row_fault_sentence
from repatria.web.templatetags.repatria import bits, person_name, said_date, side, slugref
from repatria.web.words import TABLES, word

CATALOGUE = Path(repatria.web.__file__).parent / "locale" / "ar" / "LC_MESSAGES"


@pytest.fixture(autouse=True)
def _django_is_ready():
    from repatria.wiring.django_ready import ready

    ready()


@pytest.mark.parametrize(
    ("table", "codes"),
    [
        ("answer", AnswerCode),
        ("status", LineStatus),
        ("category", Category),
        ("custody", CustodyEvent),
        ("crossing", CrossingStatus),
        ("decision", MatchDecision),
        ("decision", Decision),
        ("population", Population),
        ("role", Role),
        ("sex", Sex),
        ("life", LifeStatus),
        ("pair_field", PairField),
        ("ground", CODES),
        ("column", Field),
        ("erasure_reason", ErasureReason),
    ],
)
def test_every_code_has_words(table, codes):
    assert [str(code) for code in codes if str(code) not in TABLES[table]] == []


def test_a_code_from_a_newer_version_is_shown_as_it_is():
    assert word("answer", "gone_to_sea") == "gone to sea"
    assert objection_sentence("quite-new") == "quite-new"
    assert finding_sentence("quite-new") == "quite-new"


def test_faults_of_files_and_rows_have_words():
    assert all(objection_sentence(code) != code for code in FILE_FAULTS)
    assert all(row_fault_sentence(code) != code for code in ROW_FAULTS)


def test_every_objection_an_operation_raises_has_a_sentence():
    source = Path(repatria.web.__file__).parent.parent
    raised = set()
    for room in ("operations", "handover", "lists"):
        for path in (source / room).glob("*.py"):
            text = path.read_text("utf-8")
            raised |= set(re.findall(r'Objection\(\s*code="([a-z-]+)"', text))
            raised |= set(re.findall(r'_objection\(\s*"([a-z-]+)"', text))

    assert len(raised) > 40
    assert sorted(code for code in raised if objection_sentence(code) == code) == []


def test_the_arabic_catalogue_is_whole_and_compiled():
    text = (CATALOGUE / "django.po").read_text("utf-8")
    with (CATALOGUE / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    entries = text.count("\nmsgid ") - text.count("\nmsgid_plural ")

    assert "fuzzy" not in text
    assert re.findall(r'msgstr(?:\[\d\])? ""\n\n', text) == []
    assert entries > 700
    assert compiled.gettext("Persons") == "الأشخاص"
    assert compiled.ngettext("%(total)s line", "%(total)s lines", 2) == "سطران"


def test_every_sentence_of_a_template_is_in_the_catalogue():
    with (CATALOGUE / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    templates = list((CATALOGUE.parent.parent.parent / "templates").rglob("*.html"))
    tag = re.compile(r"""\{% translate (["'])(.*?)\1""")
    sentences = {m[2] for path in templates for m in tag.finditer(path.read_text("utf-8"))}

    assert len(sentences) > 250
    assert sorted(text for text in sentences if compiled.gettext(text) == text) == []


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("1990", "1990"),
        ("1990-05", "May 1990"),
        ("1990-05-17", "17 May 1990"),
        ("1990~", "about 1990"),
        ("1990/1994", "1990 to 1994"),
        ("", ""),
        (None, ""),
        ("in spring", "in spring"),
    ],
)
def test_a_date_is_written_as_it_was_said(written, said):
    assert said_date(written) == said


def test_a_name_says_its_script_and_cannot_carry_markup():
    shown = person_name("<b>آرام</b>")

    assert shown == '<bdi lang="und-Arab" dir="auto">&lt;b&gt;آرام&lt;/b&gt;</bdi>'


def test_small_words_for_the_pair_page():
    assert bits(-1250) == "\u22121.2"
    assert slugref("north/17") == "north-17"
    assert side({"field": "sex", "left": "male"}, "left") == "male"
    assert side({"field": "name", "left": "Aram"}, "left") == "Aram"


def test_an_objection_is_told_with_its_rule_on_the_page():
    from django.template.loader import render_to_string

    page = render_to_string(
        "_objections.html", {"objections": [Objection(code="no-consent", rule="the rule")]}
    )

    assert "has not said whether to go" in page
    assert "the rule" in page
