"""What does one statement say about a person?

One reader per kind. A kind without a reader says nothing the register keeps a
column for; it still stands in the person's "who said what".
"""

from collections.abc import Callable, Iterator, Mapping

from repatria.ledger.kinds import (
    clearance_given,
    commission_decided,
    consent_stated,
    custody_noted,
    custody_placed,
    health_classed,
    life_stated,
    line_answered,
    list_line,
    number_joined,
    payload_of,
    person_categorised,
    person_described,
    person_named,
    person_registered,
    tag_given,
    visit_made,
    whereabouts_stated,
)
from repatria.ledger.kinds.clearance_given import ClearanceGiven
from repatria.ledger.kinds.commission_decided import CommissionDecided
from repatria.ledger.kinds.consent_stated import ConsentStated
from repatria.ledger.kinds.custody_noted import CustodyEvent, CustodyNoted
from repatria.ledger.kinds.custody_placed import CustodyPlaced
from repatria.ledger.kinds.health_classed import HealthClassed
from repatria.ledger.kinds.life_stated import LifeStated
from repatria.ledger.kinds.line_answered import AnswerCode, LineAnswered
from repatria.ledger.kinds.list_line import ListLine
from repatria.ledger.kinds.number_joined import NumberJoined
from repatria.ledger.kinds.person_categorised import PersonCategorised
from repatria.ledger.kinds.person_described import PersonDescribed, Property
from repatria.ledger.kinds.person_named import PersonNamed
from repatria.ledger.kinds.person_registered import PersonRegistered
from repatria.ledger.kinds.tag_given import TagGiven
from repatria.ledger.kinds.visit_made import VisitMade
from repatria.ledger.kinds.whereabouts_stated import WhereaboutsStated
from repatria.ledger.statement import Entry
from repatria.register.model import CustodyNotice

Values = Iterator[tuple[str, object]]

_TEXT_COLUMNS = {
    Property.FATHER: "father",
    Property.SEX: "sex",
    Property.RANK: "rank",
    Property.REFERENCE: "reference",
    Property.NOTE: "notes",
}


def values_of(entry: Entry) -> Values:
    """Pairs of column and value: nothing for a kind without a reader."""
    reader = _READERS.get(entry.statement.kind)
    return reader(entry) if reader is not None else iter(())


def _registered(entry: Entry) -> Values:
    payload = payload_of(entry, PersonRegistered)
    if payload.reference:
        yield "reference", payload.reference


def _described(entry: Entry) -> Values:
    payload = payload_of(entry, PersonDescribed)
    if payload.property is Property.BIRTH:
        if payload.on is not None:
            yield "birth", payload.on
    elif payload.value and payload.property in _TEXT_COLUMNS:
        yield _TEXT_COLUMNS[payload.property], payload.value
    elif payload.value or payload.on is not None:
        yield "particulars", payload


def _noted(entry: Entry) -> Values:
    payload = payload_of(entry, CustodyNoted)
    yield (
        "notices",
        CustodyNotice(
            event=payload.event,
            holder=payload.holder,
            by=entry.origin,
            ref=entry.ref,
            recorded_at=entry.statement.recorded_at,
            on=payload.on,
            exchange=payload.exchange,
            chain=payload.chain,
        ),
    )


def _answered(entry: Entry) -> Values:
    payload = payload_of(entry, LineAnswered)
    yield "answers", payload
    if payload.person is not None:
        yield from _present(
            birth=payload.birth,
            sex=payload.sex,
            categories=payload.category,
            health=payload.health,
        )
    if payload.person is not None and payload.code is AnswerCode.HELD:
        yield (
            "notices",
            CustodyNotice(
                event=CustodyEvent.HELD,
                holder=entry.origin,
                by=entry.origin,
                ref=entry.ref,
                recorded_at=entry.statement.recorded_at,
                on=payload.captured_on,
            ),
        )


def _listed(entry: Entry) -> Values:
    payload = payload_of(entry, ListLine)
    for name in payload.names:
        yield "names", name
    yield from _present(
        birth=payload.birth,
        father=payload.father,
        sex=payload.sex,
        rank=payload.rank,
        categories=payload.category,
        reference=payload.reference,
    )


def _present(**values: object) -> Values:
    for column, value in values.items():
        if value is not None and value != "":
            yield column, value


_READERS: Mapping[str, Callable[[Entry], Values]] = {
    commission_decided.KIND.name: lambda e: iter([("decisions", payload_of(e, CommissionDecided))]),
    number_joined.KIND.name: lambda e: iter([("numbers", payload_of(e, NumberJoined).permanent)]),
    tag_given.KIND.name: lambda e: iter([("numbers", payload_of(e, TagGiven).number)]),
    visit_made.KIND.name: lambda e: iter([("visits", payload_of(e, VisitMade))]),
    whereabouts_stated.KIND.name: lambda e: iter(
        [("whereabouts", payload_of(e, WhereaboutsStated).says)]
    ),
    clearance_given.KIND.name: lambda e: iter([("clearances", payload_of(e, ClearanceGiven))]),
    consent_stated.KIND.name: lambda e: iter([("consents", payload_of(e, ConsentStated))]),
    custody_noted.KIND.name: _noted,
    custody_placed.KIND.name: lambda e: iter([("places", str(payload_of(e, CustodyPlaced).place))]),
    health_classed.KIND.name: lambda e: iter([("health", payload_of(e, HealthClassed).health)]),
    life_stated.KIND.name: lambda e: iter([("life", payload_of(e, LifeStated))]),
    line_answered.KIND.name: _answered,
    list_line.KIND.name: _listed,
    person_categorised.KIND.name: lambda e: iter(
        [("categories", payload_of(e, PersonCategorised).category)]
    ),
    person_described.KIND.name: _described,
    person_named.KIND.name: lambda e: iter([("names", payload_of(e, PersonNamed).name)]),
    person_registered.KIND.name: _registered,
}
