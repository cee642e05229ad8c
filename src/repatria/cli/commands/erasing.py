"""`erase`, `erasures`: who has to be forgotten, and who has done so."""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from repatria.cli.console import OPERATOR, REFUSED, WRONG_CALL, err, out_console, plain_errors
from repatria.ledger.kinds.statement_erased import ErasureReason
from repatria.ledger.statement import Entry
from repatria.terms import Refusal, Role
from repatria.wiring.erasure_file import replay_erasures
from repatria.wiring.installation import Installation
from repatria.wiring.residues import Cleaned, clean

if TYPE_CHECKING:
    from repatria.operations.erasure import Erasure, ErasurePlan  # the solver, at run time


def erase(
    home: Path,
    *,
    about: Sequence[str],
    place: Sequence[str],
    reason: str,
    although: Sequence[str],
    dry_run: bool,
    yes: bool,
) -> int:
    """Show what would go; once the count was typed, erase it and clean up."""
    from repatria.operations import erasure  # noqa: PLC0415 -- the solver

    with plain_errors() as code:
        try:
            known = ErasureReason(reason)
        except ValueError:
            err.print(f"no such reason; one of: {', '.join(ErasureReason)}")
            return WRONG_CALL
        installation = Installation.at(home)
        with installation.open():
            desk = installation.desk(OPERATOR, Role.REGISTRAR)
            plan = erasure.plan_erasure(desk, subjects=about, places=place, overriding=although)
            _print_plan(plan)
            Refusal.unless_empty(plan.objections)
            if dry_run:
                err.print("nothing was written")
            elif not yes and not _typed(plan.count + len(plan.gone)):
                err.print("that is not the number; nothing was written")
                code[0] = REFUSED
            else:
                erasure.erase(desk, subjects=about, places=place, reason=known, overriding=although)
                err.print("erased; the parties that were given it are told by the next packages")
                _print_cleaned(clean(installation))
        installation.close()
    return code[0]


def _typed(count: int) -> bool:
    err.print(f"This cannot be undone. Type the number of statements, {count}, to erase them:")
    return sys.stdin.readline().strip() == str(count)


def _print_plan(plan: "ErasurePlan") -> None:
    _print_entries("our own statements, erased everywhere", plan.ours)
    _print_entries("our copies of others' statements, erased here only", plan.copies)
    _print_entries("kept, because others rest on them", plan.kept)
    for origin, seq in plan.gone:
        err.print(f"erased before, and said again: {origin}/{seq}")
    for subject in plan.published:
        err.print(f"published, to be corrected by a new version: {subject}")


def _print_entries(title: str, entries: Iterable[Entry]) -> None:
    kinds = Counter(entry.statement.kind for entry in entries)
    if kinds:
        err.print(f"{title}: {kinds.total()}")
        for kind, count in sorted(kinds.items()):
            err.print(f"  {kind}: {count}")


def _print_cleaned(cleaned: Cleaned) -> None:
    for name in cleaned.deleted:
        err.print(f"deleted: {name}")
    for residue in cleaned.left:
        err.print(f"left: {residue.code}: {residue.where}")
    if cleaned.sql:
        err.print("the database's administrator must run:")
        for sql in cleaned.sql:
            err.print(f"  {sql}")
    if cleaned.is_clean:
        err.print("nothing that this program knows of is left on this machine;")
        err.print("backups, and processes that were running, are yours: see docs/erasure.md")


def erasures(home: Path, *, as_json: bool, clean_again: bool) -> int:
    """Say what was erased, and who has answered."""
    from repatria.operations.erasure import erasures as all_of_them  # noqa: PLC0415 -- the solver

    with plain_errors() as code:
        installation = Installation.at(home)
        with installation.open():
            again = replay_erasures(installation)
            if again:
                err.print(f"an older database had brought {again} bodies back; erased again")
            for each in all_of_them(installation.log()):
                if as_json:
                    sys.stdout.write(json.dumps(_as_json(each)) + "\n")
                    continue
                said = each.said
                out_console.print(
                    f"{each.entry.ref}: {said.origin} {said.places}: {said.reason}: "
                    f"{_answers(each)}"
                )
            if clean_again or again:
                cleaned = clean(installation)
                _print_cleaned(cleaned)
                code[0] = 0 if cleaned.is_clean else REFUSED
        installation.close()
    return code[0]


def _answers(each: "Erasure") -> str:
    if each.is_request:
        return "a request; not ours to obey, nothing was done"
    if not each.told:
        return "nobody else was given it"
    missing = ", ".join(sorted(each.waiting_for))
    return f"no answer yet from {missing}" if missing else "acknowledged by all"


def _as_json(each: "Erasure") -> dict[str, object]:
    return {
        "ref": each.entry.ref,
        "origin": each.said.origin,
        "places": each.said.places,
        "reason": each.said.reason,
        "recorded_at": each.entry.statement.recorded_at.isoformat(),
        "request": each.is_request,
        "acknowledged": sorted(each.acknowledged),
        "waiting_for": sorted(each.waiting_for),
    }
