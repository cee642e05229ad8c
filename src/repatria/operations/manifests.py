"""The manifest is frozen before anybody departs, and changed only by consent of all.

A person on a frozen manifest is locked: he cannot enter another one. What is frozen
rests on signatures: an acceptance without one does not suffice.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from repatria.handover import (
    CrossingState,
    Manifest,
    digest_of_lines,
    digest_of_substitution,
    fold_crossing,
    fold_manifest,
    objections_to_freezing,
    objections_to_substitution,
)
from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.manifest_accepted import ManifestAccepted
from repatria.ledger.kinds.manifest_frozen import ManifestFrozen, ManifestLine
from repatria.ledger.kinds.plan_proposed import PlanProposed
from repatria.ledger.kinds.substitution_accepted import SubstitutionAccepted
from repatria.ledger.kinds.substitution_proposed import SubstitutionProposed
from repatria.ledger.log import Log, Receipt
from repatria.ledger.statement import Ground
from repatria.operations.agreement import latest_terms, plan_accepted_by, plan_of
from repatria.operations.candidates import candidates_from, frozen_names
from repatria.operations.codes import card_code
from repatria.operations.desk import Desk
from repatria.operations.document_kinds import (
    manifest_document,
    substitution_document,
)
from repatria.operations.four_eyes import objections_to_signing, signature_of_author
from repatria.operations.name_locks import promised_persons
from repatria.operations.signed_documents import proposed_at, signature_under, unsigned_by
from repatria.planning import Plan, PlanStatus, substitute, terms_from_json
from repatria.terms import ManifestId, Objection, PersonId, PlanId, Refusal, Role

_PROCEDURE = Ground(basis="agreement")
_PROMISED = "plan of September 2020: no side deals on listed names"
_SIGNED = "documents: every party signs with its key"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedSubstitution:
    """A substitution as it was written."""

    substitution_id: str
    incoming: PersonId


def manifest_of(log: Log, manifest_id: ManifestId) -> Manifest:
    """A manifest as it now stands.

    Raises:
        Refusal: `manifest-unknown`.
    """
    manifest = fold_manifest(log.about(manifest_id))
    if manifest is None:
        raise Refusal(Objection(code="manifest-unknown", rule="handover"))
    return manifest


def crossing_of(log: Log, manifest_id: ManifestId, person: PersonId) -> CrossingState:
    """Where a person of a manifest stands at the line."""
    return fold_crossing(person, log.about(person), manifest_id=manifest_id)


def freeze_manifest(desk: Desk, *, plan_id: PlanId, crossing_point: str) -> ManifestId:
    """The id of a manifest frozen from a plan that every party on it accepted.

    Raises:
        Refusal: `plan-unknown`, `plan-not-accepted`, `plan-not-signed`, `name-locked`,
            `nobody-on-it`.
    """
    desk.require(Role.INTERMEDIARY, Role.HANDOVER_OFFICER)
    with desk.log.exclusive():
        plan, proposed = plan_of(desk.log, plan_id)
        lines = _lines_of(desk, plan)
        parties = frozenset(p for line in lines for p in (line.giver, line.receiver))
        accepted = plan_accepted_by(desk.log, plan)
        Refusal.unless_empty(
            [
                *objections_to_freezing(lines, accepted, parties, frozen_names(desk.log)),
                *(
                    Objection(code="name-locked", rule=_PROMISED, about=(person, ref))
                    for person, ref in promised_persons(desk.log, plan_id, plan.terms_id).items()
                    if person in {line.person for line in lines}
                ),
                *(
                    Objection(code="plan-not-signed", rule=_SIGNED, about=(party,))
                    for _, party in unsigned_by(desk.log, (proposed.ref,), desk.key.verify_key)
                    if party in parties & accepted
                ),
            ]
        )
        manifest_id = ManifestId(desk.new_id("manifest"))
        said = ManifestFrozen(
            manifest_id=manifest_id,
            plan_id=plan_id,
            crossing_point=crossing_point,
            lines=lines,
            digest=digest_of_lines(lines),
        )
        frozen = desk.state(
            replace(said, **signature_of_author(desk, manifest_document(said))),
            about=(manifest_id, plan_id, *(line.person for line in lines)),
            audience=desk.with_parties(*parties),
            ground=_PROCEDURE,
        )
        desk.log.append((frozen,))
    return manifest_id


def _lines_of(desk: Desk, plan: PlanProposed) -> tuple[ManifestLine, ...]:
    known = {candidate.id: candidate for candidate in candidates_from(desk.log)}
    unknown = [person for person in plan.selected if person not in known]
    Refusal.unless_empty(
        Objection(code="person-no-longer-held", rule="handover", about=(person,))
        for person in unknown
    )
    chosen = sorted((known[person] for person in plan.selected), key=lambda c: (c.holder, c.id))
    return tuple(
        ManifestLine(
            number=number,
            person=PersonId(candidate.id),
            giver=candidate.holder,
            receiver=candidate.receiver,
            code=card_code(desk.entropy(5)),
        )
        for number, candidate in enumerate(chosen, start=1)
    )


def accept_manifest(desk: Desk, *, manifest_id: ManifestId, shown: str = "") -> Receipt:
    """The receipt of our signature under exactly the frozen lines.

    Args:
        desk: of whoever signs.
        manifest_id: which manifest.
        shown: digest of the document that he saw; empty when he names the manifest alone.

    Raises:
        Refusal: `manifest-unknown`, or all of `manifest-digest-differs`,
            `not-a-party` and what `four_eyes.objections_to_signing` says.
    """
    desk.require(Role.NEGOTIATOR, Role.REGISTRAR, Role.HANDOVER_OFFICER)
    with desk.log.exclusive():
        manifest = manifest_of(desk.log, manifest_id)
        document = proposed_at(desk.log, manifest.ref).document
        found = list(_objections_to_signing(desk, manifest))
        if desk.party in manifest.parties:
            found += objections_to_signing(desk, document, shown)
        Refusal.unless_empty(found)
        accepted = desk.state(
            ManifestAccepted(
                manifest_id=manifest_id,
                digest=manifest.digest,
                **signature_under(desk.key, document),
            ),
            about=(manifest_id,),
            audience=desk.with_parties(*manifest.parties),
            ground=_PROCEDURE,
        )
        return desk.log.append((accepted,))


def _objections_to_signing(desk: Desk, manifest: Manifest) -> Iterable[Objection]:
    rule = "handover: a party signs the exact lines"
    if desk.party not in manifest.parties:
        yield Objection(code="not-a-party", rule=rule)
    if digest_of_lines(manifest.frozen_lines) != manifest.digest:
        yield Objection(code="manifest-digest-differs", rule=rule)


def propose_substitution(
    desk: Desk, *, manifest_id: ManifestId, outgoing: PersonId, reason: str
) -> ProposedSubstitution:
    """One person for another, found by planning again with the fewest changes.

    Raises:
        Refusal: `no-substitute` when the terms admit nobody in this place, or what
            `handover.objections_to_substitution` says.
    """
    desk.require(Role.INTERMEDIARY, Role.HANDOVER_OFFICER, Role.NEGOTIATOR)
    with desk.log.exclusive():
        manifest = manifest_of(desk.log, manifest_id)
        if manifest.line_of(outgoing) is None:
            rule = "handover: a person takes the place of one on the manifest"
            raise Refusal(Objection(code="outgoing-not-on-manifest", rule=rule, about=(outgoing,)))
        incoming = _replacement(desk, manifest, outgoing)
        held_by = {PersonId(c.id): c.holder for c in candidates_from(desk.log)}
        Refusal.unless_empty(
            objections_to_substitution(
                manifest,
                outgoing,
                incoming,
                crossing_of(desk.log, manifest_id, outgoing),
                frozen_names(desk.log),
                eligible=incoming in held_by,
                incoming_held_by=held_by.get(incoming),
            )
        )
        substitution_id = desk.new_id("substitution")
        code = card_code(desk.entropy(5))
        said = SubstitutionProposed(
            manifest_id=manifest_id,
            substitution_id=substitution_id,
            outgoing=outgoing,
            incoming=incoming,
            reason=reason,
            code=code,
            digest=digest_of_substitution(
                manifest_id=manifest_id,
                substitution_id=substitution_id,
                outgoing=outgoing,
                incoming=incoming,
                code=code,
            ),
        )
        document = substitution_document(said, _frozen(desk.log, manifest_id))
        proposed = desk.state(
            replace(said, **signature_of_author(desk, document, signs=True)),
            about=(manifest_id, outgoing, incoming),
            audience=desk.with_parties(*manifest.parties),
            ground=_PROCEDURE,
        )
        desk.log.append((proposed,))
    return ProposedSubstitution(substitution_id=substitution_id, incoming=incoming)


def _frozen(log: Log, manifest_id: ManifestId) -> ManifestFrozen:
    """The manifest as it was frozen, once it is known that it was."""
    return next(
        payload_of(entry, ManifestFrozen)
        for entry in log.about(manifest_id)
        if entry.statement.kind == "manifest.frozen"
    )


def _replacement(desk: Desk, manifest: Manifest, outgoing: PersonId) -> PersonId:
    """Whoever comes in when the plan is solved again without the outgoing person."""
    plan, _ = plan_of(desk.log, manifest.plan_id)
    proposed, _ = latest_terms(desk.log, plan.terms_id)
    current: Sequence[PersonId] = [line.person for line in manifest.lines]
    standing = Plan(
        terms_id=plan.terms_id,
        terms_version=proposed.version,
        status=PlanStatus.OPTIMAL,
        levels=(),
        selected=tuple(sorted(current)),
        left_out=(),
        withdrawn=tuple(sorted(set(manifest.persons) - set(current))),
    )
    elsewhere = {p: m for p, m in frozen_names(desk.log).items() if m != manifest.manifest_id}
    again = substitute(
        standing,
        outgoing,
        candidates_from(
            desk.log,
            locked=elsewhere,
            promised=promised_persons(desk.log, plan.terms_id, manifest.plan_id),
        ),
        terms_from_json(proposed.document),
    )
    coming = sorted(set(again.selected) - set(current))
    if len(coming) != 1:
        raise Refusal(
            Objection(code="no-substitute", rule="terms of the exchange", about=(outgoing,))
        )
    return PersonId(coming[0])


def accept_substitution(
    desk: Desk, *, manifest_id: ManifestId, substitution_id: str, shown: str = ""
) -> Receipt:
    """The receipt of our signature under exactly this change.

    Args:
        desk: of whoever signs.
        manifest_id: the manifest that is changed.
        substitution_id: which change.
        shown: digest of the document that he saw; empty when he names the change alone.

    Raises:
        Refusal: `substitution-unknown`, `not-a-party`, or what
            `four_eyes.objections_to_signing` says.
    """
    desk.require(Role.NEGOTIATOR, Role.REGISTRAR, Role.HANDOVER_OFFICER)
    with desk.log.exclusive():
        manifest = manifest_of(desk.log, manifest_id)
        rule = "handover: a change is signed by every party"
        found = [s for s in manifest.substitutions if s.substitution_id == substitution_id]
        if not found:
            raise Refusal(Objection(code="substitution-unknown", rule=rule))
        if desk.party not in manifest.parties:
            raise Refusal(Objection(code="not-a-party", rule=rule))
        document = proposed_at(desk.log, found[0].ref).document
        Refusal.unless_empty(objections_to_signing(desk, document, shown))
        accepted = desk.state(
            SubstitutionAccepted(
                manifest_id=manifest_id,
                substitution_id=substitution_id,
                digest=found[0].digest,
                **signature_under(desk.key, document),
            ),
            about=(manifest_id,),
            audience=desk.with_parties(*manifest.parties),
            ground=_PROCEDURE,
        )
        return desk.log.append((accepted,))
