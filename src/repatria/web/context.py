"""What does every page need? The viewer, whose installation this is, how parties are called."""

from collections.abc import Mapping
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from repatria.store.queries.peers import peers
from repatria.terms import Viewer
from repatria.web.messages import obstacle_sentence
from repatria.wiring.desks import installation_here
from repatria.wiring.installation import Installation, NoInstallationError
from repatria.wiring.standing import obstacle_to_signing


def page(request: HttpRequest) -> dict[str, Any]:
    """Values for every template.

    `party_titles` is looked up only where a page names a party; `obstacle` says what
    keeps the installation from signing, to those who would sign.
    """
    viewer: Viewer | None = getattr(request, "viewer", None)
    here = _here()
    sits_here = (
        here is not None and viewer is not None and viewer.at_a_desk and viewer.party == here.party
    )
    return {
        "viewer": viewer,
        "installation": here,
        "sits_here": sits_here,
        "obstacle": _obstacle(here) if here is not None and sits_here else "",
        "party_titles": SimpleLazyObject(lambda: _titles(viewer, here)),
    }


def _here() -> Installation | None:
    try:
        return installation_here()
    except NoInstallationError:
        return None


def _obstacle(here: Installation) -> str:
    """What keeps us from signing, in words; a page that cannot find out says nothing."""
    try:
        code = obstacle_to_signing(here)
    except DatabaseError:
        return ""
    return obstacle_sentence(code) or code


def _titles(viewer: Viewer | None, here: Installation | None) -> Mapping[str, str]:
    """How parties are called, by code; a code nobody introduced is shown as it is."""
    titles = {str(here.party): here.title} if here is not None else {}
    if viewer is not None and viewer.at_a_desk:
        titles |= {row.subject.partition(":")[2]: row.title for row in peers(viewer)}
    return titles
