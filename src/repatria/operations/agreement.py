"""Terms are proposed and accepted; under them a plan is solved and accepted.

An acceptance is a signature of exactly these terms, of exactly these persons.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from repatria.ledger.canonical import encode
from repatria.ledger.kinds import payload_of, payloads_in
from repatria.ledger.kinds.plan_accepted import PlanAccepted
from repatria.ledger.kinds.plan_proposed import PlanProposed
from repatria.ledger.kinds.terms_accepted import TermsAccepted
from repatria.ledger.kinds.terms_proposed import TermsProposed
from repatria.ledger.log import Log, Receipt
from repatria.ledger.statement import Entry, Ground
from repatria.operations.candidates import who_could_go
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
    LevelResult,
    Plan,
    PlanStatus,
    Reason,
    Terms,
    objections_to,
    solve,
    terms_from_json,
    terms_to_json,
    why_not_each,
)
from repatria.planning.neutral import neutral
from repatria.terms import (
    Objection,
    PartyCode,
    PersonId,
    PlanId,
    Refusal,
    Role,
)

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
            said.version for _entry, said in payloads_in(desk.log.about(subject), TermsProposed)
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
        (said, entry) for entry, said in payloads_in(log.about(f"terms:{terms_id}"), TermsProposed)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a plan is computed from: terms that all have accepted, and who is held now."""

    proposed: TermsProposed
    candidates: tuple[Candidate, ...]

    @property
    def terms(self) -> Terms:
        """The terms, read."""
        return terms_from_json(self.proposed.document)


@dataclass(frozen=True, slots=True, kw_only=True)
class Solved:
    """A plan that nobody has written down yet, with what it was computed from."""

    asked: Asked
    plan: Plan
    reasons: tuple[Reason, ...]


def asked_under(log: Log, terms_id: str, parties: Iterable[PartyCode]) -> Asked:
    """What a plan under the newest version of terms would be computed from.

    Raises:
        Refusal: `terms-unknown`; `terms-not-accepted` for each party that has not.
    """
    proposed, _ = latest_terms(log, terms_id)
    missing = frozenset(parties) - terms_accepted_by(log, proposed)
    Refusal.unless_empty(
        Objection(code="terms-not-accepted", rule="agreement", about=(party,))
        for party in sorted(missing)
    )
    candidates = who_could_go(log, terms_id)
    return Asked(proposed=proposed, candidates=candidates)


def solved_from(
    asked: Asked,
    *,
    seconds: float = 30.0,
    report: Callable[[Solved], None] | None = None,
) -> Solved:
    """The best plan, with the reason for everybody who stays. Nothing is read or written.

    Args:
        asked: from what.
        seconds: for the solver.
        report: hears of every better plan while it goes on, without reasons.
    """
    terms = asked.terms

    def tell(plan: Plan) -> None:
        if report is not None:
            report(Solved(asked=asked, plan=plan, reasons=()))

    plan = solve(asked.candidates, terms, time_limit_seconds=seconds, on_progress=tell)
    reasons = why_not_each(plan.left_out, asked.candidates, terms, plan)
    return Solved(asked=asked, plan=plan, reasons=reasons)


def plan_exchange(desk: Desk, *, terms_id: str, parties: Sequence[PartyCode]) -> PlanProposed:
    """A solved plan under terms that every party accepted, written down with its reasons.

    Solved before the log is locked: nobody waits for the solver in order to write.

    Raises:
        Refusal: what `asked_under` and `propose_plan` say.
    """
    desk.require(Role.NEGOTIATOR, Role.INTERMEDIARY)
    solved = solved_from(asked_under(desk.log, terms_id, parties))
    return propose_plan(desk, solved, parties=parties)


def propose_plan(desk: Desk, solved: Solved, *, parties: Sequence[PartyCode]) -> PlanProposed:
    """A plan that was solved before, written down if nothing has changed meanwhile.

    Raises:
        Refusal: what `asked_under` says; `plan-overtaken` when terms or persons are others
            now; `plan-infeasible` naming the rules in conflict; `plan-not-proven` when the
            time did not suffice.
    """
    desk.require(Role.NEGOTIATOR, Role.INTERMEDIARY)
    with desk.log.exclusive():
        if asked_under(desk.log, solved.asked.proposed.terms_id, parties) != solved.asked:
            raise Refusal(Objection(code="plan-overtaken", rule="agreement"))
        _refuse_unproven(solved.plan)
        audience = desk.with_parties(*parties)
        payload = _payload(desk, solved)
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


def _payload(desk: Desk, solved: Solved) -> PlanProposed:
    plan, proposed = solved.plan, solved.asked.proposed
    reasons = {
        reason.person: {
            "code": reason.code,
            "rules": list(reason.rules),
            "sentence": reason.sentence,
        }
        for reason in map(neutral, solved.reasons)
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
    candidates = who_could_go(log, proposed.terms_id, plan_id=proposed.plan_id)
    return objections_to(plan_as_solved(proposed, agreed), candidates, agreed)


def plan_as_solved(proposed: PlanProposed, terms: Terms) -> Plan:
    """A plan that was written down, as `planning` takes it."""
    return Plan(
        terms_id=terms.id,
        terms_version=terms.version,
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
