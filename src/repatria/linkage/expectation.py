"""How many of these pairs are expected to be right, and where should links begin?

From probabilities alone: no answer need be known. What comes out is as good as the
scores are calibrated, and says nothing about persons no pair was found for.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# Two standard deviations: about 19 of 20 times the true number lies within.
_DEVIATIONS = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorCosts:
    """What a mistake costs, in any unit, for instance hours of a registrar.

    Attributes:
        false_link: two persons taken for one.
        missed_link: one person left as two.
        look: somebody looks at a pair and decides.
    """

    false_link: float
    missed_link: float
    look: float

    def __post_init__(self) -> None:
        if not min(self.false_link, self.missed_link, self.look) > 0:
            msg = "costs are above nought"
            raise ValueError(msg)


def costs_of(care: int | None) -> ErrorCosts | None:
    """The costs where a false link is so many times worse than a missed one; None for None.

    A missed link costs as much as ten looks.
    """
    return ErrorCosts(false_link=10 * care, missed_link=10, look=1) if care else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """From which score on a pair is a link, and from which on somebody looks at it.

    Where looking costs more than the likely mistake, both are the same.
    """

    link_at: float
    possible_at: float

    def __post_init__(self) -> None:
        if not 0 <= self.possible_at <= self.link_at <= 1:
            msg = "thresholds rise from possible_at to link_at, within [0, 1]"
            raise ValueError(msg)


def thresholds(costs: ErrorCosts) -> Thresholds:
    """The thresholds with the least expected cost for a pair, whatever its score is.

    Without a look a link is worth its risk from `false_link / (false_link + missed_link)`
    on. A look is worth its cost while `look < (1 - p) * false_link` and `look < p * missed_link`.

    Source: Elkan 2001, "The foundations of cost-sensitive learning", equation 2; Chow 1970,
    "On optimum recognition error and reject tradeoff"; the three decisions are those of Fellegi
    and Sunter 1969.
    """
    even = costs.false_link / (costs.false_link + costs.missed_link)
    return Thresholds(
        link_at=max(even, 1 - costs.look / costs.false_link),
        possible_at=min(even, costs.look / costs.missed_link),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What is expected of the pairs from a score on, taken for links.

    Attributes:
        links: how many pairs that are.
        wrong: how many of them are expected to be of two persons.
        missed: how many of the other pairs are expected to be of one person.
        deviation: standard deviation of `wrong`, if pairs err independently.
    """

    links: int
    wrong: float
    missed: float
    deviation: float

    @property
    def precision(self) -> float:
        """Expected share of links that are right; 1 when there is none."""
        return 1 - self.wrong / self.links if self.links else 1.0

    @property
    def recall(self) -> float:
        """Expected share of true pairs that are links; 1 when none is expected.

        A true pair that was never among the candidates is not counted.
        """
        right = self.links - self.wrong
        return right / (right + self.missed) if right + self.missed else 1.0

    @property
    def wrong_at_most(self) -> int:
        """A number of wrong links that is hardly exceeded (two standard deviations)."""
        return min(self.links, math.ceil(self.wrong + _DEVIATIONS * self.deviation))


def expectation(scores: Iterable[float], *, link_at: float) -> Expectation:
    """What is expected when every pair from a score on is taken for a link.

    Args:
        scores: calibrated probabilities that a pair is of one person.
        link_at: a pair with this score is a link.

    Source: the expected number of errors is the sum of their probabilities; its variance, for
    independent errors, the sum of p (1 - p) (Poisson binomial distribution).
    """
    linked: list[float] = []
    others: list[float] = []
    for score in scores:
        (linked if score >= link_at else others).append(score)
    return expected(linked, others)


def expected(linked: Sequence[float], others: Iterable[float]) -> Expectation:
    """What is expected when exactly these pairs are taken for links, and the others are not.

    Args:
        linked: calibrated probabilities of the links, for instance of a one-to-one choice.
        others: of the pairs that are no links.
    """
    return Expectation(
        links=len(linked),
        wrong=math.fsum(1 - p for p in linked),
        missed=math.fsum(others),
        deviation=math.sqrt(math.fsum(p * (1 - p) for p in linked)),
    )


def link_threshold(scores: Sequence[float], *, most_wrong: float) -> float | None:
    """The lowest score of a pair from which on the expected share of wrong links is low enough.

    Args:
        scores: calibrated probabilities.
        most_wrong: the greatest share of links that may be wrong, in [0, 1].

    Returns:
        None when no pair is sure enough. Pairs of equal score are links together or not at all.
    """
    found: float | None = None
    wrong, links = 0.0, 0
    ranked = sorted(scores, reverse=True)
    for at, score in enumerate(ranked):
        wrong, links = wrong + 1 - score, links + 1
        last_of_its_score = at + 1 == len(ranked) or ranked[at + 1] < score
        if last_of_its_score and wrong <= most_wrong * links + 1e-12:
            found = score
    return found
