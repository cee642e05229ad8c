"""What do the recorded claims amount to, and which findings were set aside?

A finding is never deleted: who sets it aside says why, and both stay on view. What
was set aside can be taken up again; that is said too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.finding_set_aside import FindingSetAside
from repatria.ledger.log import Log, Receipt
from repatria.ledger.statement import Ground
from repatria.operations.desk import Desk
from repatria.operations.publicity import claims_known
from repatria.operations.register_counts import register_figures
from repatria.record.check import Check, CheckKind
from repatria.record.comparing import findings_and_checks
from repatria.terms import ActorId, ClaimId, Objection, Refusal, Role

_RULE = "procedure: attributed claims"
FindingKey = tuple[str, frozenset[str]]
"""The kind of a finding and the ids of its claims."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """Who set a finding aside, when and why; `ref` is the statement."""

    reason: str
    by: ActorId
    at: datetime
    ref: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedFinding:
    """A finding among recorded claims; `reason` is why it was set aside, empty when it was not."""

    check: Check
    reason: str


def key_of(check: Check) -> FindingKey:
    """Under which a finding is set aside: the same in whatever order its claims stand."""
    return check.kind.value, frozenset(map(str, check.claims))


def findings_set_aside(log: Log) -> Mapping[FindingKey, SetAside]:
    """The findings that are set aside now, each as it was last said."""
    standing: dict[FindingKey, SetAside] = {}
    for entry in log.of_kind("finding.set_aside"):
        if entry.origin != log.party:
            continue
        said = payload_of(entry, FindingSetAside)
        key = said.finding, frozenset(map(str, said.claims))
        if said.taken_up:
            standing.pop(key, None)
        else:
            statement = entry.statement
            standing[key] = SetAside(
                reason=said.reason,
                by=statement.actor,
                at=statement.recorded_at,
                ref=entry.ref,
            )
    return standing


def recorded_findings(log: Log) -> tuple[RecordedFinding, ...]:
    """Every finding among the claims we hold, also against our own register, with its reason."""
    aside = findings_set_aside(log)
    claims = claims_known(log)
    found = findings_and_checks(claims, register=register_figures(log, claims))
    reasons = {key: each.reason for key, each in aside.items()}
    return tuple(RecordedFinding(check=c, reason=reasons.get(key_of(c), "")) for c in found)


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
        wanted = kind.value, frozenset(claims)
        known = any(key_of(f.check) == wanted for f in recorded_findings(desk.log))
        Refusal.unless_empty(
            Objection(code=code, rule=_RULE, about=tuple(sorted(claims)))
            for code, wrong in (
                ("finding-unknown", not known),
                ("reason-missing", not reason.strip()),
            )
            if wrong
        )
        return _said(desk, wanted, reason=reason.strip())


def take_finding_up(desk: Desk, *, kind: CheckKind, claims: Sequence[str]) -> Receipt:
    """The receipt of a note that a finding which was set aside is looked at again.

    Raises:
        Refusal: `finding-not-set-aside`.
    """
    desk.require(Role.PRESS, Role.INTERMEDIARY, Role.REGISTRAR)
    with desk.log.exclusive():
        wanted = kind.value, frozenset(claims)
        standing = findings_set_aside(desk.log).get(wanted)
        if standing is None:
            about = tuple(sorted(claims))
            raise Refusal(Objection(code="finding-not-set-aside", rule=_RULE, about=about))
        return _said(desk, wanted, reason="", taken_up=standing.ref)


def _said(desk: Desk, finding: FindingKey, *, reason: str, taken_up: str = "") -> Receipt:
    kind, claims = finding
    return desk.log.append(
        (
            desk.state(
                FindingSetAside(
                    finding=kind,
                    claims=tuple(ClaimId(c) for c in sorted(claims)),
                    reason=reason,
                    taken_up=bool(taken_up),
                ),
                about=tuple(f"claim:{c}" for c in sorted(claims)),
                audience={desk.party},
                ground=Ground(basis="review"),
                supersedes=(taken_up,) if taken_up else (),
            ),
        )
    )
