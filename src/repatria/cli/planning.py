"""`plan INSTANCE` and `plan check`: a question in, a plan that others can check out.

Apart from the other commands: it opens no installation and no connection, and
loads nothing that it has no need of.
"""

import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from time import monotonic
from typing import Any

from repatria.cli import staging
from repatria.cli.progress import DONE, REFUSED, STOPPED, WRONG_CALL, interruptible, say

_INDENT = 1
_TELLS_EVERY_SECONDS = 5.0


def solve(
    instance: Path,
    *,
    out: Path | None,
    explain: Sequence[str],
    time_limit: float,
    solver: str,
    cycle_cap: int = 3,
    chain_cap: int = 0,
) -> int:
    """Solve a question, write the plan, say why somebody is not in it."""
    from repatria.planning.reading import (  # noqa: PLC0415 -- numbers take time to load
        UnreadableInstanceError,
        read_instance,
    )

    if time_limit <= 0:
        say("the time limit is a positive number of seconds")
        return WRONG_CALL
    if out is not None and not out.parent.is_dir():
        say(f"there is no folder {out.parent}")
        return WRONG_CALL
    content = _content(instance)
    if content is None:
        return WRONG_CALL
    if staging.answers(instance, content):
        return staging.solve(
            instance,
            content,
            out=out,
            explain=bool(explain),
            time_limit=time_limit,
            cycle_cap=cycle_cap,
            chain_cap=chain_cap,
        )
    try:
        question = read_instance(content)
    except UnreadableInstanceError as wrong:
        say(f"refused: {instance.name}: {wrong}")
        return REFUSED
    levels = {level.id for level in question.levels}
    strangers = sorted(set(explain).difference(question.ids, levels))
    if strangers:
        say(f"{', '.join(strangers)}: neither a person nor a priority in {instance.name}")
        return WRONG_CALL
    try:
        with interruptible() as stopped:
            plan = _answer(question, explain, time_limit, solver, stopped)
            ending = STOPPED if stopped() else DONE
    except KeyboardInterrupt:
        say("stopped; nothing was written")
        return STOPPED
    if plan is None:
        say("stopped before anything was found")
        return STOPPED
    _write(plan, out, instance)
    return ending


def _answer(
    question: Any,
    explain: Sequence[str],
    time_limit: float,
    solver: str,
    stopped: Callable[[], bool],
) -> Any:
    """The plan; the best that was found when somebody stopped; None when nothing was."""
    from repatria.planning.answering import (  # noqa: PLC0415 -- as above
        AnswerCancelledError,
        plan_document,
        solve_instance,
        with_lottery,
    )
    from repatria.planning.solvers import Engine  # noqa: PLC0415 -- as above

    first = Engine(solver)
    engines = (first, *(engine for engine in Engine if engine is not first))
    question = with_lottery(question)
    say(f"{question.id or 'question'}: {len(question)} persons, {len(question.rules)} rules")
    names = [level.id for level in question.levels]
    try:
        classes, reached = solve_instance(
            question,
            seconds=time_limit,
            engines=engines,
            on_progress=lambda found: _tell_progress(names, found),
            cancelled=_telling_time(stopped),
        )
    except AnswerCancelledError:
        return None
    if stopped() and reached.numbers is None:
        return None
    made = plan_document(question, classes, reached)
    if explain and not stopped():
        made["explanations"] = _explanations(explain, classes, reached, time_limit)
    return made


def _explanations(explain: Sequence[str], classes: Any, reached: Any, time_limit: float) -> Any:
    """Why each of these persons is not in the plan, or each of these levels not higher."""
    from repatria.planning.neutral import neutral  # noqa: PLC0415 -- as above
    from repatria.planning.reasons import Explainer, reason_to_json  # noqa: PLC0415 -- as above
    from repatria.planning.shadows import what_binds  # noqa: PLC0415 -- as above

    explainer = Explainer(classes, reached, seconds=time_limit)
    persons, said = set(classes.instance.ids), {}
    for each in explain:
        if each in persons:
            said[each] = reason_to_json(neutral(explainer.why_not(each)))
            say(f"{each}: {said[each]['sentence']}")
            continue
        try:
            shadows = what_binds(classes, reached, each, seconds=time_limit)
        except ValueError as wrong:
            say(str(wrong))
            continue
        said[each] = {"without": {shadow.rule: shadow.value for shadow in shadows}}
        words = [f"without {shadow.rule} it could be {shadow.value}" for shadow in shadows]
        say(f"{each}: {'; '.join(words) or 'no rule alone holds it down'}")
    return said


