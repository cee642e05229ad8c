"""How did every agreed line end?

Each person who was ever on the manifest ends in exactly one state; one that has
not ended is shown as open and never left out. What happened to the person goes
before what happened to the paper, and both before what somebody says of a line
that never came to the line.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from repatria.handover.crossing import CrossingState, CrossingStatus
from repatria.handover.manifest import Manifest
from repatria.handover.receipts import ReceiptComparison
from repatria.ledger.kinds import line_closed, payload_of
from repatria.ledger.kinds.line_closed import ClosingReason, LineClosed
from repatria.ledger.order import in_order, taken_back
from repatria.ledger.statement import Entry
from repatria.terms import Objection, PartyCode, PersonId
from repatria.terms.parties import INTERMEDIARY

_ENDED = "procedure: a line ends once, and what happened at the line goes before"
_GIVER = "procedure: the giver or the intermediary says why nobody comes"


class TerminalState(StrEnum):
    """How a line ended; only `received` supports the word released."""

    RECEIVED = "received"
    REFUSED = "refused"
    DIED = "died"
    RETURNED_TO_CUSTODY = "returned_to_custody"
    RELEASED_IN_ERROR = "released_in_error"
    SUBSTITUTED = "substituted"
    WITHDRAWN = "withdrawn_by_holder"
    RETAINED = "retained"
    NOT_FOUND = "not_found"
    DUPLICATE = "duplicate"
    ALREADY_RELEASED = "already_released"
    ELSEWHERE = "exchanged_elsewhere"
    OPEN = "open"


_ENDED_AT_THE_LINE = {
    CrossingStatus.REFUSED: TerminalState.REFUSED,
    CrossingStatus.DIED: TerminalState.DIED,
    CrossingStatus.RETURNED_TO_CUSTODY: TerminalState.RETURNED_TO_CUSTODY,
    CrossingStatus.RELEASED_IN_ERROR: TerminalState.RELEASED_IN_ERROR,
}
_BEFORE_THE_LINE = (CrossingStatus.WAITING, CrossingStatus.RETURNED_TO_CUSTODY)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingLine:
    """One person's end; `replaced_by` is set for whoever left the manifest.

    Attributes:
        number, giver, receiver: of the line he stood on, and came in on if he was brought in.
    """

    person: PersonId
    state: TerminalState
    number: int
    giver: PartyCode
    receiver: PartyCode
    replaced_by: PersonId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """How far one side has given what was agreed.

    Attributes:
        agreed: places on the manifest from this giver.
        received: of them, confirmed by both receipts.
        ended: of them, ended in another way.
        open: of them, neither: what is still owed and named.
    """

    giver: PartyCode
    receiver: PartyCode
    agreed: int
    received: int
    ended: int
    open: int

    @property
    def owed(self) -> int:
        """How many of the agreed number the receiver has not got, however that came."""
        return self.agreed - self.received


def closing_reconciliation(
    manifest: Manifest,
    crossing_states: Mapping[PersonId, CrossingState],
    comparison: ReceiptComparison,
    said: Iterable[Entry] = (),
) -> tuple[ClosingLine, ...]:
    """One line for everybody who was ever on the manifest, frozen lines first.

    Args:
        manifest: the list.
        crossing_states: what happened to each at the line.
        comparison: of both receipts.
        said: entries about the manifest, for lines that were closed without a crossing.
    """
    current = {line.person for line in manifest.lines}
    replaced = {
        s.outgoing: s.incoming
        for s in manifest.substitutions
        if s.in_force and s.outgoing not in current
    }
    closed = closed_lines(manifest, said)
    places = {line.person: line for line in (*manifest.frozen_lines, *manifest.lines)}
    for change in manifest.substitutions:  # somebody who came in and went out again
        if change.in_force and change.outgoing in places:
            places.setdefault(change.incoming, places[change.outgoing])
    return tuple(
        ClosingLine(
            person=person,
            state=_state_of(person, crossing_states.get(person), comparison, replaced, closed),
            number=places[person].number,
            giver=places[person].giver,
            receiver=places[person].receiver,
            replaced_by=replaced.get(person),
        )
        for person in manifest.persons
        if person in places
    )


def _state_of(
    person: PersonId,
    crossing: CrossingState | None,
    comparison: ReceiptComparison,
    replaced: Mapping[PersonId, PersonId],
    closed: Mapping[PersonId, LineClosed],
) -> TerminalState:
    if person in comparison.confirmed:
        return TerminalState.RECEIVED
    at_the_line = CrossingStatus.WAITING if crossing is None else crossing.state
    if person in closed and at_the_line in _BEFORE_THE_LINE and person not in replaced:
        return TerminalState(closed[person].why)
    if at_the_line in _ENDED_AT_THE_LINE:
        return _ENDED_AT_THE_LINE[at_the_line]
    return TerminalState.SUBSTITUTED if person in replaced else TerminalState.OPEN


def closed_lines(manifest: Manifest, said: Iterable[Entry]) -> Mapping[PersonId, LineClosed]:
    """The last word of giver or intermediary on each line that ends without a crossing."""
    entries = in_order(said)
    gone = taken_back(entries)
    givers = {line.person: line.giver for line in (*manifest.frozen_lines, *manifest.lines)}
    found: dict[PersonId, LineClosed] = {}
    for entry in entries:
        if entry.statement.kind != line_closed.KIND.name or entry.ref in gone:
            continue
        closed = payload_of(entry, LineClosed)
        if closed.manifest_id == manifest.manifest_id and entry.origin in (
            INTERMEDIARY,
            givers.get(closed.person),
        ):
            found[closed.person] = closed
    return found


def balance_of(manifest: Manifest, closing: Sequence[ClosingLine]) -> tuple[Balance, ...]:
    """What each side agreed to give, has given, and owes; one for each direction.

    Counted by places: a place whose person was replaced is judged by who stands on it now.
    """
    states = {line.person: line.state for line in closing}
    sides: dict[tuple[PartyCode, PartyCode], list[TerminalState]] = {}
    for line in manifest.lines:
        sides.setdefault((line.giver, line.receiver), []).append(states[line.person])
    return tuple(
        Balance(
            giver=giver,
            receiver=receiver,
            agreed=len(found),
            received=found.count(TerminalState.RECEIVED),
            open=found.count(TerminalState.OPEN),
            ended=len(found)
            - found.count(TerminalState.RECEIVED)
            - found.count(TerminalState.OPEN),
        )
        for (giver, receiver), found in sorted(sides.items())
    )


def objections_to_closing(
    manifest: Manifest | None,
    person: PersonId,
    by: PartyCode,
    state: TerminalState,
    crossing: CrossingState,
    why: ClosingReason,
    note: str,
) -> tuple[Objection, ...]:
    """Every reason against ending this line without a crossing."""
    if manifest is None:
        return (Objection(code="manifest-unknown", rule=_ENDED, about=(person,)),)
    found: list[Objection] = []
    line = manifest.line_of(person)
    if line is None:
        found.append(Objection(code="not-on-manifest", rule=_ENDED, about=(person,)))
    elif by not in (line.giver, INTERMEDIARY):
        found.append(Objection(code="line-not-yours", rule=_GIVER, about=(person,)))
    if crossing.state not in _BEFORE_THE_LINE or state is TerminalState.RECEIVED:
        found.append(Objection(code="line-already-ended", rule=_ENDED, about=(person,)))
    if why in (ClosingReason.RETAINED, ClosingReason.WITHDRAWN) and not note.strip():
        found.append(Objection(code="closing-without-reason", rule=_GIVER, about=(person,)))
    return tuple(found)
