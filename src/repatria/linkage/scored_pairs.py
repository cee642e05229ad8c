"""What is known of the candidate pairs of two lists, and what is said of one of them?

Scores as columns, grounds made when they are asked for. The grounds of a pair, what was
expected beforehand, what rivals take away and what is doubted add up to its log2 odds.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from repatria.linkage.assignment import MOST_LOG2
from repatria.linkage.doubts import Doubt, Doubts
from repatria.linkage.model import (
    Agreement,
    CandidatePair,
    Comparison,
    Decision,
    Field,
    MatchSettings,
)
from repatria.linkage.vocabulary import Floats, Ints

# Of rivals nothing is said that would change no figure of the score.
_WORTH_SAYING = 0.05
_DOUBTS = {
    Doubt.NO_PART_AGREES: "no-part-agrees",
    Doubt.ANOTHER_GIVEN_NAME: "another-given-name",
    Doubt.BORN_APART: "born-apart",
    Doubt.ANOTHER_FATHER: "another-father",
    Doubt.ANOTHER_SEX: "another-sex",
}
Repeated = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredPairs:
    """Candidate pairs of two lists, likeliest first, as columns; grounds only when asked for.

    Attributes:
        left_ids, right_ids: ids of the records in the order that `rows` and `columns` count.
        rows, columns: places of the two records. Shape: (n_pairs,) int64.
        score: probability that both speak of one person. Shape: (n_pairs,) float64.
        linked: proposed as a link. Shape: (n_pairs,) bool.
        settings: what the pairs were made with.
        prior: log2 odds of a pair before anything is compared.
        doubts: what keeps each pair from being a link (`Doubt`). Shape: (n_pairs,) int8.
        undoubted: the scores without that. Shape: (n_pairs,) float64.
        repeated: ids of the records of each list that were taken for one person, person by person.
    """

    left_ids: tuple[str, ...]
    right_ids: tuple[str, ...]
    rows: Ints
    columns: Ints
    score: Floats
    linked: npt.NDArray[np.bool_]
    settings: MatchSettings
    grounds: Callable[[int], tuple[Comparison, ...]]
    prior: float
    doubts: Doubts
    undoubted: Floats
    repeated: tuple[Repeated, Repeated] = ((), ())

    def __len__(self) -> int:
        return len(self.score)

    def ids(self, at: int) -> tuple[str, str]:
        """Ids of the two records of one pair."""
        return self.left_ids[int(self.rows[at])], self.right_ids[int(self.columns[at])]

    def decision(self, at: int) -> Decision:
        """What the engine proposes for one pair."""
        if self.linked[at]:
            return Decision.LINK
        possible = self.score[at] >= self.settings.possible_at
        return Decision.POSSIBLE if possible else Decision.NON_LINK

    def pair(self, at: int) -> CandidatePair:
        """One pair with its grounds. Cost: a fraction of a millisecond."""
        comparisons = self.grounds(at)
        weight = sum(comparison.match_weight for comparison in comparisons)
        one, other = self.ids(at)
        return CandidatePair(
            left_id=one,
            right_id=other,
            score=float(self.score[at]),
            match_weight=weight,
            decision=self.decision(at),
            comparisons=(*comparisons, *self._of_the_lists(at, weight)),
        )

    def _of_the_lists(self, at: int, weight: float) -> Iterator[Comparison]:
        """What lies between the grounds of a pair and its score, as far as it weighs anything."""
        yield _of_lists(
            Field.PRIOR, "beforehand", self.prior, one_in=max(round(2.0**-self.prior), 1)
        )
        before = _log2_odds(float(self.undoubted[at]))
        rivals = before - min(weight + self.prior, MOST_LOG2)
        if abs(rivals) >= _WORTH_SAYING:
            yield _of_lists(Field.RIVALS, "rivals", rivals)
        code = _DOUBTS.get(Doubt(int(self.doubts[at])))
        if code:
            yield _of_lists(Field.NAME, code, _log2_odds(float(self.score[at])) - before)
        elif self.score[at] >= self.settings.link_at and not self.linked[at]:
            yield _of_lists(Field.RIVALS, "linked-elsewhere", 0.0)

    def __iter__(self) -> Iterator[CandidatePair]:
        return (self.pair(at) for at in range(len(self)))


def mirrored(pairs: ScoredPairs) -> ScoredPairs:
    """The same pairs with the sides exchanged."""
    order = np.lexsort((pairs.rows, pairs.columns, -pairs.score))
    return ScoredPairs(
        left_ids=pairs.right_ids,
        right_ids=pairs.left_ids,
        rows=pairs.columns[order],
        columns=pairs.rows[order],
        score=pairs.score[order],
        linked=pairs.linked[order],
        settings=pairs.settings,
        prior=pairs.prior,
        doubts=pairs.doubts[order],
        undoubted=pairs.undoubted[order],
        repeated=(pairs.repeated[1], pairs.repeated[0]),
        grounds=lambda at: tuple(
            replace(one, left=one.right, right=one.left) for one in pairs.grounds(int(order[at]))
        ),
    )


def _of_lists(field: Field, code: str, weight: float, **values: int) -> Comparison:
    return Comparison(
        field=field,
        left="",
        right="",
        agreement=Agreement.CONFLICT if weight < 0 else Agreement.PARTIAL,
        match_weight=weight,
        code=code,
        values=values,
    )


def _log2_odds(score: float) -> float:
    """Odds of a score, no higher than scores are told apart."""
    return min(math.log2(score) - math.log2(1 - score), MOST_LOG2) if score < 1 else MOST_LOG2
