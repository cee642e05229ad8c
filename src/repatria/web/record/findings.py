"""Where do public figures not agree, and of which findings does nothing follow?

Both speakers stand side by side; nothing decides who is right. At our own desk a
figure is also held against our register, and a finding can be set aside with a reason:
it stays on view, and can be taken up again.
"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from repatria.operations.findings import set_finding_aside, take_finding_up
from repatria.record import Check, CheckKind
from repatria.store.queries.scope import Page
from repatria.terms import NotVisible, Severity
from repatria.web.access import Request
from repatria.web.exports import table_file
from repatria.web.lists.forms import AskedForm
from repatria.web.record.entering import RECORDS_CLAIMS
from repatria.web.record.shown import ShownCheck, by_id, checks_shown, claims_shown
from repatria.web.record.verdicts import explained
from repatria.web.record.wording import KINDS, SEVERITIES
from repatria.web.responses import see_other
from repatria.web.signing import may, page_for
from repatria.web.table_formats import asked_format
from repatria.wiring.desks import desk_for, sits_here

PER_PAGE = 20
EVERY = "all"
# The names of the columns are read back by programs, so they are never translated.
COLUMNS = (
    "kind",
    "severity",
    "holds",
    "claims",
    "left",
    "right",
    "left_of",
    "right_of",
    "arithmetic",
    "derived",
    "explanation",
    "set_aside",
    "follows_from",
)


class FindingsForm(AskedForm):
    """Which findings to show; without a severity, those that a person should look at."""

    kind = forms.ChoiceField(required=False, choices=[("", ""), *KINDS.items()])
    severity = forms.ChoiceField(
        required=False, choices=[("", ""), *SEVERITIES.items(), (EVERY, EVERY)]
    )
    aside = forms.ChoiceField(
        required=False,
        choices=[
            ("", gettext_lazy("all")),
            ("open", gettext_lazy("not set aside")),
            ("aside", gettext_lazy("set aside")),
        ],
    )


class AsideForm(forms.Form):
    """Which finding, and why nothing follows from it."""

    kind = forms.ChoiceField(choices=[(kind.value, kind.value) for kind in CheckKind])
    reason = forms.CharField(required=False, max_length=1_000)


@require_http_methods(["GET", "HEAD", "POST"])
def contradictions_page(request: Request) -> HttpResponseBase:
    """The comparisons that a person should look at; searched by POST, as claims are."""
    asked = _asked(request)
    everything = _everything(request)
    found = _told_once(_wanted(everything, asked), asked)
    number, pages = asked["page"] or 1, max(1, -(-len(found) // PER_PAGE))
    number = min(number, pages)
    rows = found[(number - 1) * PER_PAGE : number * PER_PAGE]
    kinds = {shown.check.kind for shown in everything}
    context = {
        "page": Page(rows=rows, number=number, pages=pages, total=len(found)),
        "asked": {key: value for key, value in asked.items() if value},
        "agreeing": sum(not _flagged(shown) and not shown.follows for shown in everything),
        "kinds": [(kind.value, KINDS[kind]) for kind in CheckKind if kind in kinds],
        "severities": [(each.value, SEVERITIES[each]) for each in Severity],
        "at_home": sits_here(request.viewer),
        "decides": may(request, RECORDS_CLAIMS),
    }
    return render(request, "record/contradictions.html", context)


@require_POST
def export(request: Request) -> HttpResponseBase:
    """The findings as a file, searched and filtered as on the page."""
    found = _wanted(_everything(request), _asked(request))
    return table_file("findings", COLUMNS, (_cells(s) for s in found), asked_format(request))


@require_POST
@page_for(*RECORDS_CLAIMS)
def set_aside(request: Request) -> HttpResponseBase:
    """Say that nothing follows from a finding, and why."""
    kind, claims, reason = _named(request)
    set_finding_aside(desk_for(request.viewer), kind=kind, claims=claims, reason=reason)
    messages.success(request, _("The finding was set aside; it stays on view with the reason."))
    return see_other("contradictions")


@require_POST
@page_for(*RECORDS_CLAIMS)
def take_up(request: Request) -> HttpResponseBase:
    """Look again at a finding that was set aside."""
    kind, claims, _reason = _named(request)
    take_finding_up(desk_for(request.viewer), kind=kind, claims=claims)
    messages.success(request, _("The finding is open again."))
    return see_other("contradictions")


def _named(request: Request) -> tuple[CheckKind, Sequence[str], str]:
    form = AsideForm(request.POST)
    claims = request.POST.getlist("claim")
    if not form.is_valid() or not claims:
        raise NotVisible
    return CheckKind(form.cleaned_data["kind"]), claims, form.cleaned_data["reason"]


def _asked(request: Request) -> dict[str, Any]:
    return FindingsForm(request.POST or request.GET).asked


def _everything(request: Request) -> list[ShownCheck]:
    return checks_shown(request.viewer, by_id(claims_shown(request.viewer)))


def _flagged(shown: ShownCheck) -> bool:
    return not shown.check.holds or shown.check.severity is not Severity.NOTE


def _wanted(everything: Sequence[ShownCheck], asked: dict[str, Any]) -> list[ShownCheck]:
    words = asked["q"].casefold().split()
    return [
        shown
        for shown in everything
        if (not asked["kind"] or shown.check.kind == asked["kind"])
        and _as_severe(shown, asked["severity"])
        and (not asked["aside"] or (asked["aside"] == "aside") == (shown.aside is not None))
        and all(word in _text_of(shown) for word in words)
    ]


def _told_once(found: Sequence[ShownCheck], asked: dict[str, Any]) -> list[ShownCheck]:
    """Without what follows from another, unless somebody asks for a kind of comparison."""
    return [shown for shown in found if shown.follows is None or asked["kind"]]


def _as_severe(shown: ShownCheck, severity: str) -> bool:
    if severity == EVERY:
        return True
    return shown.check.severity == severity if severity else _flagged(shown)


def _text_of(shown: ShownCheck) -> str:
    """What can be searched for: speakers, outlets, words, numbers and ids."""
    said = (
        f"{each.claim.id} {each.claim.speaker} {each.claim.via} {each.claim.category} "
        f"{each.claim.wording} {each.claim.event}"
        for each in shown.claims
    )
    return " ".join((*said, shown.check.arithmetic)).casefold()


def _cells(shown: ShownCheck) -> Sequence[object]:
    check = shown.check
    return (
        check.kind,
        check.severity,
        "yes" if check.holds else "no",
        " ".join(check.claims),
        check.left,
        check.right,
        check.left_of or check.claims[0],
        check.right_of or ("register" if shown.own_count is not None else check.claims[-1]),
        check.arithmetic,
        "yes" if check.derived else "no",
        explained(check, {each.claim.id: each.claim for each in shown.claims}),
        shown.aside.reason if shown.aside else "",
        _named_as(shown.follows) if shown.follows else "",
    )


def _named_as(check: Check) -> str:
    return f"{check.kind} {' '.join(check.claims)}"
