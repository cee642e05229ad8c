"""In which languages can a sheet be printed, and how do they call themselves?"""

from collections.abc import Sequence

from django.utils.translation import get_language

from repatria.paper.form import builtin_form, words_on_sheets
from repatria.paper.names import FORMS, LANGUAGES


def paper_languages() -> Sequence[tuple[str, str]]:
    """Each code with the language's own name."""
    names = words_on_sheets()["languages"]
    return [(code, names[code]) for code in LANGUAGES]


def sheets() -> Sequence[tuple[str, str]]:
    """The forms about one person, with their titles in the reader's language."""
    titles = ((name, builtin_form(name).title) for name in FORMS)
    return [(name, title.get(get_language() or "en", title["en"])) for name, title in titles]
