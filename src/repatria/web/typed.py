"""Which record does a typed reference or id mean?"""

from repatria.store.queries.persons import persons, rows_by_id
from repatria.terms import Objection, PersonId, Refusal, Viewer


def person_typed(viewer: Viewer, typed: str, *, rule: str = "register") -> PersonId:
    """The one record with this id or reference.

    Raises:
        Refusal: `person-unknown` when there is none, or more than one.
    """
    by_id = rows_by_id(viewer, [typed, f"person:{typed}"])
    found = list(by_id) or [
        row.subject for row in persons(viewer, search=typed).rows if row.reference == typed
    ]
    if len(found) != 1:
        raise Refusal(Objection(code="person-unknown", rule=rule))
    return PersonId(found[0])
