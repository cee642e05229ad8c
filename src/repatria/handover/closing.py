"""How did every agreed line end?

Each person who was ever on the manifest ends in exactly one state; one that has
not ended is shown as open and never left out. What happened to the person goes
before what happened to the paper.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from repatria.handover.crossing import CrossingState, CrossingStatus
from repatria.handover.manifest import Manifest
from repatria.handover.receipts import ReceiptComparison
from repatria.terms import PersonId


class TerminalState(StrEnum):
    """How a line ended; only `received` supports the word released."""

    RECEIVED = "received"
    REFUSED = "refused"
    DIED = "died"
    RETURNED_TO_CUSTODY = "returned_to_custody"
    SUBSTITUTED = "substituted"
    OPEN = "open"


_ENDED_AT_THE_LINE = {
    CrossingStatus.REFUSED: TerminalState.REFUSED,
    CrossingStatus.DIED: TerminalState.DIED,
    CrossingStatus.RETURNED_TO_CUSTODY: TerminalState.RETURNED_TO_CUSTODY,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingLine:
    """One person's end; `replaced_by` is set for whoever left the manifest."""

    person: PersonId
    state: TerminalState
    replaced_by: PersonId | None = None


def closing_reconciliation(
    manifest: Manifest,
    crossing_states: Mapping[PersonId, CrossingState],
    comparison: ReceiptComparison,
) -> tuple[ClosingLine, ...]:
    """One line for everybody who was ever on the manifest, frozen lines first."""
    current = {line.person for line in manifest.lines}
    replaced = {
        s.outgoing: s.incoming
        for s in manifest.substitutions
        if s.in_force and s.outgoing not in current
    }
    return tuple(
        ClosingLine(
            person=person,
            state=_state_of(person, crossing_states.get(person), comparison, replaced),
            replaced_by=replaced.get(person),
        )
        for person in manifest.persons
    )


def _state_of(
    person: PersonId,
    crossing: CrossingState | None,
    comparison: ReceiptComparison,
    replaced: Mapping[PersonId, PersonId],
) -> TerminalState:
    if person in comparison.confirmed:
        return TerminalState.RECEIVED
    if crossing is not None and crossing.state in _ENDED_AT_THE_LINE:
        return _ENDED_AT_THE_LINE[crossing.state]
    return TerminalState.SUBSTITUTED if person in replaced else TerminalState.OPEN
