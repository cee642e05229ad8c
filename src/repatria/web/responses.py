"""How does a page answer so that nothing personal stays behind or is sent twice?"""

from http import HTTPStatus

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse


def never_stored(response: HttpResponse) -> HttpResponse:
    """The response, marked so that no cache and no browser keeps it."""
    response["Cache-Control"] = "no-store"
    return response


def see_other(page: str, *args: str) -> HttpResponse:
    """Where to look after a form was sent; loading that again sends nothing again.

    Source: RFC 9110, section 15.4.4.
    """
    return HttpResponseRedirect(reverse(page, args=args), status=HTTPStatus.SEE_OTHER)
