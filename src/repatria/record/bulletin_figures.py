"""Which figures does a bulletin give, as rows that a program can read?

Every row keeps its speaker, its sources and on what it rests; nothing is summed.
The CSV file carries hashtags in its second row. Source: HXL standard 1.1,
"hashtag row".
"""

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

from repatria.record.bulletin import Amount, Bulletin, Label, Sentence, SentenceCode, Value

# What each sentence with a figure counts, and on what it rests.
_MEANING: Mapping[SentenceCode, tuple[str, str]] = {
    SentenceCode.RELEASED: ("released", "both-receipts"),
    SentenceCode.ONE_RECEIPT: ("signed-by-one-side", "one-receipt"),
    SentenceCode.ANNOUNCED: ("announced", "claim"),
    SentenceCode.ANNOUNCED_AND_DONE: ("announced", "claim"),
    SentenceCode.COUNTED: ("crossed", "claim"),
    SentenceCode.COUNTED_OTHERWISE: ("crossed", "claim"),
    SentenceCode.HELD: ("held", "claim"),
    SentenceCode.MISSING: ("missing", "claim"),
    SentenceCode.REMAINING: ("remaining", "claim"),
    SentenceCode.REMAINING_DERIVED: ("remaining", "derived"),
    SentenceCode.APART: ("unacknowledged", "claim"),
    SentenceCode.APART_WITHIN: ("held-with-unacknowledged", "claim"),
}
HASHTAGS: Mapping[str, str] = {
    "measure": "#indicator+code",
    "rests_on": "#meta+basis",
    "value": "#affected+num",
    "bound": "#affected+bound",
    "population": "#group+whose",
    "holder": "#org+holder",
    "to_party": "#org+receiver",
    "on": "#date",
    "speaker": "#org+speaker",
    "sources": "#meta+source",
}
"""Columns of the file, with the hashtag of each."""


def figures_of(bulletin: Bulletin) -> tuple[dict[str, Any], ...]:
    """The figures in order of their sentences, as JSON objects with the keys of `HASHTAGS`."""
    return tuple(
        _figure(sentence, *_MEANING[sentence.code])
        for sentence in bulletin.sentences
        if sentence.code in _MEANING
    )


def _figure(sentence: Sentence, measure: str, rests_on: str) -> dict[str, Any]:
    values = sentence.values
    count = values["count"]
    if not isinstance(count, Amount):
        msg = "the count of a sentence is an amount"
        raise TypeError(msg)
    return {
        "measure": measure,
        "rests_on": rests_on,
        "value": count.value,
        "bound": count.bound.value,
        "population": _plain(values.get("population", "")),
        "holder": _plain(values.get("holder", "")),
        "to_party": _plain(values.get("to_party", "")),
        "on": str(values.get("on") or values.get("when") or values.get("said_on") or ""),
        "speaker": ", ".join(sentence.attribution),
        "sources": " ".join(sentence.sources),
    }


def _plain(value: Value) -> str:
    if not isinstance(value, Label):
        return str(value)
    return "" if value.key.startswith("label-") else value.key


def hxl_csv(figures: Iterable[Mapping[str, Any]]) -> str:
    """The figures as a table with a row of hashtags below the headings."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HASHTAGS)
    writer.writerow(HASHTAGS.values())
    writer.writerows([_cell(row.get(column, "")) for column in HASHTAGS] for row in figures)
    return out.getvalue()


def _cell(value: object) -> str:
    text = str(value)
    # A spreadsheet would reckon with it. Source: OWASP, "CSV injection".
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text
