"""`terms`, `plan`, `freeze`, `substitute`: who goes for whom."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from repatria.cli.console import DONE, OPERATOR, REFUSED, WRONG_CALL, err, plain_errors
from repatria.cli.progress import STOPPED, interruptible
from repatria.terms import ManifestId, PartyCode, PersonId, PlanId, Role
from repatria.wiring.installation import Installation


def plan(home: Path, *, terms: str, parties: Sequence[str], time_limit: float = 60.0) -> int:
    """Solve a plan and show it; the best found, when somebody stops."""
    from repatria.operations.agreement import (  # noqa: PLC0415 -- the solver
        asked_under,
        propose_plan,
    )
    from repatria.operations.trials import solve_exchange  # noqa: PLC0415 -- same

    codes = [PartyCode(p) for p in parties]
    ending = [DONE]
    with plain_errors() as code, interruptible() as stopped:
        installation = Installation.at(home)
        with installation.open():
            desk = installation.desk(OPERATOR, Role.NEGOTIATOR)
            solved = solve_exchange(
                asked_under(desk.log, terms, codes),
                seconds=time_limit,
                report=lambda found: _tell_levels("best so far", found.plan.levels),
                cancelled=stopped,
            )
            if stopped() or solved is None:
                ending = [STOPPED if stopped() else REFUSED]
                _tell_unfinished(solved)
            else:
                _tell_plan(propose_plan(desk, solved, parties=codes))
        installation.close()
    return code[0] or ending[0]


def _tell_plan(made: Any) -> None:
    err.print(f"{made.plan_id}: {len(made.selected)} go, {len(made.left_out)} stay")
    for level in made.levels:
        proven = "proven" if level["proven"] else "not proven"
        err.print(f"  {level['id']}: {level['value']} ({proven})")
    for person, reason in made.reasons.items():
        err.print(f"  {person}: {reason['sentence']}")


def _tell_unfinished(solved: Any) -> None:
    if solved is None:
        err.print("nothing was found in the time given; nothing is written down")
        return
    _tell_levels(f"{len(solved.plan.selected)} would go", solved.plan.levels)
    err.print("it is not proven best, so that nothing is written down")


def _tell_levels(title: str, levels: Sequence[Any]) -> None:
    said = "; ".join(
        f"{level.id} {level.value}"
        + ("" if level.proven else f" of at most {level.bound} (gap {level.bound - level.value})")
        for level in levels
    )
    err.print(f"  {title}: {said}")


def schedule(
    home: Path,
    *,
    plan_id: str,
    per_day: int,
    days: int | None,
    most_ahead: int | None,
    alternating: bool,
    time_limit: float,
    propose: bool,
) -> int:
    """Solve a schedule for a plan, show it day by day, and propose it when asked to."""
    from repatria.operations.agreement import latest_terms, plan_of  # noqa: PLC0415 -- the solver
    from repatria.operations.schedule_agreement import (  # noqa: PLC0415 -- same
        going_in,
        propose_schedule,
    )
    from repatria.operations.schedules import question_for, schedule_for  # noqa: PLC0415 -- same
    from repatria.planning import terms_from_json  # noqa: PLC0415 -- same

    with plain_errors() as code, interruptible() as stopped:
        installation = Installation.at(home)
        with installation.open():
            desk = installation.desk(OPERATOR, Role.NEGOTIATOR)
            made, _entry = plan_of(desk.log, PlanId(plan_id))
            terms = terms_from_json(latest_terms(desk.log, made.terms_id)[0].document)
            going = going_in(desk.log, made)
            question = question_for(
                going,
                terms,
                per_day=per_day,
                days=days,
                most_ahead=most_ahead,
                simultaneous=not alternating,
            )
            found = schedule_for(going, terms, question, seconds=time_limit, cancelled=stopped)
            _tell_schedule(found)
            if propose and not stopped():
                said = propose_schedule(desk, plan_id=PlanId(plan_id), schedule=found)
                err.print(f"{said.schedule_id} is proposed; both parties sign it")
        installation.close()
        return code[0] or (STOPPED if stopped() else DONE)
    return code[0]


def _tell_schedule(found: Any) -> None:
    if found.most_ahead is None:
        err.print(f"{found.status}: {found.reason or 'no schedule was found'}")
        return
    proven = "proven" if found.proven else "best found"
    err.print(f"nobody is ever ahead by more than {found.most_ahead} ({proven})")
    for day in found.tranches:
        when = f"day {day.number}" + (f", {day.on}" if day.on else "")
        counts = ", ".join(f"{count} from {party}" for party, count in day.crosses.items())
        stop = "; ".join(
            f"{party} given {has['given_persons']}, received {has['received_persons']}, "
            f"ahead by {has['exposure']}"
            for party, has in day.stopped.items()
        )
        err.print(f"  {when}: {counts}; if it stops here: {stop}")


def propose(home: Path, *, document: Path, parties: Sequence[str]) -> int:
    """Propose terms from a file."""
    from repatria.operations.agreement import propose_terms  # noqa: PLC0415 -- the solver
    from repatria.planning import UnreadableTermsError, terms_from_json  # noqa: PLC0415 -- same

    with plain_errors() as code:
        installation = Installation.at(home)
        try:
            terms = terms_from_json(json.loads(document.read_text("utf-8")))
        except (UnreadableTermsError, ValueError) as wrong:
            err.print(f"{document.name}: {wrong}")
            return WRONG_CALL
        with installation.open():
            propose_terms(
                installation.desk(OPERATOR, Role.NEGOTIATOR),
                terms,
                parties=[PartyCode(p) for p in parties],
            )
        installation.close()
        err.print(f"terms {terms.id}, version {terms.version}, proposed:")
        for rule in terms.rules:
            err.print(f"  {rule.in_words()} ({rule.id})")
    return code[0]


def freeze(home: Path, *, plan_id: str, crossing_point: str) -> int:
    """Freeze the manifest of an accepted plan."""
    from repatria.operations.manifests import freeze_manifest  # noqa: PLC0415 -- the solver

    with plain_errors() as code:
        installation = Installation.at(home)
        with installation.open():
            made = freeze_manifest(
                installation.desk(OPERATOR, Role.HANDOVER_OFFICER),
                plan_id=PlanId(plan_id),
                crossing_point=crossing_point,
            )
        installation.close()
        err.print(f"{made} is frozen; both parties sign it before anybody departs")
    return code[0]


def substitute(home: Path, *, manifest: str, person: str, reason: str) -> int:
    """Propose whoever comes next under the terms in place of somebody on a manifest."""
    from repatria.operations.manifests import (  # noqa: PLC0415 -- the solver
        propose_substitution,
    )

    with plain_errors() as code:
        installation = Installation.at(home)
        with installation.open():
            made = propose_substitution(
                installation.desk(OPERATOR, Role.HANDOVER_OFFICER),
                manifest_id=ManifestId(manifest),
                outgoing=PersonId(person),
                reason=reason,
            )
        installation.close()
        err.print(f"{made.incoming} is proposed; both parties accept it before it is in force")
    return code[0]
