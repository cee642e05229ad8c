"""What may every party read of why somebody stays?

That somebody does not want to go home can cost him or his family dearly, and he has
said it in an interview without witness. So all personal grounds have one name, from
which nobody learns which it is. The intermediary, who asked, knows it anyway.
"""

from repatria.planning.candidates import (
    NOT_AVAILABLE,
    PERSONAL_GROUNDS,
    Candidate,
    bars_by_law,
)
from repatria.planning.reasons import Reason

PERSONAL = frozenset(
    {
        "consent-refused",
        "life-not-confirmed",
        NOT_AVAILABLE,
        "retained-for-proceedings",
        "withdrawn",
    }
)
NEUTRAL_WORDS = "Cannot be chosen: is not available."


def neutral(reason: Reason) -> Reason:
    """The reason as every party may read it: personal grounds are one."""
    if reason.code not in PERSONAL:
        return reason
    return Reason(
        person=reason.person,
        code=NOT_AVAILABLE,
        rules=(PERSONAL_GROUNDS,),
        sentence=NEUTRAL_WORDS,
    )


def personal_grounds(candidate: Candidate) -> tuple[str, ...]:
    """The codes that stand behind the one name, for whoever may know them."""
    codes = (bar.code for bar in bars_by_law(candidate))
    return tuple(code for code in codes if code in PERSONAL and code != NOT_AVAILABLE)
