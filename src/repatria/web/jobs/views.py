"""How far is the work that was asked for, and what came of it?

The page looks again by itself, with a script and without.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from repatria.store.jobs import COMPUTED, OPEN, PLAN, REFUSED
from repatria.store.queries.jobs import job as job_of
from repatria.store.queries.jobs import jobs as jobs_of
from repatria.store.queries.lists import list_rows
from repatria.terms import Objection
from repatria.web.access import Request
from repatria.web.packages.entry import own_desk_page
from repatria.web.responses import never_stored, see_other
from repatria.wiring.desks import installation_here
from repatria.wiring.job_kinds import LIST_ANSWERS, LIST_CHECK, LIST_COMPARE, LIST_IMPORT
from repatria.wiring.jobs import stop_if_free
from repatria.wiring.plan_jobs import CHECK, DISPUTED, SCHEDULE, TRIAL, WHY
from repatria.wiring.work_told import as_told

TITLES: Mapping[str, Any] = {
    LIST_CHECK: gettext_lazy("Looking through a list"),
    LIST_ANSWERS: gettext_lazy("Answering a list"),
    LIST_COMPARE: gettext_lazy("Comparing lists"),
    LIST_IMPORT: gettext_lazy("Handing in a list"),
    PLAN: gettext_lazy("Compute a plan"),
    TRIAL: gettext_lazy("Try these terms"),
    CHECK: gettext_lazy("Check a plan"),
    WHY: gettext_lazy("Why not this person?"),
    DISPUTED: gettext_lazy("What if a fact is another?"),
    SCHEDULE: gettext_lazy("Compute a schedule"),
}
_PAGES = {CHECK: "plan-check", DISPUTED: "plan-disputed", SCHEDULE: "plan-schedule"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownJob:
    """A job as a page shows it.

    Attributes:
        title: of the list it is about; empty for none.
        address: where what came of it is to be seen.
    """

    row: Any
    what: Any
    title: str
    address: str
    is_open: bool

    @property
    def is_computed(self) -> bool:
        """Whether nothing is written: what came of it is to be looked at."""
        return self.row.kind in COMPUTED

    @property
    def is_written(self) -> bool:
        """Whether it is being written down, in one piece: the second half of the bar.

        An embedded database takes no stop meanwhile.
        """
        half = bool(self.row.total) and 2 * self.row.done >= self.row.total
        return half and not self.is_computed and installation_here().is_embedded

    @property
    def percent(self) -> int | None:
        """How much of this stage is done; None while nobody knows."""
        return min(100, self.row.done * 100 // self.row.total) if self.row.total else None


@require_http_methods(["GET", "HEAD"])
@own_desk_page
def all_jobs(request: Request) -> HttpResponseBase:
    """The newest work of this desk."""
    titles = {row.subject: row.title for row in list_rows(request.viewer)}
    here = installation_here()
    shown = [_shown(as_told(here, job), titles) for job in jobs_of(request.viewer)]
    context = {"jobs": shown, "goes_on": any(each.is_open for each in shown)}
    return never_stored(render(request, "jobs/all.html", context))


@require_http_methods(["GET", "HEAD"])
@own_desk_page
def one(request: Request, token: str) -> HttpResponseBase:
    """One job: a bar while it goes on, a link when it is done."""
    row = as_told(installation_here(), job_of(request.viewer, token))
    titles = {each.subject: each.title for each in list_rows(request.viewer)}
    objections = [
        Objection(code=code, rule=rule, about=tuple(about))
        for code, rule, about in (row.result["objections"] if row.state == REFUSED else ())
    ]
    context = {"job": _shown(row, titles), "objections": objections}
    return never_stored(render(request, "jobs/one.html", context))


@require_POST
@own_desk_page
def stop_one(request: Request, token: str) -> HttpResponseBase:
    """Stop a job; what it has not written by then, it does not write."""
    row = job_of(request.viewer, token)
    if stop_if_free(installation_here(), row.id):
        messages.success(request, _("The work was stopped."))
    elif row.state in OPEN:
        messages.warning(
            request, _("It was being written down, and could not be stopped any more.")
        )
    return see_other("job", token)


def _shown(row: Any, titles: Mapping[str, str]) -> ShownJob:
    about = row.result.get("list", row.about)
    token = about.partition(":")[2]
    match row.kind:
        case _ if not token:
            address = reverse("lists")
        case kind if kind == PLAN:
            address = reverse("terms-plan", args=[token])
        case kind if kind == TRIAL:
            address = reverse("terms-edit")
        case kind if kind == WHY:
            address = reverse("plan-why", args=[token, row.asked["person"].partition(":")[2]])
        case kind if kind in _PAGES:
            address = reverse(_PAGES[kind], args=[token])
        case kind if kind == LIST_CHECK:
            address = reverse("list-found", args=[token])
        case kind if kind == LIST_ANSWERS:
            address = reverse("list-dialogue", args=[token])
        case kind if kind == LIST_COMPARE and row.asked["right"] == row.about:
            address = reverse("list-repeats", args=[token])
        case kind if kind == LIST_COMPARE:
            other = row.asked["right"].partition(":")[2]
            address = f"{reverse('review')}?list={token}&other={other}"
        case _:
            address = reverse("list", args=[token])
    return ShownJob(
        row=row,
        what=TITLES.get(row.kind, row.kind),
        title=titles.get(about, ""),
        address=address,
        is_open=row.state in OPEN,
    )
