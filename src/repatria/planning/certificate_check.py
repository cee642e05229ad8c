"""Is this plan true, and is its proof a proof? Without a solver, in whole numbers.

For a party that trusts neither the other's program nor any solver. It reads the
`px/0` question and the plan and counts everything again: who may go, every rule,
every level, whose turn it is. A bound is checked as a refutation: rows added up
with whole multipliers that no choice of persons can satisfy. Only the standard
library is imported, and `certificate_question`, so that both can be read in one
sitting and written again by somebody else. `docs/formats/plan.md` says the same in
words.
"""

import hashlib
import json
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from repatria.planning.certificate_question import Question, Vector, days_of

Limits = dict[str, tuple[int | None, int | None]]


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
        return ([] if _refutes(question, limits, proof) else ["infeasible: is not shown"]), []
    selected, numbers = plan["selected"], []
    if selected != sorted(set(selected)):
        return ["selected: each id once, sorted"], []
    if any(one not in question.by_id for one in selected):
        return ["selected: somebody is not in the question"], []
    chosen = {question.by_id[one] for one in selected}
    findings = [] if plan["levels"] or not selected else ["levels: are missing"]
    covered = 0
    for look, units in question.classes.items():
        goes = [unit for unit in units if chosen.issuperset(question.units[unit])]
        covered += sum(len(question.units[unit]) for unit in goes)
        numbers.append((look, len(goes)))
        split = 0 < len(goes) < len(units)
        if split and set(goes) != set(_turns(question, units)[: len(goes)]):
            findings.append("selected: somebody goes out of turn")
    if covered != len(chosen):
        findings.append("selected: somebody cannot be chosen, or a family is split")
    findings += _check_rules(question, plan, dict(numbers))
    if not findings:
        return _check_levels(question, plan, certificate, dict(numbers))
    return findings, []


def _check_rules(
    question: Question, plan: dict[str, Any], numbers: dict[frozenset[tuple[str, int]], int]
) -> Iterator[str]:
    sums = _totals(numbers)
    for rule in question.rules:
        value = sums.get(f"rule:{rule['id']}", 0)
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
    if cap and {k: v for k, v in sums.items() if k.startswith("arc:")} != {
        k: v for k, v in ways.items() if v
    }:
        yield "rounds: do not add up to who goes"


def _check_levels(
    question: Question,
    plan: dict[str, Any],
    certificate: dict[str, Any],
    numbers: dict[frozenset[tuple[str, int]], int],
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
            if value != _most(question, level):
                trusted.append(name)
        elif not _refutes(question, _limits(question, reached, [(level, bound + 1)]), proofs[name]):
            findings.append(f"level {name}: its bound is not shown")
        reached[name] = value
    proven = all(level["proven"] for level in plan["levels"])
    if plan["status"] != ("optimal" if proven else "time_limit"):
        findings.append("status: optimal means that every level is proven")
    return findings, trusted


def _value(
    question: Question, level: dict[str, Any], numbers: dict[frozenset[tuple[str, int]], int]
) -> int:
    if level["kind"] == "hash":
        return sum(question.ticket(level, look) * n for look, n in numbers.items() if n)
    sums = _totals(numbers)
    if level["kind"] == "count":
        return sums.get(f"level:{level['id']}", 0)
    ours = [name for name in question.totals if name.startswith(f"group:{level['id']}:")]
    return min((1000 * sums.get(name, 0) // question.totals[name] for name in ours), default=1000)


def _most(question: Question, level: dict[str, Any]) -> int:
    return _value(question, level, {look: len(units) for look, units in question.classes.items()})


def _totals(numbers: dict[frozenset[tuple[str, int]], int]) -> Vector:
    sums: Vector = {}
    for look, number in numbers.items():
        for name, weight in look if number else ():
            sums[name] = sums.get(name, 0) + weight * number
    return {name: value for name, value in sums.items() if value}


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


def _refutes(question: Question, limits: Limits, proof: dict[str, Any]) -> bool:
    """Whether a proof shows that nobody can keep these limits.

    A leaf adds rows up; a branch splits on a class: at most so many of it, or more.
    """
    stack: list[tuple[dict[str, Any], dict[str, Any]]] = [(proof, {})]
    while stack:
        node, box = stack.pop()
        if "class" in node:
            low, high = box.get(node["class"], (0, None))
            cut = node["at"]
            stack.append((node["below"], box | {node["class"]: (low, cut)}))
            stack.append((node["above"], box | {node["class"]: (cut + 1, high)}))
        elif "row" in node:
            low, high = limits.get(node["row"], (None, None))
            cut, below = node["at"], dict(box)
            name = f"{node['row']}#{len(box)}"
            stack.append((node["below"], below | {name: (None, cut)}))
            stack.append((node["above"], below | {name: (cut + 1, None)}))
        elif not _leaf(question, limits, node["multipliers"], box):
            return False
    return True


def _leaf(question: Question, limits: Limits, multipliers: Vector, box: dict[str, Any]) -> bool:
    total = 0
    weights: Vector = {}
    for name, y in multipliers.items():
        low, high = box[name] if name in box else limits.get(name, (None, None))
        if name.startswith("arc:"):
            low = high = 0
        limit = high if y > 0 else low
        if type(y) is not int or limit is None:
            return False
        total += y * limit
        plain = name.rpartition("#")[0] if name in box else name
        weights[plain] = weights.get(plain, 0) + y
    lots = [level for level in question.levels if f"level:{level['id']}" in weights]
    lots = [level for level in lots if level["kind"] == "hash"]
    for look, units in question.classes.items():
        rest = -sum(weights[name] * weight for name, weight in look if name in weights)
        for level in lots:
            rest -= weights[f"level:{level['id']}"] * question.ticket(level, look)
        low, high = box.get(f"class:{question.keys[look]}", (0, None))
        high = len(units) if high is None else min(high, len(units))
        if low > high:
            return True
        total += rest * (high if rest > 0 else low)
    return total + _rounds(question, weights) < 0


def _rounds(question: Question, weights: Vector) -> int:
    """The most that rounds between parties can add; nothing, or the rows say nothing."""
    if not any(name.startswith("arc:") for name in weights):
        return 0
    most: Vector = {}
    for look, units in question.classes.items():
        for name, weight in look:
            if name.startswith("arc:"):
                most[name] = most.get(name, 0) + weight * len(units)
    ways: list[tuple[str, ...]] = [tuple(name[4:].split(">")) for name in most]
    cap, total = question.document["cycle_cap"], 0
    rings = list(ways)
    while rings:
        ring = rings.pop()
        if (ring[-1], ring[0]) in ways and ring[0] == min(ring):
            arcs = [f"arc:{giver}>{taker}" for giver, taker in pairwise([*ring, ring[0]])]
            total += max(0, sum(weights.get(a, 0) for a in arcs)) * min(most[a] for a in arcs)
        if len(ring) < cap:
            rings += [(*ring, t) for g, t in ways if g == ring[-1] and t not in ring]
    return total


def _turns(question: Question, units: list[int]) -> list[int]:
    def turn(unit: int) -> tuple[int, str]:
        members = [question.people[n] for n in question.units[unit]]
        text = "\n".join([question.nonce, "turn", *sorted(person["id"] for person in members)])
        longest = max(days_of(person) for person in members)
        return -longest, hashlib.sha256(text.encode()).hexdigest()

    return sorted(units, key=turn)
