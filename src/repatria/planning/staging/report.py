"""What is handed to the parties as a schedule?

A document that stands by itself: the question in it, who crosses when, how far
each is ahead, what is proven and by whom, and the prices that prove it.
"""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from repatria.planning.staging.counting import after_tranche, exposures
from repatria.planning.staging.question import Move, StagingQuestion
from repatria.planning.staging.reading import staging_to_json

Json = dict[str, Any]
PLAN_FORMAT = "repatria/staging-plan/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """What a level reaches.

    Attributes:
        id: name of the level.
        value: reached by the schedule; None without a schedule.
        bound: nothing is better; None when not known.
        proven: whether value and bound are the same.
        word: whose word the bound is: `certificate`, `solver` or `none`.
    """

    id: str
    value: int | None
    bound: int | None
    proven: bool
    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StagingPlan:
    """A schedule and what is known about it.

    Attributes:
        question: canonical; moves point into its classes.
        tranches: how many.
        status: `optimal`, `feasible` (a schedule, not proven best), `infeasible` or `time-limit`.
        levels: in strict order.
        moves: who crosses when.
        proofs: prices by level.
        proof: prices that prove that there is no schedule.
        reason: why there is none, in words.
        tranches_needed: how many would do, when there is none with so many.
    """

    question: StagingQuestion
    tranches: int
    status: str
    levels: tuple[Reached, ...] = ()
    moves: tuple[Move, ...] = ()
    proofs: dict[str, Json] = field(default_factory=dict)
    proof: Json | None = None
    reason: str = ""
    tranches_needed: int | None = None


def plan_document(plan: StagingPlan) -> Json:
    """The plan as JSON, with a digest over all of it."""
    question = plan.question
    document: Json = {
        "format": PLAN_FORMAT,
        "status": plan.status,
        "T": plan.tranches,
        "levels": [
            {
                "id": each.id,
                "value": each.value,
                "bound": each.bound,
                "proven": each.proven,
                "proved_by": each.word,
            }
            for each in plan.levels
        ],
        "selected": [],
        "question": staging_to_json(question),
        "certificate": {
            "levels": {each.id: plan.proofs[each.id] for each in plan.levels if _certified(each)},
        },
    }
    if plan.proof is not None:
        document["certificate"]["no_schedule"] = plan.proof
    if plan.reason:
        document["reason"] = plan.reason
    if plan.tranches_needed is not None:
        document["T_needed"] = plan.tranches_needed
    if plan.status in {"optimal", "feasible"}:
        document["E"] = plan.levels[0].value
        document["schedule"] = [_line(question, move) for move in plan.moves]
        document["exposure"] = exposures(question, plan.moves, plan.tranches)
        document["if_stopped_after"] = [
            {each.party: _standing(each) for each in after_tranche(question, plan.moves, last)}
            for last in range(plan.tranches)
        ]
    document["digest"] = digest_of(document)
    return document


def digest_of(document: Json) -> str:
    """SHA-256 of the JSON with sorted keys and no spaces, without the digest itself."""
    body = {key: value for key, value in document.items() if key != "digest"}
    text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _certified(each: Reached) -> bool:
    return each.proven and each.word == "certificate"


def _line(question: StagingQuestion, move: Move) -> Json:
    each = question.classes[move.unit_class]
    return {
        "tranche": move.tranche,
        "class": move.unit_class,
        "holder": each.holder,
        "claimant": each.claimant,
        "site": each.site,
        "tier": each.tier,
        "units": move.count,
        "persons": move.count * each.size,
        "value": move.count * each.value,
    }


def _standing(each: Any) -> Json:
    return {
        "given_persons": each.given_persons,
        "received_persons": each.received_persons,
        "given_value": each.given_value,
        "received_value": each.received_value,
        "exposure": each.exposure,
    }
