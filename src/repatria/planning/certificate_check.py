"""Is this plan true, and is its proof a proof? Without a solver, in whole numbers.

For a party that trusts neither the other's program nor any solver. It reads the
`px/0` question and the plan and counts everything again: who may go, every rule,
every level, whose turn it is. A bound is checked as a refutation: rows added up
with whole multipliers that no choice of persons can satisfy. Only the standard
library is imported, `certificate_question` and `certificate_proof`, so that all three can
be read in one sitting and written again by somebody else. `docs/formats/plan.md` says the same in
words.
"""

import hashlib
import json
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from repatria.planning.certificate_proof import Limits, refutes
from repatria.planning.certificate_question import Question, Vector, days_of

# What this checker can read: an older one has fewer kinds of splits.
FORMATS = ("repatria/plan/1", "repatria/plan/2")


def check_plan(question: dict[str, Any], plan: dict[str, Any]) -> tuple[list[str], list[str]]:
    """What is wrong with a plan, and which levels rest on the solver's word alone.

    Args:
        question: a `px/0` document.
        plan: the plan for it.

    Returns:
        Findings, empty when the plan is true; and ids of levels without a proof.
    """
    body = {key: value for key, value in plan.items() if key != "digest"}
    if plan.get("digest") != digest_of(body):
        return ["digest: the plan was changed after it was made"], []
    if plan.get("format") not in FORMATS:
        return [f"format: is none of {', '.join(FORMATS)}"], []
    try:
        return _check(Question(question), plan)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError) as error:
        return [f"the plan is not readable: {type(error).__name__}"], []


def digest_of(body: object) -> str:
    """SHA-256 of the JSON with sorted keys and no spaces, hexadecimal."""
    text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _check(question: Question, plan: dict[str, Any]) -> tuple[list[str], list[str]]:
    certificate = plan.get("certificate") or {}
    if plan["status"] == "infeasible":
        if plan["selected"] or plan["levels"]:
            return ["status: an infeasible plan chooses somebody"], []
        proof = certificate.get("infeasible")
        if proof is None:
            return [], ["infeasible"]
        limits = _limits(question, {}, [])
        return ([] if refutes(question, limits, proof) else ["infeasible: is not shown"]), []
    selected, numbers = plan["selected"], []
    if selected != sorted(set(selected)):
        return ["selected: each id once, sorted"], []
    if any(one not in question.by_id for one in selected):
        return ["selected: somebody is not in the question"], []
    chosen = {question.by_id[one] for one in selected}
    findings = [] if plan["levels"] or not selected else ["levels: are missing"]
    covered = 0
    for units in question.classes.values():
        goes = [unit for unit in units if chosen.issuperset(question.units[unit])]
        covered += sum(len(question.units[unit]) for unit in goes)
        numbers.append(len(goes))
        split = 0 < len(goes) < len(units)
        if split and set(goes) != set(_turns(question, units)[: len(goes)]):
            findings.append("selected: somebody goes out of turn")
    if covered != len(chosen):
        findings.append("selected: somebody cannot be chosen, or a family is split")
    findings += _check_rules(question, plan, numbers)
    if not findings:
        return _check_levels(question, plan, certificate, numbers)
    return findings, []


def _check_rules(question: Question, plan: dict[str, Any], numbers: list[int]) -> Iterator[str]:
    for rule in question.rules:
        value = _total(question, f"rule:{rule['id']}", numbers)
        low, high = rule.get("lo"), rule.get("hi")
        if (low is not None and value < low) or (high is not None and value > high):
            yield f"rule {rule['id']}: is broken"
    cap = question.document.get("cycle_cap")
    ways: Vector = {}
    for ring, count in plan.get("rounds", {}).items():
        nodes = ring.split(">")
        if not cap or not 2 <= len(nodes) <= cap or len(set(nodes)) != len(nodes) or count < 0:
            yield "rounds: not a round that the terms allow"
        for giver, taker in pairwise([*nodes, nodes[0]]):
            ways[f"arc:{giver}>{taker}"] = ways.get(f"arc:{giver}>{taker}", 0) + count
    arcs = {name for name in question.names if name.startswith("arc:")}
    if cap and any(_total(question, n, numbers) != ways.get(n, 0) for n in arcs.union(ways)):
        yield "rounds: do not add up to who goes"


def _check_levels(
    question: Question,
    plan: dict[str, Any],
    certificate: dict[str, Any],
    numbers: list[int],
) -> tuple[list[str], list[str]]:
    findings, trusted = [], []
    if [level["id"] for level in plan["levels"]] != [level["id"] for level in question.levels]:
        return ["levels: are not those of the question"], []
    proofs = certificate.get("levels") or {}
    if set(proofs) - {level["id"] for level in question.levels}:
        return ["certificate: speaks of other levels"], []
    reached: Vector = {}
    for level, stated in zip(question.levels, plan["levels"], strict=True):
        name, value, bound = level["id"], stated["value"], stated["bound"]
        if value != _value(question, level, numbers):
            findings.append(f"level {name}: is miscounted")
        if bound < value or stated["proven"] != (bound == value):
            findings.append(f"level {name}: says wrongly what is proven")
        if name not in proofs:
            if value != _value(question, level, question.sizes):
                trusted.append(name)
        elif not refutes(question, _limits(question, reached, [(level, bound + 1)]), proofs[name]):
            findings.append(f"level {name}: its bound is not shown")
        reached[name] = value
    proven = all(level["proven"] for level in plan["levels"])
    if plan["status"] != ("optimal" if proven else "time_limit"):
        findings.append("status: optimal means that every level is proven")
    return findings, trusted


def _value(question: Question, level: dict[str, Any], numbers: list[int]) -> int:
    if level["kind"] != "maxmin":
        return _total(question, f"level:{level['id']}", numbers)
    ours = [name for name in question.totals if name.startswith(f"group:{level['id']}:")]
    shares = (1000 * _total(question, name, numbers) // question.totals[name] for name in ours)
    return min(shares, default=1000)


def _total(question: Question, row: str, numbers: list[int]) -> int:
    return sum(weight * numbers[place] for place, weight in question.row(row))


def _limits(question: Question, reached: Vector, more: list[tuple[dict[str, Any], int]]) -> Limits:
    """The limits of all rows: rules, arcs, and what each level must reach."""
    limits: Limits = {f"rule:{r['id']}": (r.get("lo"), r.get("hi")) for r in question.rules}
    known = [(level, reached[level["id"]]) for level in question.levels if level["id"] in reached]
    for level, floor in [*known, *more]:
        if level["kind"] != "maxmin":
            limits[f"level:{level['id']}"] = (floor, None)
            continue
        for name, total in question.totals.items():
            if name.startswith(f"group:{level['id']}:"):
                limits[name] = (-(-floor * total // 1000), None)
    return limits


def _turns(question: Question, units: list[int]) -> list[int]:
    def turn(unit: int) -> tuple[int, str]:
        members = [question.people[n] for n in question.units[unit]]
        text = "\n".join([question.nonce, "turn", *sorted(person["id"] for person in members)])
        longest = max(days_of(person) for person in members)
        return -longest, hashlib.sha256(text.encode()).hexdigest()

    return sorted(units, key=turn)
