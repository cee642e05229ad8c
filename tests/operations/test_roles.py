"""Who may do what: every operation that asks for a role, with every role."""

from datetime import UTC, datetime

import pytest

from repatria.ledger.kinds.consent_stated import Occasion
from repatria.ledger.kinds.crossing_recorded import CrossingEvent
from repatria.ledger.kinds.gate_checked import Means
from repatria.ledger.kinds.line_closed import ClosingReason
from repatria.ledger.kinds.match_decided import MatchDecision
from repatria.ledger.kinds.round_opened import Reveals
from repatria.operations import (
    agreement,
    answers,
    bulletins,
    claim_corrections,
    closing,
    comparison,
    confirming,
    crossing,
    families,
    findings,
    gate,
    manifests,
    private_runs,
    publicity,
    revealing,
    rounds,
    submission,
)
from repatria.record import CheckKind
from repatria.terms import Role
from simulators.party import NORTH, SOUTH, terms_for
from simulators.refusals import refuses

LATER = datetime(2031, 1, 1, tzinfo=UTC)
DOERS = {
    "submit_list": (
        {Role.REGISTRAR, Role.INTERMEDIARY},
        lambda desk, _: submission.submit_list(
            desk, (), None, title="", population="held", to=SOUTH
        ),
    ),
    "compare_lists": (
        {Role.REGISTRAR, Role.INTERMEDIARY},
        lambda desk, _: comparison.compare_lists(desk, left="list:a", right="list:b"),
    ),
    "decide_match": (
        {Role.REGISTRAR, Role.INTERMEDIARY},
        lambda desk, _: comparison.decide_match(
            desk, left="a", right="b", decision=MatchDecision.SAME, reason=""
        ),
    ),
    "answer_lines": ({Role.REGISTRAR}, lambda desk, _: answers.answer_lines(desk, ())),
    "propose_terms": (
        {Role.NEGOTIATOR, Role.INTERMEDIARY},
        lambda desk, _: agreement.propose_terms(desk, terms_for(), parties=(NORTH,)),
    ),
    "accept_terms": (
        {Role.NEGOTIATOR},
        lambda desk, _: agreement.accept_terms(desk, terms_id="none"),
    ),
    "plan_exchange": (
        {Role.NEGOTIATOR, Role.INTERMEDIARY},
        lambda desk, _: agreement.plan_exchange(desk, terms_id="none", parties=(NORTH,)),
    ),
    "open_round": (
        {Role.NEGOTIATOR, Role.INTERMEDIARY},
        lambda desk, _: rounds.open_round(
            desk,
            title="",
            parties=(NORTH, SOUTH),
            with_intermediary=True,
            reveals=Reveals.WHOLE,
            max_entries=5,
        ),
    ),
    "commit_list": (
        {Role.NEGOTIATOR},
        lambda desk, _: rounds.commit_list(desk, round_id="round:none", entries=()),
    ),
    "amend_list": (
        {Role.NEGOTIATOR},
        lambda desk, _: rounds.amend_list(desk, round_id="round:none", entries=(), reason=""),
    ),
    "confirm_both_committed": (
        {Role.INTERMEDIARY},
        lambda desk, _: confirming.confirm_both_committed(desk, round_id="round:none"),
    ),
    "reveal": (
        {Role.NEGOTIATOR, Role.INTERMEDIARY},
        lambda desk, _: revealing.reveal(desk, round_id="round:none"),
    ),
    "run_of": (
        {Role.NEGOTIATOR},
        lambda desk, _: private_runs.run_of(desk, "round:none"),
    ),
    "accept_plan": (
        {Role.NEGOTIATOR},
        lambda desk, _: agreement.accept_plan(desk, plan_id="plan:none"),
    ),
    "freeze_manifest": (
        {Role.INTERMEDIARY, Role.HANDOVER_OFFICER},
        lambda desk, _: manifests.freeze_manifest(desk, plan_id="plan:none", crossing_point=""),
    ),
    "accept_manifest": (
        {Role.NEGOTIATOR, Role.REGISTRAR, Role.HANDOVER_OFFICER},
        lambda desk, _: manifests.accept_manifest(desk, manifest_id="manifest:none"),
    ),
    "propose_substitution": (
        {Role.INTERMEDIARY, Role.HANDOVER_OFFICER, Role.NEGOTIATOR},
        lambda desk, _: manifests.propose_substitution(
            desk, manifest_id="manifest:none", outgoing="person:a", reason=""
        ),
    ),
    "accept_substitution": (
        {Role.NEGOTIATOR, Role.REGISTRAR, Role.HANDOVER_OFFICER},
        lambda desk, _: manifests.accept_substitution(
            desk, manifest_id="manifest:none", substitution_id="none"
        ),
    ),
    "record_examination": (
        {Role.MEDICAL},
        lambda desk, met: crossing.record_examination(
            desk,
            manifest_id=met.manifest_id,
            person="person:none",
            fit_to_travel=True,
            mode="bus",
            valid_until=LATER,
            finding="",
        ),
    ),
    "state_consent": (
        {Role.INTERMEDIARY},
        lambda desk, met: crossing.state_consent(
            desk,
            manifest_id=met.manifest_id,
            person="person:none",
            willing=True,
            occasion=Occasion.INTERVIEW,
        ),
    ),
    "record_crossing": (
        {Role.HANDOVER_OFFICER, Role.INTERMEDIARY},
        lambda desk, met: crossing.record_crossing(
            desk,
            manifest_id=met.manifest_id,
            person="person:none",
            event=CrossingEvent.DEPARTED,
        ),
    ),
    "record_death": (
        {Role.MEDICAL, Role.INTERMEDIARY},
        lambda desk, met: crossing.record_crossing(
            desk, manifest_id=met.manifest_id, person="person:none", event=CrossingEvent.DIED
        ),
    ),
    "record_refusal": (
        {Role.INTERMEDIARY},
        lambda desk, met: crossing.record_crossing(
            desk, manifest_id=met.manifest_id, person="person:none", event=CrossingEvent.REFUSED
        ),
    ),
    "check_at_gate": (
        {Role.HANDOVER_OFFICER, Role.REGISTRAR, Role.INTERMEDIARY, Role.MEDICAL},
        lambda desk, met: gate.check_at_gate(
            desk,
            manifest_id=met.manifest_id,
            person="person:none",
            means=Means.CODE,
            matches=True,
        ),
    ),
    "override_refusal": (
        {Role.INTERMEDIARY},
        lambda desk, met: gate.override_refusal(
            desk, manifest_id=met.manifest_id, person="person:none", authority="", reason=""
        ),
    ),
    "close_line": (
        {Role.REGISTRAR, Role.HANDOVER_OFFICER, Role.INTERMEDIARY},
        lambda desk, met: closing.close_line(
            desk,
            manifest_id=met.manifest_id,
            person="person:none",
            why=ClosingReason.NOT_FOUND,
        ),
    ),
    "take_back_event": (
        {Role.HANDOVER_OFFICER, Role.INTERMEDIARY},
        lambda desk, met: closing.take_back_event(
            desk, manifest_id=met.manifest_id, person="person:none", ref="north/0", reason=""
        ),
    ),
    "give_receipt": (
        {Role.HANDOVER_OFFICER, Role.REGISTRAR},
        lambda desk, met: crossing.give_receipt(
            desk, manifest_id=met.manifest_id, handed_over=("person:none",), received=()
        ),
    ),
    "request_tracing": (
        {Role.FAMILY, Role.REGISTRAR, Role.INTERMEDIARY},
        lambda desk, _: families.request_tracing(desk, family="a", sought=None),
    ),
    "notify_family": (
        {Role.REGISTRAR, Role.INTERMEDIARY},
        lambda desk, _: families.notify_family(
            desk, request="tracing:none", person="person:none", what=""
        ),
    ),
    "record_claims": (
        {Role.PRESS, Role.INTERMEDIARY, Role.REGISTRAR},
        lambda desk, _: publicity.record_claims(desk, ()),
    ),
    "correct_claim": (
        {Role.PRESS, Role.INTERMEDIARY, Role.REGISTRAR},
        lambda desk, _: claim_corrections.correct_claim(desk, None),
    ),
    "take_finding_up": (
        {Role.PRESS, Role.INTERMEDIARY, Role.REGISTRAR},
        lambda desk, _: findings.take_finding_up(desk, kind=CheckKind.STALE_COPY, claims=()),
    ),
    "publish_bulletin": (
        {Role.PRESS, Role.INTERMEDIARY},
        lambda desk, _: bulletins.publish_bulletin(
            desk,
            manifest_id="manifest:none",
            event="",
            populations={},
            issued_by="",
            health_speaker="",
            languages=(),
            labels={},
        ),
    ),
}


@pytest.mark.parametrize("operation", DOERS)
def test_only_the_roles_of_an_operation_may_do_it(operation, at):
    met = at("frozen")
    allowed, do = DOERS[operation]
    for role in set(Role) - allowed:
        with refuses(met.north, "role-may-not"):
            do(met.north.desk(role), met)
    for role in sorted(allowed):
        # Whoever may do it is refused for another reason, or not at all.
        assert not is_refused_for_his_role(lambda role=role: do(met.north.desk(role), met))


def is_refused_for_his_role(do):
    """Whether the act failed because of the role."""
    try:
        do()
    except Exception as error:  # noqa: BLE001 -- any other reason is none of this test's
        return "role-may-not" in str(error)
    return False
