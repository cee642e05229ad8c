"""Who is looking, and how is a no shown?

Every request carries a viewer; queries take nothing else. What an operation
refuses, what is not the viewer's, and what is not as it was signed each become
one kind of page, whichever page was asked for.
"""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from repatria.terms import IntegrityError, NotVisible, Refusal
from repatria.terms.parties import ANONYMOUS
from repatria.web.messages import FAULTS, obstacle_sentence
from repatria.wiring.viewers import viewer_of_account

PUBLIC_PAGES = "/public/"


class ViewerMiddleware:
    """Puts `request.viewer` on every request; turns a no into its page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The response; pages that show anything not public are never stored."""
        if request.path.startswith(PUBLIC_PAGES):
            # The same for everybody: nobody is asked who he is, so that no session is
            # opened and the page can be kept by any cache.
            request.viewer = ANONYMOUS  # type: ignore[attr-defined]
            return self.get_response(request)
        user = request.user
        account = user.get_username() if user.is_authenticated else None
        request.viewer = viewer_of_account(account)  # type: ignore[attr-defined]
        response = self.get_response(request)
        if account is not None:
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        """The page for a no of ours; None for anything else, which is a bug."""
        if isinstance(fault, NotVisible):
            return render(request, "404.html", status=HTTPStatus.NOT_FOUND)
        if isinstance(fault, Refusal):
            objections = {"objections": fault.objections}
            return render(request, "409.html", objections, status=HTTPStatus.CONFLICT)
        if isinstance(fault, IntegrityError):
            advice = obstacle_sentence(fault.code)
            sentence = "" if advice else FAULTS.get(fault.code, "")
            context = {"fault": fault, "advice": advice, "sentence": sentence}
            return render(request, "damaged.html", context, status=HTTPStatus.CONFLICT)
        return None
