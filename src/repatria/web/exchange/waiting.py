"""How does a page wait for a calculation without keeping anybody waiting?

It waits a moment; what is not there by then is looked at again. One account sees
its own calculations alone.
"""

from repatria.web.access import Request
from repatria.wiring.calculations import Calculation, Work, begin, calculation_of
from repatria.wiring.desks import installation_here

_A_MOMENT_SECONDS = 1.5
LIMITS_SECONDS = (10, 60, 600)


def begin_for(request: Request, matter: str, work: Work) -> Calculation | None:
    """A calculation for the viewer, after a moment's wait; None when too many are running."""
    found = begin(_owner(request), matter, work)
    if found is not None:
        found.wait(_A_MOMENT_SECONDS)
    return found


def known_to(request: Request, matter: str) -> Calculation | None:
    """What the viewer last began in a matter."""
    return calculation_of(_owner(request), matter)


def patience(request: Request) -> int:
    """For how many seconds the viewer lets it compute."""
    asked = request.POST.get("seconds", "")
    allowed = {str(limit): limit for limit in LIMITS_SECONDS}
    return allowed.get(asked, 60)


def _owner(request: Request) -> str:
    return f"{installation_here().alias} {request.viewer.actor}"
