"""Who said which figure, about whom, as of when?

A claim is what one speaker said once, with its counting rule. It is never
corrected and never averaged with another; equality of two numbers alone says
nothing about whether they count the same people.
"""

from dataclasses import dataclass, field, replace
from enum import StrEnum

from repatria.ledger.payload import BESIDE
from repatria.terms import Category, ClaimId, PartialDate


class Measure(StrEnum):
    """What the figure counts."""

    HELD = "held"
    ANNOUNCED = "announced"
    RELEASED = "released"
    RETURNED = "returned"
    REMAINING = "remaining"
    UNACKNOWLEDGED = "unacknowledged"
    MISSING = "missing"
    LISTED = "listed"
    OTHER = "other"


STOCKS = frozenset({Measure.HELD, Measure.REMAINING})
"""Persons in the hands of a holder on some day, whom the holder acknowledges."""

FLOWS = frozenset({Measure.RELEASED, Measure.RETURNED})
"""Persons who crossed in some event, told from the one side or the other."""


class Bound(StrEnum):
    """How firmly the speaker put the figure."""

    EXACTLY = "exactly"
    ABOUT = "about"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The numbers a figure, or a sum of figures, may stand for.

    Attributes:
        low: the least number.
        high: the greatest; None when the speaker gave no upper end.
        about: a figure in it was given as "about", so it cannot disprove another.
        value: the number as said; for a sum, the sum of the numbers as said.
    """

    low: int
    high: int | None
    about: bool = False
    value: int

    @classmethod
    def exactly(cls, value: int) -> "Span":
        """The span of one number."""
        return cls(low=value, high=value, value=value)

    def __add__(self, other: "Span") -> "Span":
        high = None if self.high is None or other.high is None else self.high + other.high
        return Span(
            low=self.low + other.low,
            high=high,
            about=self.about or other.about,
            value=self.value + other.value,
        )

    def __sub__(self, other: "Span") -> "Span":
        low = 0 if other.high is None else self.low - other.high
        high = None if self.high is None else self.high - other.low
        return Span(
            low=low, high=high, about=self.about or other.about, value=self.value - other.value
        )

    def meets(self, other: "Span") -> bool:
        """Whether some number is in both."""
        return (other.high is None or self.low <= other.high) and (
            self.high is None or other.low <= self.high
        )

    def __str__(self) -> str:
        if self.about:
            return f"~{self.value}"
        if self.high is None:
            return f"≥{self.low}"
        if self.low == self.high:
            return str(self.low)
        return f"{self.low}..{self.high}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One figure as one speaker gave it.

    Attributes:
        id: of this claim.
        speaker: who says it, in the words under which he is to be quoted.
        via: outlet or document in which it was said.
        said_on: when it was said.
        measure: what is counted.
        population: key of whose persons are counted; equal keys mean the same persons' side.
        holder: in whose hands; empty when not said.
        to_party: to whom they went; empty when not said or not a movement.
        category: the speaker's own words ("servicemen").
        categories: what those words cover; empty when not said.
        bound, value: the figure.
        as_of: the day the figure is about, when it is not the day it was said.
        event: the movement it counts; empty for a stock or a running total.
        parts: claims of the same speaker of which he says this one is the sum.
        supersedes: his earlier claim that this one replaces; empty when none.
        copy_of: the claim that this one repeats; empty when it was said afresh.
        matter: what it belongs to ("talks of June"); claims of two matters are never compared.
        wording: what is counted, in the speaker's own words ("returned to South, 14 Dec 2020").
        included: what the figure has in it that others leave out ("minors", "bodies").
        composition: what it is made up of, as said ("41 soldiers + 6 civilians"), where the
            parts are no claims of their own.
        note: what whoever recorded it added; nobody's claim.
        recorded_by: the party in whose log it stands; empty where there is no log. It is never
            read from what a party wrote.
        ours: recorded by the party that reads it.
    """

    id: ClaimId
    speaker: str
    via: str
    said_on: PartialDate
    measure: Measure
    population: str
    holder: str = ""
    to_party: str = ""
    category: str = ""
    categories: frozenset[Category] = frozenset()
    bound: Bound = Bound.EXACTLY
    value: int
    as_of: PartialDate | None = None
    event: str = ""
    parts: tuple[ClaimId, ...] = ()
    supersedes: str = ""
    copy_of: str = ""
    matter: str = ""
    wording: str = ""
    included: tuple[str, ...] = ()
    composition: str = ""
    note: str = ""
    recorded_by: str = field(default="", compare=False, metadata={BESIDE: True})
    ours: bool = field(default=False, compare=False, metadata={BESIDE: True})

    def __post_init__(self) -> None:
        for name in ("id", "speaker", "via", "population"):
            if not getattr(self, name).strip():
                msg = f"a claim needs its {name}"
                raise ValueError(msg)
        if self.value < 0:
            msg = "a count of persons is not negative"
            raise ValueError(msg)
        if len(set(self.parts)) != len(self.parts):
            msg = "a part is counted twice"
            raise ValueError(msg)
        if self.holder and self.holder == self.to_party:
            msg = "a movement goes from one party to another"
            raise ValueError(msg)

    def recorded(self, by: str, *, reader: str) -> "Claim":
        """The claim as it stands in a party's log, for a reader of some party."""
        return replace(self, recorded_by=by, ours=by == reader)

    def may_speak_of(self, other: "Claim") -> bool:
        """Whether the reader follows it when it says what the other is worth or is part of.

        Who recorded the other may; and the reader himself, who answers for what he reads. No
        peer takes away a claim that another party recorded, by writing down the same speaker.
        """
        return self.ours or self.recorded_by == other.recorded_by

    def replaces(self, other: "Claim") -> bool:
        """Whether it takes the place of another: the speaker's own, and ours to follow."""
        return (
            self.supersedes == other.id
            and self.speaker == other.speaker
            and self.may_speak_of(other)
        )

    def with_bound(self, bound: Bound) -> "Claim":
        """The claim with the figure put more or less firmly."""
        return replace(self, bound=bound)

    @property
    def when(self) -> PartialDate:
        """The day the figure is about, so far as it is known."""
        return self.as_of or self.said_on

    @property
    def span(self) -> Span:
        """The numbers that the speaker's words allow."""
        match self.bound:
            case Bound.EXACTLY:
                return Span.exactly(self.value)
            case Bound.ABOUT:
                return Span(low=0, high=None, about=True, value=self.value)
            case Bound.AT_LEAST:
                return Span(low=self.value, high=None, value=self.value)
            case Bound.AT_MOST:  # pragma: no branch -- there is no other bound
                return Span(low=0, high=self.value, value=self.value)
