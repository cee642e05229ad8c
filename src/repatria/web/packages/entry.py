"""Who may open the pages about packages, and how is a party called there?"""

from functools import wraps
from typing import ParamSpec

from django.http import Http404, HttpResponseBase

from repatria.store.queries.peers import peers
from repatria.terms import Viewer
from repatria.web.access import Request, View, desk_page
from repatria.wiring.desks import sits_here

P = ParamSpec("P")
_APART, _END = "\u2068", "\u2069"  # first strong isolate, and its end (UAX 9)


def own_desk_page(view: View[P]) -> View[P]:
    """The page for the installation's own people; to all others it is not there."""

    @desk_page
    @wraps(view)
    def asked(request: Request, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not sits_here(request.viewer):
            raise Http404
        return view(request, *args, **kwargs)

    return asked


def titles(viewer: Viewer) -> dict[str, str]:
    """How parties are called, by code."""
    return {row.subject.partition(":")[2]: row.title for row in peers(viewer)}


def isolated(text: object) -> str:
    """A name within a sentence, apart from the sentence's direction."""
    return f"{_APART}{text}{_END}"
