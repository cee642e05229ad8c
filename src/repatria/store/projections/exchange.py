"""Terms, plans, manifests and crossings: how far has the exchange come?"""

from collections.abc import Mapping, Sequence
from typing import Any

from repatria.handover import (
    Happening,
    compare_receipts,
    findings_on_the_way,
    fold_crossing,
    fold_gate,
    fold_manifest,
    readiness_of,
)
from repatria.ledger.kinds import payload_of, payloads_in
from repatria.ledger.kinds.consent_stated import ConsentStated
from repatria.ledger.kinds.manifest_frozen import ManifestLine
from repatria.ledger.kinds.plan_accepted import PlanAccepted
from repatria.ledger.kinds.plan_proposed import PlanProposed
from repatria.ledger.kinds.schedule_accepted import ScheduleAccepted
from repatria.ledger.kinds.schedule_proposed import ScheduleProposed
from repatria.ledger.kinds.terms_accepted import TermsAccepted
from repatria.ledger.kinds.terms_proposed import TermsProposed
from repatria.ledger.payload import to_json
from repatria.ledger.statement import Entry
from repatria.planning.candidates import NOT_AVAILABLE, PERSONAL_GROUNDS
from repatria.planning.neutral import NEUTRAL_WORDS, PERSONAL
from repatria.store import models
from repatria.store.projections.projection import Projection
from repatria.terms import ManifestId, PersonId
from repatria.terms.times import write_instant


def terms_rows(_subject: str, entries: Sequence[Entry]) -> Sequence[models.Seen]:
    """Every version of terms, with the parties that accepted exactly it."""
    accepted = [(entry.origin, said.digest) for entry, said in payloads_in(entries, TermsAccepted)]
    return [
        models.TermsRow(
            version=terms.version,
            author=entry.origin,
            document=dict(terms.document),
            digest=terms.digest,
            accepted_by=sorted({by for by, digest in accepted if digest == terms.digest}),
        )
        for entry, terms in payloads_in(entries, TermsProposed)
    ]


def plan_rows(_subject: str, entries: Sequence[Entry]) -> Sequence[models.Seen]:
    """A plan, with the parties that accepted exactly it."""
    proposed = next((e for e in entries if e.statement.kind == "plan.proposed"), None)
    if proposed is None:
        return []
    plan = payload_of(proposed, PlanProposed)
    accepted = sorted(
        {
            entry.origin
            for entry, said in payloads_in(entries, PlanAccepted)
            if said.digest == plan.digest
        }
    )
    return [
        models.PlanRow(
            author=proposed.origin,
            terms=plan.terms_id,
            status=plan.status,
            selected=list(plan.selected),
            left_out=list(plan.left_out),
            levels=[dict(level) for level in plan.levels],
            reasons={one: _told(reason) for one, reason in plan.reasons.items()},
            digest=plan.digest,
            accepted_by=accepted,
            recorded_at=proposed.statement.recorded_at,
        )
    ]


def _told(reason: Mapping[str, Any]) -> Mapping[str, Any]:
    """A reason as every party may read it; plans of before there was one name say more."""
    if reason.get("code") not in PERSONAL:
        return reason
    return {"code": NOT_AVAILABLE, "rules": [PERSONAL_GROUNDS], "sentence": NEUTRAL_WORDS}


def schedule_rows(_subject: str, entries: Sequence[Entry]) -> Sequence[models.Seen]:
    """A schedule, with the parties that accepted exactly it."""
    proposed = next((e for e in entries if e.statement.kind == "schedule.proposed"), None)
    if proposed is None:
        return []
    said = payload_of(proposed, ScheduleProposed)
    return [
        models.ScheduleRow(
            author=proposed.origin,
            plan=said.plan_id,
            schedule=dict(said.schedule),
            lines=[to_json(line) for line in said.lines],
            digest=said.digest,
            accepted_by=sorted(
                {
                    e.origin
                    for e in entries
                    if e.statement.kind == "schedule.accepted"
                    and payload_of(e, ScheduleAccepted).digest == said.digest
                }
            ),
            recorded_at=proposed.statement.recorded_at,
        )
    ]


