"""Among whom is chosen, under which rules, and what comes first?

The form in which the engine takes every question, whether it comes from terms
that parties signed or from a `px/0` file: persons as a table, rules as named
rows of whole numbers over those whom a selector picks, priorities in order.
`docs/formats/plan.md` specifies it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

FORMAT = "px/0"

Value = str | int | bool | None
Selector = Mapping[str, Value | tuple[Value, ...]]

# What a selector may ask besides the columns of the table.
UNCONDITIONAL, VULNERABLE, MIN_DAYS = "unconditional", "vulnerable", "min_days"
DERIVED = (UNCONDITIONAL, VULNERABLE, MIN_DAYS)
REQUIRED_COLUMNS = ("id", "holder", "claimant")
# What is taken for granted when a table has no such column.
DEFAULTS: Mapping[str, Value] = {
    "category": "",
    "sex": "",
    "age": None,
    "health": "fit",
    "captured": "",
    "days": 0,
    "region": "",
    "unit": "",
    "convicted": False,
    "life": False,
    "alive_confirmed": True,
    "consent": None,
    "vetoed": False,
    "demanded": False,
    "family": None,
    "locked_in": "",
    "barred": "",
}
# Retained personnel go home whatever the numbers are (GC I art. 28, 30; GC III art. 33).
RETAINED_PERSONNEL = frozenset({"medic", "religious"})
ADULT_AGE_YEARS, OLD_AGE_YEARS = 18, 60
FULL_COVERAGE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One part of a rule: so much for each person whom the selector picks.

    Attributes:
        factor: whole number.
        column: when not empty, the factor is multiplied by this column's number.
        select: every key must hold; a tuple of values means any of them.
    """

    factor: int
    column: str = ""
    select: Selector = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CountRule:
    """A named rule: `lower <= sum of its terms <= upper`; None is no limit.

    Attributes:
        id, proposer, source: whose rule it is and on what it rests.
        words: the rule as it is said; empty when the file does not say.
    """

    id: str
    terms: tuple[Term, ...]
    lower: int | None
    upper: int | None
    proposer: str = ""
    source: str = ""
    words: str = ""


class LevelKind(StrEnum):
    """What a level counts.

    `count`: those a selector picks. `maxmin`: the coverage, in thousandths, of the
    worst covered group of a column. `hash`: the lottery.
    """

    COUNT = "count"
    MAXMIN = "maxmin"
    HASH = "hash"


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One priority; all above it come first."""

    id: str
    kind: LevelKind
    select: Selector = field(default_factory=dict, hash=False)
    by: str = ""
    words: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Instance:
    """A whole question.

    Attributes:
        id: how plans call it.
        digest: SHA-256 of its canonical bytes, hexadecimal; empty when it was not read.
        as_of: the day to which ages and captivity were counted.
        parties: all who hold or receive somebody.
        blocs: parties that balance together.
        columns: per column one value for each person, in the order of the file.
        rules: what must hold.
        levels: what comes first, in order.
        cycle_cap: how many parties may depend on each other in one round; None is any.
        nonce: for the lottery.
    """

    id: str
    digest: str = ""
    as_of: str = ""
    parties: tuple[str, ...] = ()
    blocs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    columns: Mapping[str, Sequence[Value]]
    rules: tuple[CountRule, ...]
    levels: tuple[Level, ...]
    cycle_cap: int | None = None
    nonce: str = ""

    def __post_init__(self) -> None:
        for what, ids in (
            ("rule", [rule.id for rule in self.rules]),
            ("priority", [level.id for level in self.levels]),
            ("person", list(self.columns["id"])),
        ):
            if "" in ids or len(set(ids)) != len(ids):
                msg = f"each {what} needs an id of its own"
                raise ValueError(msg)

    def __len__(self) -> int:
        """How many persons."""
        return len(self.columns["id"])

    @property
    def ids(self) -> Sequence[str]:
        """The persons' ids, in the order of the table."""
        return self.columns["id"]  # type: ignore[return-value]

    def column(self, name: str) -> Sequence[Value]:
        """The values of a column; what is taken for granted when there is none."""
        if name in self.columns:
            return self.columns[name]
        return (DEFAULTS[name],) * len(self)

    def rule(self, rule_id: str) -> CountRule:
        """The rule of this id."""
        return next(rule for rule in self.rules if rule.id == rule_id)
