"""Cards, tags, notices and certificates: one person, one form, two or three languages."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from repatria.paper.codes import qr_svg
from repatria.paper.form import Form, check_languages, words_on_sheets
from repatria.paper.typesetting import in_languages, set_sheet, written

_LAYOUTS: Mapping[str, str] = {
    "capture-card": "card",
    "tag": "tag",
    "death-notice": "page",
    "repatriation-certificate": "page",
}


def sheet_pdf(
    form: Form,
    values: Mapping[str, str],
    *,
    number: str,
    languages: Sequence[str],
    as_of: datetime,
) -> bytes:
    """The PDF of one sheet; what is not known is left as a line to write on.

    Args:
        form: the list of fields.
        values: by key of a field.
        number: of the person or of the tag: printed, and in the code.
        languages: one to three of `LANGUAGES`, the person's own first.
        as_of: the time of the newest fact on it.

    Raises:
        Refusal: `languages-on-paper`.
    """
    return set_sheet(sheet_content(form, values, number=number, languages=languages), as_of=as_of)


def sheet_content(
    form: Form, values: Mapping[str, str], *, number: str, languages: Sequence[str]
) -> dict[str, Any]:
    """The sheet as it is set.

    Raises:
        Refusal: `languages-on-paper`.
    """
    check_languages(languages)
    return {
        "layout": _LAYOUTS[form.name],
        "language": languages[0],
        "title": in_languages(form.title, languages),
        "number": number,
        "qr": qr_svg(number),
        "fields": [
            {
                "labels": in_languages(each.labels, languages),
                "value": written(values.get(each.key, "")),
                "lines": each.lines,
                "choices": [in_languages(choice, languages) for choice in each.choices],
            }
            for each in form.fields
        ],
        "parts": [
            {"letter": letter, "words": in_languages(words, languages)}
            for letter, words in form.parts.items()
        ],
        "edition": form.edition,
        "edition_words": in_languages(words_on_sheets()["field_list"], languages[:1]),
    }