def _telling_time(stopped: Callable[[], bool]) -> Callable[[], bool]:
    """The same question, which says now and then for how long it has gone on."""
    begun = last = monotonic()

    def asked() -> bool:
        nonlocal last
        now = monotonic()
        if now - last >= _TELLS_EVERY_SECONDS:
            last = now
            say(f"  computing for {now - begun:.0f} s; Ctrl-C stops and keeps the best found")
        return stopped()

    return asked


def _tell_progress(names: Sequence[str], reached: Any) -> None:
    """The best plan so far, and how far each level is from what no plan exceeds."""
    levels = "; ".join(
        f"{name} {r.value}"
        + ("" if r.proven else f" of at most {r.bound} (gap {r.bound - r.value})")
        for name, r in zip(names, reached.levels, strict=False)
    )
    say(f"  best so far after {reached.seconds:.1f} s: {levels}")


def _write(plan: dict[str, Any], out: Path | None, instance: Path) -> None:
    from repatria.planning.answering import signed_off  # noqa: PLC0415 -- as above

    _tell_result(plan)
    if out is None:
        sys.stdout.write(json.dumps(signed_off(plan, ""), indent=_INDENT) + "\n")
        return
    # Where the question lies, seen from the plan: so that `plan check PLAN` finds it.
    try:
        place = Path(os.path.relpath(instance.resolve(), out.resolve().parent)).as_posix()
    except ValueError:
        place = instance.name
    text = json.dumps(signed_off(plan, place), indent=_INDENT)
    beside = out.with_name(f".{out.name}.part")
    beside.write_text(text + "\n", "utf-8")
    beside.replace(out)


def _tell_result(plan: dict[str, Any]) -> None:
    say(f"status: {plan['status']}; {len(plan['selected'])} go")
    for level in plan["levels"]:
        proven = "proven" if level["proven"] else f"best found, at most {level['bound']}"
        say(f"  {level['id']}: {level['value']} ({proven})")
    if plan["conflict"]:
        say("these rules cannot hold together: " + ", ".join(plan["conflict"]))
    for note in plan["notes"]:
        say(f"note: {note}")
    if plan["owed"]:
        say(f"owed by law and not in the plan: {len(plan['owed'])}")


def check(plan: Path, *, instance: Path | None) -> int:
    """Check a plan without a solver; say what rests on the solver's word alone."""
    from repatria.planning.certificate_check import check_plan  # noqa: PLC0415 -- as above

    document = _document(plan)
    if document is None:
        return WRONG_CALL
    place = instance or _place_of(document, plan)
    if staging.checks(document):
        return staging.check(document, place)
    if place is None:
        say("the question of this plan is not where the plan says; name it with --instance")
        return WRONG_CALL
    content = _content(place)
    if content is None:
        return WRONG_CALL
    return _check(document, content, place, check_plan)


def _check(document: Any, content: bytes, place: Path, check_plan: Any) -> int:
    from hashlib import sha256  # noqa: PLC0415 -- as above

    from repatria.planning.reading import (  # noqa: PLC0415 -- as above
        UnreadableInstanceError,
        read_instance,
    )

    named = document.get("instance") if isinstance(document, dict) else None
    if not isinstance(named, dict):
        say("refused: this is not a plan")
        return REFUSED
    if named.get("sha256") != sha256(content).hexdigest():
        say(f"refused: {place.name} is not the question this plan answers")
        return REFUSED
    try:
        read_instance(content)
    except UnreadableInstanceError as wrong:
        say(f"refused: {place.name}: {wrong}")
        return REFUSED
    findings, trusted = check_plan(json.loads(content), document)
    for finding in findings:
        say(f"refused: {finding}")
    if findings:
        return REFUSED
    certified = [level["id"] for level in document["levels"] if level["id"] not in trusted]
    say(f"the plan keeps every rule and counts right: {document['status']}")
    if document["status"] == "infeasible" and not trusted:
        certified = ["that there is no plan"]
    say(f"proven in whole numbers, without a solver: {', '.join(certified) or 'nothing'}")
    if trusted:
        say(f"the solver's word: {', '.join(trusted)}")
    return DONE


def _place_of(document: Any, plan: Path) -> Path | None:
    """Where the question lies: as the plan says, or beside it."""
    named = document.get("instance") if isinstance(document, dict) else None
    file = named.get("file") if isinstance(named, dict) else None
    if not isinstance(file, str) or not file:
        return None
    for place in (plan.parent / file, plan.parent / Path(file).name, Path(Path(file).name)):
        if place.is_file():
            return place
    return None


def _document(path: Path) -> Any:
    content = _content(path)
    if content is None:
        return None
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        say(f"{path.name} is not JSON in UTF-8")
        return None


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        say(f"no such file: {path}")
    except OSError as failed:
        say(f"{path.name} could not be read: {failed.strerror or 'input/output error'}")
    return None
