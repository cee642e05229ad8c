"""Is the person at the gate the one on the list?

Two officials ask, each for himself: one by the code on the tag, the other by a
photograph or a question. A look that found another person, a move to another
place, or a return to custody undoes what was checked before. Which paper list
was in hand is told by the length of the holder's log at its printing, never by
a clock.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from repatria.ledger.kinds import (
    crossing_recorded,
    custody_placed,
    gate_checked,
    payload_of,
)
from repatria.ledger.kinds.crossing_recorded import CrossingEvent, CrossingRecorded
from repatria.ledger.kinds.custody_placed import CustodyPlaced
from repatria.ledger.kinds.gate_checked import GateChecked, Means
from repatria.ledger.order import in_order, taken_back
from repatria.ledger.statement import Entry
from repatria.terms import ManifestId, Objection, PersonId, Place
from repatria.terms.ids import maker_of

_TWO = "procedure: two officials check who stands at the gate, each for himself"
_MOVED = "procedure: who was moved after the list was printed is looked for again"


class GateStatus(StrEnum):
    """How far the check has come."""

    UNCHECKED = "unchecked"
    ONE = "one"
    PASSED = "passed"
    MISMATCH = "mismatch"
    MOVED = "moved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """What the officials at the gate said, as far as it still counts.

    Attributes:
        by_code: those who read his code, as `party actor`.
        by_looks: those who compared a photograph or asked a question.
        status: what it comes to.
    """

    person: PersonId
    by_code: frozenset[str] = frozenset()
    by_looks: frozenset[str] = frozenset()
    status: GateStatus = GateStatus.UNCHECKED


def fold_gate(person: PersonId, entries: Iterable[Entry], *, manifest_id: ManifestId) -> Gate:
    """How far the check of a person has come; other kinds are passed over."""
    said = in_order(entries)
    gone = taken_back(said)
    checks: list[tuple[str, Means]] = []
    undone = GateStatus.UNCHECKED
    place: Place | None = None
    moved_at = -1  # in the holder's log
    for entry in said:
        if entry.ref in gone:
            continue
        kind = entry.statement.kind
        if kind == custody_placed.KIND.name and entry.origin == maker_of(person):
            there = payload_of(entry, CustodyPlaced)
            if there.person != person or there.place == place:
                continue
            if place is not None:
                moved_at = entry.seq
                undone = GateStatus.MOVED if checks else undone
                checks = []
            place = there.place
        elif kind == gate_checked.KIND.name:
            check = payload_of(entry, GateChecked)
            if check.person != person or check.manifest_id != manifest_id:
                continue
            if 0 < check.list_size <= moved_at:
                checks, undone = [], GateStatus.MOVED
            elif not check.matches:
                checks, undone = [], GateStatus.MISMATCH
            else:
                checks.append((f"{entry.origin} {entry.statement.actor}", check.means))
        elif kind == crossing_recorded.KIND.name and _put_back(entry, person, manifest_id):
            checks, undone = [], GateStatus.UNCHECKED
    return _gate(person, checks, undone)


def _put_back(entry: Entry, person: PersonId, manifest_id: ManifestId) -> bool:
    told = payload_of(entry, CrossingRecorded)
    back = told.event is CrossingEvent.RETURNED_TO_CUSTODY
    return back and told.person == person and told.manifest_id == manifest_id


def _gate(person: PersonId, checks: list[tuple[str, Means]], undone: GateStatus) -> Gate:
    by_code = frozenset(who for who, means in checks if means is Means.CODE)
    by_looks = frozenset(who for who, means in checks if means is not Means.CODE)
    status = undone
    if by_code and by_looks and len(by_code | by_looks) > 1:
        status = GateStatus.PASSED
    elif checks:
        status = GateStatus.ONE
    return Gate(person=person, by_code=by_code, by_looks=by_looks, status=status)


def objections_to_leaving(gate: Gate) -> tuple[Objection, ...]:
    """Why this person does not leave custody yet."""
    code, rule = {
        GateStatus.PASSED: ("", ""),
        GateStatus.UNCHECKED: ("gate-not-checked", _TWO),
        GateStatus.ONE: ("gate-one-official", _TWO),
        GateStatus.MISMATCH: ("gate-another-person", _TWO),
        GateStatus.MOVED: ("moved-since-checked", _MOVED),
    }[gate.status]
    return (Objection(code=code, rule=rule, about=(gate.person,)),) if code else ()


def moved_since(person: PersonId, entries: Iterable[Entry], list_size: int) -> bool:
    """Whether the holder moved the person after a list of this log size was printed."""
    said = [e for e in in_order(entries) if e.statement.kind == custody_placed.KIND.name]
    place: Place | None = None
    for entry in said:
        there = payload_of(entry, CustodyPlaced)
        if entry.origin != maker_of(person) or there.person != person or there.place == place:
            continue
        if place is not None and entry.seq >= list_size:
            return True
        place = there.place
    return False
