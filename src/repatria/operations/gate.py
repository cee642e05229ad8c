"""Who stands at the gate, and who answers for sending somebody who refused?

Each official writes down his own look. A paper list that was printed before the
person was moved is refused at the gate, not at the line.
"""

from repatria.handover import moved_since, readiness_of
from repatria.handover.crossing import FINAL
from repatria.ledger.kinds.gate_checked import GateChecked, Means
from repatria.ledger.kinds.refusal_overridden import RefusalOverridden
from repatria.ledger.log import Receipt
from repatria.ledger.statement import Ground
from repatria.operations.candidates import candidates_from
from repatria.operations.desk import Desk
from repatria.operations.manifests import crossing_of, manifest_of
from repatria.terms import ManifestId, Objection, PersonId, Refusal, Role

AT_THE_GATE = (Role.HANDOVER_OFFICER, Role.REGISTRAR, Role.INTERMEDIARY, Role.MEDICAL)
_LOOKED = Ground(basis="examination", note="at the gate")
_DECIDED = Ground(basis="decision")
_LIST = "GC III art. 46: the list is complete before anybody departs"
_STALE = "procedure: who was moved after the list was printed is looked for again"
_OVER = "procedure: a refusal is overridden by a named authority, in the open, or not at all"
_WOUNDED = "GC III art. 109, third paragraph: no wounded or sick person against his will"


def check_at_gate(
    desk: Desk,
    *,
    manifest_id: ManifestId,
    person: PersonId,
    means: Means,
    matches: bool,
    list_size: int = 0,
) -> Receipt:
    """The receipt of one official's look at the person who stands at the gate.

    Args:
        desk: of the official.
        manifest_id: the list.
        person: whom the list says he is.
        means: by the code on his tag, a photograph, or a question.
        matches: whether it is he.
        list_size: of the paper list in hand, as printed on it; 0 for the screen.

    Raises:
        Refusal: `role-may-not`, `not-on-manifest`, `after-terminal`, `list-out-of-date`.
    """
    desk.require(*AT_THE_GATE)
    with desk.log.exclusive():
        manifest = manifest_of(desk.log, manifest_id)
        found: list[Objection] = []
        if manifest.line_of(person) is None:
            found.append(Objection(code="not-on-manifest", rule=_LIST, about=(person,)))
        if crossing_of(desk.log, manifest_id, person).state in FINAL:
            found.append(Objection(code="after-terminal", rule=_LIST, about=(person,)))
        if list_size and moved_since(person, desk.log.about(person), list_size):
            found.append(Objection(code="list-out-of-date", rule=_STALE, about=(person,)))
        Refusal.unless_empty(found)
        looked = desk.state(
            GateChecked(
                manifest_id=manifest_id,
                person=person,
                means=means,
                matches=matches,
                list_size=list_size,
            ),
            about=(person, manifest_id),
            audience=desk.with_parties(*manifest.parties),
            ground=_LOOKED,
        )
        return desk.log.append((looked,))


def override_refusal(
    desk: Desk, *, manifest_id: ManifestId, person: PersonId, authority: str, reason: str
) -> Receipt:
    """The receipt of who answers for sending a person who refused; everybody sees it.

    Raises:
        Refusal: `role-may-not`, or all of `not-on-manifest`, `nothing-to-override`,
            `authority-not-named`, `wounded-against-his-will`.
    """
    desk.require(Role.INTERMEDIARY)
    with desk.log.exclusive():
        manifest = manifest_of(desk.log, manifest_id)
        found: list[Objection] = []
        if manifest.line_of(person) is None:
            found.append(Objection(code="not-on-manifest", rule=_LIST, about=(person,)))
        ready = readiness_of(person, desk.log.about(person), desk.clock())
        if ready.consents is not False:
            found.append(Objection(code="nothing-to-override", rule=_OVER, about=(person,)))
        if not authority.strip() or not reason.strip():
            found.append(Objection(code="authority-not-named", rule=_OVER, about=(person,)))
        if any(c.id == person and c.outside_ratios for c in candidates_from(desk.log)):
            found.append(Objection(code="wounded-against-his-will", rule=_WOUNDED, about=(person,)))
        Refusal.unless_empty(found)
        decided = desk.state(
            RefusalOverridden(
                manifest_id=manifest_id,
                person=person,
                authority=authority.strip(),
                reason=reason.strip(),
            ),
            about=(person, manifest_id),
            audience=desk.with_parties(*manifest.parties),
            ground=_DECIDED,
        )
        return desk.log.append((decided,))
