"""Two lists are compared, or one with itself: which pairs should somebody look at?

The comparison proposes, it never decides. Running it again proposes nothing for a
pair somebody has decided, and says a decision again of lines that are the same
records under new ids. A pair that waits is proposed anew once its lines say other words.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.match_proposed import MatchProposed
from repatria.ledger.log import Receipt
from repatria.ledger.statement import Ground, Statement
from repatria.linkage import (
    CandidatePair,
    Decision,
    MatchSettings,
    score_lists,
    score_repeats,
)
from repatria.linkage import sentence as sentence_of
from repatria.linkage.expectation import ErrorCosts, thresholds
from repatria.operations.decisions import Memory, carried_over, decide_match, decided_pairs
from repatria.operations.desk import Desk, halves
from repatria.operations.records import Record, current_lines, current_records, pair_id, profile_of
from repatria.terms import Objection, Refusal, Role

if TYPE_CHECKING:
    from repatria.linkage.scored_pairs import ScoredPairs

__all__ = [
    "compare_lists",
    "current_lines",
    "decide_match",
    "decided_pairs",
    "pair_id",
    "profile_of",
    "scored_lists",
]

ENGINE = "repatria-linkage/1"
SHOWN_ABOVE = 0.01
Progress = Callable[[int, int], None]


def compare_lists(
    desk: Desk,
    *,
    left: str,
    right: str,
    costs: ErrorCosts | None = None,
    progress: Progress | None = None,
) -> Receipt:
    """The receipt of the proposals from comparing two lists, or one with itself.

    Args:
        left, right: list ids; the same id twice looks for repeats within it.
        costs: of mistakes, from which follows what is proposed as a link; the usual
            thresholds where nobody has weighed them.

    Raises:
        Refusal: `list-unknown` for one that we do not hold.
    """
    desk.require(Role.REGISTRAR, Role.INTERMEDIARY)

    comparing, writing = halves(progress)

    def compared() -> Iterator[Statement]:
        lines, others = _records(desk, left, right)
        memory = Memory.of(desk)
        again = carried_over(desk, memory, lines, others)
        yield from _proposals(desk, memory, (lines, others), settings_for(costs), comparing)
        yield from again

    return desk.append_computed(compared, progress=writing)


def scored_lists(desk: Desk, *, left: str, right: str) -> "ScoredPairs":
    """What the comparison of two lists, or of one with itself, finds now; nothing is written.

    The ids are those of the lines. What somebody has decided about a pair changes nothing here.

    Raises:
        Refusal: `list-unknown` for one that we do not hold, `role-may-not`.
    """
    desk.require(Role.REGISTRAR, Role.INTERMEDIARY)
    return _scored(*_records(desk, left, right), MatchSettings(), None)


def _records(
    desk: Desk, left: str, right: str
) -> tuple[Mapping[str, Record], Mapping[str, Record]]:
    """What the lines of both lists say; the same mapping twice where one is asked for."""
    lines = current_records(desk.log.about(left))
    others = lines if left == right else current_records(desk.log.about(right))
    Refusal.unless_empty(
        Objection(code="list-unknown", rule="comparison", about=(asked,))
        for asked, found in ((left, lines), (right, others))
        if not found
    )
    return lines, others


def _scored(
    lines: Mapping[str, Record],
    others: Mapping[str, Record],
    settings: MatchSettings,
    progress: Progress | None,
) -> "ScoredPairs":
    profiles = [profile_of(record.line) for record in lines.values()]
    if others is lines:
        return score_repeats(profiles, settings=settings, progress=progress)
    ones = [profile_of(record.line) for record in others.values()]
    return score_lists(profiles, ones, settings=settings, progress=progress)


def settings_for(costs: ErrorCosts | None) -> MatchSettings:
    """How to compare so that decisions are expected to cost least."""
    usual = MatchSettings()
    if costs is None:
        return usual
    found = thresholds(costs)
    return MatchSettings(
        link_at=max(found.link_at, usual.show_at),
        possible_at=max(found.possible_at, usual.show_at),
    )


def _proposals(
    desk: Desk,
    memory: Memory,
    lists: tuple[Mapping[str, Record], Mapping[str, Record]],
    settings: MatchSettings,
    progress: Progress | None,
) -> Iterator[Statement]:
    """What is worth a look and is not before somebody's eyes already, likeliest first."""
    lines, others = lists
    scored = _scored(lines, others, settings, progress)
    records = {**lines, **others}
    seen = _words_seen(desk)
    for at in range(len(scored)):
        one, other = sorted(scored.ids(at))
        pair = pair_id(one, other)
        words = records[one].words, records[other].words
        if scored.score[at] < SHOWN_ABOVE or scored.decision(at) is Decision.NON_LINK:
            continue
        if (
            pair in memory.by_pair
            or seen.get(pair, ("", "")) == words
            or seen.get(pair) == ("", "")
        ):
            continue
        yield _proposal(desk, scored.pair(at), words)


def _words_seen(desk: Desk) -> Mapping[str, tuple[str, str]]:
    """What the lines of each pair said when it was last proposed."""
    proposed = (
        (entry.statement.about[0], payload_of(entry, MatchProposed))
        for entry in desk.log.of_kind("match.proposed")
        if entry.origin == desk.party
    )
    return {pair: (said.left_words, said.right_words) for pair, said in proposed}


def _proposal(desk: Desk, pair: CandidatePair, words: tuple[str, str]) -> Statement:
    left, right = sorted((pair.left_id, pair.right_id))
    flip = left != pair.left_id
    comparisons = tuple(
        {
            "field": str(c.field),
            "left": c.right if flip else c.left,
            "right": c.left if flip else c.right,
            "agreement": str(c.agreement),
            "weight_millibits": round(c.match_weight * 1000),
            "code": c.code,
            "sentence": sentence_of(c),
            "values": {
                name: said for name, said in c.values.items() if isinstance(said, int | str)
            },
        }
        for c in pair.comparisons
    )
    return desk.state(
        MatchProposed(
            left=left,
            right=right,
            score_ppm=round(pair.score * 1_000_000),
            weight_millibits=round(pair.match_weight * 1000),
            decision=str(pair.decision),
            engine=ENGINE,
            comparisons=comparisons,
            left_words=words[0],
            right_words=words[1],
        ),
        about=(pair_id(left, right), left, right),
        audience={desk.party},
        ground=Ground(basis="comparison", source=ENGINE),
    )
