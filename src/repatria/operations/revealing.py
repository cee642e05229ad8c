"""Lists are opened, once both sides are bound to theirs.

With an intermediary it opens both at once, whole or only the persons that both
name. Without one each party opens its own, in turns: the last to open can walk
away after it has read the other's list, which nothing can prevent (Cleve 1986);
what was opened, and by whom, can be shown to anybody.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from repatria.ledger.escrow import Commitment, Opening, copied_codes, open_slots, turn_order
from repatria.ledger.kinds.list_revealed import ListRevealed
from repatria.ledger.kinds.match_decided import MatchDecision
from repatria.ledger.kinds.round_opened import Reveals
from repatria.ledger.log import Receipt
from repatria.ledger.statement import Statement
from repatria.lists.openings import escrowed, opened_slot
from repatria.lists.release import read_entry
from repatria.lists.rounds import RevealedEntry, Round
from repatria.operations.comparison import decided_pairs
from repatria.operations.confirming import objections_to_confirming
from repatria.operations.desk import Desk
from repatria.operations.rounds import AGREED, RULE, audience_of, round_of
from repatria.terms import Finding, Objection, PartyCode, Refusal, Role
from repatria.terms.parties import INTERMEDIARY

Pairs = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedRound:
    """What was revealed, entry by entry, and what does not fit.

    Attributes:
        entries: every opened slot in which somebody stands; `fault` is empty where it is as
            committed.
        findings: each with its speaker; empty when all is as committed.
    """

    entries: Sequence[RevealedEntry]
    findings: Sequence[Finding]


def check_revealed(desk: Desk, *, round_id: str) -> CheckedRound:
    """Every revealed entry with whether it is as committed.

    Raises:
        Refusal: `round-unknown`.
    """
    found = round_of(desk.log, round_id)
    return CheckedRound(
        entries=tuple(r for r in found.revealed if r.entry or r.fault),
        findings=found.findings(),
    )


def reveal(desk: Desk, *, round_id: str, pairs: Pairs | None = None) -> Receipt:
    """The receipt of what this desk reveals now; what was revealed is not said again.

    Args:
        desk: the intermediary's, or where there is none that of a party.
        round_id: of which round.
        pairs: in a round that reveals matched persons, the slots of the first and of the
            second party that name the same person; our own decisions about lines without it.

    Raises:
        Refusal: every reason why nothing may be revealed yet.
    """
    desk.require(Role.NEGOTIATOR, Role.INTERMEDIARY)
    with desk.log.exclusive():
        found = round_of(desk.log, round_id)
        if found.terms.reveals is Reveals.PRIVATE:
            raise Refusal(Objection(code="round-is-private", rule=RULE))
        if found.terms.with_intermediary:
            desk.require(Role.INTERMEDIARY)
            return desk.log.append(tuple(_both(desk, found, pairs)))
        desk.require(Role.NEGOTIATOR)
        return desk.log.append(tuple(_next_of_ours(desk, found)))


def _both(desk: Desk, found: Round, pairs: Pairs | None) -> Iterator[Statement]:
    if desk.party != INTERMEDIARY:
        raise Refusal(Objection(code="not-the-intermediary", rule=RULE))
    if found.confirmed is None:
        raise Refusal(Objection(code="not-both-committed", rule=RULE))
    if found.revealed_of == frozenset(found.terms.parties):
        return
    if not found.confirmation_stands:
        raise Refusal(Objection(code="amended-since-confirmed", rule=RULE))
    Refusal.unless_empty(objections_to_confirming(desk, found))
    first, second = (_bound(found, party) for party in found.terms.parties)
    matched = found.terms.reveals is Reveals.MATCHED
    if not matched:
        yield _whole(desk, found, first, against=second)
        yield _whole(desk, found, second, against=first)
        return
    same = pairs if pairs is not None else matched_slots(desk, first, second)
    Refusal.unless_empty(_objections_to_pairs(same, first, second))
    yield _matched(desk, found, first, second, dict(same))
    yield _matched(desk, found, second, first, {b: a for a, b in same})


def _bound(found: Round, party: PartyCode) -> Opening:
    """The opening of the commitment that counts.

    Raises:
        Refusal: `not-committed`, `opening-missing`.
    """
    commitment = found.counted(party)
    if commitment is None:
        raise Refusal(Objection(code="not-committed", rule=RULE, about=(party,)))
    opening = found.stands[party].opening_of(commitment)
    if opening is None:
        raise Refusal(Objection(code="opening-missing", rule=RULE, about=(party,)))
    return opening


def _whole(desk: Desk, found: Round, opening: Opening, *, against: Opening) -> Statement:
    return _stated(desk, found, _whole_payload(opening, against.commitment))


def _whole_payload(opening: Opening, against: Commitment) -> ListRevealed:
    sealed = escrowed(opening)
    return ListRevealed(
        round_id=sealed.round_id,
        party=opening.party,
        root=opening.commitment.root.hex(),
        against=against.root.hex(),
        salts=sealed.salts,
        places=sealed.places,
        entries=sealed.entries,
    )


def _matched(
    desk: Desk, found: Round, opening: Opening, other: Opening, same: Mapping[int, int]
) -> Statement:
    return _stated(
        desk,
        found,
        ListRevealed(
            round_id=found.terms.round_id,
            party=opening.party,
            root=opening.commitment.root.hex(),
            against=other.commitment.root.hex(),
            slots=tuple(
                opened_slot(single, same[single.index])
                for single in open_slots(opening, sorted(same))
            ),
            unmatched=len(opening.entries) - len(same),
        ),
    )


def _stated(desk: Desk, found: Round, payload: ListRevealed) -> Statement:
    return desk.state(
        payload,
        about=(found.terms.round_id,),
        audience=audience_of(found.terms),
        ground=AGREED,
    )


def matched_slots(desk: Desk, first: Opening, second: Opening) -> Pairs:
    """Slots of two lists that name the same person, by our own decisions about their lines."""
    ours, theirs = _by_line(first), _by_line(second)
    out = []
    for (left, right), decision in decided_pairs(desk).items():
        if decision is not MatchDecision.SAME:
            continue
        if left in ours and right in theirs:
            out.append((ours[left], theirs[right]))
        elif right in ours and left in theirs:
            out.append((ours[right], theirs[left]))
    return sorted(out)


def _by_line(opening: Opening) -> Mapping[str, int]:
    read = ((index, read_entry(raw)) for index, raw in opening.entries.items())
    return {entry.line: index for index, entry in read if entry is not None and entry.line}


def _objections_to_pairs(pairs: Pairs, first: Opening, second: Opening) -> Iterator[Objection]:
    for opening, slots in ((first, [a for a, _ in pairs]), (second, [b for _, b in pairs])):
        if len(set(slots)) < len(slots):
            yield Objection(code="match-not-one-to-one", rule=RULE, about=(opening.party,))
        if not opening.entries.keys() >= set(slots):
            yield Objection(code="pair-names-no-entry", rule=RULE, about=(opening.party,))


def _next_of_ours(desk: Desk, found: Round) -> Iterator[Statement]:
    """What we open next without an intermediary: the whole list, or our turn's slots."""
    if desk.party not in found.stands:
        raise Refusal(Objection(code="not-a-party", rule=RULE))
    Refusal.unless_empty(_objections_to_opening(desk, found))
    ours, theirs = found.counted(desk.party), found.counted(found.other(desk.party))
    opening = _bound(found, desk.party)
    if ours is None or theirs is None or found.opened[desk.party] >= ours.size:
        return
    if not found.terms.step:
        yield _stated(desk, found, _whole_payload(opening, theirs))
        return
    slots = _turn(found, ours, theirs)
    if not slots:
        raise Refusal(Objection(code="not-your-turn", rule=RULE))
    yield _stated(
        desk,
        found,
        ListRevealed(
            round_id=found.terms.round_id,
            party=desk.party,
            root=ours.root.hex(),
            against=theirs.root.hex(),
            slots=tuple(opened_slot(single) for single in open_slots(opening, slots)),
        ),
    )


