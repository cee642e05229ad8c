"""`terms`, `plan`, `freeze`, `substitute`: who goes for whom."""

import json
from collections.abc import Sequence
from pathlib import Path

from repatria.cli.console import OPERATOR, WRONG_CALL, err, plain_errors
from repatria.terms import ManifestId, PartyCode, PersonId, PlanId, Role
from repatria.wiring.installation import Installation


def plan(home: Path, *, terms: str, parties: Sequence[str]) -> int:
    """Solve a plan and show it."""
    from repatria.operations.agreement import plan_exchange  # noqa: PLC0415 -- the solver

    with plain_errors() as code:
        installation = Installation.at(home)
        with installation.open():
            made = plan_exchange(
                installation.desk(OPERATOR, Role.NEGOTIATOR),
                terms_id=terms,
                parties=[PartyCode(p) for p in parties],
            )
        installation.close()
        err.print(f"{made.plan_id}: {len(made.selected)} go, {len(made.left_out)} stay")
        for level in made.levels:
            proven = "proven" if level["proven"] else "not proven"
            err.print(f"  {level['id']}: {level['value']} ({proven})")
        for person, reason in made.reasons.items():
            err.print(f"  {person}: {reason['sentence']}")
    return code[0]


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
