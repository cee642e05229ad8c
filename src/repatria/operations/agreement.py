"""Terms are proposed and accepted; under them a plan is solved and accepted.

An acceptance is a signature of exactly these terms, of exactly these persons.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256

from repatria.handover import fold_manifest
from repatria.ledger.canonical import encode
from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.consent_stated import ConsentStated
from repatria.ledger.kinds.line_answered import AnswerCode, LineAnswered
from repatria.ledger.kinds.list_line import ListLine
from repatria.ledger.kinds.list_submitted import ListSubmitted, Population
from repatria.ledger.kinds.manifest_frozen import ManifestFrozen
from repatria.ledger.kinds.plan_accepted import PlanAccepted
from repatria.ledger.kinds.plan_proposed import PlanProposed
from repatria.ledger.kinds.terms_accepted import TermsAccepted
from repatria.ledger.kinds.terms_proposed import TermsProposed
from repatria.ledger.log import Log, Receipt
from repatria.ledger.statement import Entry, Ground
from repatria.operations.desk import Desk
from repatria.operations.document_kinds import plan_document, terms_document
from repatria.operations.four_eyes import objections_to_signing, signature_of_author
from repatria.operations.signed_documents import (
    keys_known,
    proposed_at,
    signature_under,
    standing_of,
)
from repatria.planning import (
    Candidate,
    HealthClass,
    LevelResult,
    Plan,
    PlanStatus,
    Terms,
    objections_to,
    solve,
    terms_from_json,
    terms_to_json,
    why_not_each,
)
from repatria.terms import (
    Category,
    ManifestId,
    Objection,
    PartyCode,
    PersonId,
    PlanId,
    Refusal,
    Role,
)
from repatria.terms.parties import INTERMEDIARY

_AGREEMENT = Ground(basis="agreement")
_SOLVED = Ground(basis="computation", source="HiGHS")


def digest_of_terms(document: Mapping[str, object]) -> str:
    """SHA-256 of the canonical text of terms, hexadecimal."""
    return sha256(b"repatria/terms/v1\n" + encode(document)).hexdigest()  # type: ignore[arg-type]


def propose_terms(desk: Desk, terms: Terms, *, parties: Iterable[PartyCode]) -> Receipt:
    """The receipt of proposed terms; the same version cannot be proposed twice."""
    desk.require(Role.NEGOTIATOR, Role.INTERMEDIARY)
    document = terms_to_json(terms)
    with desk.log.exclusive():
        subject = f"terms:{terms.id}"
        versions = [
            payload_of(e, TermsProposed).version
            for e in desk.log.about(subject)
            if e.statement.kind == "terms.proposed"
        ]
        if terms.version in versions:
            raise Refusal(Objection(code="terms-version-twice", rule="agreement", about=(subject,)))
        audience = desk.with_parties(*parties)
        said = TermsProposed(
            terms_id=terms.id,
            version=terms.version,
            document=document,
            digest=digest_of_terms(document),
        )
        signed = signature_of_author(desk, terms_document(said, audience))
        proposed = desk.state(
            replace(said, **signed),
            about=(subject,),
            audience=audience,
            ground=_AGREEMENT,
        )
        return desk.log.append((proposed,))


def latest_terms(log: Log, terms_id: str) -> tuple[TermsProposed, Entry]:
    """The newest version of terms that we hold.

    Raises:
        Refusal: `terms-unknown`.
    """
    entries = [
        (payload_of(e, TermsProposed), e)
        for e in log.about(f"terms:{terms_id}")
        if e.statement.kind == "terms.proposed"
    ]
    if not entries:
        raise Refusal(Objection(code="terms-unknown", rule="agreement"))
    return max(entries, key=lambda pair: pair[0].version)


def accept_terms(desk: Desk, *, terms_id: str, shown: str = "") -> Receipt:
    """The receipt of our signature under the newest version of terms.

    Args:
        desk: of whoever signs.
        terms_id: which terms.
        shown: digest of the document that he saw; empty when he names the terms alone.

    Raises:
        Refusal: `terms-unknown`, or all of `terms-digest-differs` and what
            `four_eyes.objections_to_signing` says.
    """
    desk.require(Role.NEGOTIATOR)
    with desk.log.exclusive():
        terms, entry = latest_terms(desk.log, terms_id)
        document = terms_document(terms, entry.statement.audience)
        found = list(objections_to_signing(desk, document, shown))
        if digest_of_terms(terms.document) != terms.digest:
            found.append(Objection(code="terms-digest-differs", rule="agreement"))
        Refusal.unless_empty(found)
        accepted = desk.state(
            TermsAccepted(
                terms_id=terms_id,
                version=terms.version,
                digest=terms.digest,
                **signature_under(desk.key, document),
            ),
            about=(f"terms:{terms_id}",),
            audience=entry.statement.audience | {desk.party},
            ground=_AGREEMENT,
        )
        return desk.log.append((accepted,))


def terms_accepted_by(log: Log, terms: TermsProposed) -> frozenset[PartyCode]:
    """The parties that accepted exactly these terms."""
    return frozenset(
        entry.origin
        for entry in log.about(f"terms:{terms.terms_id}")
        if entry.statement.kind == "terms.accepted"
        and payload_of(entry, TermsAccepted).digest == terms.digest
    )


def candidates_from(
    log: Log, *, locked: Mapping[PersonId, ManifestId] | None = None
) -> tuple[Candidate, ...]:
    """Everybody acknowledged as held, as the holders' answers describe them.

    Only answers by the party that was asked are used, so that nobody can declare
    persons in another's hands, and every party computes the same.

    Args:
        log: of the installation.
        locked: who is on a frozen manifest already, and on which.
    """
    asked: dict[str, tuple[PartyCode, PartyCode]] = {}
    for entry in log.of_kind("list.submitted"):
        submitted = payload_of(entry, ListSubmitted)
        if submitted.population is Population.CLAIMED:
            asked[submitted.list_id] = (entry.origin, submitted.to)
    current: dict[str, LineAnswered] = {}
    for entry in log.of_kind("line.answered"):
        answered = payload_of(entry, LineAnswered)
        if asked.get(answered.list_id, ("", ""))[1] == entry.origin:
            current[answered.line_id] = answered
    consents = _consents(log)
    claimed = _claimed_categories(log, current)
    return tuple(
        Candidate(
            id=answered.person,
            holder=asked[answered.list_id][1],
            receiver=asked[answered.list_id][0],
            category=answered.category or Category.OTHER,
            health=HealthClass(answered.health) if answered.health else HealthClass.FIT,
            sex=answered.sex,
            birth=answered.birth,
            captured_on=answered.captured_on,
            alive_confirmed=True,
            consents=consents.get(answered.person),
            retained=answered.retained,
            locked_in=(locked or {}).get(answered.person, ""),
            asserted=_asserted(answered, asked[answered.list_id], claimed.get(line)),
        )
        for line, answered in sorted(current.items())
        if answered.code is AnswerCode.HELD and answered.person is not None
    )


def _claimed_categories(log: Log, answers: Mapping[str, LineAnswered]) -> Mapping[str, Category]:
    """By line, as what the party that asks for somebody describes him."""
    held = sorted(line for line, answer in answers.items() if answer.person is not None)
    said = [entry for some in log.about_each(held, "list.line").values() for entry in some]
    lines = [payload_of(entry, ListLine) for entry in said]
    return {line.line_id: line.category for line in lines if line.category is not None}


def _asserted(
    answer: LineAnswered, asked: tuple[PartyCode, PartyCode], claimed: Category | None
) -> tuple[tuple[PartyCode, Category], ...]:
    claimant, holder = asked
    said = ((holder, answer.category), (claimant, claimed))
    return tuple(sorted((party, category) for party, category in said if category is not None))


def _consents(log: Log) -> Mapping[PersonId, bool]:
    """What each person last said to the intermediary; nobody else asks in private."""
    said = [e for e in log.of_kind("consent.stated") if e.origin == INTERMEDIARY]
    return {c.person: c.willing for c in (payload_of(e, ConsentStated) for e in said)}


def frozen_names(log: Log) -> Mapping[PersonId, ManifestId]:
    """Who is on a frozen manifest, and on which; a frozen name enters no other exchange."""
    frozen = [payload_of(e, ManifestFrozen) for e in log.of_kind("manifest.frozen")]
    out: dict[PersonId, ManifestId] = {}
    for manifest_id in dict.fromkeys(m.manifest_id for m in frozen):
        manifest = fold_manifest(log.about(manifest_id))
        if manifest is not None:
            out |= {line.person: manifest_id for line in manifest.lines}
    return out


def plan_exchange(desk: Desk, *, terms_id: str, parties: Sequence[PartyCode]) -> PlanProposed:
    """A solved plan under terms that every party accepted, written down with its reasons.

    Raises:
        Refusal: `terms-not-accepted`, `plan-infeasible` naming the rules in conflict,
            `plan-not-proven` when the time did not suffice.
    """
    desk.require(Role.NEGOTIATOR, Role.INTERMEDIARY)
    with desk.log.exclusive():
        proposed, _ = latest_terms(desk.log, terms_id)
        missing = frozenset(parties) - terms_accepted_by(desk.log, proposed)
        Refusal.unless_empty(
            Objection(code="terms-not-accepted", rule="agreement", about=(party,))
            for party in sorted(missing)
        )
        terms = terms_from_json(proposed.document)
        candidates = candidates_from(desk.log, locked=frozen_names(desk.log))
        plan = solve(candidates, terms)
        _refuse_unproven(plan)
        audience = desk.with_parties(*parties)
        payload = _payload(desk, plan, terms, proposed, candidates)
        payload = replace(payload, **signature_of_author(desk, plan_document(payload, audience)))
        said = desk.state(
            payload,
            about=(payload.plan_id, *payload.selected),
            audience=audience,
            ground=_SOLVED,
        )
        desk.log.append((said,))
    return payload


def _refuse_unproven(plan: Plan) -> None:
    if plan.conflict:
        raise Refusal(*(Objection(code="plan-infeasible", rule=rule) for rule in plan.conflict))
    if plan.status.value != "optimal":
        raise Refusal(Objection(code="plan-not-proven", rule="planning"))


def _payload(
    desk: Desk,
    plan: Plan,
    terms: Terms,
    proposed: TermsProposed,
    candidates: Sequence[Candidate],
) -> PlanProposed:
    reasons = {
        reason.person: {
            "code": reason.code,
            "rules": list(reason.rules),
            "sentence": reason.sentence,
        }
        for reason in why_not_each(plan.left_out, candidates, terms, plan)
    }
    selected = tuple(PersonId(p) for p in sorted(plan.selected))
    return PlanProposed(
        plan_id=PlanId(desk.new_id("plan")),
        terms_id=proposed.terms_id,
        terms_digest=proposed.digest,
        status=str(plan.status),
        selected=selected,
        left_out=tuple(PersonId(p) for p in sorted(plan.left_out)),
        levels=tuple(
            {"id": lv.id, "value": lv.value, "bound": lv.bound, "proven": lv.proven}
            for lv in plan.levels
        ),
        reasons=reasons,
        digest=digest_of_plan(proposed.digest, selected),
        owed=tuple(PersonId(p) for p in sorted(plan.owed)),
    )


def digest_of_plan(terms_digest: str, selected: Sequence[PersonId]) -> str:
    """SHA-256 over the digest of the terms and the persons, hexadecimal."""
    text = encode([terms_digest, *sorted(selected)])
    return sha256(b"repatria/plan/v1\n" + text).hexdigest()


def accept_plan(desk: Desk, *, plan_id: PlanId, shown: str = "") -> Receipt:
    """The receipt of our signature under exactly the persons of a plan; once is enough.

    The plan is first counted again from the answers we hold, without the solver:
    nobody signs what does not keep the terms.

    Args:
        desk: of whoever signs.
        plan_id: which plan.
        shown: digest of the document that he saw; empty when he names the plan alone.

    Raises:
        Refusal: `plan-unknown`, `plan-digest-differs`, or all of
            `terms-digest-differs`, what `planning.objections_to` finds, and what
            `four_eyes.objections_to_signing` says.
    """
    desk.require(Role.NEGOTIATOR)
    with desk.log.exclusive():
        plan, entry = plan_of(desk.log, plan_id)
        if digest_of_plan(plan.terms_digest, plan.selected) != plan.digest:
            raise Refusal(Objection(code="plan-digest-differs", rule="agreement"))
        document = plan_document(plan, entry.statement.audience)
        keys = keys_known(desk.log, desk.key.verify_key)
        signed = standing_of(proposed_at(desk.log, entry.ref), keys).signed
        if desk.party in plan_accepted_by(desk.log, plan) & signed:
            return desk.log.append(())
        Refusal.unless_empty(
            [
                *_objections_to_plan(desk.log, plan),
                *objections_to_signing(desk, document, shown),
            ]
        )
        accepted = desk.state(
            PlanAccepted(
                plan_id=plan_id, digest=plan.digest, **signature_under(desk.key, document)
            ),
            about=(plan_id,),
            audience=entry.statement.audience | {desk.party},
            ground=_AGREEMENT,
        )
        return desk.log.append((accepted,))


def _objections_to_plan(log: Log, proposed: PlanProposed) -> Iterable[Objection]:
    """What is wrong with a plan, recounted from what we hold ourselves."""
    terms, _ = latest_terms(log, proposed.terms_id)
    if terms.digest != proposed.terms_digest:
        return (Objection(code="terms-digest-differs", rule="agreement"),)
    agreed = terms_from_json(terms.document)
    plan = Plan(
        terms_id=agreed.id,
        terms_version=agreed.version,
        status=PlanStatus(proposed.status),
        levels=tuple(
            LevelResult(
                id=level["id"], value=level["value"], bound=level["bound"], proven=level["proven"]
            )
            for level in proposed.levels
        ),
        selected=tuple(proposed.selected),
        left_out=tuple(proposed.left_out),
        owed=tuple(proposed.owed),
    )
    return objections_to(plan, candidates_from(log, locked=frozen_names(log)), agreed)


def plan_of(log: Log, plan_id: PlanId) -> tuple[PlanProposed, Entry]:
    """A plan as proposed.

    Raises:
        Refusal: `plan-unknown`.
    """
    for entry in log.about(plan_id):
        if entry.statement.kind == "plan.proposed":
            return payload_of(entry, PlanProposed), entry
    raise Refusal(Objection(code="plan-unknown", rule="agreement"))


def plan_accepted_by(log: Log, plan: PlanProposed) -> frozenset[PartyCode]:
    """The parties that accepted exactly these persons."""
    return frozenset(
        entry.origin
        for entry in log.about(plan.plan_id)
        if entry.statement.kind == "plan.accepted"
        and payload_of(entry, PlanAccepted).digest == plan.digest
    )
