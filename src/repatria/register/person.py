"""What was said about this person, by whom, and what of it still stands?

Nothing is merged and nothing is dropped: a value its speaker has replaced stays
and is marked. Only the speaker himself can replace his word.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from repatria.ledger.kinds import (
    clearance_given,
    consent_stated,
    health_classed,
    health_examined,
    life_stated,
    line_answered,
    list_line,
    payload_of,
    person_registered,
    visit_made,
)
from repatria.ledger.kinds.life_stated import LifeStated
from repatria.ledger.kinds.line_answered import LineAnswered
from repatria.ledger.kinds.person_registered import PersonRegistered
from repatria.ledger.kinds.visit_made import VisitMade
from repatria.ledger.order import in_order, taken_back
from repatria.ledger.statement import Entry
from repatria.register.custody import fold_custody
from repatria.register.model import Attributed, PersonRecord, Said
from repatria.register.reading import values_of
from repatria.register.receipts import releases_in
from repatria.terms import LifeStatus, LineId, PartialDate, PersonId
from repatria.terms.parties import INTERMEDIARY
from repatria.terms.times import day_of

# A speaker has one word at a time on these; a second replaces the first.
_ONE_EACH = ("birth", "father", "sex", "rank", "categories", "health")

_SEEN_IN_PERSON = frozenset(
    {
        clearance_given.KIND.name,
        consent_stated.KIND.name,
        health_classed.KIND.name,
        health_examined.KIND.name,
        visit_made.KIND.name,
    }
)


def fold_person(person_id: PersonId, entries: Iterable[Entry]) -> PersonRecord:
    """The record of one person out of entries that may speak of others too.

    Neither order of arrival nor repetition changes it. What a list says of a
    line counts once the line was answered with this person.
    """
    said = in_order(entries)
    lines = _lines_of(person_id, said)
    said = tuple(entry for entry in said if _speaks_of(entry, person_id, lines))
    gone = taken_back(said)
    columns = _columns(said, gone, person_id)
    notices = columns.get("notices", ())
    return PersonRecord(
        person=person_id,
        **columns,
        custody=fold_custody(n.value for n in notices if not n.superseded),
        lines=lines,
        last_sighting=_last_sighting(said, gone),
        said=tuple(sorted((_said(e, gone) for e in said), key=lambda s: s.on)),
    )


def _columns(
    said: Sequence[Entry], gone: frozenset[str], person_id: PersonId
) -> dict[str, tuple[Attributed[Any], ...]]:
    told: defaultdict[str, list[Attributed[Any]]] = defaultdict(list)
    for entry in said:
        if _names_another(entry, person_id):
            answer = _attributed(entry, payload_of(entry, LineAnswered), gone)
            told["answers"].append(answer)
            continue
        for column, value in values_of(entry):
            told[column].append(_attributed(entry, value, gone))
    for release in releases_in(person_id, said, gone):
        told["notices"].append(_attributed(release.entry, release.notice, gone))
    # A name on a list comes after those of the register, whenever it was written.
    listed = {entry.ref for entry in said if entry.statement.kind == list_line.KIND.name}
    told["names"].sort(key=lambda name: name.ref in listed)
    return {
        column: _latest_marked(values) if column in _ONE_EACH else tuple(values)
        for column, values in told.items()
    }


def _names_another(entry: Entry, person_id: PersonId) -> bool:
    """Whether an answer to one of the person's lines was given with another person."""
    if entry.statement.kind != line_answered.KIND.name:
        return False
    return payload_of(entry, LineAnswered).person not in (None, person_id)


def _latest_marked(values: Sequence[Attributed[Any]]) -> tuple[Attributed[Any], ...]:
    last = {value.by: value.ref for value in values if not value.superseded}
    return tuple(
        v if v.superseded is replaced else replace(v, superseded=replaced)
        for v in values
        for replaced in [last.get(v.by) != v.ref]
    )


def _attributed(entry: Entry, value: object, gone: frozenset[str]) -> Attributed[Any]:
    statement, ref = entry.statement, entry.ref
    return Attributed(
        value=value,
        by=entry.origin,
        ref=ref,
        recorded_at=statement.recorded_at,
        as_of=statement.as_of,
        held_on=_held_on(entry),
        superseded=ref in gone,
    )


def _held_on(entry: Entry) -> PartialDate:
    statement = entry.statement
    if statement.as_of is not None:
        return statement.as_of
    if statement.kind == visit_made.KIND.name:
        return payload_of(entry, VisitMade).on
    moment = statement.occurred_at or statement.recorded_at
    return PartialDate.on(day_of(moment))


def _lines_of(person_id: PersonId, said: Iterable[Entry]) -> tuple[LineId, ...]:
    found: dict[LineId, None] = {}
    for entry in said:
        if entry.statement.kind == line_answered.KIND.name:
            answer = payload_of(entry, LineAnswered)
            if answer.person == person_id:
                found[answer.line_id] = None
        elif entry.statement.kind == person_registered.KIND.name:
            registered = payload_of(entry, PersonRegistered)
            if registered.person == person_id and registered.line_id is not None:
                found[registered.line_id] = None
    return tuple(found)


def _speaks_of(entry: Entry, person_id: PersonId, lines: Sequence[LineId]) -> bool:
    content: Mapping[str, Any] = entry.statement.content
    if "person" in content and entry.statement.kind != line_answered.KIND.name:
        return bool(content["person"] == person_id)
    return person_id in entry.statement.about or content.get("line_id") in lines


def _last_sighting(said: Iterable[Entry], gone: frozenset[str]) -> Attributed[date] | None:
    """The latest day the intermediary saw the person, by the end of what it claims."""
    seen = [
        _attributed(entry, _held_on(entry).latest, gone)
        for entry in said
        if entry.origin == INTERMEDIARY and entry.ref not in gone and _is_sighting(entry)
    ]
    return max(seen, key=lambda s: (s.value, s.recorded_at, s.ref), default=None)


def _is_sighting(entry: Entry) -> bool:
    if entry.statement.kind == life_stated.KIND.name:
        return payload_of(entry, LifeStated).status is LifeStatus.ALIVE
    return entry.statement.kind in _SEEN_IN_PERSON


def _said(entry: Entry, gone: frozenset[str]) -> Said:
    statement, ref = entry.statement, entry.ref
    return Said(
        on=statement.occurred_at or statement.recorded_at,
        ref=ref,
        by=entry.origin,
        kind=statement.kind,
        superseded=ref in gone,
    )
