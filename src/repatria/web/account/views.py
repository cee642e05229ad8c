"""The first page after logging in: what is there to do?"""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_safe

from repatria.operations.findings import findings_set_aside
from repatria.store.queries.work import Work, work_queue
from repatria.web.access import Request, account_page
from repatria.web.account.patience import forget_wrong, must_wait, note_wrong
from repatria.web.work import WORK
from repatria.wiring.desks import desk_for, sits_here


class PatientLogin(LoginView):
    """Asks for name and password; whoever guesses too often has to wait."""

    template_name = "account/login.html"
    redirect_authenticated_user = True

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Let somebody in, or say what is wrong."""
        if must_wait(request.POST.get("username", "")):
            context = self.get_context_data(form=AuthenticationForm(request), must_wait=True)
            return self.render_to_response(context, status=HTTPStatus.TOO_MANY_REQUESTS)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """The right password: begin to count anew."""
        forget_wrong(form.cleaned_data["username"])
        return super().form_valid(form)

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        """A wrong one is counted."""
        note_wrong(form.data.get("username", ""))
        return super().form_invalid(form)


login = PatientLogin.as_view()


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
    viewer = request.viewer
    aside = findings_set_aside(desk_for(viewer).log) if sits_here(viewer) else {}
    tasks = [_task(work) for work in work_queue(viewer, aside=aside)]
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
