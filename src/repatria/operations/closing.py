"""How did every agreed line end, and what was written down wrongly on the way?

Nothing is changed: an event is taken back by its own speaker with a reason, a line
that never came to the line is ended with one, and the reconciliation names all.
"""

from repatria.handover import (
    ClosingLine,
    Manifest,
    closing_reconciliation,
    compare_receipts,
    objections_to_closing,
)
from repatria.ledger.kinds.crossing_withdrawn import CrossingWithdrawn
from repatria.ledger.kinds.line_closed import ClosingReason, LineClosed
from repatria.ledger.log import Log, Receipt
from repatria.ledger.statement import Ground
from repatria.operations.desk import Desk
from repatria.operations.manifests import crossing_of, manifest_of
from repatria.terms import ManifestId, Objection, PersonId, Refusal, Role

CLOSES = (Role.REGISTRAR, Role.HANDOVER_OFFICER, Role.INTERMEDIARY)
_PROCEDURE = Ground(basis="handover")
_OWN = "procedure: only its speaker takes back what he wrote down"
_SIGNED = "procedure: what a receipt confirms is changed only after the receipt"


def closing_of(log: Log, manifest_id: ManifestId) -> tuple[Manifest, tuple[ClosingLine, ...]]:
    """The manifest and how each of its lines ended, or that it is open.

    Raises:
        Refusal: `manifest-unknown`.
    """
    manifest = manifest_of(log, manifest_id)
    said = log.about(manifest_id)
    states = {p: crossing_of(log, manifest_id, p) for p in manifest.persons}
    return manifest, closing_reconciliation(
        manifest, states, compare_receipts(manifest, said), said
    )


def close_line(
    desk: Desk,
    *,
    manifest_id: ManifestId,
    person: PersonId,
    why: ClosingReason,
    note: str = "",
    other: str = "",
) -> Receipt:
    """The receipt of our word that nobody comes any more on this line.

    Raises:
        Refusal: `role-may-not`, or what `handover.objections_to_closing` says.
    """
    desk.require(*CLOSES)
    with desk.log.exclusive():
        manifest, lines = closing_of(desk.log, manifest_id)
        ended = {line.person: line.state for line in lines}
        state = ended.get(person)
        if state is None:
            raise Refusal(Objection(code="not-on-manifest", rule=_OWN, about=(person,)))
        crossing = crossing_of(desk.log, manifest_id, person)
        Refusal.unless_empty(
            objections_to_closing(manifest, person, desk.party, state, crossing, why, note)
        )
        closed = desk.state(
            LineClosed(manifest_id=manifest_id, person=person, why=why, note=note, other=other),
            about=(manifest_id, person),
            audience=desk.with_parties(*manifest.parties),
            ground=_PROCEDURE,
        )
        return desk.log.append((closed,))


def take_back_event(
    desk: Desk, *, manifest_id: ManifestId, person: PersonId, ref: str, reason: str
) -> Receipt:
    """The receipt of taking back an event that we wrote down wrongly; both stay to be seen.

    Raises:
        Refusal: `role-may-not`, or all of `event-not-yours`, `closing-without-reason`,
            `receipt-names-person`.
    """
    desk.require(Role.HANDOVER_OFFICER, Role.INTERMEDIARY)
    with desk.log.exclusive():
        manifest = manifest_of(desk.log, manifest_id)
        state = crossing_of(desk.log, manifest_id, person)
        found: list[Objection] = []
        own = [h for h in state.events if h.ref == ref and h.by == desk.party and h.counts]
        if not own:
            found.append(Objection(code="event-not-yours", rule=_OWN, about=(person,)))
        if not reason.strip():
            found.append(Objection(code="closing-without-reason", rule=_OWN, about=(person,)))
        receipts = compare_receipts(manifest, desk.log.about(manifest_id)).by_party.values()
        if any(person in (*r.handed_over, *r.received) for r in receipts):
            found.append(Objection(code="receipt-names-person", rule=_SIGNED, about=(person,)))
        Refusal.unless_empty(found)
        withdrawn = desk.state(
            CrossingWithdrawn(
                manifest_id=manifest_id, person=person, ref=ref, reason=reason.strip()
            ),
            about=(person, manifest_id),
            audience=desk.with_parties(*manifest.parties),
            ground=_PROCEDURE,
            supersedes=(ref,),
        )
        return desk.log.append((withdrawn,))
