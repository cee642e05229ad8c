"""Why somebody stays is said in the language of the page, whatever plan it comes from."""

import ast
from pathlib import Path

import pytest
from django.utils.translation import override

import repatria.planning
from english_left import english_in
from repatria.planning.staging import solving
from repatria.web.documents.written_terms import Worded, WrittenTerms
from repatria.web.reason_words import reason_sentence, schedule_reason
from repatria.web.rule_words import Sentence

TERMS = WrittenTerms(
    readable=True,
    rules=(Worded(id="r1", sentence=Sentence.of("قاعدة")),),
    priorities=(Worded(id="total", sentence=Sentence.of("الجميع")),),
)
# One of each that `planning` makes: code, sentence, what an Arabic one keeps of it.
SAID = (
    ("in-plan", "Is in the plan.", ()),
    ("not-available", "Cannot be chosen: is not available.", ()),
    ("category-excluded", "Cannot be chosen: north gives none of: soldier (r1)", ("r1", "قاعدة")),
    ("in-another-plan", "Cannot be chosen: is already in another plan (one plan per person).", ()),
    ("no-plan", "There is no plan: these rules cannot hold together: r1 (exactly 2)", ("قاعدة",)),
    ("no-plan", "There is no plan: these rules cannot hold together: r1.", ("قاعدة",)),
    (
        "captured-later",
        (
            "2 of 3 of equal standing go; those who go are longer in captivity; "
            "the turn of this person is 3."
        ),
        ("2", "3"),
    ),
    (
        "lottery",
        (
            "2 of 4 of equal standing go; those who go are drawn earlier by lot among those held "
            "as long; the turn of this person is 3."
        ),
        ("2", "4", "3"),
    ),
    ("rules-conflict", "With this person no plan exists; in the way stand: r1.", ("قاعدة",)),
    (
        "level-cost",
        (
            "With this person level total (all who go home) falls from 9 to 8; 7 of equal or "
            "higher standing go; what holds it down: r1 (exactly 2)."
        ),
        ("9", "8", "7", "الجميع", "قاعدة"),
    ),
    (
        "level-cost",
        "With this person level total falls from 9 to 8; 7 of equal or higher standing go.",
        ("9", "8", "7", "الجميع"),
    ),
    (
        "lottery",
        "Plans with and without this person are equal at every priority; the lottery decided.",
        (),
    ),
    ("not-settled", "The time given did not suffice to prove an answer.", ()),
)


@pytest.fixture(autouse=True)
def _django_is_ready():
    from repatria.wiring.django_ready import ready

    ready()


@pytest.mark.parametrize(("code", "sentence", "kept"), SAID)
@pytest.mark.parametrize("written", [TERMS, None])
def test_a_reason_is_said_in_arabic_with_its_numbers_and_its_rules(code, sentence, kept, written):
    reason = {"code": code, "sentence": sentence, "rules": ["r1"]}
    with override("ar"):
        said = reason_sentence(reason, written)
    with override("en"):
        english = reason_sentence(reason, written)

    assert not said.is_english
    assert list(english_in(f"<p>{said}</p>")) == []
    assert written is None or [each for each in kept if each not in said] == []
    assert english == sentence


def test_a_sentence_of_a_newer_version_is_shown_as_it_is_and_marked():
    reason = {"code": "by-moonlight", "sentence": "The moon was full.", "rules": []}
    with override("ar"):
        said = reason_sentence(reason, TERMS)

    assert (said, said.attributes) == ("The moon was full.", ' lang="en" dir="ltr"')


def test_every_sentence_that_planning_makes_is_known_here():
    root = Path(repatria.planning.__file__).parent
    made = set()
    for path in root.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "sentence":
                made |= set(filter(None, [_first_words(node.value)]))
    samples = {sentence for _code, sentence, _kept in SAID}

    assert len(made) > 5
    assert [words for words in made if not any(words in each for each in samples)] == []


def _first_words(node):
    """The first constant part of a sentence; nothing where it is made elsewhere."""
    texts = [
        each.value
        for each in ast.walk(node)
        if isinstance(each, ast.Constant) and isinstance(each.value, str) and " " in each.value
    ]
    return texts[0] if texts else ""


def test_why_there_is_no_schedule_is_said_in_arabic():
    source = Path(solving.__file__).read_text("utf-8")
    told = (
        "somebody is ready only after the last tranche",
        "the agreed exposure and the capacities leave no schedule",
        "capacities and dates of readiness leave no schedule",
    )
    with override("ar"):
        said = [schedule_reason(each) for each in (*told, "bridge: 9 persons, room for 4")]
        newer = schedule_reason("the river is frozen")

    assert all(f'"{each}"' in source for each in told)
    assert [each for each in said if each.is_english] == []
    assert [found for each in said for found in english_in(f"<p>{each}</p>")] == []
    assert "bridge" in said[-1]
    assert newer.is_english
