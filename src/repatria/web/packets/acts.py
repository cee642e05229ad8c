"""A packet is closed with its list, passed on under its seal, opened before witnesses."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from repatria.operations.packets import open_packet, pass_packet, seal_packet
from repatria.store.queries.packets import Packet, packet
from repatria.store.queries.persons import names_of
from repatria.store.queries.persons import person as person_of
from repatria.terms import PartyCode, PersonId
from repatria.web.access import Request
from repatria.web.acts import Act, act_for, other_parties, sent, written
from repatria.web.packets.forms import OpenForm, PassForm, SealForm
from repatria.web.packets.views import PASSES, SEALS
from repatria.wiring.desks import desk_for

_BESIDE_SEAL = {
    "packet-without-seal": "found_seal",
    "packet-seal-differs": "seal_differs",
}


@act_for(*SEALS)
def seal(request: Request, token: str) -> Act:
    """A person's packet is closed, with everything that is in it."""
    view = person_of(request.viewer, f"person:{token}")
    form = SealForm(sent(request), parties=other_parties(request.viewer))

    def do(said: dict[str, Any]) -> HttpResponse:
        person, to = PersonId(view.record.person), PartyCode(said["to"])
        made = seal_packet(
            desk_for(request.viewer), person, seal=said["seal"], items=said["items"], to=to
        )
        return written(request, _("The packet is sealed."), "packet", made.partition(":")[2])

    return Act(
        title=_("Seal a packet"),
        button=_("Seal the packet"),
        back=reverse("person", args=[token]),
        back_words=_("Back to the person"),
        about=view.shown,
        lead=_(
            "Money and valuables, listed while the packet is open before you. They are given "
            "back when the person goes home (GC III art. 119, 122)."
        ),
        form=form,
        do=do,
        beside={"packet-without-list": "items"},
    )


@act_for(*PASSES)
def pass_on(request: Request, token: str) -> Act:
    """What happened to a packet, and with which seal it was found."""
    row = packet(request.viewer, f"packet:{token}")
    form = PassForm(sent(request))

    def do(said: dict[str, Any]) -> HttpResponse:
        pass_packet(
            desk_for(request.viewer),
            row.subject,
            said["event"],
            seal=said["found_seal"],
            to=said["to"],
            seal_differs=said["seal_differs"],
        )
        return written(request, _("Written down."), "packet", token)

    return _act(
        request,
        row,
        title=_("What happened to the packet"),
        button=_("Write it down"),
        lead=_("Whoever knows of the packet reads this. Of a missing packet no seal is asked."),
        form=form,
        do=do,
        beside={**_BESIDE_SEAL, "packet-to-nobody": "to"},
    )


@act_for(*SEALS)
def open_anew(request: Request, token: str) -> Act:
    """A packet is opened before witnesses, and closed again with a new list and a new seal."""
    row = packet(request.viewer, f"packet:{token}")
    listed = "\n".join(f"{item['count']} {item['what']}" for item in row.items)
    form = OpenForm(sent(request), initial={"items": listed})

    def do(said: dict[str, Any]) -> HttpResponse:
        open_packet(
            desk_for(request.viewer),
            row.subject,
            found_seal=said["found_seal"],
            seal=said["seal"],
            items=said["items"],
            witnesses=said["witnesses"],
            seal_differs=said["seal_differs"],
        )
        return written(request, _("The packet was opened, and is sealed again."), "packet", token)

    return _act(
        request,
        row,
        title=_("Open a packet before witnesses"),
        button=_("Seal it again"),
        lead=_("What was in it when it was closed last stands in the list; correct it."),
        form=form,
        do=do,
        beside={
            **_BESIDE_SEAL,
            "packet-without-list": "items",
            "packet-seal-not-new": "seal",
            "packet-without-witnesses": "witnesses",
        },
    )


def _act(request: Request, row: Packet, **rest: Any) -> Act:
    return Act(
        back=reverse("packet", args=[row.subject.partition(":")[2]]),
        back_words=_("Packet"),
        about=names_of(request.viewer, [row.person])[row.person],
        **rest,
    )
