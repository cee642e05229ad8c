"""Which figures does an article hold, and which of them does a person record?

The article passes through: it is read, shown with what was found in it, and travels
back with the form. Nothing of it is kept but the claims that somebody records.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from repatria.operations.publicity import claims_known, record_claims
from repatria.record import Claim
from repatria.record.suggesting import Suggestion, suggestions
from repatria.record.suggesting.measures import composition_in_words, measure_of
from repatria.record.suggesting.source_text import SourceText, day_told_in, read_source
from repatria.terms import NotVisible, Objection, PartialDate, Refusal
from repatria.web.access import Request
from repatria.web.record.article_text import Paragraph, claim_id_of, paragraphs, plain
from repatria.web.record.claim_forms import FigureForm, SaidForm
from repatria.web.record.entering import RECORDS_CLAIMS, party_titles
from repatria.web.responses import never_stored
from repatria.web.signing import page_for
from repatria.wiring.desks import desk_for

MAX_BYTES = 10 * 1024 * 1024
MAX_CHARACTERS = 200_000
AT_ONCE = 40  # figures with their fields on one page


class ReadForm(forms.Form):
    """An article: a text or a file, and where it was published."""

    text = forms.CharField(
        label=gettext_lazy("Text of the article"),
        required=False,
        max_length=MAX_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 12}),
    )
    file = forms.FileField(
        label=gettext_lazy("Or a file"),
        help_text=gettext_lazy("Text, HTML or PDF, at most 10 MB."),
        required=False,
    )
    via = SaidForm.base_fields["via"]
    said_on = forms.DateField(
        label=gettext_lazy("Day of the article"),
        help_text=gettext_lazy("1994-05-17. May stay empty where the article itself says it."),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """The article as it is read, under `source`."""
        cells = super().clean() or {}
        file, text = cells.get("file"), cells.get("text", "")
        if bool(file) == bool(text.strip()) and not self.errors:
            self.add_error("text", _("Paste a text or open a file, one of the two."))
        if file and file.size > MAX_BYTES:
            self.add_error("file", _("The file is larger than 10 MB."))
        if self.errors:
            return cells
        try:
            source = read_source(file.read() if file else text.encode())
        except Refusal:
            self.add_error("file", _("The text of the file cannot be read."))
            return cells
        if len(source.text) > MAX_CHARACTERS:
            self.add_error("file", _("The text is longer than 200,000 characters; take a part."))
        elif not source.text.strip():
            self.add_error("file" if file else "text", _("There is no text in it."))
        return cells | {"source": source}


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggested:
    """One figure of the article; `recorded` is the claim it became, None while it is none."""

    number: int
    found: Suggestion
    form: FigureForm
    recorded: Claim | None

    @property
    def key(self) -> int:
        """Where the figure begins in the text: its name in the form and in the address."""
        return self.found.start


@require_http_methods(["GET", "HEAD", "POST"])
@page_for(*RECORDS_CLAIMS)
def article(request: Request) -> HttpResponseBase:
    """Ask for an article; show it with the figures found in it. Nothing is recorded here."""
    if request.method != "POST":
        return _ask(request, ReadForm())
    form = ReadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _ask(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    source: SourceText = form.cleaned_data["source"]
    text = plain(source.text)
    day = form.cleaned_data["said_on"] or source.said_on or day_told_in(text)
    said = {"via": form.cleaned_data["via"], "said_on": day or "", "matter": ""}
    return _Reading(request, text, day, SaidForm(initial=said)).page()


@require_POST
@page_for(*RECORDS_CLAIMS)
def record_figure(request: Request) -> HttpResponseBase:
    """Record the one figure whose button was pressed, as it stands in its fields."""
    said = SaidForm(request.POST)
    text = plain(request.POST.get("text", ""))
    if not 0 < len(text) <= MAX_CHARACTERS:
        raise NotVisible
    ready = said.is_valid()
    day: PartialDate | None = said.cleaned_data.get("said_on")
    exact = day.earliest if day is not None and day.earliest == day.latest else None
    reading = _Reading(request, text, exact, said)
    pressed = request.POST.get("record", "")
    if not pressed:  # another part of the article, or the same with another day
        return reading.page(HTTPStatus.OK if ready else HTTPStatus.UNPROCESSABLE_ENTITY)
    found = next((each for each in reading.found if str(each.start) == pressed), None)
    if found is None:
        raise NotVisible
    form = reading.form(found, sent=True)
    if not form.is_valid() or not ready:
        return reading.page(HTTPStatus.UNPROCESSABLE_ENTITY, wrong=(found, form))
    claim = form.claim(id=claim_id_of(text, found.start), **said.cleaned_data)
    try:
        record_claims(desk_for(request.viewer), (claim,))
    except Refusal as refusal:
        return reading.page(HTTPStatus.CONFLICT, wrong=(found, form), objections=refusal.objections)
    messages.success(request, _("The claim was recorded."))
    return reading.page()


def _ask(request: Request, form: ReadForm, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    return render(request, "record/article_ask.html", {"form": form}, status=status)


class _Reading:
    """An article as one request sees it."""

    def __init__(self, request: Request, text: str, day: date | None, said: SaidForm) -> None:
        self.request, self.text, self.said = request, text, said
        self.found = suggestions(text, said_on=day)
        self.titles = party_titles(request.viewer)

    def form(self, found: Suggestion, *, sent: bool = False) -> FigureForm:
        """The fields of a figure: as suggested, or as somebody has changed them."""
        prefix = f"s{found.start}"
        posted = self.request.POST if f"{prefix}-value" in self.request.POST else None
        if sent:
            return FigureForm(self.request.POST, prefix=prefix, titles=self.titles)
        initial = _suggested(found, self.found)
        if posted is not None:
            initial = {field: posted.get(f"{prefix}-{field}", "") for field in initial}
        return FigureForm(prefix=prefix, titles=self.titles, initial=initial)

    def page(
        self,
        status: HTTPStatus = HTTPStatus.OK,
        *,
        wrong: tuple[Suggestion, FigureForm] | None = None,
        objections: Sequence[Objection] = (),
    ) -> HttpResponse:
        """The article beside its figures."""
        known = claims_known(desk_for(self.request.viewer).log)
        recorded: dict[str, Claim] = {claim.id: claim for claim in known}
        first = _first(self.request, len(self.found))
        shown = []
        for number, each in enumerate(self.found[first : first + AT_ONCE], start=first + 1):
            form, claim = self.form(each), recorded.get(claim_id_of(self.text, each.start))
            if wrong is not None and wrong[0] is each:
                form, claim = wrong[1], None
            shown.append(Suggested(number=number, found=each, form=form, recorded=claim))
        context: Mapping[str, Any] = {
            "text": self.text,
            "said": self.said,
            "paragraphs": _paragraphs(self.text, shown),
            "suggested": shown,
            "total": len(self.found),
            "first": first,
            "before": max(0, first - AT_ONCE) if first else None,
            "after": first + AT_ONCE if first + AT_ONCE < len(self.found) else None,
            "wrong": wrong[0].start if wrong else None,
            "parties": sorted(self.titles.items()),
            "objections": objections,
        }
        return never_stored(render(self.request, "record/article.html", context, status=status))


def _paragraphs(text: str, shown: Sequence[Suggested]) -> Sequence[Paragraph]:
    marks = {each.found.start: (each.found.end, each) for each in shown}
    return paragraphs(text, marks)


def _first(request: Request, total: int) -> int:
    asked = request.POST.get("first", "")
    first = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 0
    return first - first % AT_ONCE if first < total else 0


def _suggested(each: Suggestion, found: Sequence[Suggestion]) -> dict[str, Any]:
    measure = measure_of(each.action)
    return {
        "speaker": each.speaker,
        "value": each.value,
        "bound": each.bound.value,
        "measure": measure.value,
        "wording": each.verb if measure == "other" else "",
        "category": each.category,
        "population": "",
        "holder": "",
        "to_party": "",
        "place": each.place,
        "as_of": str(each.when or ""),
        "composition": composition_in_words(each, found),
    }
