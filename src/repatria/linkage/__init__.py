"""Are these two records about the same person?

Start at `match_lists`: names across scripts, partial dates of birth and whatever
else two lists say, weighed part by part, with grounds that can be shown. Not
here: reading files, and deciding who is who; that is for a person.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from repatria.linkage.columns import ProfileColumns
from repatria.linkage.explanations import MOST_RARE, rounded, sentence
from repatria.linkage.model import (
    Agreement,
    CandidatePair,
    Comparison,
    Decision,
    Field,
    MatchSettings,
    Profile,
)
from repatria.linkage.names.keys import query_keys, search_keys

if TYPE_CHECKING:
    from repatria.linkage.scored_pairs import ScoredPairs

__all__ = [
    "MOST_RARE",
    "Agreement",
    "CandidatePair",
    "Comparison",
    "Decision",
    "Field",
    "MatchSettings",
    "Profile",
    "ProfileColumns",
    "find_repeats",
    "match_lists",
    "query_keys",
    "rounded",
    "score_lists",
    "score_repeats",
    "search_keys",
    "sentence",
]

_DEFAULTS = MatchSettings()


def match_lists(
    left: Sequence[Profile],
    right: Sequence[Profile],
    *,
    settings: MatchSettings = _DEFAULTS,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[CandidatePair, ...]:
    """Candidate pairs between two lists, likeliest first; see `matching.match_lists`."""
    from repatria.linkage import matching  # noqa: PLC0415 -- loads numpy and scipy, a second

    return matching.match_lists(left, right, settings=settings, progress=progress)


def find_repeats(
    profiles: Sequence[Profile],
    *,
    settings: MatchSettings = _DEFAULTS,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[CandidatePair, ...]:
    """Candidate pairs within one list, likeliest first; see `matching.find_repeats`."""
    from repatria.linkage import matching  # noqa: PLC0415 -- loads numpy and scipy, a second

    return matching.find_repeats(profiles, settings=settings, progress=progress)


def score_lists(
    left: Sequence[Profile],
    right: Sequence[Profile],
    *,
    settings: MatchSettings = _DEFAULTS,
    progress: Callable[[int, int], None] | None = None,
) -> "ScoredPairs":
    """Candidate pairs between two lists as columns; see `matching.score_lists`."""
    from repatria.linkage import matching  # noqa: PLC0415 -- loads numpy and scipy, a second

    return matching.score_lists(left, right, settings=settings, progress=progress)


def score_repeats(
    profiles: Sequence[Profile],
    *,
    settings: MatchSettings = _DEFAULTS,
    progress: Callable[[int, int], None] | None = None,
) -> "ScoredPairs":
    """Candidate pairs within one list as columns; see `matching.score_repeats`."""
    from repatria.linkage import matching  # noqa: PLC0415 -- loads numpy and scipy, a second

    return matching.score_repeats(profiles, settings=settings, progress=progress)
