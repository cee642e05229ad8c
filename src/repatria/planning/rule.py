"""What is a rule of the terms?

A rule either bars persons or is one named row: lower <= sum of coefficients of
those in the plan <= upper, in whole numbers. Its kinds are in `counts` (rows)
and `eligibility` (bars and groups).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from repatria.planning.candidates import Candidate
from repatria.terms import PartyCode

Bounds = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One sentence of the terms.

    Attributes:
        id: how plans and explanations call it.
        proposer: the party that asked for it.
        source: where it comes from: a statement, a treaty article, a protocol.
        extra: keys this version does not know; kept as they came.
    """

    kind: ClassVar[str] = ""
    bar_code: ClassVar[str] = ""

    id: str
    proposer: PartyCode
    source: str
    extra: Mapping[str, object] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        self.check()

    def check(self) -> None:
        """Raise a ValueError when the parts do not fit together."""

    @property
    def bounds(self) -> Bounds | None:
        """The lower and upper side of the row; None when the rule is not a row."""
        return None

    @property
    def persons(self) -> tuple[str, ...]:
        """Ids the rule names one by one."""
        return ()

    def coefficient(self, candidate: Candidate) -> int:  # noqa: ARG002 -- overridden by rows
        """What one person adds to the row."""
        return 0

    def bars(self, candidate: Candidate) -> bool:  # noqa: ARG002 -- overridden by bars
        """Whether the rule keeps this person out of every plan."""
        return False

    def in_words(self) -> str:
        """The rule as a sentence for a table of terms."""
        raise NotImplementedError
