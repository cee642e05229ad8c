"""How is a plan kept that was computed, and that nobody has proposed yet?

As values that outlive the process which computed it. It can be proposed as long as
exactly what it was computed from still holds; the digest of that is kept beside it.
"""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from repatria.operations.agreement import Asked, Solved
from repatria.planning import Plan, Reason, plan_from_json, plan_to_json
from repatria.planning.neutral import neutral
from repatria.terms import Objection, Refusal


def solved_to_json(solved: Solved) -> dict[str, Any]:
    """The plan as plain JSON values: ids of persons, and reasons as every party may read them."""
    return {
        "terms": solved.asked.proposed.digest,
        "asked": digest_of_asked(solved.asked),
        "plan": plan_to_json(solved.plan),
        "reasons": [
            [reason.person, reason.code, list(reason.rules), reason.sentence]
            for reason in map(neutral, solved.reasons)
        ],
    }


def plan_in(document: Mapping[str, Any], terms_digest: str) -> Plan | None:
    """The plan that was kept; None when there is none, or it was made under other terms."""
    if document.get("terms") != terms_digest:
        return None
    return plan_from_json(document["plan"])


def solved_again(document: Mapping[str, Any], asked: Asked) -> Solved:
    """The plan with what it was computed from, to be proposed.

    Args:
        document: what `solved_to_json` gave.
        asked: what a plan would be computed from now.

    Raises:
        Refusal: `plan-overtaken` when that is something else by now.
    """
    if document.get("asked") != digest_of_asked(asked):
        raise Refusal(Objection(code="plan-overtaken", rule="agreement"))
    reasons = tuple(
        Reason(person=person, code=code, rules=tuple(rules), sentence=sentence)
        for person, code, rules, sentence in document["reasons"]
    )
    return Solved(asked=asked, plan=plan_from_json(document["plan"]), reasons=reasons)


def digest_of_asked(asked: Asked) -> str:
    """A digest of the terms and of every person as he was known, hexadecimal."""
    return sha256(f"{asked.proposed.digest}\n{asked.candidates!r}".encode()).hexdigest()
