"""How far have we come with each peer, and what waits?"""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from repatria.operations.package_states import PackageState
from repatria.operations.packages import return_log, send_package
from repatria.store.queries.peers import correspondents
from repatria.terms import PartyCode
from repatria.web.access import Request
from repatria.web.exports import download
from repatria.web.packages.entry import own_desk_page
from repatria.web.packages.forms import MakeForm, PackageForm
from repatria.web.packages.introducing import INTRODUCES
from repatria.web.responses import see_other
from repatria.web.signing import may
from repatria.wiring.desks import desk_for, installation_here
from repatria.wiring.inbox import waiting_packages
from repatria.wiring.installation import now
from repatria.wiring.outbox import keep_made


@require_safe
@own_desk_page
def overview(request: Request) -> HttpResponseBase:
    """A card for each peer, and what waits in the inbox."""
    waiting = waiting_packages(installation_here(), desk_for(request.viewer))
    context = {
        "peers": correspondents(request.viewer, now=now()),
        "waiting": sum(w.preview.state is PackageState.WAITING for w in waiting),
        "form": PackageForm(),
        "may_introduce": may(request, INTRODUCES),
    }
    return render(request, "packages/overview.html", context)


@require_POST
@own_desk_page
def make(request: Request) -> HttpResponseBase:
    """A new package, noted and kept in the outbox; its page follows."""
    desk = desk_for(request.viewer)
    parties = _others(request)
    form = MakeForm(request.POST, parties=parties)
    if not form.is_valid():
        messages.error(request, _("Choose a party that is known here, and a day or none."))
        return see_other("package-outbox")
    to = [PartyCode(party) for party in form.cleaned_data["to"]]
    made = send_package(desk, to=to, until=form.moment)
    keep_made(installation_here(), made, to)
    messages.success(
        request,
        _("The package is made: %(statements)d statements, %(readable)d of them to be read there.")
        % {"statements": made.statements, "readable": made.disclosed},
    )
    return see_other("package-made", made.digest)


def _others(request: Request) -> Sequence[tuple[str, str]]:
    return [(p.code, p.row.title) for p in correspondents(request.viewer, now=now())]


@require_POST
@own_desk_page
def give_back(request: Request) -> HttpResponseBase:
    """A package with a peer's own log, for it to heal what it lost."""
    to = PartyCode(request.POST.get("to", ""))
    made = return_log(desk_for(request.viewer), to=to)
    keep_made(installation_here(), made, [to])
    messages.success(request, _("The package gives that party its own log back, as it is here."))
    return see_other("package-made", made.digest)


@require_safe
@own_desk_page
def our_keyring(request: Request) -> HttpResponseBase:  # noqa: ARG001 -- Django's signature
    """Our keyring as a file to hand over at a first meeting; public keys only."""
    here = installation_here()
    return download(here.keyring.envelope.text, f"{here.party}.keyring", "application/json")
