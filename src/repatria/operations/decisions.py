"""What did somebody decide about two records, and does it still hold?

A decision is kept for ever. A later one of the same party replaces it, and the former
stays to be read. No comparison and no import changes one: where a list is handed in
anew the decision is said again of the new lines, naming the one it rests on; where a
line has come to say other words, the decision stands and is shown to be looked at again.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.match_decided import MatchDecided, MatchDecision
from repatria.ledger.log import Receipt
from repatria.ledger.statement import Entry, Ground, Statement
from repatria.operations.desk import Desk
from repatria.operations.records import Record, current_records, pair_id
from repatria.terms import Objection, PartyCode, Refusal, Role

REVIEWED, REMEMBERED = "clerical review", "earlier decision"
_REFERENCE = re.compile(r"([a-z][a-z0-9_-]*)/(0|[1-9][0-9]{0,17})")
_DIGEST = re.compile(r"[0-9a-f]{64}")


def decide_match(
    desk: Desk,
    *,
    left: str,
    right: str,
    decision: MatchDecision,
    reason: str,
    evidence: Sequence[str] = (),
) -> Receipt:
    """The receipt of a human decision about a pair; a later one supersedes it.

    Where the same two records stand on other versions of their lists, and the former
    decision was said again of those, the new one is too.

    Args:
        evidence: references of statements, digests of files, or words.

    Raises:
        Refusal: `reason-missing`, `record-unknown`, `evidence-unknown`, `decision-unchanged`.
    """
    desk.require(Role.REGISTRAR, Role.INTERMEDIARY)
    shown = tuple(dict.fromkeys(e.strip() for e in evidence if e.strip()))
    with desk.log.exclusive():
        first, second = sorted((left, right))
        said = MatchDecided(
            left=first,
            right=second,
            decision=decision,
            reason=reason.strip(),
            evidence=shown,
            **_words(desk, first, second),
        )
        group = _same_records(desk, pair_id(left, right))
        former = group.get(pair_id(left, right))
        Refusal.unless_empty(_objections(desk, said, former))
        return desk.log.append(tuple(_decided_everywhere(desk, said, group)))


def _words(desk: Desk, left: str, right: str) -> dict[str, str]:
    """What the two records say now, for `MatchDecided`; empty for what is no line."""
    entries = desk.log.about_each((left, right), "list.line")
    found = current_records(entry for each in entries.values() for entry in each)
    return {
        f"{side}_words": found[record].words
        for side, record in (("left", left), ("right", right))
        if record in found
    }


def _decided_everywhere(
    desk: Desk, said: MatchDecided, group: Mapping[str, Entry]
) -> Iterator[Statement]:
    """The decision on its pair, and on the pairs to which the former was carried over."""
    pair = pair_id(said.left, said.right)
    yield _stated(desk, said, Ground(basis=REVIEWED), former=group.get(pair))
    for other, entry in group.items():
        if other == pair:
            continue
        there = payload_of(entry, MatchDecided)
        carried = MatchDecided(
            left=there.left,
            right=there.right,
            decision=said.decision,
            reason=said.reason,
            evidence=said.evidence,
            left_words=there.left_words,
            right_words=there.right_words,
        )
        yield _stated(desk, carried, Ground(basis=REMEMBERED, source=pair), former=entry)


def _stated(
    desk: Desk, said: MatchDecided, ground: Ground, former: Entry | None, *also: str
) -> Statement:
    kept = former.statement.about[3:] if former else ()
    return desk.state(
        said,
        about=(pair_id(said.left, said.right), said.left, said.right, *(also or kept)),
        audience={desk.party},
        ground=ground,
        supersedes=(former.ref,) if former else (),
    )


def _same_records(desk: Desk, pair: str) -> Mapping[str, Entry]:
    """Our last decision on a pair and on every pair of the same two records, by pair.

    The first pair they were decided on stands in every decision that was carried over.
    """
    own = [e for e in desk.log.about(pair) if _ours(e, desk.party)]
    first = next((e.statement.about[3] for e in own if len(e.statement.about) > 3), pair)
    everywhere = (
        own if first == pair else [e for e in desk.log.about(first) if _ours(e, desk.party)]
    )
    latest = {e.statement.about[0]: e for e in own}
    latest |= {e.statement.about[0]: e for e in everywhere}
    return latest


def _ours(entry: Entry, party: PartyCode) -> bool:
    return entry.statement.kind == "match.decided" and entry.origin == party


def _objections(desk: Desk, said: MatchDecided, former: Entry | None) -> Iterable[Objection]:
    rule = "clerical review: a decision is a record with a reason"
    if not said.reason:
        yield Objection(code="reason-missing", rule=rule)
    for record in (said.left, said.right):
        if not desk.log.is_named(record):
            yield Objection(code="record-unknown", rule=rule, about=(record,))
    for each in said.evidence:
        if not _is_held(desk, each):
            yield Objection(code="evidence-unknown", rule=rule)
    if former and payload_of(former, MatchDecided) == said:
        yield Objection(code="decision-unchanged", rule=rule)


def _is_held(desk: Desk, evidence: str) -> bool:
    """Whether what is named can be looked up here; words need no looking up."""
    if _DIGEST.fullmatch(evidence):
        return desk.log.attachment(evidence) is not None
    if reference := _REFERENCE.fullmatch(evidence):
        return bool(desk.log.at([(PartyCode(reference[1]), int(reference[2]))]))
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """Our decisions as they now stand.

    Attributes:
        by_pair: the last decision on each pair.
    """

    by_pair: Mapping[str, Entry]

    @classmethod
    def of(cls, desk: Desk) -> "Memory":
        """Everything this party has decided."""
        decided = desk.log.of_kind("match.decided")
        return cls(by_pair={e.statement.about[0]: e for e in decided if _ours(e, desk.party)})

    def stale(self, records: Mapping[str, Record]) -> frozenset[str]:
        """Pairs decided when one of their lines said other words than it does now.

        Args:
            records: the lines as they now stand; a line that is not among them is not judged.
        """
        return frozenset(
            pair
            for pair, entry in self.by_pair.items()
            for decided in [payload_of(entry, MatchDecided)]
            if any(
                words and record in records and records[record].words != words
                for record, words in (
                    (decided.left, decided.left_words),
                    (decided.right, decided.right_words),
                )
            )
        )


def carried_over(
    desk: Desk, memory: Memory, lefts: Mapping[str, Record], rights: Mapping[str, Record]
) -> tuple[Statement, ...]:
    """Decisions said again of lines that are the same two records under other ids.

    A record is the same when its author says the same words of it in another list, or on
    another line of the same list after the first line has come to say something else. Two
    lines with the same words that stand in one list together are two records: nothing is
    carried from one to the other. Where decisions on the same words differ, none is carried.
    """
    before = _records_decided(desk, memory)
    sides = (_by_words(lefts), _by_words(rights))
    found: dict[str, dict[str, tuple[Entry, str, str]]] = defaultdict(dict)
    for entry in memory.by_pair.values():
        decided = payload_of(entry, MatchDecided)
        for here, there in (sides, sides[::-1]):
            ones = _heirs(decided.left, decided.left_words, before, here)
            others = _heirs(decided.right, decided.right_words, before, there)
            for one, other in product(ones, others):
                if one != other and pair_id(one, other) not in memory.by_pair:
                    ways = found[pair_id(one, other)]
                    ways.setdefault(str(decided.decision), (entry, one, other))
    return tuple(
        _said_again(desk, *next(iter(ways.values())), {**lefts, **rights})
        for ways in found.values()
        if len(ways) == 1
    )


def _records_decided(desk: Desk, memory: Memory) -> Mapping[str, Record]:
    lines = {
        record
        for entry in memory.by_pair.values()
        for record in entry.statement.about[1:3]
        if record.startswith("line:")
    }
    entries = desk.log.about_each(sorted(lines), "list.line")
    return current_records(entry for each in entries.values() for entry in each)


def _by_words(records: Mapping[str, Record]) -> Mapping[str, Sequence[Record]]:
    found: dict[str, list[Record]] = defaultdict(list)
    for record in records.values():
        found[record.words].append(record)
    return found


def _heirs(
    record: str,
    words: str,
    before: Mapping[str, Record],
    lines: Mapping[str, Sequence[Record]],
) -> Iterator[str]:
    """Lines that are the record which somebody once looked at on a line."""
    if not words or record not in before:
        return
    former = before[record]
    moved = former.words != words
    for now in lines.get(words, ()):
        elsewhere = now.line.list_id != former.line.list_id
        if now.line.line_id == record or moved or elsewhere:
            yield now.line.line_id


def _said_again(
    desk: Desk, entry: Entry, one: str, other: str, records: Mapping[str, Record]
) -> Statement:
    decided = payload_of(entry, MatchDecided)
    left, right = sorted((one, other))
    first = entry.statement.about[3] if len(entry.statement.about) > 3 else entry.statement.about[0]
    said = MatchDecided(
        left=left,
        right=right,
        decision=decided.decision,
        reason=decided.reason,
        evidence=decided.evidence,
        left_words=records[left].words,
        right_words=records[right].words,
    )
    return _stated(desk, said, Ground(basis=REMEMBERED, source=entry.ref), None, first)


def decided_pairs(desk: Desk) -> Mapping[tuple[str, str], MatchDecision]:
    """Our decisions as they now stand, by (left, right) in text order."""
    found = (payload_of(e, MatchDecided) for e in Memory.of(desk).by_pair.values())
    return {(decided.left, decided.right): decided.decision for decided in found}


def pairs_to_look_at_again(desk: Desk) -> frozenset[tuple[str, str]]:
    """Pairs whose lines say other words now than when somebody decided, in text order."""
    memory = Memory.of(desk)
    stale = memory.stale(_records_decided(desk, memory))
    found = (payload_of(memory.by_pair[pair], MatchDecided) for pair in stale)
    return frozenset((decided.left, decided.right) for decided in found)
