"""A finding is set aside with a reason, and stays on view."""

from repatria.operations.findings import recorded_findings, set_finding_aside, take_finding_up
from repatria.operations.publicity import record_claims
from repatria.record.check import CheckKind
from repatria.record.claim_rows import claims_in
from repatria.terms import Role
from simulators.refusals import refuses

CLAIMS = (
    "id,episode,said_on,speaker,measure,counting_rule,value\n"
    "c1,m,2030-01-01,Office of North,returned to North,all,5\n"
    "c2,m,2030-01-01,Office of South,returned to North,all,7\n"
)
KIND = CheckKind.SAME_QUANTITY_DIFFERENT_FIGURE


def press_with_claims(met):
    """The intermediary's press desk, with two figures that differ."""
    desk = met.intermediary.desk(Role.PRESS)
    record_claims(desk, claims_in(CLAIMS))
    return desk


def test_what_was_set_aside_is_still_found_and_has_its_reason(at):
    desk = press_with_claims(at("met"))
    set_finding_aside(desk, kind=KIND, claims=["c2", "c1"], reason=" counts the escort ")

    [found] = [f for f in recorded_findings(desk.log) if f.check.kind is KIND]

    assert (found.check.claims, found.reason) == (("c1", "c2"), "counts the escort")


def test_a_finding_needs_to_be_there_and_a_reason_to_be_given(at):
    met = at("met")
    desk = press_with_claims(met)

    with refuses(met.intermediary, "finding-unknown", "reason-missing"):
        set_finding_aside(desk, kind=CheckKind.STALE_COPY, claims=["c1", "c2"], reason=" ")


def test_the_newest_reason_stands(at):
    desk = press_with_claims(at("met"))
    for reason in ("first", "second"):
        set_finding_aside(desk, kind=KIND, claims=["c1", "c2"], reason=reason)

    assert "second" in {f.reason for f in recorded_findings(desk.log)}


def test_what_is_taken_up_again_has_no_reason_and_can_be_set_aside_anew(at):
    met = at("met")
    desk = press_with_claims(met)
    set_finding_aside(desk, kind=KIND, claims=["c1", "c2"], reason="first")
    take_finding_up(desk, kind=KIND, claims=["c2", "c1"])

    assert {f.reason for f in recorded_findings(desk.log)} == {""}
    with refuses(met.intermediary, "finding-not-set-aside"):
        take_finding_up(desk, kind=KIND, claims=["c1", "c2"])

    set_finding_aside(desk, kind=KIND, claims=["c1", "c2"], reason="second")
    assert "second" in {f.reason for f in recorded_findings(desk.log)}
