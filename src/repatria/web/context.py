"""What does every page need? The viewer, whose installation this is, how parties are called."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from repatria.store.queries.peers import peers
from repatria.terms import Viewer
from repatria.wiring.desks import installation_here
from repatria.wiring.installation import Installation, NoInstallationError


def page(request: HttpRequest) -> dict[str, Any]:
    """Values for every template.

    `party_titles` is looked up only where a page names a party.
    """
    viewer: Viewer | None = getattr(request, "viewer", None)
    here = _here()
    return {
        "viewer": viewer,
        "installation": here,
        "sits_here": here is not None
        and viewer is not None
        and viewer.at_a_desk
        and viewer.party == here.party,
        "party_titles": SimpleLazyObject(lambda: _titles(viewer, here)),
    }


def _here() -> Installation | None:
    try:
        return installation_here()
    except NoInstallationError:
        return None


def _titles(viewer: Viewer | None, here: Installation | None) -> Mapping[str, str]:
    """How parties are called, by code; a code nobody introduced is shown as it is."""
    titles = {str(here.party): here.title} if here is not None else {}
    if viewer is not None and viewer.at_a_desk:
        titles |= {row.subject.partition(":")[2]: row.title for row in peers(viewer)}
    return titles
