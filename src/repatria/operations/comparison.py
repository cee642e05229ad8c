"""Two lists are compared; a person decides, pair by pair.

The comparison proposes, it never decides. A decision is kept for ever: running
the comparison again proposes nothing for a pair somebody has decided.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import sha256

from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.list_line import ListLine
from repatria.ledger.kinds.match_decided import MatchDecided, MatchDecision
from repatria.ledger.kinds.match_proposed import MatchProposed
from repatria.ledger.log import Receipt
from repatria.ledger.statement import Entry, Ground, Statement
from repatria.linkage import CandidatePair, Decision, Profile, find_repeats, match_lists
from repatria.linkage import sentence as sentence_of
from repatria.operations.desk import Desk
from repatria.terms import Objection, Refusal, Role

ENGINE = "repatria-linkage/1"
SHOWN_ABOVE = 0.01
Progress = Callable[[int, int], None]


def pair_id(left: str, right: str) -> str:
    """The id of a pair, the same whichever is named first and in every run."""
    first, second = sorted((left, right))
    return f"pair:{sha256(f'{first}|{second}'.encode()).hexdigest()[:24]}"


def profile_of(line: ListLine) -> Profile:
    """What the comparison looks at in a line."""
    return Profile(
        id=line.line_id,
        names=line.names,
        birth=line.birth,
        sex=line.sex,
        father=line.father,
        captured_on=line.captured_on,
        place_of_birth=str(line.born_at or ""),
    )


def current_lines(entries: Iterable[Entry]) -> Mapping[str, ListLine]:
    """The lines of lists as they now stand, by line id."""
    return {
        line.line_id: line
        for entry in entries
        if entry.statement.kind == "list.line"
        for line in [payload_of(entry, ListLine)]
    }


def compare_lists(
    desk: Desk, *, left: str, right: str, progress: Progress | None = None
) -> Receipt:
    """The receipt of the proposals from comparing two lists, or one with itself.

    Args:
        left, right: list ids; the same id twice looks for repeats within it.

    Raises:
        Refusal: `list-unknown` for one that we do not hold.
    """
    desk.require(Role.REGISTRAR, Role.INTERMEDIARY)
    with desk.log.exclusive():
        lines = current_lines(desk.log.about(left))
        others = current_lines(desk.log.about(right))
        Refusal.unless_empty(
            Objection(code="list-unknown", rule="comparison", about=(asked,))
            for asked, found in ((left, lines), (right, others))
            if not found
        )
        if left == right:
            pairs: Sequence[CandidatePair] = find_repeats(
                [profile_of(line) for line in lines.values()]
            )
        else:
            pairs = match_lists(
                [profile_of(line) for line in lines.values()],
                [profile_of(line) for line in others.values()],
                progress=progress,
            )
        known = _proposed_or_decided(desk)
        said = [
            _proposal(desk, pair)
            for pair in pairs
            if pair.score >= SHOWN_ABOVE
            and pair.decision is not Decision.NON_LINK
            and pair_id(pair.left_id, pair.right_id) not in known
        ]
        return desk.log.append(said)


def _proposed_or_decided(desk: Desk) -> frozenset[str]:
    entries = desk.log.of_kind("match.proposed", "match.decided")
    return frozenset(e.statement.about[0] for e in entries if e.origin == desk.party)


def _proposal(desk: Desk, pair: CandidatePair) -> Statement:
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
        ),
        about=(pair_id(left, right), left, right),
        audience={desk.party},
        ground=Ground(basis="comparison", source=ENGINE),
    )


def decide_match(
    desk: Desk, *, left: str, right: str, decision: MatchDecision, reason: str
) -> Receipt:
    """The receipt of a human decision about a pair; a later one supersedes it.

    Raises:
        Refusal: `reason-missing`, `record-unknown`, `decision-unchanged`.
    """
    desk.require(Role.REGISTRAR, Role.INTERMEDIARY)
    with desk.log.exclusive():
        pair = pair_id(left, right)
        former = [
            e
            for e in desk.log.about(pair)
            if e.statement.kind == "match.decided" and e.origin == desk.party
        ]
        Refusal.unless_empty(_objections(desk, left, right, decision, reason, former))
        first, second = sorted((left, right))
        decided = desk.state(
            MatchDecided(left=first, right=second, decision=decision, reason=reason.strip()),
            about=(pair, first, second),
            audience={desk.party},
            ground=Ground(basis="clerical review"),
            supersedes=(former[-1].ref,) if former else (),
        )
        return desk.log.append((decided,))


def _objections(
    desk: Desk,
    left: str,
    right: str,
    decision: MatchDecision,
    reason: str,
    former: Sequence[Entry],
) -> Iterable[Objection]:
    rule = "clerical review: a decision is a record with a reason"
    if not reason.strip():
        yield Objection(code="reason-missing", rule=rule)
    for record in (left, right):
        if not desk.log.is_named(record):
            yield Objection(code="record-unknown", rule=rule, about=(record,))
    if former:
        last = payload_of(former[-1], MatchDecided)
        if (last.decision, last.reason) == (decision, reason.strip()):
            yield Objection(code="decision-unchanged", rule=rule)


def decided_pairs(desk: Desk) -> Mapping[tuple[str, str], MatchDecision]:
    """Our decisions as they now stand, by (left, right) in text order."""
    out: dict[tuple[str, str], MatchDecision] = {}
    for entry in desk.log.of_kind("match.decided"):
        if entry.origin == desk.party:
            decided = payload_of(entry, MatchDecided)
            out[decided.left, decided.right] = decided.decision
    return out
