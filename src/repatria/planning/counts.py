"""Which demands of a party are about numbers?

Each is one row of whole numbers. Seriously wounded and sick persons have
coefficient 0 in every row that counts heads (GC III art. 109(1)); only a demand
by name reaches them.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from repatria.planning.candidates import Candidate
from repatria.planning.rule import Bounds, Rule
from repatria.planning.wording import (
    check_days,
    check_ids,
    check_range,
    days_in_words,
    plain,
    range_in_words,
    side_in_words,
)
from repatria.terms import Category, PartyCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Total(Rule):
    """How many a party gives."""

    kind: ClassVar[str] = "total"

    from_party: PartyCode
    minimum: int = 0
    maximum: int | None = None

    def check(self) -> None:
        """A range must not be empty."""
        check_range(self.minimum, self.maximum)

    @property
    def bounds(self) -> Bounds:
        """The agreed numbers."""
        return self.minimum, self.maximum

    def coefficient(self, candidate: Candidate) -> int:
        """1 for each person counted."""
        return counted(candidate, self.from_party)

    def in_words(self) -> str:
        """The number and the giver."""
        return f"{range_in_words(self.minimum, self.maximum)} from {self.from_party}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryTotal(Rule):
    """How many of one category a party gives."""

    kind: ClassVar[str] = "category-total"

    from_party: PartyCode
    category: Category
    minimum: int = 0
    maximum: int | None = None

    def check(self) -> None:
        """A range must not be empty."""
        check_range(self.minimum, self.maximum)

    @property
    def bounds(self) -> Bounds:
        """The agreed numbers."""
        return self.minimum, self.maximum

    def coefficient(self, candidate: Candidate) -> int:
        """1 for each person of the category."""
        return counted(candidate, self.from_party, (self.category,))

    def in_words(self) -> str:
        """The number, the giver and the category."""
        number = range_in_words(self.minimum, self.maximum)
        return f"{number} from {self.from_party} in category {plain(self.category)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CapturedTotal(Rule):
    """How many a party gives of those captured in a certain time."""

    kind: ClassVar[str] = "captured-total"

    from_party: PartyCode
    since: date | None = None
    until: date | None = None
    minimum: int = 0
    maximum: int | None = None

    def check(self) -> None:
        """Neither range may be empty."""
        check_range(self.minimum, self.maximum)
        check_days(self.since, self.until)

    @property
    def bounds(self) -> Bounds:
        """The agreed numbers."""
        return self.minimum, self.maximum

    def coefficient(self, candidate: Candidate) -> int:
        """1 for each person certainly captured in that time."""
        inside = candidate.captured_within(self.since, self.until)
        return counted(candidate, self.from_party) if inside else 0

    def in_words(self) -> str:
        """The number, the giver and the time."""
        number = range_in_words(self.minimum, self.maximum)
        return f"{number} from {self.from_party} {days_in_words(self.since, self.until)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio(Rule):
    """`first_count` from one party for every `second_count` from the other.

    Attributes:
        tolerance: by how much the two products may differ.
        first_categories, second_categories: who counts; empty means everybody.
    """

    kind: ClassVar[str] = "ratio"

    first: PartyCode
    first_count: int
    second: PartyCode
    second_count: int
    tolerance: int = 0
    first_categories: tuple[Category, ...] = ()
    second_categories: tuple[Category, ...] = ()

    def check(self) -> None:
        """Counts are positive and the tolerance is not negative."""
        if self.first_count < 1 or self.second_count < 1 or self.tolerance < 0:
            msg = "a ratio needs positive counts and no negative tolerance"
            raise ValueError(msg)

    @property
    def bounds(self) -> Bounds:
        """How far from balance it may be."""
        return -self.tolerance, self.tolerance

    def coefficient(self, candidate: Candidate) -> int:
        """Plus for one side, minus for the other, scaled to whole numbers."""
        given = counted(candidate, self.first, self.first_categories)
        taken = counted(candidate, self.second, self.second_categories)
        return self.second_count * given - self.first_count * taken

    def in_words(self) -> str:
        """The two numbers and the two givers."""
        first = side_in_words(self.first_count, self.first, self.first_categories)
        second = side_in_words(self.second_count, self.second, self.second_categories)
        slack = f", within {self.tolerance}" if self.tolerance else ""
        return f"{first} for every {second}{slack}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Named(Rule):
    ids: tuple[str, ...]

    @property
    def persons(self) -> tuple[str, ...]:
        """Those named."""
        return self.ids

    def coefficient(self, candidate: Candidate) -> int:
        """1 for each person named; a demand by name reaches everybody."""
        return int(candidate.id in self.ids)


@dataclass(frozen=True, slots=True, kw_only=True)
class Include(_Named):
    """These persons must be in the plan, all of them."""

    kind: ClassVar[str] = "include"

    def check(self) -> None:
        """Somebody must be named, and once."""
        check_ids(self.ids)

    @property
    def bounds(self) -> Bounds:
        """All of them."""
        return len(self.ids), len(self.ids)

    def in_words(self) -> str:
        """How many are demanded by name."""
        return f"{len(self.ids)} named must be in the plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand(_Named):
    """A party demands so many of these persons; the proposer is whose demand it is.

    Like `Include` it reaches the seriously wounded too: a demand by name asks that
    somebody is in the plan, and sets no price for him.
    """

    kind: ClassVar[str] = "demand"

    minimum: int

    def check(self) -> None:
        """Somebody is named once, and no more are demanded than are named."""
        check_ids(self.ids)
        if not 1 <= self.minimum <= len(self.ids):
            msg = "a demand asks for at least one, and for no more than it names"
            raise ValueError(msg)

    @property
    def bounds(self) -> Bounds:
        """The number demanded."""
        return self.minimum, None

    def in_words(self) -> str:
        """Who demands how many of how many."""
        return f"{self.proposer} demands at least {self.minimum} of {len(self.ids)} named"


@dataclass(frozen=True, slots=True, kw_only=True)
class AtMostNamed(Rule):
    """No more than so many of these persons go."""

    kind: ClassVar[str] = "at-most-named"

    ids: tuple[str, ...]
    maximum: int

    def check(self) -> None:
        """Somebody is named once, and the number is not negative."""
        check_ids(self.ids)
        check_range(0, self.maximum)

    @property
    def bounds(self) -> Bounds:
        """The number at most."""
        return None, self.maximum

    @property
    def persons(self) -> tuple[str, ...]:
        """Those named."""
        return self.ids

    def coefficient(self, candidate: Candidate) -> int:
        """1 for each person named but the seriously wounded and sick: no limit holds them."""
        return int(candidate.id in self.ids and not candidate.outside_ratios)

    def in_words(self) -> str:
        """How many of how many."""
        return f"at most {self.maximum} of {len(self.ids)} named"


def counted(candidate: Candidate, party: PartyCode, categories: tuple[Category, ...] = ()) -> int:
    """1 when he counts among those a party gives, else 0; never the seriously wounded and sick.

    Source: GC III art. 109(1), "regardless of number or rank".
    """
    wanted = not categories or candidate.category in categories
    return int(candidate.holder == party and wanted and not candidate.outside_ratios)
