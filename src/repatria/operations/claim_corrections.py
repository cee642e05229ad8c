"""Did we note down wrongly what somebody said?

A claim is never changed: what a speaker said, he said. Our record of it can be wrong
all the same; then a new record replaces it, and both stay in the log.
"""

from repatria.ledger.log import Log, Receipt
from repatria.ledger.order import taken_back
from repatria.ledger.statement import Entry
from repatria.operations.desk import Desk
from repatria.operations.publicity import claims_known, statement_of_claim
from repatria.record import Claim
from repatria.record.references import objections_to_circles
from repatria.terms import Objection, Refusal, Role


def correct_claim(desk: Desk, claim: Claim) -> Receipt:
    """The receipt of the record of a claim put right: what was said, not what we had noted.

    A speaker's new figure is a new claim, which replaces his earlier one. This is for our
    own slip: the statement with it stays in the log, superseded, and is shown no more.

    Raises:
        Refusal: `claim-not-ours` when we have recorded no claim of this id;
            `claim-unchanged`; what `objections_to_circles` says.
    """
    desk.require(Role.PRESS, Role.INTERMEDIARY, Role.REGISTRAR)
    with desk.log.exclusive():
        known = {each.id: each for each in claims_known(desk.log)}
        ours = standing_claims(desk.log, claim.id)
        Refusal.unless_empty(
            Objection(code=code, rule="a claim is never changed", about=(claim.id,))
            for code, wrong in (
                ("claim-not-ours", not ours),
                ("claim-unchanged", bool(ours) and known.get(claim.id) == claim),
            )
            if wrong
        )
        Refusal.unless_empty(objections_to_circles(known.values(), (claim,)))
        said = statement_of_claim(desk, claim, supersedes=tuple(entry.ref for entry in ours))
        return desk.log.append((said,))


def standing_claims(log: Log, claim_id: str) -> tuple[Entry, ...]:
    """Our own records of a claim that no later one replaces: one, or none."""
    entries = [e for e in log.about(f"claim:{claim_id}") if e.statement.kind == "claim.made"]
    gone = taken_back(entries)
    return tuple(e for e in entries if e.origin == log.party and e.ref not in gone)
