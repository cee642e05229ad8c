"""What has to be known before days and places can be given to persons?

Persons who do not differ in anything that matters here stand together as a
class; a family is one unit and is never parted. The seriously wounded and sick
have the value 0: they weigh nothing in what one side is ahead (GC III 109).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

FORMAT = "px-stage/0"


class UnreadableStagingError(ValueError):
    """The document is not a question that can be answered. The message names the place."""


class Legs(StrEnum):
    """In which order the parties hand over within one tranche.

    `simultaneous`: at the same moment; exposure is counted at the end of a tranche.
    `in_order`: one after the other, always in the order in which the parties stand.
    `alternating`: the same, but the one who begins changes from tranche to tranche.
    """

    SIMULTANEOUS = "simultaneous"
    IN_ORDER = "in-order"
    ALTERNATING = "alternating"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class UnitClass:
    """Units that are interchangeable in a schedule.

    Attributes:
        holder, claimant: who hands over, and who receives.
        site: where; a crossing point or a route.
        tier: lower ones go first.
        ready: first tranche in which they can go, counted from 0.
        value: of one unit, as the parties count.
        size: persons in one unit.
        count: how many units.
    """

    holder: str
    claimant: str
    site: str
    tier: int
    ready: int
    value: int
    size: int
    count: int

    @property
    def look(self) -> tuple[str, str, str, int, int, int, int]:
        """What makes two units interchangeable."""
        return (
            self.holder,
            self.claimant,
            self.site,
            self.tier,
            self.ready,
            self.value,
            self.size,
        )


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Move:
    """So many units of a class cross in a tranche.

    Attributes:
        tranche: counted from 0.
        unit_class: place of the class in the question.
        count: units, at least 1.
    """

    tranche: int
    unit_class: int
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StagingQuestion:
    """Who has to cross where, and within what.

    Attributes:
        base: a name for people.
        parties: who exchange; also the order of legs.
        tranches: how many; None asks for the fewest.
        classes: who crosses.
        capacity: persons per site and tranche, both directions together.
        site_capacity: for a site with capacities of its own, one for each tranche; the
            last one holds for every tranche after it.
        agreed: for a party, how far it may be ahead at most, whatever else.
        legs: order of handing over within a tranche.
    """

    base: str
    parties: tuple[str, ...]
    tranches: int | None
    classes: tuple[UnitClass, ...]
    capacity: int
    site_capacity: Mapping[str, tuple[int, ...]]
    agreed: Mapping[str, int]
    legs: Legs = Legs.SIMULTANEOUS

    @property
    def sites(self) -> tuple[str, ...]:
        """All sites, sorted."""
        return tuple(sorted({each.site for each in self.classes}))

    @property
    def tiers(self) -> tuple[int, ...]:
        """All tiers, lowest first."""
        return tuple(sorted({each.tier for each in self.classes}))

    @property
    def total_value(self) -> int:
        """All that is handed over by anybody."""
        return sum(each.value * each.count for each in self.classes)

    def room(self, site: str, tranche: int) -> int:
        """Persons who can cross at a site in a tranche."""
        own = self.site_capacity.get(site)
        return own[min(tranche, len(own) - 1)] if own else self.capacity

    def goes_before(self, first: str, second: str, tranche: int) -> bool:
        """Whether one party has handed over when another one's leg ends."""
        if self.legs is Legs.SIMULTANEOUS:
            return True
        turn = tranche if self.legs is Legs.ALTERNATING else 0
        number = len(self.parties)
        places = {party: (i - turn) % number for i, party in enumerate(self.parties)}
        return places[first] < places[second]


def canonical(question: StagingQuestion) -> StagingQuestion:
    """The same question with equal classes as one, in an order that names give.

    What the solver sees, and with it who goes when, does not depend on the order
    in which a file was written. The order of parties stays where legs depend on it.
    """
    counts: dict[tuple[str, str, str, int, int, int, int], int] = {}
    for each in question.classes:
        counts[each.look] = counts.get(each.look, 0) + each.count
    parties = question.parties
    return replace(
        question,
        parties=tuple(sorted(parties)) if question.legs is Legs.SIMULTANEOUS else parties,
        classes=tuple(_classes(counts.items())),
    )


def _classes(
    counts: Iterable[tuple[tuple[str, str, str, int, int, int, int], int]],
) -> Iterable[UnitClass]:
    for (holder, claimant, site, tier, ready, value, size), count in sorted(counts):
        if count:
            yield UnitClass(
                holder=holder,
                claimant=claimant,
                site=site,
                tier=tier,
                ready=ready,
                value=value,
                size=size,
                count=count,
            )