def _objections_to_opening(desk: Desk, found: Round) -> Iterable[Objection]:
    other = found.other(desk.party)
    ours, theirs = found.counted(desk.party), found.counted(other)
    if ours is None:
        yield Objection(code="not-committed", rule=RULE)
    if theirs is None:
        yield Objection(code="other-not-committed", rule=RULE, about=(other,))
    present = found.stands[other].present
    if present is not None and present.terms != found.digest:
        yield Objection(code="round-terms-differ", rule=RULE, about=(other,))
    if ours is not None and theirs is not None:
        for code in copied_codes(ours, theirs):
            yield Objection(code=code, rule=RULE, about=(other,))
    if any(each.party == other and each.fault for each in found.revealed):
        yield Objection(code="entry-not-as-committed", rule=RULE, about=(other,))


def _turn(found: Round, ours: Commitment, theirs: Commitment) -> tuple[int, ...]:
    """The slots that we may open now; none when it is the other's turn.

    Whoever opens first is one step ahead at most; the other never is. A longer
    list is opened to its end once the shorter one is. Only slots opened in the
    order that both roots give are counted.
    """
    order, step = turn_order(ours, theirs), found.terms.step
    mine = _taken(found, ours, order)
    others = _taken(found, theirs, turn_order(theirs, ours))
    if others >= theirs.size:
        return order[mine:]
    allowed = others + (step if ours.party == found.first else 0)
    return order[mine : min(mine + step, allowed)]


def _taken(found: Round, committed: Commitment, order: Sequence[int]) -> int:
    opened = {r.index for r in found.revealed if r.party == committed.party and not r.fault}
    return next((n for n, index in enumerate(order) if index not in opened), len(order))


def may_reveal_now(found: Round, party: PartyCode) -> bool:
    """Whether it is for this desk to reveal something next, so far as the round shows."""
    if found.terms.with_intermediary:
        shown = found.revealed_of == frozenset(found.terms.parties)
        return party == INTERMEDIARY and found.confirmation_stands and not shown
    if party not in found.stands or found.terms.reveals is Reveals.PRIVATE:
        return False
    ours, theirs = found.counted(party), found.counted(found.other(party))
    if ours is None or theirs is None or found.opened[party] >= ours.size:
        return False
    return not found.terms.step or bool(_turn(found, ours, theirs))
