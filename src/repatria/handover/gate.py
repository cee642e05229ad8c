"""May this event be recorded for this person now?

All reasons against it are given at once. What needs fitness, will and a check of
who he is is leaving and crossing; that somebody refused, died or was put back is
only written down. What has happened already and is written down later is never
refused for what was neglected: it is flagged (`findings_on_the_way`).
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from repatria.handover.crossing import FINAL, ON_THE_WAY, CrossingState, CrossingStatus, Happening
from repatria.handover.duty import may_tell
from repatria.handover.identity import Gate, GateStatus, fold_gate, objections_to_leaving
from repatria.handover.manifest import Manifest
from repatria.handover.readiness import Readiness, objections_to_travel, readiness_of
from repatria.ledger.kinds.crossing_recorded import CrossingEvent
from repatria.ledger.statement import Entry
from repatria.terms import Finding, ManifestId, Objection, PartyCode, PersonId, Severity

_LIST = "GC III art. 46: the list is complete before anybody departs"
_ORDER = "procedure: departed, then crossed, then nothing more"
_DUTY = "procedure: only whoever has the duty says what happened at the line"
_LATER = "procedure: only what has happened is written down"
_LINE = "procedure after GC III art. 109: the wish is asked again at the line"


def objections_to_crossing(
    manifest: Manifest | None,
    person: PersonId,
    event: CrossingEvent,
    readiness: Readiness,
    crossing_state: CrossingState,
    at: datetime,
    *,
    gate: Gate,
) -> tuple[Objection, ...]:
    """Every reason against recording the event, judged at the moment given.

    Source: GC III art. 46 (list before departure), art. 109 and 110 (fitness, will).
    """
    if manifest is None:
        return (Objection(code="manifest-unknown", rule=_LIST, about=(person,)),)
    about = (person, manifest.manifest_id)
    in_error = event is CrossingEvent.RELEASED_IN_ERROR
    found: list[Objection] = []
    listed = manifest.line_of(person) is not None
    if not listed and not in_error:
        found.append(Objection(code="not-on-manifest", rule=_LIST, about=about))
    if not manifest.accepted and not in_error:
        found.append(Objection(code="manifest-not-accepted", rule=_LIST, about=about))
    found.extend(_out_of_order(event, crossing_state, about))
    if event in (CrossingEvent.DEPARTED, CrossingEvent.CROSSED):
        found.extend(objections_to_travel(readiness, at))
    if event is CrossingEvent.DEPARTED and listed:
        found.extend(objections_to_leaving(gate))
    asked = readiness.at_the_line is not None or readiness.overridden_by
    if event is CrossingEvent.CROSSED and readiness.consents and not asked:
        found.append(Objection(code="not-asked-at-the-line", rule=_LINE, about=about))
    return tuple(found)


def objections_to_late_event(
    manifest: Manifest | None,
    person: PersonId,
    event: CrossingEvent,
    crossing_state: CrossingState,
    at: datetime,
    now: datetime,
) -> tuple[Objection, ...]:
    """Why something that is said to have happened already is not written down.

    Only what cannot be: another list, the future, the same thing twice.
    """
    if manifest is None:
        return (Objection(code="manifest-unknown", rule=_LIST, about=(person,)),)
    about = (person, manifest.manifest_id)
    found: list[Objection] = []
    on_it = person in manifest.persons or event is CrossingEvent.RELEASED_IN_ERROR
    if not on_it:
        found.append(Objection(code="not-on-manifest", rule=_LIST, about=about))
    if at > now:
        found.append(Objection(code="event-in-the-future", rule=_LATER, about=about))
    if any(h.counts and (h.event, h.occurred_at) == (event, at) for h in crossing_state.events):
        found.append(Objection(code="already-recorded", rule=_ORDER, about=about))
    return tuple(found)


def objections_to_speaker(
    event: CrossingEvent, person: PersonId, by: PartyCode
) -> tuple[Objection, ...]:
    """Whether it is for this party to say that the event happened."""
    if may_tell(event, person, by):
        return ()
    return (Objection(code="not-yours-to-say", rule=_DUTY, about=(person,)),)


def _out_of_order(
    event: CrossingEvent, crossing_state: CrossingState, about: tuple[str, ...]
) -> Iterator[Objection]:
    state = crossing_state.state
    returned = state is CrossingStatus.RETURNED_TO_CUSTODY
    anew = returned and event is CrossingEvent.DEPARTED
    if event in crossing_state.attempt and not anew:
        yield Objection(code="already-recorded", rule=_ORDER, about=about)
    elif state in FINAL:
        yield Objection(code="after-terminal", rule=_ORDER, about=about)
    elif event is CrossingEvent.CROSSED and state not in ON_THE_WAY:
        yield Objection(code="not-departed", rule=_ORDER, about=about)


def findings_on_the_way(
    person: PersonId,
    entries: Iterable[Entry],
    crossing_state: CrossingState,
    *,
    manifest_id: ManifestId,
) -> tuple[Finding, ...]:
    """What was neglected when he departed or crossed, by what had been said until then.

    Live events are refused for these reasons; those written down later are not.
    """
    moves = [
        happening
        for happening in crossing_state.events
        if happening.counts and happening.event in (CrossingEvent.DEPARTED, CrossingEvent.CROSSED)
    ]
    if not moves:
        return ()
    said = tuple(entries)
    found: list[Finding] = []
    for happening in moves:
        known = [e for e in said if e.statement.recorded_at <= happening.recorded_at]
        found.extend(_neglected(person, known, happening, manifest_id))
    return tuple(found)


def _neglected(
    person: PersonId, known: list[Entry], happening: Happening, manifest_id: ManifestId
) -> Iterator[Finding]:
    at = happening.occurred_at
    ready = readiness_of(person, known, at, mode=happening.mode or None)
    reasons = {objection.code for objection in objections_to_travel(ready, at)}
    about = (person, happening.ref)
    if reasons & {"no-medical-clearance", "not-fit", "clearance-expired"}:
        yield Finding(code="moved-without-clearance", severity=Severity.WARNING, about=about)
    if reasons & {"no-consent", "refused-to-go", "not-available", "consent-not-in-private"}:
        yield Finding(code="moved-without-consent", severity=Severity.CONTRADICTION, about=about)
    elif ready.overridden_by:
        yield Finding(code="moved-against-his-will", severity=Severity.CONTRADICTION, about=about)
    if happening.event is CrossingEvent.DEPARTED:
        gate = fold_gate(person, known, manifest_id=manifest_id)
        if gate.status is not GateStatus.PASSED:
            yield Finding(code="moved-without-check", severity=Severity.WARNING, about=about)
