"""Who may open a page?

Nobody learns from a refusal that something is there: what is not the viewer's
is not found. Only somebody who has not said who he is gets asked for it.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase

from repatria.terms import Role, Viewer

P = ParamSpec("P")


class Request(HttpRequest):
    """A request as pages get it from `ViewerMiddleware`."""

    viewer: Viewer


View = Callable[Concatenate[Request, P], HttpResponseBase]


def account_page(view: View[P]) -> View[P]:
    """The page for anybody who is logged in; others are sent to log in first."""

    @wraps(view)
    def asked(request: Request, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.path)
        return view(request, *args, **kwargs)

    return asked


def desk_page(view: View[P]) -> View[P]:
    """The page for those who sit at a desk; to others who are logged in it is not there."""

    @account_page
    @wraps(view)
    def asked(request: Request, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.viewer.at_a_desk:
            raise Http404
        return view(request, *args, **kwargs)

    return asked


def desk_page_of(*roles: Role) -> Callable[[View[P]], View[P]]:
    """A decorator: the page for these roles, of whatever party; for others it is not there."""

    def decorate(view: View[P]) -> View[P]:
        @desk_page
        @wraps(view)
        def asked(request: Request, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if request.viewer.role not in roles:
                raise Http404
            return view(request, *args, **kwargs)

        return asked

    return decorate
