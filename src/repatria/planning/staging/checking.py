"""Is this schedule true, and is its proof a proof? Without a solver, in whole numbers.

For a party that trusts neither the other's program nor any solver.
"""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from repatria.planning.staging.counting import after_tranche, exposures, level_values
from repatria.planning.staging.proof import InvalidProofError, proven_bound
from repatria.planning.staging.question import (
    Move,
    StagingQuestion,
    UnreadableStagingError,
    canonical,
)
from repatria.planning.staging.reading import staging_from_json, staging_to_json
from repatria.planning.staging.report import PLAN_FORMAT, digest_of

Json = dict[str, Any]
_SCHEDULED = ("optimal", "feasible")
_STANDING = ("given_persons", "received_persons", "given_value", "received_value", "exposure")
_LINE = {
    "holder": "holder",
    "claimant": "claimant",
    "site": "site",
    "tier": "tier",
}


def check_staging(plan: Json, question: object = None) -> tuple[list[str], list[str]]:
    """What is wrong with a plan, and which levels rest on the solver's word alone.

    Args:
        plan: the document.
        question: the `px-stage/0` document that was asked; without it the one in the plan.

    Returns:
        Findings, each with its place, empty when the plan is true; and ids of levels
        whose bound no certificate proves.
    """
    if plan.get("format") != PLAN_FORMAT:
        return [f'format: expected "{PLAN_FORMAT}"'], []
    if plan.get("digest") != digest_of(plan):
        return ["digest: the plan was changed after it was made"], []
    try:
        asked = canonical(staging_from_json(plan["question"]))
        if staging_to_json(asked) != plan["question"]:
            return ["question: its classes are not in order"], []
        if question is not None and canonical(staging_from_json(question)) != asked:
            return ["question: the plan answers another one"], []
        findings = list(_findings(plan, asked))
        word = [
            each["id"]
            for each in plan["levels"]
            if each["proven"] and each["proved_by"] != "certificate"
        ]
    except (
        UnreadableStagingError,
        KeyError,
        TypeError,
        ValueError,
        AttributeError,
        IndexError,
        RecursionError,
    ) as error:
        return [f"the plan is not readable: {type(error).__name__}"], []
    return findings, word


def _findings(plan: Json, question: StagingQuestion) -> Iterator[str]:
    tranches, status = plan["T"], plan["status"]
    if status not in (*_SCHEDULED, "infeasible", "time-limit"):
        yield "status: not one that is known"
    if question.tranches is not None and status in _SCHEDULED and tranches != question.tranches:
        yield f"T: {question.tranches} tranches were asked for"
    if status in _SCHEDULED:
        moves = tuple(
            Move(tranche=line["tranche"], unit_class=line["class"], count=line["units"])
            for line in plan["schedule"]
        )
        yield from _schedule(plan, question, moves)
        yield from _levels(plan, question, moves)
    elif any(key in plan for key in ("schedule", "E", "exposure", "if_stopped_after")):
        yield "schedule: there is one, and the status says there is none"
    else:
        yield from _no_schedule(plan, question)


def _schedule(plan: Json, question: StagingQuestion, moves: tuple[Move, ...]) -> Iterator[str]:
    tranches = plan["T"]
    gone: Counter[int] = Counter()
    load: Counter[tuple[str, int]] = Counter()
    if list(moves) != sorted(moves):
        yield "schedule: not in order"
    for number, (move, line) in enumerate(zip(moves, plan["schedule"], strict=True)):
        place = f"schedule[{number}]"
        whole = (move.tranche, move.unit_class, move.count)
        if any(isinstance(each, bool) or not isinstance(each, int) for each in whole):
            yield f"{place}: not in whole numbers"
            return
        if not 0 <= move.unit_class < len(question.classes) or move.count < 1:
            yield f"{place}: no such class, or nobody"
            return
        each = question.classes[move.unit_class]
        if not each.ready <= move.tranche < tranches:
            yield f"{place}: not ready yet, or after the last tranche"
            return
        gone[move.unit_class] += move.count
        load[each.site, move.tranche] += move.count * each.size
        if any(line[key] != getattr(each, name) for key, name in _LINE.items()):
            yield f"{place}: describes another class"
        if (line["persons"], line["value"]) != (move.count * each.size, move.count * each.value):
            yield f"{place}: persons or value miscounted"
    for number, each in enumerate(question.classes):
        if gone[number] != each.count:
            yield f"class {number}: {gone[number]} units go, {each.count} should"
    for (site, tranche), persons in sorted(load.items()):
        if persons > question.room(site, tranche):
            yield f"{site}, tranche {tranche}: {persons} persons, too many"


def _levels(plan: Json, question: StagingQuestion, moves: tuple[Move, ...]) -> Iterator[str]:
    tranches = plan["T"]
    peaks = exposures(question, moves, tranches)
    if plan["exposure"] != peaks:
        yield "exposure: miscounted"
    for party, most in question.agreed.items():
        if max(peaks[party]) > most:
            yield f"exposure.{party}: above what was agreed"
    for last, standings in enumerate(plan["if_stopped_after"]):
        counted = {
            each.party: {key: getattr(each, key) for key in _STANDING}
            for each in after_tranche(question, moves, last)
        }
        if standings != counted:
            yield f"if_stopped_after[{last}]: miscounted"
    if len(plan["if_stopped_after"]) != tranches:
        yield "if_stopped_after: not one for each tranche"
    values = level_values(question, moves, tranches)
    if [each["id"] for each in plan["levels"]] != list(values):
        yield "levels: not those of the question"
        return
    if plan["E"] != values["E"]:
        yield "E: miscounted"
    yield from _bounds(plan, question, values)


def _bounds(plan: Json, question: StagingQuestion, values: dict[str, int]) -> Iterator[str]:
    earlier: dict[str, int] = {}
    all_proven = True
    for level in plan["levels"]:
        name = level["id"]
        if json.dumps(level["value"]) != json.dumps(values[name]):
            yield f"{name}: miscounted"
        if level["proven"] is not (all_proven and level["bound"] == values[name]):
            yield f"{name}: proven, or not?"
        all_proven = level["proven"]
        proof = plan["certificate"]["levels"].get(name)
        if (level["proved_by"] == "certificate") is not (proof is not None):
            yield f"{name}: names a certificate that is not there, or hides one"
        if level["proved_by"] not in (("certificate", "solver") if level["proven"] else ("none",)):
            yield f"{name}: nobody's word"
        if proof is not None:
            try:
                bound = proven_bound(question, plan["T"], name, earlier, proof)
            except (InvalidProofError, KeyError) as error:
                yield f"{name}: no proof: {error}"
            else:
                if bound < values[name]:
                    yield f"{name}: the certificate proves {bound} only"
        earlier[name] = values[name]
    if plan["status"] != ("optimal" if all_proven else "feasible"):
        yield "status: not what the levels say"


def _no_schedule(plan: Json, question: StagingQuestion) -> Iterator[str]:
    proof = plan["certificate"].get("no_schedule")
    if plan["status"] == "infeasible" and proof is not None:
        try:
            if proven_bound(question, plan["T"], None, {}, proof) <= 0:
                yield "certificate.no_schedule: proves nothing"
        except InvalidProofError as error:
            yield f"certificate.no_schedule: {error}"
