"""Which demands of a party are about a part of what goes?

A share and a balance are measured on those who go, not on lists: one row of
whole numbers each, however many go. The seriously wounded and sick are in neither
(GC III art. 109(1)).
"""

from dataclasses import dataclass
from typing import ClassVar

from repatria.planning.candidates import Candidate
from repatria.planning.counts import counted
from repatria.planning.rule import Bounds, Rule
from repatria.planning.wording import check_ids, plain
from repatria.terms import Category, PartyCode

WHOLE_PERCENT = 100
GROUPS = ("region", "unit")
LIMITS = ("at-least", "at-most")


@dataclass(frozen=True, slots=True, kw_only=True)
class Share(Rule):
    """How large a part of what a party gives is of one region or unit.

    Attributes:
        by: `region` or `unit`.
        value: which one.
        limit: `at-least` or `at-most`; a second rule says the other.
        percent: so many of each hundred.
    """

    kind: ClassVar[str] = "share"

    from_party: PartyCode
    by: str
    value: str
    limit: str
    percent: int

    def check(self) -> None:
        """One limit, in percent, of a region or unit."""
        if self.by not in GROUPS or not self.value:
            msg = "a share is of a region or of a unit that is named"
            raise ValueError(msg)
        if self.limit not in LIMITS:
            msg = "a share is at-least or at-most"
            raise ValueError(msg)
        if not 0 <= self.percent <= WHOLE_PERCENT:
            msg = "a share is between 0 and 100 of 100"
            raise ValueError(msg)

    @property
    def bounds(self) -> Bounds:
        """On the agreed side of the share."""
        return (0, None) if self.limit == "at-least" else (None, 0)

    def coefficient(self, candidate: Candidate) -> int:
        """A hundred for each of the group, less the share for each who is given."""
        given = counted(candidate, self.from_party)
        of_it = (candidate.region if self.by == "region" else candidate.unit) == self.value
        return given * (WHOLE_PERCENT * of_it - self.percent)

    def in_words(self) -> str:
        """The limit, the giver and the group."""
        side = self.limit.replace("-", " ")
        part = f"{side} {self.percent} of each 100"
        return f"{part} from {self.from_party} are of {self.by} {self.value}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance(Rule):
    """What two parties give of the selected persons is equal in number or worth.

    Attributes:
        first, second: the two parties.
        tolerance: by how much the two sides may differ.
        worth: pairs of a category and what one of it counts; categories not named count
            nothing. Empty: each person counts one.
        ids: the persons who are balanced; empty means everybody.

    Source:
        Tables of equivalents as in the cartel of Dix and Hill, 1862.
    """

    kind: ClassVar[str] = "balance"

    first: PartyCode
    second: PartyCode
    tolerance: int = 0
    worth: tuple[tuple[Category, int], ...] = ()
    ids: tuple[str, ...] = ()

    def check(self) -> None:
        """Two parties, no negative number, nobody and no category twice."""
        if self.first == self.second or self.tolerance < 0:
            msg = "a balance is between two parties and has no negative tolerance"
            raise ValueError(msg)
        categories = [category for category, _ in self.worth]
        if len(set(categories)) != len(categories) or any(n < 0 for _, n in self.worth):
            msg = "each category has one worth, and none is negative"
            raise ValueError(msg)
        if self.ids:
            check_ids(self.ids)

    @property
    def bounds(self) -> Bounds:
        """How far from balance it may be."""
        return -self.tolerance, self.tolerance

    @property
    def persons(self) -> tuple[str, ...]:
        """Those who are balanced, when they are named."""
        return self.ids

    def coefficient(self, candidate: Candidate) -> int:
        """What he is worth: plus on the one side, minus on the other."""
        if self.ids and candidate.id not in self.ids:
            return 0
        side = counted(candidate, self.first) - counted(candidate, self.second)
        return side * (dict(self.worth).get(candidate.category, 0) if self.worth else 1)

    def in_words(self) -> str:
        """Between whom, of whom, by what worth, and within what."""
        whom = f"of {len(self.ids)} named " if self.ids else ""
        table = ", ".join(f"{plain(category)} {number}" for category, number in self.worth)
        worth = f"; worth: {table}" if table else ""
        slack = f", within {self.tolerance}" if self.tolerance else ""
        return f"{whom}as many from {self.first} as from {self.second}{slack}{worth}"
