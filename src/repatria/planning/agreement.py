"""What have the parties agreed, and what do they put first?

Terms are signed: two parties who compute a plan from the same terms get the
same persons. Priorities are strictly lexicographic counts; no weight trades a
wounded person against any number of others.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import assert_never

from repatria.planning.candidates import Candidate, HealthClass
from repatria.planning.rule import Rule

KEPT = "kept"
LOTTERIES = ("lottery-1", "lottery-2")


class PriorityKind(StrEnum):
    """What a priority counts."""

    SERIOUS = "serious"
    MINORS = "minors"
    WITH_INFANTS = "women-with-infants"
    ELDERLY = "elderly"
    SICK = "sick"
    VULNERABLE = "vulnerable"
    CAPTIVITY = "captivity"
    TOTAL = "total"
    COVERAGE = "coverage"


@dataclass(frozen=True, slots=True, kw_only=True)
class Priority:
    """One level: as many as possible of a kind, before anything below is looked at.

    Attributes:
        id: how plans and explanations call it.
        kind: who is counted.
        months: for captivity: held at least so many whole months.
        by: for coverage: `region` or `unit`; the worst covered one counts, in
            thousandths of those who could be chosen.
        source: on what it rests.
        extra: keys this version does not know; kept as they came.
    """

    id: str
    kind: PriorityKind
    months: int = 0
    by: str = ""
    source: str = ""
    extra: Mapping[str, object] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        if (self.kind is PriorityKind.CAPTIVITY) != (self.months > 0):
            msg = "a captivity priority, and no other, has a positive number of months"
            raise ValueError(msg)
        if (self.kind is PriorityKind.COVERAGE) != (self.by in ("region", "unit")):
            msg = "a coverage priority, and no other, is by region or by unit"
            raise ValueError(msg)

    def gain(self, candidate: Candidate, as_of: date) -> int:
        """1 when the person counts at this level, else 0."""
        match self.kind:
            case PriorityKind.SERIOUS:
                return int(candidate.outside_ratios)
            case PriorityKind.MINORS:
                return int(candidate.minor(as_of))
            case PriorityKind.WITH_INFANTS:
                return int(candidate.mother_of_infant())
            case PriorityKind.ELDERLY:
                return int(candidate.elderly(as_of))
            case PriorityKind.SICK:
                return int(candidate.health is HealthClass.SICK)
            case PriorityKind.VULNERABLE:
                return int(candidate.vulnerable(as_of))
            case PriorityKind.CAPTIVITY:
                return int(candidate.months_held(as_of) >= self.months)
            case PriorityKind.TOTAL:
                return 1
            case PriorityKind.COVERAGE:
                msg = "coverage is of a plan, not of a person"
                raise ValueError(msg)
            case _ as never:  # pragma: no cover -- mypy proves that there is no other kind
                assert_never(never)

    def in_words(self) -> str:
        """Who is counted."""
        match self.kind:
            case PriorityKind.SERIOUS:
                return "the seriously wounded and sick"
            case PriorityKind.MINORS:
                return "those under 18"
            case PriorityKind.WITH_INFANTS:
                return "women who have a child under seven with them"
            case PriorityKind.ELDERLY:
                return "those of 60 and older"
            case PriorityKind.SICK:
                return "the sick who are not seriously so"
            case PriorityKind.VULNERABLE:
                return "minors, women, the sick and those of 60 and older"
            case PriorityKind.CAPTIVITY:
                return f"those held {self.months} months or longer"
            case PriorityKind.TOTAL:
                return "all who go home"
            case PriorityKind.COVERAGE:
                return f"the share of the {self.by} with the smallest share, in thousandths"
            case _ as never:  # pragma: no cover -- as above
                assert_never(never)


_PROTECTED = {
    PriorityKind.MINORS: "GC IV art. 132(2); GC III art. 16",
    PriorityKind.WITH_INFANTS: "GC IV art. 132(2), 14, 38(5); GC III art. 14(2)",
    PriorityKind.ELDERLY: "GC III art. 16, 109(2); GC IV art. 27(3)",
    PriorityKind.SICK: "GC III art. 110(2); GC IV art. 132(2)",
}


def standard_priorities(bands_months: tuple[int, ...] = (36, 24, 12)) -> tuple[Priority, ...]:
    """The order that follows from the Conventions, for the given bands of captivity.

    Bands are counted, not days added up: a sum of days lets one long captivity
    outweigh several persons, and no two people are of equal standing any more.
    Children, mothers, the old and the sick are levels of their own, so that a plan
    says of each what it reached and nobody is hidden in a sum.

    Source: GC III art. 109(1), 109(2), 110; GC IV art. 132, in its order.
    """
    bands = tuple(
        Priority(
            id=f"held-{months}-months",
            kind=PriorityKind.CAPTIVITY,
            months=months,
            source="GC III art. 109(2); GC IV art. 132",
        )
        for months in sorted(set(bands_months), reverse=True)
    )
    return (
        Priority(id="serious", kind=PriorityKind.SERIOUS, source="GC III art. 109(1), 110(1)"),
        *(Priority(id=kind.value, kind=kind, source=source) for kind, source in _PROTECTED.items()),
        *bands,
        Priority(id="total", kind=PriorityKind.TOTAL, source="GC III art. 109, 118"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Everything a plan is computed from, besides the persons.

    Attributes:
        id, version: which terms these are.
        as_of: the day to which ages and captivity are counted.
        rules: what must hold.
        priorities: what comes first, in order.
        nonce: random text both parties made together, for the lottery; neither
            may know it before the candidates are fixed.
        four_eyes: kinds of documents that in each party one person approves and
            another signs, such as `manifest`.
        extra: keys this version does not know; kept as they came.
    """

    id: str
    version: int
    as_of: date
    rules: tuple[Rule, ...]
    priorities: tuple[Priority, ...]
    nonce: str
    four_eyes: tuple[str, ...] = ()
    extra: Mapping[str, object] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        for what, ids in (
            ("rule", [rule.id for rule in self.rules]),
            ("priority", [priority.id for priority in self.priorities]),
            ("kind of document", list(self.four_eyes)),
        ):
            if "" in ids or len(set(ids)) != len(ids):
                msg = f"each {what} needs an id of its own"
                raise ValueError(msg)
        taken = {KEPT, *LOTTERIES}.intersection(priority.id for priority in self.priorities)
        if taken:
            msg = f"a priority cannot be called {', '.join(sorted(taken))}"
            raise ValueError(msg)