def manifest_rows(_subject: str, entries: Sequence[Entry]) -> Sequence[models.Seen]:
    """A manifest as it now stands."""
    manifest = fold_manifest(entries)
    if manifest is None:
        return []
    comparison = compare_receipts(manifest, entries)
    frozen = next(e for e in entries if e.ref == manifest.ref)
    return [
        models.ManifestRow(
            author=manifest.by,
            plan=manifest.plan_id,
            crossing_point=manifest.crossing_point,
            lines=[_line_row(line) for line in manifest.lines],
            accepted_by=sorted(manifest.accepted_by),
            substitutions=[
                {
                    "id": s.substitution_id,
                    "outgoing": s.outgoing,
                    "incoming": s.incoming,
                    "reason": s.reason,
                    "accepted_by": sorted(s.accepted_by),
                    "in_force": s.in_force,
                }
                for s in manifest.substitutions
            ],
            digest=manifest.digest_as_amended,
            receipts={
                "given": sorted(comparison.by_party),
                "missing": list(comparison.missing_from),
                "confirmed": sorted(comparison.confirmed),
                "one_sided": [
                    {"person": o.person, "said_by": o.said_by} for o in comparison.one_sided
                ],
                "incidents": {p: r.incident for p, r in sorted(comparison.by_party.items())},
            },
            recorded_at=frozen.statement.recorded_at,
        )
    ]


def _line_row(line: ManifestLine) -> dict[str, str | int]:
    return {
        "number": line.number,
        "person": line.person,
        "giver": line.giver,
        "receiver": line.receiver,
        "code": line.code,
    }


_ON_THE_WAY = frozenset(
    {
        "availability.stated",
        "clearance.given",
        "consent.stated",
        "crossing.recorded",
        "crossing.withdrawn",
        "gate.checked",
        "refusal.overridden",
    }
)


def crossing_rows(subject: str, entries: Sequence[Entry]) -> Sequence[models.Seen]:
    """Where a person is on the way; nothing for those of whom only the place is known."""
    told = [entry for entry in entries if entry.statement.kind in _ON_THE_WAY]
    if not told:
        return []
    person = PersonId(subject)
    state = fold_crossing(person, entries)
    # The row holds what was said; whether a clearance is still valid is asked when it is read.
    latest = max(told, key=lambda entry: entry.statement.recorded_at)
    ready = readiness_of(person, entries, latest.statement.recorded_at)
    manifest_id = ManifestId(next(iter(latest.statement.about[1:]), ""))
    gate = fold_gate(person, entries, manifest_id=manifest_id)
    neglected = findings_on_the_way(person, entries, state, manifest_id=manifest_id)
    named = [
        payload_of(e, ConsentStated).may_be_named
        for e in entries
        if e.statement.kind == "consent.stated"
    ]
    return [
        models.CrossingRow(
            cleared=ready.cleared,
            valid_until=ready.clearance_valid_until,
            willing=ready.consents,
            available=ready.available,
            willing_at_the_line=ready.at_the_line,
            may_be_named=bool(named) and named[-1],
            state=state.state,
            crossed_at=state.crossed_at,
            departed_at=state.departed_at,
            mode=state.mode,
            gate=gate.status,
            checked_by=sorted(gate.by_code | gate.by_looks),
            overridden_by=ready.overridden_by,
            events=[_event_row(happening) for happening in state.events],
            findings=sorted({finding.code for finding in (*state.findings, *neglected)}),
        )
    ]


def _event_row(happening: Happening) -> dict[str, str | bool]:
    return {
        "event": happening.event,
        "occurred_at": write_instant(happening.occurred_at),
        "recorded_at": write_instant(happening.recorded_at),
        "by": happening.by,
        "ref": happening.ref,
        "late": happening.late,
        "counts": happening.counts,
    }


PROJECTIONS = (
    Projection(
        model=models.TermsRow,
        subject="terms",
        kinds=frozenset({"terms.proposed", "terms.accepted"}),
        rows=terms_rows,
    ),
    Projection(
        model=models.PlanRow,
        subject="plan",
        kinds=frozenset({"plan.proposed", "plan.accepted"}),
        rows=plan_rows,
    ),
    Projection(
        model=models.ScheduleRow,
        subject="schedule",
        kinds=frozenset({"schedule.proposed", "schedule.accepted"}),
        rows=schedule_rows,
    ),
    Projection(
        model=models.ManifestRow,
        subject="manifest",
        kinds=frozenset(
            {
                "manifest.frozen",
                "manifest.accepted",
                "substitution.proposed",
                "substitution.accepted",
                "receipt.given",
            }
        ),
        rows=manifest_rows,
    ),
    Projection(
        model=models.CrossingRow,
        subject="person",
        kinds=_ON_THE_WAY | {"custody.placed"},
        rows=crossing_rows,
    ),
)
