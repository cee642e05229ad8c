"""Which fields does a form have, and may an installation correct them?"""

import pytest

from repatria.paper import FORMS, LANGUAGES, builtin_form, read_form
from repatria.paper.form import builtin_text, check_languages, words_on_sheets
from repatria.terms import Refusal


def code_of(refused):
    [objection] = refused.value.objections
    return objection.code


@pytest.mark.parametrize("name", FORMS)
def test_every_field_and_choice_has_a_label_in_every_language(name):
    form = builtin_form(name)
    words = [form.title, *form.parts.values(), *(field.labels for field in form.fields)]
    words += [choice for field in form.fields for choice in field.choices]
    assert form.name == name
    assert all(set(each) == set(LANGUAGES) for each in words)
    assert len({field.key for field in form.fields}) == len(form.fields)


def test_every_word_on_a_sheet_is_in_every_language():
    assert all(set(each) == set(LANGUAGES) for each in words_on_sheets().values())


@pytest.mark.parametrize("name", FORMS)
def test_a_sheet_says_that_its_fields_are_from_memory(name):
    assert "memory" in builtin_form(name).edition


def test_a_corrected_list_says_its_own_version_and_may_add_a_field():
    text = builtin_text("capture-card").replace('version = "1"', 'version = "2030 of North"')
    corrected = read_form(text + '\n[[field]]\nkey = "blood"\nlabels = { en = "Blood group" }\n')
    assert corrected.edition.startswith("capture-card 2030 of North (")
    assert corrected.fields[-1].labels == {"en": "Blood group"}


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text + "]",
        lambda text: text.replace('version = "1"', ""),
        lambda text: text.replace('version = "1"', "version = 1"),
        lambda text: text.replace('key = "power"', "key = ''"),
        lambda text: text.replace('choices = "health"', 'choices = "weather"'),
        lambda text: text + '\n[[field]]\nkey = "x"\nlines = 99\nlabels = { en = "x" }\n',
    ],
)
def test_what_is_no_list_of_fields_is_refused(spoil):
    with pytest.raises(Refusal) as refused:
        read_form(spoil(builtin_text("capture-card")))
    assert code_of(refused) == "form-malformed"


def test_a_form_nobody_knows_is_refused():
    with pytest.raises(Refusal) as refused:
        builtin_form("menu")
    assert code_of(refused) == "form-unknown"
    with pytest.raises(Refusal) as refused:
        read_form(builtin_text("tag").replace('form = "tag"', 'form = "menu"'))
    assert code_of(refused) == "form-unknown"


@pytest.mark.parametrize("languages", [(), ("en", "en"), ("en", "ru", "hy", "az"), ("tlh",)])
def test_a_sheet_is_in_one_to_three_languages_that_it_has(languages):
    with pytest.raises(Refusal) as refused:
        check_languages(languages)
    assert code_of(refused) == "languages-on-paper"
