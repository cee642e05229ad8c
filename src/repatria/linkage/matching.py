"""Which records of two lists, or of one, may speak of the same person?

Candidates are found by the sound of their names and by equal birthdays, weighed
part by part, set against their rivals, and proposed: link, possible or not.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from repatria.linkage.assignment import one_to_one, scores_alone, scores_one_to_one
from repatria.linkage.blocking import Progress
from repatria.linkage.grounds import CandidateTable, ListPair
from repatria.linkage.model import CandidatePair, Decision, MatchSettings, Profile
from repatria.linkage.vocabulary import Floats

DEFAULTS = MatchSettings()
# Short lists are drawn from the same families and villages as long ones: namesakes and relatives
# are not rarer in them, so that the prior odds do not rise without end as lists get short.
_LEAST_POPULATION = 100


def match_lists(
    left: Sequence[Profile],
    right: Sequence[Profile],
    *,
    settings: MatchSettings = DEFAULTS,
    progress: Progress | None = None,
) -> tuple[CandidatePair, ...]:
    """Candidate pairs between two lists, likeliest first.

    The score is a logistic of the summed match weights and the prior odds (expected matches to
    all pairs), lowered by rivals: no record has two counterparts. It is meant as a probability
    but is not calibrated on known pairs yet. Links are one to one. Neither the order of the
    records nor which list is called left changes anything but the sides.

    Args:
        left: profiles of one list; ids are unique within it.
        right: profiles of the other, likewise.
        settings: thresholds and how far to look.
        progress: told how much of the search is done, and of how much.

    Raises:
        ValueError: two profiles of one list have the same id.

    Source: Fellegi and Sunter 1969 for weights and decisions.
    """
    ones, others = _in_order(left), _in_order(right)
    if not ones or not others:
        return ()
    if _fingerprint(ones) > _fingerprint(others):
        pairs = _matched(others, ones, settings, progress)
        return _likeliest_first([_mirrored(pair) for pair in pairs])
    return _likeliest_first(_matched(ones, others, settings, progress))


def find_repeats(
    profiles: Sequence[Profile],
    *,
    settings: MatchSettings = DEFAULTS,
    progress: Progress | None = None,
) -> tuple[CandidatePair, ...]:
    """Candidate pairs within one list: the same person entered twice or more, likeliest first.

    As `match_lists`, except that a person may be entered many times, so that pairs are no rivals.
    The smaller id is on the left.

    Raises:
        ValueError: two profiles have the same id.
    """
    ordered = _in_order(profiles)
    if not ordered:
        return ()
    lists = ListPair.of(ordered, ordered)
    table = lists.candidates(settings.neighbours, progress=progress, within_one=True)
    scores = scores_alone(
        table.weight + math.log2(settings.expected_share / max(len(ordered), _LEAST_POPULATION))
    )
    return _likeliest_first(_shown(lists, table, scores, scores >= settings.link_at, settings))


def _matched(
    left: Sequence[Profile],
    right: Sequence[Profile],
    settings: MatchSettings,
    progress: Progress | None,
) -> Iterable[CandidatePair]:
    lists = ListPair.of(left, right)
    table = lists.candidates(settings.neighbours, progress=progress)
    prior = math.log2(settings.expected_share / max(len(left), len(right), _LEAST_POPULATION))
    pairs = (table.rows, table.columns)
    scores = scores_one_to_one(table.weight + prior, pairs, (len(left), len(right)))
    likely = np.flatnonzero(scores >= settings.link_at)
    gains = np.log2(scores[likely] / (1 - np.minimum(scores[likely], 1 - 1e-12))) + 64
    linked = np.zeros(len(scores), dtype=bool)
    linked[likely] = one_to_one(gains, (table.rows[likely], table.columns[likely]))
    return _shown(lists, table, scores, linked, settings)


def _shown(
    lists: ListPair,
    table: CandidateTable,
    scores: Floats,
    linked: npt.NDArray[np.bool_],
    settings: MatchSettings,
) -> Iterable[CandidatePair]:
    for at in np.flatnonzero(scores >= settings.show_at).tolist():
        score = float(scores[at])
        if linked[at]:
            decision = Decision.LINK
        elif score >= settings.possible_at:
            decision = Decision.POSSIBLE
        else:
            decision = Decision.NON_LINK
        comparisons = lists.comparisons(table, at)
        yield CandidatePair(
            left_id=lists.left[int(table.rows[at])].id,
            right_id=lists.right[int(table.columns[at])].id,
            score=score,
            match_weight=sum(comparison.match_weight for comparison in comparisons),
            decision=decision,
            comparisons=comparisons,
        )


def _in_order(profiles: Sequence[Profile]) -> list[Profile]:
    ordered = sorted(profiles, key=lambda profile: profile.id)
    if any(one.id == other.id for one, other in pairwise(ordered)):
        msg = "two profiles of one list have the same id"
        raise ValueError(msg)
    return ordered


def _fingerprint(profiles: Sequence[Profile]) -> tuple[int, str]:
    """Something by which either list can be called the first, whichever way they were given."""
    return len(profiles), repr(profiles)


def _mirrored(pair: CandidatePair) -> CandidatePair:
    comparisons = tuple(replace(one, left=one.right, right=one.left) for one in pair.comparisons)
    return replace(pair, left_id=pair.right_id, right_id=pair.left_id, comparisons=comparisons)


def _likeliest_first(pairs: Iterable[CandidatePair]) -> tuple[CandidatePair, ...]:
    return tuple(sorted(pairs, key=lambda pair: (-pair.score, pair.left_id, pair.right_id)))
