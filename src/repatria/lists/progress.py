"""How far has a list been answered?

Lines are counted, never persons: two lines may be one person.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from repatria.ledger.kinds.line_answered import AnswerCode
from repatria.lists.line import LineState


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSummary:
    """Counts of lines.

    Attributes:
        by_code: how many lines have each current answer; zero is written too, so
            that the counts add up to `answered`.
    """

    total: int
    answered: int
    by_code: Mapping[AnswerCode, int]


def summary(states: Iterable[LineState]) -> ListSummary:
    """The counts of a list's lines by their current answer."""
    answers = [state.current for state in states]
    counts = Counter(answer.code for answer in answers if answer is not None)
    return ListSummary(
        total=len(answers),
        answered=counts.total(),
        by_code={code: counts[code] for code in AnswerCode},
    )
