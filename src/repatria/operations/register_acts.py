"""What a bureau notes about a person beside his list: duties, visits, words."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from repatria.ledger.kinds.duty_done import DutyDone
from repatria.ledger.kinds.person_described import PersonDescribed, Property
from repatria.ledger.kinds.visit_made import VisitMade
from repatria.ledger.kinds.whereabouts_stated import Whereabouts, WhereaboutsStated
from repatria.ledger.log import Receipt
from repatria.ledger.statement import Ground
from repatria.operations.desk import Desk
from repatria.register.clocks import CLOCKS
from repatria.terms import Objection, PartialDate, PartyCode, PersonId, Refusal, Role
from repatria.terms.ids import subject_kind
from repatria.terms.parties import INTERMEDIARY


def do_duties(
    desk: Desk,
    persons: Sequence[PersonId],
    duty: str,
    *,
    digest: str = "",
    done_at: datetime | None = None,
) -> Receipt:
    """The receipt of the note that a duty was done for these persons.

    Raises:
        Refusal: `duty-unknown`, `person-unknown`.
    """
    desk.require(Role.REGISTRAR)
    if duty not in {clock.duty for clock in CLOCKS}:
        raise Refusal(Objection(code="duty-unknown", rule="procedure", about=(duty,)))
    _require_persons(desk, persons)
    return desk.log.append(
        [
            desk.state(
                DutyDone(person=person, duty=duty, digest=digest),
                about=(person,),
                audience=desk.for_agency(),
                ground=Ground(basis="register"),
                occurred_at=done_at,
            )
            for person in persons
        ]
    )


def describe(
    desk: Desk, person: PersonId, which: Property, value: str, *, source: str = ""
) -> Receipt:
    """The receipt of one particular of a person, with where it comes from.

    Raises:
        Refusal: `person-unknown`, `particular-missing`.
    """
    return describe_fully(desk, person, {which: value}, source=source)


def describe_fully(
    desk: Desk,
    person: PersonId,
    given: Mapping[Property, str],
    *,
    birth: PartialDate | None = None,
    source: str = "",
) -> Receipt:
    """The receipt of several particulars of a person, each a statement of its own.

    Args:
        given: only what is known; an empty text says nothing.
        birth: the day he was born, as far as it is known.
        source: where all of them come from.

    Raises:
        Refusal: `person-unknown`; `particular-missing` where nothing is given.
    """
    desk.require(Role.REGISTRAR)
    _require_persons(desk, [person])
    particulars = [
        PersonDescribed(person=person, property=which, value=value.strip())
        for which, value in given.items()
        if value.strip()
    ]
    if birth is not None:
        particulars.append(PersonDescribed(person=person, property=Property.BIRTH, on=birth))
    if not particulars:
        raise Refusal(Objection(code="particular-missing", rule="GC III art. 122"))
    return desk.log.append(
        [
            desk.state(
                each,
                about=(person,),
                audience=desk.for_agency(),
                ground=Ground(basis="register", source=source),
            )
            for each in particulars
        ]
    )


def _require_persons(desk: Desk, persons: Iterable[PersonId]) -> None:
    Refusal.unless_empty(
        Objection(code="person-unknown", rule="register", about=(person,))
        for person in dict.fromkeys(persons)
        if subject_kind(person) != "person" or not desk.log.is_named(person)
    )


def note_visit(
    desk: Desk, person: PersonId, *, on: PartialDate, in_private: bool, to: Iterable[PartyCode]
) -> Receipt:
    """The receipt of the note that the intermediary saw a person; never what was said.

    Raises:
        Refusal: `visit-not-neutral` for anybody but the intermediary, `person-unknown`.
    """
    desk.require(Role.INTERMEDIARY)
    if desk.party != INTERMEDIARY:
        raise Refusal(Objection(code="visit-not-neutral", rule="GC III art. 126"))
    _require_persons(desk, [person])
    before = any(e.statement.kind == "visit.made" for e in desk.log.about(person))
    said = desk.state(
        VisitMade(person=person, on=on, in_private=in_private, repeated=before),
        about=(person,),
        audience=desk.with_parties(*to),
        ground=Ground(basis="visit"),
    )
    return desk.log.append((said,))


def state_whereabouts(desk: Desk, person: PersonId, says: Whereabouts, *, to: PartyCode) -> Receipt:
    """The receipt of our word on whether we have a person; a later one stays beside it.

    Raises:
        Refusal: `person-unknown`.
    """
    desk.require(Role.REGISTRAR)
    _require_persons(desk, [person])
    said = desk.state(
        WhereaboutsStated(person=person, says=says),
        about=(person,),
        audience=desk.with_parties(to),
        ground=Ground(basis="register"),
    )
    return desk.log.append((said,))
