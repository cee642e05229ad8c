"""Where and on which days do people cross, and how far may a party be ahead meanwhile?

Part of what was agreed, and no matter of who goes: such a rule has no row in the
program, and no plan is better or worse for it. A schedule keeps to it.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from repatria.planning.candidates import Candidate
from repatria.planning.rule import Rule
from repatria.terms import PartyCode

GROUPS = ("region", "unit")
MOST_DAYS = 366


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteCapacity(Rule):
    """How many persons can cross at a site in a day, both directions together.

    Attributes:
        site: how the crossing point or route is called.
        per_day: so many.
        on: that day alone; None is every day for which no other rule speaks.
    """

    kind: ClassVar[str] = "site-capacity"

    site: str
    per_day: int
    on: date | None = None

    def check(self) -> None:
        """A site is named, and no number is negative."""
        if not self.site.strip() or self.per_day < 0:
            msg = "a capacity is of a site that is named, and not negative"
            raise ValueError(msg)

    def in_words(self) -> str:
        """The site, the number and the day."""
        when = f"on {self.on.isoformat()}" if self.on is not None else "in a day"
        return f"at {self.site} no more than {self.per_day} persons cross {when}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossesAt(Rule):
    """At which site those cross whom a party gives.

    The first rule that speaks of somebody counts.

    Attributes:
        site: where.
        by: empty for all, else `region` or `unit`.
        value: which region or unit.
    """

    kind: ClassVar[str] = "crosses-at"

    from_party: PartyCode
    site: str
    by: str = ""
    value: str = ""

    def check(self) -> None:
        """A site is named, and a group only with its kind."""
        if not self.site.strip() or bool(self.by) != bool(self.value):
            msg = "somebody crosses at a site that is named; a group has a kind and a name"
            raise ValueError(msg)
        if self.by and self.by not in GROUPS:
            msg = "a group is a region or a unit"
            raise ValueError(msg)

    def speaks_of(self, candidate: Candidate) -> bool:
        """Whether the rule says where he crosses."""
        if candidate.holder != self.from_party:
            return False
        own = {"region": candidate.region, "unit": candidate.unit}
        return not self.by or own[self.by] == self.value

    def in_words(self) -> str:
        """The giver, the group and the site."""
        whom = f" of {self.by} {self.value}" if self.by else ""
        return f"those{whom} whom {self.from_party} gives cross at {self.site}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeDays(Rule):
    """On which days people cross: from the first to the last, both included."""

    kind: ClassVar[str] = "exchange-days"

    first_day: date
    last_day: date

    def check(self) -> None:
        """The last day is not before the first, nor a year later."""
        if not 0 < self.count <= MOST_DAYS:
            msg = f"the last day is not before the first, and there are at most {MOST_DAYS}"
            raise ValueError(msg)

    @property
    def count(self) -> int:
        """How many days there are."""
        return (self.last_day - self.first_day).days + 1

    def in_words(self) -> str:
        """From when to when."""
        return f"people cross from {self.first_day.isoformat()} to {self.last_day.isoformat()}"


@dataclass(frozen=True, slots=True, kw_only=True)
class MostAhead(Rule):
    """By how much a party may be ahead at any time: what it risks if the other stops.

    Attributes:
        from_party: who has handed over more than it has received.
        most: as persons are weighed in a schedule; the seriously wounded and sick
            weigh nothing.
    """

    kind: ClassVar[str] = "most-ahead"

    from_party: PartyCode
    most: int

    def check(self) -> None:
        """No number is negative."""
        if self.most < 0:
            msg = "nobody is ahead by less than nothing"
            raise ValueError(msg)

    def in_words(self) -> str:
        """The party and the limit."""
        return f"{self.from_party} is never ahead by more than {self.most}"
