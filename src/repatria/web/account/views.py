"""The first page after logging in: what is there to do?"""

from dataclasses import dataclass

from django.contrib.auth.views import LoginView
from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_safe

from repatria.store.queries.work import Work, work_queue
from repatria.web.access import Request, account_page
from repatria.web.work import WORK

login = LoginView.as_view(template_name="account/login.html", redirect_authenticated_user=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One thing to do, with its words and where it is done."""

    work: Work
    words: str
    address: str


@require_safe
@account_page
def home(request: Request) -> HttpResponseBase:
    """What waits for this desk; for others, where to read."""
    tasks = [_task(work) for work in work_queue(request.viewer)]
    return render(request, "account/home.html", {"tasks": tasks})


def _task(work: Work) -> Task:
    what = WORK[work.code]
    return Task(work=work, words=str(what.words), address=_address(what.page, work.about))


def _address(page: str, about: str) -> str:
    """Where a thing is done; the page itself knows what is open in it."""
    try:
        return reverse(page, args=(about.partition(":")[2],) if about else ())
    except NoReverseMatch:
        return reverse(page)
