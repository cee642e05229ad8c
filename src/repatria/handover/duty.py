"""Whose word counts for what on the way home?

A valid signature says who speaks, not that it is for him to say. What somebody
without the duty says is kept, flagged, and changes nothing. The holder of a
person is the party in whose register he was entered: its code stands in his id.
"""

from repatria.ledger.kinds.crossing_recorded import CrossingEvent
from repatria.terms import PartyCode, PersonId
from repatria.terms.ids import maker_of
from repatria.terms.parties import INTERMEDIARY

# That he does not want to, and that he is dead, nobody says who gains by it.
_NEUTRAL_ONLY = frozenset({CrossingEvent.REFUSED, CrossingEvent.DIED})
# Only who has him in hand knows that he left, or that he was taken back.
_HOLDER = frozenset({CrossingEvent.DEPARTED, CrossingEvent.RETURNED_TO_CUSTODY})


def may_tell(event: CrossingEvent, person: PersonId, by: PartyCode) -> bool:
    """Whether it is for this party to say that the event happened to the person.

    Source: ICRC practice (the wish is told to the neutral alone); GC III art. 120 (a
    death is established by a medical examination).
    """
    if by == INTERMEDIARY:
        return True
    if event in _NEUTRAL_ONLY:
        return False
    return event not in _HOLDER or by == maker_of(person)


def may_clear(person: PersonId, by: PartyCode, *, fit: bool) -> bool:
    """Whether it is for this party to say that the person is fit, or is not fit, to travel.

    The holder's doctors can stop a journey; only the neutral's can allow one.

    Source: GC III art. 112 (commissions with a neutral majority); ICRC practice.
    """
    return by == INTERMEDIARY or (not fit and by == maker_of(person))
