"""Rounds, and the persons of one round, as tables to take away."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from repatria.store.queries.rounds import all_round_entries, round_row, rounds
from repatria.web.access import Request, desk_page
from repatria.web.exports import table_file
from repatria.web.lists.forms import AskedForm
from repatria.web.messages import finding_sentence
from repatria.web.rounds.forms import EntriesForm
from repatria.web.rounds.steps import steps_of
from repatria.web.table_formats import asked_format
from repatria.web.words import word


@require_POST
@desk_page
def rounds_export(request: Request) -> HttpResponseBase:
    """The rounds, searched as on the page, one row for each party."""
    asked = AskedForm(request.POST).asked
    headings = [_("Round"), _("Party"), _("Where it stands"), _("What is revealed"), _("Root")]
    rows = (
        [row.title, each.stand["party"], each.sentence, word("reveals", row.reveals),
         each.stand["root"]]
        for row in rounds(request.viewer, search=asked["q"])
        for each in steps_of(row)
    )  # fmt: skip
    return table_file("rounds", headings, rows, asked_format(request))


@require_POST
@desk_page
def round_export(request: Request, token: str) -> HttpResponseBase:
    """The persons of a round, searched and filtered as on the page."""
    asked = EntriesForm(request.POST).asked
    row = round_row(request.viewer, f"round:{token}")
    found = all_round_entries(request.viewer, row.subject, search=asked["q"], party=asked["party"])
    headings = [
        _("List of"),
        _("Slot"),
        _("Name"),
        _("Father"),
        _("Born"),
        _("Category"),
        _("Reference"),
        _("Same person as slot"),
        _("Checked"),
    ]
    return table_file(f"round-{token}", headings, _rows(found), asked_format(request))


def _rows(found: Any) -> Iterator[Sequence[object]]:
    for row in found:
        yield [
            row.party,
            row.slot,
            row.name,
            row.father,
            row.birth,
            word("category", row.category) if row.category else "",
            row.reference,
            row.same_as if row.same_as is not None else "",
            checked_in_words(row),
        ]


def checked_in_words(row: Any) -> str:
    """Whether an entry is as committed, or why not; or that it is not revealed."""
    if row.fault:
        return finding_sentence(row.fault)
    return _("as committed") if row.revealed else _("not revealed")
