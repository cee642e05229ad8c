"""The checklist of a handover: what is done, of whom something is missing, where to do it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from repatria.handover.protocol import IncidentsAgree, PointState, ProtocolPoint
from repatria.store.queries.protocol import ProtocolView, protocol
from repatria.web.access import Request, desk_page
from repatria.web.exports import table_file
from repatria.web.table_formats import asked_format
from repatria.wiring.installation import now

_NAMED = 12
"""How many are named beside a point; the file names all."""

WORDS = {
    ProtocolPoint.SIGNED: gettext_lazy("Every party has signed the list as it stands"),
    ProtocolPoint.FIT: gettext_lazy("Fit to travel, by a clearance that still holds"),
    ProtocolPoint.WILLING: gettext_lazy("Wants to go, or is sent by name"),
    ProtocolPoint.ASKED_AT_THE_LINE: gettext_lazy("Asked once more at the line"),
    ProtocolPoint.CHECKED: gettext_lazy("Checked at the gate by two people"),
    ProtocolPoint.PACKETS: gettext_lazy("Sealed packets passed on or given back"),
    ProtocolPoint.CROSSED: gettext_lazy("Crossed the line"),
    ProtocolPoint.RECEIPTS: gettext_lazy("Every party has given its receipt"),
    ProtocolPoint.CONFIRMED: gettext_lazy("Confirmed by both receipts"),
    ProtocolPoint.INCIDENTS: gettext_lazy("Every party has said whether there were incidents"),
    ProtocolPoint.ENDED: gettext_lazy("Every agreed line has ended"),
}
_OF_PARTIES = frozenset({ProtocolPoint.SIGNED, ProtocolPoint.RECEIPTS, ProtocolPoint.INCIDENTS})
_WHERE = {
    ProtocolPoint.CHECKED: "crossing",
    ProtocolPoint.CROSSED: "crossing",
    ProtocolPoint.ASKED_AT_THE_LINE: "crossing",
    ProtocolPoint.CONFIRMED: "closing",
    ProtocolPoint.ENDED: "closing",
}
"""Pages on which a point is done; the others are done on the page of the list."""

AGREE = {
    IncidentsAgree.NOT_YET: gettext_lazy("Not every party has spoken yet."),
    IncidentsAgree.NONE_BY_ALL: gettext_lazy("All say that there were none."),
    IncidentsAgree.SAME_WORDS: gettext_lazy("All say the same."),
    IncidentsAgree.DIFFERENT: gettext_lazy("The words differ: read them side by side."),
}


@require_safe
@desk_page
def protocol_page(request: Request, manifest_id: str) -> HttpResponseBase:
    """Each point with how far it is; the words on incidents; the packets."""
    view = protocol(request.viewer, f"manifest:{manifest_id}", now())
    context = {
        "view": view,
        "token": manifest_id,
        "points": [_shown(view, each) for each in view.points],
        "incidents": [
            {"party": party, "given": party in view.incidents, "words": view.incidents.get(party)}
            for party in view.parties
        ],
        "agree": AGREE[view.agree],
        "differ": view.agree is IncidentsAgree.DIFFERENT,
    }
    return render(request, "handover/protocol.html", context)


def _shown(view: ProtocolView, state: PointState) -> Mapping[str, Any]:
    parties = state.point in _OF_PARTIES
    named = state.missing if parties else state.missing[:_NAMED]
    return {
        "words": WORDS[state.point],
        "done": state.done,
        "of": state.of,
        "is_done": state.is_done,
        "parties": named if parties else (),
        "persons": () if parties else [view.names[person] for person in named],
        "others": len(state.missing) - len(named),
        "where": _WHERE.get(state.point, "manifest"),
    }


@require_POST
@desk_page
def protocol_export(request: Request, manifest_id: str) -> HttpResponseBase:
    """The checklist as a file: a row for each point, and one for everybody of whom it misses."""
    view = protocol(request.viewer, f"manifest:{manifest_id}", now())
    headings = [_("Point"), _("Done"), _("Of"), _("Missing of")]
    return table_file(f"checklist-{manifest_id}", headings, _rows(view), asked_format(request))


def _rows(view: ProtocolView) -> Iterable[Sequence[object]]:
    for state in view.points:
        row = (str(WORDS[state.point]), state.done, state.of)
        if not state.missing:
            yield (*row, "")
        for one in state.missing:
            yield (*row, one if state.point in _OF_PARTIES else view.names[one].name)
