"""Who may write on a page, and with what in hand?

A page that writes is there only for those whose role may do the act, and only in
their own party's installation; to anybody else it is not found.
"""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpResponseBase

from repatria.terms import Role
from repatria.web.access import P, Request, View, desk_page
from repatria.wiring.desks import sits_here

ACCEPTS = (Role.NEGOTIATOR,)
SIGNS = (Role.NEGOTIATOR, Role.REGISTRAR, Role.HANDOVER_OFFICER)
AT_THE_LINE = (Role.HANDOVER_OFFICER, Role.INTERMEDIARY)
PRINTS = (Role.REGISTRAR, Role.HANDOVER_OFFICER, Role.INTERMEDIARY, Role.MEDICAL)
GIVES_RECEIPTS = (Role.HANDOVER_OFFICER, Role.REGISTRAR)

FREEZES = (Role.INTERMEDIARY, Role.HANDOVER_OFFICER)
LOCKS = (Role.REGISTRAR, Role.NEGOTIATOR, Role.INTERMEDIARY)


def may(request: Request, roles: tuple[Role, ...]) -> bool:
    """Whether the viewer has one of the roles, in his own party's installation."""
    return request.viewer.role in roles and sits_here(request.viewer)


def page_for(*roles: Role) -> Callable[[View[P]], View[P]]:
    """A decorator: the page is there for these roles, where they write; for others it is not."""

    def decorate(view: View[P]) -> View[P]:
        @desk_page
        @wraps(view)
        def asked(request: Request, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not may(request, roles):
                raise Http404
            return view(request, *args, **kwargs)

        return asked

    return decorate
