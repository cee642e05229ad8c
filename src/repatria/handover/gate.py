"""May this event be recorded for this person now?

All reasons against it are given at once. What needs fitness and will is leaving
and crossing; that somebody refused, died or was put back is only written down.
"""

from datetime import datetime

from repatria.handover.crossing import FINAL, CrossingState, CrossingStatus
from repatria.handover.manifest import Manifest
from repatria.handover.readiness import Readiness, objections_to_travel
from repatria.ledger.kinds.crossing_recorded import CrossingEvent
from repatria.terms import Objection, PersonId

_LIST = "GC III art. 46: the list is complete before anybody departs"
_ORDER = "procedure: departed, then crossed, then nothing more"
_LINE = "procedure after GC III art. 109: the wish is asked again at the line"


def objections_to_crossing(
    manifest: Manifest | None,
    person: PersonId,
    event: CrossingEvent,
    readiness: Readiness,
    crossing_state: CrossingState,
    at: datetime,
) -> tuple[Objection, ...]:
    """Every reason against recording the event, judged at the moment given.

    Source: GC III art. 46 (list before departure), art. 109 and 110 (fitness, will).
    """
    if manifest is None:
        return (Objection(code="manifest-unknown", rule=_LIST, about=(person,)),)
    about = (person, manifest.manifest_id)
    found: list[Objection] = []
    if manifest.line_of(person) is None:
        found.append(Objection(code="not-on-manifest", rule=_LIST, about=about))
    if not manifest.accepted:
        found.append(Objection(code="manifest-not-accepted", rule=_LIST, about=about))
    state = crossing_state.state
    returned = state is CrossingStatus.RETURNED_TO_CUSTODY
    anew = returned and event is CrossingEvent.DEPARTED
    if event in crossing_state.attempt and not anew:
        found.append(Objection(code="already-recorded", rule=_ORDER, about=about))
    elif state in FINAL:
        found.append(Objection(code="after-terminal", rule=_ORDER, about=about))
    elif event is CrossingEvent.CROSSED and state is not CrossingStatus.DEPARTED:
        found.append(Objection(code="not-departed", rule=_ORDER, about=about))
    if event in (CrossingEvent.DEPARTED, CrossingEvent.CROSSED):
        found.extend(objections_to_travel(readiness, at))
    if event is CrossingEvent.CROSSED and readiness.consents and readiness.at_the_line is None:
        found.append(Objection(code="not-asked-at-the-line", rule=_LINE, about=about))
    return tuple(found)
