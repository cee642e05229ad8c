"""Which records of two lists, or of one, may speak of the same person?

Candidates are found by the sound of their names and by equal birthdays, weighed
part by part, set against their rivals, and proposed: link, possible or not.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from repatria.linkage.assignment import OneToOne, one_to_one, scores_alone
from repatria.linkage.blocking import Progress
from repatria.linkage.columns import ProfileColumns, rising
from repatria.linkage.doubts import Doubt, Doubts, doubted
from repatria.linkage.grounds import ListPair
from repatria.linkage.habits import LIKELY, HabitShift, habit_shift
from repatria.linkage.model import CandidatePair, Comparison, MatchSettings, Profile
from repatria.linkage.repeats import Persons, Rivals, persons_of
from repatria.linkage.scored_pairs import Repeated, ScoredPairs, mirrored
from repatria.linkage.vocabulary import Floats, Ints
from repatria.linkage.weighed import WeighedPairs

DEFAULTS = MatchSettings()
# Short lists are drawn from the same families and villages as long ones: relatives are not rarer
# in them, so that the prior odds do not rise without end as lists get short. Measured on cuts of
# long lists (bench/linkage/short.py); namesakes are a matter of `frequencies`.
_LEAST_POPULATION = 60
# One pair that fits would otherwise show that all of one are on both lists, and be certain of it:
# so many persons more are imagined, of whom three in ten of those are on both that were expected:
# a link too many costs more than one too few.
_IMAGINED, _SCEPTICAL = 8, 0.3
_ROUNDS, _LEAST_SHARE, _GREATEST_SHARE = 5, 0.02, 0.95


def score_lists(
    left: Sequence[Profile],
    right: Sequence[Profile],
    *,
    settings: MatchSettings = DEFAULTS,
    progress: Progress | None = None,
) -> ScoredPairs:
    """Candidate pairs between two lists, likeliest first.

    The score is a logistic of the summed match weights and the prior odds (expected matches to
    all pairs), lowered by rivals: no person has two counterparts. It is a probability for these two
    lists: how well it keeps what it says stands in bench/linkage. Links are one to one between
    persons: who stands in a list twice is linked by the records that agree best. Neither the
    order of the records nor which list is called left changes anything but the sides.

    Args:
        left: profiles of one list; ids are unique within it.
        right: profiles of the other, likewise.
        settings: thresholds and how far to look.
        progress: told how much of the search is done, and of how much.

    Raises:
        ValueError: two profiles of one list have the same id.

    Source: Fellegi and Sunter 1969 for weights and decisions.
    """
    ones, others = in_order(left), in_order(right)
    if not ones or not others:
        return _no_pairs(ones, others, settings)
    if comes_first(others, ones):
        return mirrored(_matched(others, ones, settings, progress))
    return _matched(ones, others, settings, progress)


def match_lists(
    left: Sequence[Profile],
    right: Sequence[Profile],
    *,
    settings: MatchSettings = DEFAULTS,
    progress: Progress | None = None,
) -> tuple[CandidatePair, ...]:
    """The pairs of `score_lists`, each with its grounds."""
    return tuple(score_lists(left, right, settings=settings, progress=progress))


def score_repeats(
    profiles: Sequence[Profile],
    *,
    settings: MatchSettings = DEFAULTS,
    progress: Progress | None = None,
) -> ScoredPairs:
    """Candidate pairs within one list: the same person entered twice or more, likeliest first.

    As `score_lists`, except that a person may be entered many times, so that pairs are no rivals.
    The smaller id is on the left.

    Raises:
        ValueError: two profiles have the same id.
    """
    ordered = in_order(profiles)
    if not ordered:
        return _no_pairs(ordered, ordered, settings)
    lists = ListPair.of(ordered, ordered)
    table = lists.candidates(settings.neighbours, progress=progress, within_one=True)
    prior = math.log2(settings.expected_share / max(len(ordered), _LEAST_POPULATION))
    undoubted = scores_alone(table.weighed.weight() + prior)
    scores = _Scores.of(undoubted, table.weighed.doubts, prior)
    return _shown(
        table.weighed,
        (_ids(ordered), _ids(ordered)),
        scores,
        scores.may_be_links(settings),
        settings,
        lambda at: lists.comparisons(table, at),
    )


def find_repeats(
    profiles: Sequence[Profile],
    *,
    settings: MatchSettings = DEFAULTS,
    progress: Progress | None = None,
) -> tuple[CandidatePair, ...]:
    """The pairs of `score_repeats`, each with its grounds."""
    return tuple(score_repeats(profiles, settings=settings, progress=progress))


def _matched(
    left: Sequence[Profile],
    right: Sequence[Profile],
    settings: MatchSettings,
    progress: Progress | None,
) -> ScoredPairs:
    lists = ListPair.of(left, right)
    table = lists.candidates(settings.neighbours, progress=progress)
    return proposed(
        table.weighed,
        (left, right),
        settings,
        lambda at, shift: lists.comparisons(table, at, shift),
    )


Grounds = Callable[[int, HabitShift], tuple[Comparison, ...]]


def proposed(
    table: WeighedPairs,
    lists: tuple[Sequence[Profile], Sequence[Profile]],
    settings: MatchSettings,
    grounds: Grounds,
) -> ScoredPairs:
    """What follows from the weights of all candidate pairs: scores, and links one to one.

    Args:
        table: every candidate pair of the two lists, wherever it was weighed.
        lists: the profiles of both, in the order of their ids.
        grounds: gives those of the pair at a place of the table, as the habits of the lists
            have it.
    """
    sizes = (len(lists[0]), len(lists[1]))
    share = settings.expected_share
    shift = _shift_of(table, sizes, share)
    weight = table.weight(shift)
    pairs = table.rows, table.columns
    undoubted, prior = _scores(OneToOne(pairs, sizes), weight, share)
    persons = persons_of(table, weight, prior, lists)
    if persons is not None:
        rivals = Rivals.of(pairs, weight, persons)
        graph = OneToOne((rivals.rows, rivals.columns), sizes)
        undoubted, prior = _scores(graph, rivals.weight, share)
        undoubted = rivals.of_records(undoubted)
    scores = _Scores.of(undoubted, table.doubts, prior)
    likely = np.flatnonzero(scores.may_be_links(settings))
    linked = np.zeros(len(undoubted), dtype=bool)
    linked[likely] = _linked(table.some(likely), scores.doubted[likely], persons)
    ids = _ids(lists[0]), _ids(lists[1])
    shown = _shown(table, ids, scores, linked, settings, lambda at: grounds(at, shift))
    if persons is None:
        return shown
    return replace(
        shown, repeated=(_repeated(ids[0], persons.left), _repeated(ids[1], persons.right))
    )


def _linked(table: WeighedPairs, scores: Floats, persons: Persons | None) -> npt.NDArray[np.bool_]:
    """Which of these likely pairs are links: one to one between persons, by their best records.

    Whoever stands in a list twice is linked once, and is not taken for two persons; which of the
    other pairs of records are right follows from which records are one person's.
    """
    rivals = Rivals.of((table.rows, table.columns), scores, persons)
    gains = np.log2(rivals.weight / (1 - np.minimum(rivals.weight, 1 - 1e-12))) + 64
    chosen = np.flatnonzero(one_to_one(gains, (rivals.rows, rivals.columns)))
    linked = np.zeros(len(scores), dtype=bool)
    if rivals.which is None:
        linked[chosen] = True
        return linked
    best = np.lexsort((rivals.below, rivals.which))
    first = np.searchsorted(rivals.which[best], chosen)
    linked[best[first]] = True
    return linked


def _repeated(ids: tuple[str, ...], persons: Ints) -> Repeated:
    """The ids of everybody who stands in a list more than once."""
    again = np.unique(persons[persons != np.arange(len(persons))])
    return tuple(
        tuple(ids[int(at)] for at in np.flatnonzero(persons == person)) for person in again
    )


def _shift_of(table: WeighedPairs, sizes: tuple[int, int], share: float) -> HabitShift:
    """What the likely pairs show of the habits of the two lists."""
    some = table.some(np.flatnonzero((table.names >= LIKELY) | (table.weight() >= LIKELY)))

    graph = OneToOne((some.rows, some.columns), sizes)

    def posterior(shift: HabitShift) -> tuple[Floats, float]:
        return _scores(graph, some.weight(shift), share)

    return habit_shift(some.habits, some.names, some.rest, posterior)


def _scores(graph: OneToOne, weight: Floats, share: float) -> tuple[Floats, float]:
    """The chance of each pair, with as many matches expected as the pairs themselves bear out.

    The prior odds of a pair (log2, given back as well) follow from the number of persons on both
    lists; starting from the expected share, that number is taken from the scores until it stands
    still.

    Source: Dempster, Laird and Rubin 1977; odds of a pair in a matching of T out of n and m:
    T / ((n - T) (m - T)).
    """
    sizes = graph.sizes
    # Short lists are drawn from the same families and villages as long ones.
    population = [max(size, _LEAST_POPULATION) for size in sizes]
    least = min(population)
    matches = share * least
    between, prior = np.zeros(len(weight)), 0.0
    for _ in range(_ROUNDS):
        odds = matches / ((population[0] - matches) * (population[1] - matches))
        prior = math.log2(odds)
        between = graph.scores(weight + prior)
        found = float(between.sum()) + _IMAGINED * _SCEPTICAL * share
        found *= least / (max(min(sizes), 1) + _IMAGINED)
        matches = min(max(found, _LEAST_SHARE * least), _GREATEST_SHARE * least)
    return between, prior


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scores:
    """The scores of all pairs, before and after what is doubted of them."""

    undoubted: Floats
    doubted: Floats
    doubts: Doubts
    prior: float

    @classmethod
    def of(cls, undoubted: Floats, doubts: Doubts, prior: float) -> "_Scores":
        return cls(
            undoubted=undoubted, doubted=doubted(undoubted, doubts), doubts=doubts, prior=prior
        )

    def may_be_links(self, settings: MatchSettings) -> npt.NDArray[np.bool_]:
        """Which pairs score high enough for a link, and are not doubted."""
        return np.asarray((self.doubted >= settings.link_at) & (self.doubts == Doubt.NONE))


def _shown(
    table: WeighedPairs,
    ids: tuple[tuple[str, ...], tuple[str, ...]],
    scores: _Scores,
    linked: npt.NDArray[np.bool_],
    settings: MatchSettings,
    grounds: Callable[[int], tuple[Comparison, ...]],
) -> ScoredPairs:
    shown = np.flatnonzero(scores.doubted >= settings.show_at)
    # Records are in the order of their ids, so that equal scores come in the order of the ids.
    shown = shown[np.lexsort((table.columns[shown], table.rows[shown], -scores.doubted[shown]))]
    return ScoredPairs(
        left_ids=ids[0],
        right_ids=ids[1],
        rows=table.rows[shown],
        columns=table.columns[shown],
        score=scores.doubted[shown],
        linked=linked[shown],
        settings=settings,
        grounds=lambda at: grounds(int(shown[at])),
        prior=scores.prior,
        doubts=scores.doubts[shown],
        undoubted=scores.undoubted[shown],
    )


def _ids(profiles: Sequence[Profile]) -> tuple[str, ...]:
    if isinstance(profiles, ProfileColumns):
        return tuple(profiles.ids)
    return tuple(profile.id for profile in profiles)


def _no_pairs(
    left: Sequence[Profile], right: Sequence[Profile], settings: MatchSettings
) -> ScoredPairs:
    nobody = np.zeros(0, dtype=np.int64)
    return ScoredPairs(
        left_ids=_ids(left),
        right_ids=_ids(right),
        rows=nobody,
        columns=nobody,
        score=np.zeros(0),
        linked=np.zeros(0, dtype=bool),
        settings=settings,
        grounds=lambda _: (),
        prior=0.0,
        doubts=np.zeros(0, dtype=np.int8),
        undoubted=np.zeros(0),
    )


def in_order(profiles: Sequence[Profile]) -> Sequence[Profile]:
    """The profiles in the order of their ids.

    Raises:
        ValueError: two have the same id.
    """
    ordered = (
        profiles.in_order()
        if isinstance(profiles, ProfileColumns)
        else sorted(profiles, key=lambda profile: profile.id)
    )
    if not rising(_ids(ordered)):
        msg = "two profiles of one list have the same id"
        raise ValueError(msg)
    return ordered


def comes_first(one: Sequence[Profile], other: Sequence[Profile]) -> bool:
    """Whether this list is the first of the two, whichever way they were given."""
    return _comes_after(other, one)


def _comes_after(ones: Sequence[Profile], others: Sequence[Profile]) -> bool:
    """Something by which either list can be called the first, whichever way they were given."""
    if len(ones) != len(others):
        return len(ones) > len(others)
    pairs = zip(ones, others, strict=True)
    first = next(((one, other) for one, other in pairs if one != other), None)
    return first is not None and repr(first[0]) > repr(first[1])
