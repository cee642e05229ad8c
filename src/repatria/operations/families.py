"""A family asks, and is told first.

Nobody is ever asked for money. A notice carries a code by which the family can
check that it is ours.
"""

from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.family_notified import FamilyNotified
from repatria.ledger.kinds.tracing_requested import TracingRequested
from repatria.ledger.log import Receipt
from repatria.ledger.statement import Ground
from repatria.operations.codes import card_code
from repatria.operations.desk import Desk
from repatria.terms import (
    ActorId,
    NotVisible,
    PartialDate,
    PersonId,
    PersonName,
    Role,
)
from repatria.terms.parties import INTERMEDIARY


def request_tracing(
    desk: Desk,
    *,
    family: ActorId,
    sought: PersonName,
    birth: PartialDate | None = None,
    relation: str = "",
) -> str:
    """The id of a tracing request, readable by its family, our desk and the intermediary."""
    desk.require(Role.FAMILY, Role.REGISTRAR, Role.INTERMEDIARY)
    request = desk.new_id("tracing")
    asked = desk.state(
        TracingRequested(request=request, sought=sought, birth=birth, relation=relation),
        about=(request,),
        audience={desk.party, INTERMEDIARY, f"family:{family}"},
        ground=Ground(basis="family", note="asked by the family itself"),
    )
    desk.log.append((asked,))
    return request


def notify_family(desk: Desk, *, request: str, person: PersonId, what: str) -> Receipt:
    """The receipt of a notice to the family that made a request.

    Raises:
        NotVisible: there is no such request.
    """
    desk.require(Role.REGISTRAR, Role.INTERMEDIARY)
    with desk.log.exclusive():
        asked = [e for e in desk.log.about(request) if e.statement.kind == "tracing.requested"]
        if not asked:
            raise NotVisible
        payload_of(asked[0], TracingRequested)
        notice = desk.state(
            FamilyNotified(
                person=person, what=what, request=request, code=card_code(desk.entropy(5))
            ),
            about=(request, person),
            # To the family and the Agency; another desk that took the request is not told of
            # the notice by us: a family's matter goes to no party but its own.
            audience={
                desk.party,
                INTERMEDIARY,
                *(label for label in asked[0].statement.audience if label.startswith("family:")),
            },
            ground=Ground(basis="register"),
        )
        return desk.log.append((notice,))
