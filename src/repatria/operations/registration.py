"""A holder's own list opens its register: one statement a property.

So each property can be attributed, disclosed, superseded and erased alone.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.custody_noted import CustodyEvent, CustodyNoted
from repatria.ledger.kinds.custody_placed import CustodyPlaced
from repatria.ledger.kinds.health_classed import HealthClassed
from repatria.ledger.kinds.person_categorised import PersonCategorised
from repatria.ledger.kinds.person_described import PersonDescribed, Property
from repatria.ledger.kinds.person_named import PersonNamed
from repatria.ledger.kinds.person_registered import PersonRegistered
from repatria.ledger.statement import Ground, Statement
from repatria.lists.reading import ListRecord, health_class_of, status_of
from repatria.operations.desk import Desk
from repatria.terms import LineId, PersonId, Place


def statements_registering(
    desk: Desk, line_id: LineId, record: ListRecord, before: ListRecord | None, ground: Ground
) -> Iterator[Statement]:
    """The statements that open or amend the record of the person on a held list.

    Args:
        before: the same line as it stood; None opens a new record. Otherwise only
            what differs is said again.
    """
    if before is None:
        person = PersonId(desk.new_id("person"))
        yield desk.state(
            PersonRegistered(person=person, line_id=line_id, reference=record.reference),
            about=(person, line_id),
            audience=desk.for_agency(),
            ground=ground,
        )
        changed: frozenset[str] | None = None
    else:
        person = person_of_line(desk, line_id)
        changed = frozenset(record.differing_fields(before))
    for fields, payload in _properties(desk, person, record):
        if changed is None or changed & fields:
            yield desk.state(payload, about=(person,), audience=desk.for_agency(), ground=ground)


def person_of_line(desk: Desk, line_id: LineId) -> PersonId:
    """The record that was opened from a line of a held list.

    Raises:
        ValueError: none was.
    """
    for entry in desk.log.about(line_id):
        if entry.statement.kind == "person.registered":
            return payload_of(entry, PersonRegistered).person
    msg = "no record was opened from this line"
    raise ValueError(msg)


def _properties(
    desk: Desk, person: PersonId, record: ListRecord
) -> Iterator[tuple[frozenset[str], object]]:
    """The payloads for what a line says, each with the fields of the line it rests on."""
    for name in record.names:
        yield frozenset({"names"}), PersonNamed(person=person, name=name)
    texts: Mapping[str, tuple[Property, str]] = {
        "father": (Property.FATHER, record.father),
        "sex": (Property.SEX, record.sex or ""),
        "rank": (Property.RANK, record.rank),
        "reference": (Property.REFERENCE, record.reference),
        "note": (Property.NOTE, record.note),
        "region": (Property.REGION, record.region),
        "unit": (Property.UNIT, record.unit),
    }
    for field, (which, text) in texts.items():
        if text:
            described = PersonDescribed(person=person, property=which, value=text)
            yield frozenset({field}), described
    if record.birth is not None:
        birth = PersonDescribed(person=person, property=Property.BIRTH, on=record.birth)
        yield frozenset({"birth"}), birth
    if record.category is not None:
        yield (
            frozenset({"category", "category_as_written"}),
            PersonCategorised(
                person=person, category=record.category, wording=record.category_as_written
            ),
        )
    yield from _custody(desk, person, record)


def _custody(
    desk: Desk, person: PersonId, record: ListRecord
) -> Iterator[tuple[frozenset[str], Any]]:
    captured = CustodyNoted(
        person=person, event=CustodyEvent.CAPTURED, holder=desk.party, on=record.captured_on
    )
    yield frozenset({"captured_on"}), captured
    status, on, exchange = status_of(record.status)
    if status is CustodyEvent.RELEASED:
        released = CustodyNoted(
            person=person,
            event=CustodyEvent.RELEASED,
            holder=desk.party,
            on=on,
            exchange=exchange,
        )
        yield frozenset({"status"}), released
    if record.held_at:
        yield frozenset({"held_at"}), CustodyPlaced(person=person, place=Place(name=record.held_at))
    if record.health:
        health = health_class_of(record.health)
        if health:
            yield frozenset({"health"}), HealthClassed(person=person, health=health)
