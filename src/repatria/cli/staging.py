"""`plan` for schedules (`px-stage/0`) and for cycles and chains (`.wmd`, `.txt`).

The file says what it is; nobody has to name a format.
"""

import json
import os
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

from repatria.cli.progress import DONE, REFUSED, STOPPED, WRONG_CALL, interruptible, say

_PACKING = frozenset({".wmd", ".dat", ".txt"})
_SCHEDULE_PLAN = "repatria/staging-plan/"
_PACKING_PLAN = "repatria/packing-plan/"


def answers(instance: Path, content: bytes) -> bool:
    """Whether the question is one of a schedule, or of cycles and chains."""
    return instance.suffix.lower() in _PACKING or b'"px-stage/' in content


def checks(plan: Any) -> bool:
    """Whether the plan is one of a schedule, or of cycles and chains."""
    kind = plan.get("format") if isinstance(plan, dict) else None
    return isinstance(kind, str) and kind.startswith((_SCHEDULE_PLAN, _PACKING_PLAN))


def solve(
    instance: Path,
    content: bytes,
    *,
    out: Path | None,
    explain: bool,
    time_limit: float,
    cycle_cap: int,
    chain_cap: int,
) -> int:
    """Solve it and write the plan."""
    if explain:
        say("--explain is for questions of the format px/0")
        return WRONG_CALL
    packing = instance.suffix.lower() in _PACKING
    ending = DONE
    try:
        if packing:
            plan = _pack(instance, content, time_limit, cycle_cap, chain_cap)
        else:
            with interruptible() as stopped:
                plan = _stage(instance, content, time_limit, stopped)
                ending = STOPPED if stopped() else DONE
    except KeyboardInterrupt:
        say("stopped; nothing was written")
        return STOPPED
    if plan is None:
        return REFUSED
    if packing:
        place = instance.name
        if out is not None:
            place = os.path.relpath(instance.resolve(), out.resolve().parent)
        plan["instance"] = {"file": Path(place).as_posix(), "sha256": sha256(content).hexdigest()}
    _tell(plan)
    text = json.dumps(plan, indent=1) + "\n"
    if out is None:
        sys.stdout.write(text)
        return ending
    beside = out.with_name(f".{out.name}.part")
    beside.write_text(text, "utf-8")
    beside.replace(out)
    return ending


def check(plan: dict[str, Any], place: Path | None) -> int:
    """Check a plan without a solver; say what rests on the solver's word alone."""
    content: bytes | None = None
    if place is not None:
        try:
            content = place.read_bytes()
        except OSError as failed:
            say(f"{place.name} could not be read: {failed.strerror or 'input/output error'}")
            return WRONG_CALL
    if plan["format"].startswith(_PACKING_PLAN):
        return _check_packing(plan, place, content)
    from repatria.planning.staging import check_staging  # noqa: PLC0415 -- numbers take time to load

    question: Any = None
    if content is not None:
        try:
            question = json.loads(content)
        except (ValueError, RecursionError):
            say("refused: the question is not JSON in UTF-8")
            return REFUSED
    findings, trusted = check_staging(plan, question)
    return _say_findings(plan, findings, trusted)


def _stage(
    instance: Path, content: bytes, seconds: float, stopped: Callable[[], bool]
) -> dict[str, Any] | None:
    from repatria.planning.staging import (  # noqa: PLC0415 -- as above
        UnreadableStagingError,
        answer_staging,
        read_staging,
    )

    try:
        question = read_staging(content)
    except UnreadableStagingError as wrong:
        say(f"refused: {instance.name}: {wrong}")
        return None
    persons = sum(each.size * each.count for each in question.classes)
    say(f"{question.base or 'question'}: {persons} persons, {len(question.sites)} sites")
    return answer_staging(question, seconds=seconds, cancelled=stopped, on_progress=_tell_schedule)


def _tell_schedule(plan: Any) -> None:
    """A schedule that was found before it is known whether there is a better one."""
    for level in plan.levels[:1]:
        bound = "" if level.bound is None else f", at least {level.bound}"
        say(f"  best so far: {plan.tranches} tranches, {level.id} {level.value}{bound}")


def _pack(
    instance: Path, content: bytes, seconds: float, cycle_cap: int, chain_cap: int
) -> dict[str, Any] | None:
    from repatria.planning.packing import (  # noqa: PLC0415 -- as above
        UnreadablePackingError,
        answer_packing,
        read_packing,
    )

    try:
        question = read_packing(content, cycle_cap=cycle_cap, chain_cap=chain_cap)
    except UnreadablePackingError as wrong:
        say(f"refused: {instance.name}: {wrong}")
        return None
    say(f"{instance.name}: {len(question.names)} vertices, {len(question.edges)} edges")
    return answer_packing(question, seconds=seconds)


def _tell(plan: dict[str, Any]) -> None:
    say(f"status: {plan['status']}")
    for level in plan["levels"]:
        bound = "unknown" if level["bound"] is None else level["bound"]
        proven = "proven" if level["proven"] else f"best found, bound {bound}"
        say(f"  {level['id']}: {level['value']} ({proven})")
    if plan.get("reason"):
        say(f"no schedule with {plan['T']} tranches: {plan['reason']}")
    if plan.get("T_needed"):
        say(f"there is one with {plan['T_needed']} tranches")


def _check_packing(plan: dict[str, Any], place: Path | None, content: bytes | None) -> int:
    from repatria.planning.packing import (  # noqa: PLC0415 -- as above
        UnreadablePackingError,
        check_packing,
        read_packing,
    )

    if content is None:
        say("the question of this plan is not where the plan says; name it with --instance")
        return WRONG_CALL
    try:
        if plan["instance"]["sha256"] != sha256(content).hexdigest():
            say(f"refused: {place.name if place else ''} is not the question this plan answers")
            return REFUSED
        question = read_packing(content, cycle_cap=plan["cycle_cap"], chain_cap=plan["chain_cap"])
        findings = check_packing(question, plan)
        trusted = [each["id"] for each in plan["levels"] if each["proven"]]
    except (UnreadablePackingError, KeyError, TypeError, ValueError, IndexError) as wrong:
        say(f"refused: the plan is not readable: {type(wrong).__name__}")
        return REFUSED
    return _say_findings(plan, findings, trusted)


def _say_findings(plan: dict[str, Any], findings: list[str], trusted: list[str]) -> int:
    for finding in findings:
        say(f"refused: {finding}")
    if findings:
        return REFUSED
    say(f"the plan keeps every limit and counts right: {plan['status']}")
    certified = [
        each["id"] for each in plan["levels"] if each["proven"] and each["id"] not in trusted
    ]
    if plan["status"] == "infeasible" and (plan.get("certificate") or {}).get("no_schedule"):
        certified = ["that there is no schedule"]
    say(f"proven in whole numbers, without a solver: {', '.join(certified) or 'nothing'}")
    if trusted:
        say(f"the solver's word: {', '.join(trusted)}")
    return DONE
