"""Packets: where each is, what is in it, and who said so."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.packet_passed import PacketPassed
from repatria.ledger.kinds.packet_sealed import PacketItem, PacketSealed
from repatria.ledger.order import in_order
from repatria.ledger.statement import Entry
from repatria.store.queries.packets import (
    Packet,
    PacketsWanted,
    all_packets,
    packet,
    steps_of_packet,
)
from repatria.store.queries.packets import packets as packets_of
from repatria.store.queries.persons import names_of
from repatria.terms import PartyCode, Role
from repatria.terms.times import day_of
from repatria.web.access import Request, desk_page_of
from repatria.web.exports import TableFormat, table_file
from repatria.web.keeping_words import PACKET_STATES
from repatria.web.lists.forms import AskedForm
from repatria.web.messages import finding_sentence
from repatria.web.responses import never_stored
from repatria.web.signing import may
from repatria.web.words import word

SEALS = (Role.REGISTRAR, Role.HANDOVER_OFFICER)
PASSES = (*SEALS, Role.INTERMEDIARY)


class PacketsForm(AskedForm):
    """Which packets to show."""

    state = forms.ChoiceField(required=False, choices=[("", ""), *PACKET_STATES.items()])


def _asked(request: Request) -> dict[str, Any]:
    form = PacketsForm(request.POST or request.GET)
    return form.asked


def _wanted(asked: dict[str, Any]) -> PacketsWanted:
    return PacketsWanted(search=asked["q"], state=asked["state"])


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page_of(*PASSES)
def all_of_them(request: Request) -> HttpResponseBase:
    """Packets the viewer may read of. Names are searched by POST: an address would keep them."""
    asked = _asked(request)
    page = packets_of(request.viewer, _wanted(asked), page=asked["page"] or 1)
    context = {
        "page": page,
        "asked": asked,
        "states": PACKET_STATES,
        "names": names_of(request.viewer, [row.person for row in page.rows]),
        "may_seal": may(request, SEALS),
    }
    return never_stored(render(request, "packets/all.html", context))


@require_POST
@desk_page_of(*PASSES)
def export(request: Request) -> HttpResponseBase:
    """The same as a file, ids of persons and not their names."""
    asked = _asked(request)
    headings = [
        _("Packet"),
        _("Record"),
        _("Seal"),
        _("Contents"),
        _("State"),
        _("Into whose hands"),
        _("Since"),
        _("To look at"),
    ]
    rows = (_cells(row) for row in all_packets(request.viewer, _wanted(asked)))
    return table_file("packets", headings, rows, TableFormat(asked["format"] or TableFormat.CSV))


def _cells(row: Packet) -> Sequence[object]:
    return [
        row.subject,
        row.person,
        row.seal,
        "; ".join(f"{item['count']} {item['what']}" for item in row.items),
        word("packet", row.event),
        row.to,
        row.since,
        " ".join(finding_sentence(code) for code in row.findings),
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that was said of a packet.

    Attributes:
        event: `sealed`, or what happened.
        seal: as it was closed or found.
        to: into whose hands.
        items: what was in it, where it was closed.
        before: witnesses of an opening.
    """

    on: date
    by: PartyCode
    actor: str
    event: str
    seal: str
    to: str = ""
    items: Sequence[PacketItem] = ()
    before: str = ""


@require_safe
@desk_page_of(*PASSES)
def one(request: Request, token: str) -> HttpResponseBase:
    """One packet: its contents, and every step of its way."""
    row = packet(request.viewer, f"packet:{token}")
    context = {
        "row": row,
        "names": names_of(request.viewer, [row.person]),
        "steps": list(_steps(steps_of_packet(request.viewer, row.subject))),
        "may_pass": may(request, PASSES) and not row.settled,
        "may_open": may(request, SEALS) and not row.settled,
    }
    return never_stored(render(request, "packets/one.html", context))


def _steps(entries: Sequence[Entry]) -> Iterator[Step]:
    for entry in in_order(entries):
        statement = entry.statement
        said: dict[str, Any] = {
            "on": day_of(statement.occurred_at or statement.recorded_at),
            "by": entry.origin,
            "actor": statement.actor,
        }
        if statement.kind == "packet.sealed":
            closed = payload_of(entry, PacketSealed)
            before = statement.ground.note
            yield Step(**said, event="sealed", seal=closed.seal, items=closed.items, before=before)
        else:
            passed = payload_of(entry, PacketPassed)
            yield Step(**said, event=str(passed.event), seal=passed.seal, to=passed.to)
