"""What do the recorded claims amount to, and which findings were set aside?

A finding is never deleted: who sets it aside says why, and both stay on view.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.finding_set_aside import FindingSetAside
from repatria.ledger.log import Log, Receipt
from repatria.ledger.statement import Ground
from repatria.operations.desk import Desk
from repatria.operations.publicity import claims_known
from repatria.record.check import Check, CheckKind
from repatria.record.comparing import findings_and_checks
from repatria.terms import ClaimId, Objection, Refusal, Role

_RULE = "procedure: attributed claims"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedFinding:
    """A finding among recorded claims; `reason` is why it was set aside, empty when it was not."""

    check: Check
    reason: str


def recorded_findings(log: Log) -> tuple[RecordedFinding, ...]:
    """Every finding among the claims we hold, with the newest reason for setting it aside."""
    reasons: dict[tuple[str, frozenset[str]], str] = {}
    for entry in log.of_kind("finding.set_aside"):
        if entry.origin == log.party:
            said = payload_of(entry, FindingSetAside)
            reasons[said.finding, frozenset(map(str, said.claims))] = said.reason
    return tuple(
        RecordedFinding(
            check=check,
            reason=reasons.get((check.kind.value, frozenset(map(str, check.claims))), ""),
        )
        for check in findings_and_checks(claims_known(log))
    )


def set_finding_aside(
    desk: Desk, *, kind: CheckKind, claims: Sequence[str], reason: str
) -> Receipt:
    """The receipt of a note that nothing follows from a finding.

    Raises:
        Refusal: `finding-unknown` when the recorded claims give no such finding;
            `reason-missing`.
    """
    desk.require(Role.PRESS, Role.INTERMEDIARY, Role.REGISTRAR)
    with desk.log.exclusive():
        wanted = frozenset(claims)
        known = any(
            f.check.kind is kind and frozenset(f.check.claims) == wanted
            for f in recorded_findings(desk.log)
        )
        Refusal.unless_empty(
            Objection(code=code, rule=_RULE, about=tuple(sorted(wanted)))
            for code, wrong in (
                ("finding-unknown", not known),
                ("reason-missing", not reason.strip()),
            )
            if wrong
        )
        said = desk.state(
            FindingSetAside(
                finding=kind.value,
                claims=tuple(ClaimId(c) for c in sorted(wanted)),
                reason=reason.strip(),
            ),
            about=tuple(f"claim:{c}" for c in sorted(wanted)),
            audience={desk.party},
            ground=Ground(basis="review"),
        )
        return desk.log.append((said,))
