"""Which rules of the terms say who cannot go, and who goes only with whom?

Bars reach everybody, the seriously wounded too: a plan that a holder will not
sign frees nobody. Those barred though the law owes them release are listed in
the plan as owed.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from repatria.planning.candidates import Candidate
from repatria.planning.rule import Rule
from repatria.planning.wording import check_days, check_ids, days_in_words, plain
from repatria.terms import Category, PartyCode


@dataclass(frozen=True, slots=True, kw_only=True)
class _OfCategories(Rule):
    bar_code: ClassVar[str] = "category-excluded"

    from_party: PartyCode
    categories: tuple[Category, ...]

    def check(self) -> None:
        """At least one category is named."""
        _check_categories(self.categories)


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryOnly(_OfCategories):
    """A party gives nobody but these categories."""

    kind: ClassVar[str] = "category-only"

    def bars(self, candidate: Candidate) -> bool:
        """Whether the category is another one."""
        return candidate.holder == self.from_party and candidate.category not in self.categories

    def in_words(self) -> str:
        """The giver and the categories."""
        return f"{self.from_party} gives only {', '.join(map(plain, self.categories))}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryExcluded(_OfCategories):
    """A party keeps these categories."""

    kind: ClassVar[str] = "category-excluded"

    def bars(self, candidate: Candidate) -> bool:
        """Whether the category is one of these."""
        return candidate.holder == self.from_party and candidate.category in self.categories

    def in_words(self) -> str:
        """The keeper and the categories."""
        return f"{self.from_party} gives no {', '.join(map(plain, self.categories))}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CapturedBetween(Rule):
    """A party gives only persons certainly captured in that time."""

    kind: ClassVar[str] = "captured-between"
    bar_code: ClassVar[str] = "captured-outside-the-time"

    from_party: PartyCode
    since: date | None = None
    until: date | None = None

    def check(self) -> None:
        """The time is not empty."""
        check_days(self.since, self.until)

    def bars(self, candidate: Candidate) -> bool:
        """Whether the day of capture is outside, too vague or unknown."""
        inside = candidate.captured_within(self.since, self.until)
        return candidate.holder == self.from_party and not inside

    def in_words(self) -> str:
        """The giver and the time."""
        return f"{self.from_party} gives only those {days_in_words(self.since, self.until)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclude(Rule):
    """These persons stay out, and somebody says why."""

    kind: ClassVar[str] = "exclude"
    bar_code: ClassVar[str] = "excluded-by-name"

    ids: tuple[str, ...]
    reason: str

    def check(self) -> None:
        """Somebody is named, and a reason is given."""
        check_ids(self.ids)
        if not self.reason.strip():
            msg = "nobody is excluded without a reason"
            raise ValueError(msg)

    @property
    def persons(self) -> tuple[str, ...]:
        """Those named."""
        return self.ids

    def bars(self, candidate: Candidate) -> bool:
        """Whether he is named."""
        return candidate.id in self.ids

    def in_words(self) -> str:
        """How many, and the reason."""
        return f"{len(self.ids)} named stay out: {self.reason}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Together(Rule):
    """These persons go all or none, such as a family.

    Seriously wounded members are not bound: nothing agreed may hold them back
    (GC III art. 109(1)).
    """

    kind: ClassVar[str] = "together"
    bar_code: ClassVar[str] = "group-broken"

    ids: tuple[str, ...]

    def check(self) -> None:
        """Somebody is named, and once."""
        check_ids(self.ids)

    @property
    def persons(self) -> tuple[str, ...]:
        """Those named."""
        return self.ids

    def binds(self, candidate: Candidate) -> bool:
        """Whether he goes only with the others."""
        return candidate.id in self.ids and not candidate.outside_ratios

    def in_words(self) -> str:
        """How many belong together."""
        return f"{len(self.ids)} named go together or not at all"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownRule(Rule):
    """A rule of a kind this version does not know: kept word for word, never guessed.

    Attributes:
        written_kind: the kind as it was written.
    """

    kind: ClassVar[str] = "unknown"

    written_kind: str

    def in_words(self) -> str:
        """That nobody here can read it."""
        return f"a rule of the unknown kind {self.written_kind}"


def _check_categories(categories: tuple[Category, ...]) -> None:
    if not categories or len(set(categories)) != len(categories):
        msg = "a rule about categories names at least one, and each once"
        raise ValueError(msg)
