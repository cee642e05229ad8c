"""Who could be in the plan, and what about him does the plan look at?

Only what a rule or a priority reads stands here: no name, no diagnosis. `None`
means that nobody has said. Days are counted to the `as_of` day of the terms,
never to today.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from repatria.terms import Category, PartialDate, PartyCode, Sex

ADULT_AGE_YEARS = 18
OLD_AGE_YEARS = 60
NOT_AVAILABLE = "not-available"
PERSONAL_GROUNDS = "personal grounds"
# GC IV art. 14 and 38(5): "mothers of children under seven".
YOUNG_CHILD_YEARS = 7


class HealthClass(StrEnum):
    """The verdict of the medical board, and nothing of what it rests on.

    Source: GC III art. 110 and Annex I; `serious` is a person of art. 110(1).
    """

    FIT = "fit"
    SICK = "sick"
    SERIOUS = "serious"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A person who is held by one party and would go to another.

    Attributes:
        id: opaque id.
        holder: in whose hands he is.
        receiver: to whom he would go, which is not his citizenship.
        category, health: as the holder asserted them for this agreement.
        asserted: pairs of a party and the category it says he is of, sorted; the plan
            is made from `category`, and where another party says otherwise both
            outcomes can be shown (`contested`).
        sex, birth, captured_on: None when nobody has said.
        alive_confirmed: True only when life is confirmed.
        consents: what he said in private; None when not asked yet.
        available: False when the intermediary has said that he cannot be counted on,
            without saying why.
        retained: kept for criminal proceedings or a sentence.
        locked_in: id of another plan that already holds him, else empty.
        promised: whether his name is locked for another channel than this plan.
        region, unit: for rules that speak of them; may be empty.
        with_infant: whether a small child is with her; said, or found by
            `ties.with_ties` when the terms bind the two together.
        demanded_by, vetoed_by: parties whose rules in the terms ask for him or keep him
            out by name, sorted; found by `ties.with_ties`, and never said elsewhere.
    """

    id: str
    holder: PartyCode
    receiver: PartyCode
    category: Category
    health: HealthClass = HealthClass.FIT
    sex: Sex | None = None
    birth: PartialDate | None = None
    captured_on: PartialDate | None = None
    alive_confirmed: bool | None = None
    consents: bool | None = None
    available: bool = True
    retained: bool = False
    locked_in: str = ""
    promised: bool = False
    region: str = ""
    unit: str = ""
    asserted: tuple[tuple[PartyCode, Category], ...] = ()
    with_infant: bool = False
    demanded_by: tuple[PartyCode, ...] = ()
    vetoed_by: tuple[PartyCode, ...] = ()

    def __post_init__(self) -> None:
        if not self.id:
            msg = "a candidate needs an id"
            raise ValueError(msg)
        if self.holder == self.receiver:
            msg = f"{self.id}: holder and receiver are the same party"
            raise ValueError(msg)

    @property
    def outside_ratios(self) -> bool:
        """Whether he goes home whatever the numbers are.

        Source: GC III art. 109(1), "regardless of number or rank"; the ICRC
        commentary of 1960 on it calls man-for-man exchange of the seriously
        wounded and sick expressly prohibited.
        """
        return self.health is HealthClass.SERIOUS

    @property
    def held_since(self) -> date:
        """The day since which he is held for certain; the last of days when unknown.

        A vague date counts from the latest day it can mean, so that vagueness
        gives nobody an earlier turn.
        """
        return date.max if self.captured_on is None else self.captured_on.latest

    def captured_within(self, since: date | None, until: date | None) -> bool:
        """Whether he was certainly captured in that time, both days included."""
        if self.captured_on is None:
            return False
        after = since is None or since <= self.captured_on.earliest
        return after and (until is None or self.captured_on.latest <= until)

    def months_held(self, as_of: date) -> int:
        """Whole months in captivity; 0 when the day of capture is unknown."""
        return max(0, _whole_months(self.held_since, as_of))

    def vulnerable(self, as_of: date) -> bool:
        """Whether he belongs to those the priorities put first after the serious cases.

        Sick, a woman, under 18 or at least 60. A vague year of birth is read in
        his favour: protection is the safer mistake.

        Source: GC III art. 14 and 16; GC IV art. 132, second paragraph.
        """
        if self.health is not HealthClass.FIT or self.sex is Sex.FEMALE:
            return True
        return self.minor(as_of) or self.elderly(as_of)

    def minor(self, as_of: date) -> bool:
        """Whether he may be under 18.

        Source: GC IV art. 132, second paragraph ("in particular ... children").
        """
        return self._may_be_under(ADULT_AGE_YEARS, as_of)

    def young_child(self, as_of: date) -> bool:
        """Whether he may be under seven, as the children who stay with their mothers.

        Source: GC IV art. 14 and 38(5).
        """
        return self._may_be_under(YOUNG_CHILD_YEARS, as_of)

    def elderly(self, as_of: date) -> bool:
        """Whether he may be 60 or older.

        Source: GC III art. 16 and 109(2); GC IV art. 16, 17, 27(3).
        """
        if self.birth is None:
            return False
        return _whole_months(self.birth.earliest, as_of) // 12 >= OLD_AGE_YEARS

    def mother_of_infant(self) -> bool:
        """Whether she is a woman who has a small child with her.

        Source: GC IV art. 132, second paragraph ("mothers with infants and young children").
        """
        return self.sex is Sex.FEMALE and self.with_infant

    @property
    def contested(self) -> bool:
        """Whether a party says that he is of another category than the plan is made from."""
        return any(category is not self.category for _, category in self.asserted)

    def _may_be_under(self, years: int, as_of: date) -> bool:
        # A vague year of birth is read in his favour: protection is the safer mistake.
        return self.birth is not None and _whole_months(self.birth.latest, as_of) // 12 < years


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """Why somebody cannot be chosen at all.

    Attributes:
        code: stable, lower-case with hyphens.
        rule: id of the rule of the terms, or the source when it is the law.
        words: the end of the sentence "is not in the plan: ...".
    """

    code: str
    rule: str
    words: str


def bars_by_law(candidate: Candidate) -> tuple[Bar, ...]:
    """All that bars a person before any rule of the terms is read.

    Source: GC III art. 109(3) (nobody against his will; applied to all), 115
    and 119 (criminal proceedings; a holder who lets him go clears the mark);
    plan of September 2020 for Yemen (no side deals on listed names).
    """
    checks = (
        (
            candidate.alive_confirmed is not True,
            Bar(code="life-not-confirmed", rule="proof of life", words="life is not confirmed"),
        ),
        (
            candidate.consents is False,
            Bar(code="consent-refused", rule="GC III art. 109(3)", words="does not want to go"),
        ),
        (
            not candidate.available,
            Bar(code=NOT_AVAILABLE, rule=PERSONAL_GROUNDS, words="is not available"),
        ),
        (
            candidate.retained,
            Bar(
                code="retained-for-proceedings",
                rule="GC III art. 115, 119",
                words="is kept for criminal proceedings or a sentence",
            ),
        ),
        (
            bool(candidate.locked_in),
            Bar(
                code="in-another-plan",
                rule="one plan per person",
                words=f"is already in plan {candidate.locked_in}",
            ),
        ),
        (
            candidate.promised,
            Bar(
                code="name-locked",
                rule="no side deals on listed names",
                # Not through which: who reads this may not know that channel.
                words="is promised through another channel",
            ),
        ),
    )
    return tuple(bar for applies, bar in checks if applies)


def _whole_months(start: date, end: date) -> int:
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - (end.day < start.day)
