"""The intermediary says that both have committed, once it holds both openings.

It checks both against roots, terms and the lists that were handed in to it, and
says what is wrong with each, all at once. Nobody reveals before this is said.
"""

from collections.abc import Iterable, Iterator

from repatria.ledger.escrow import Opening, copied_codes, opening_codes
from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.list_line import ListLine
from repatria.ledger.kinds.round_both_committed import CommittedAt, RoundBothCommitted
from repatria.ledger.log import Receipt
from repatria.ledger.statement import Entry
from repatria.lists.release import ReleaseEntry, entry_of_line, read_entry
from repatria.lists.rounds import Round
from repatria.lists.standing import Standing
from repatria.operations.desk import Desk
from repatria.operations.rounds import AGREED, RULE, audience_of, round_of
from repatria.terms import Objection, Refusal, Role
from repatria.terms.ids import maker_of
from repatria.terms.parties import INTERMEDIARY


def confirm_both_committed(desk: Desk, *, round_id: str) -> Receipt:
    """The receipt of our word that we hold both openings and both are as committed.

    Said again only when a commitment was amended since.

    Raises:
        Refusal: every reason why we cannot say it, each about the party concerned.
    """
    desk.require(Role.INTERMEDIARY)
    with desk.log.exclusive():
        found = round_of(desk.log, round_id)
        Refusal.unless_empty(objections_to_confirming(desk, found))
        if found.confirmation_stands:
            return desk.log.append(())
        said = RoundBothCommitted(
            round_id=found.terms.round_id,
            terms=found.digest,
            stands=tuple(_committed_at(desk, stand) for stand in found.stands.values()),
        )
        stated = desk.state(
            said, about=(said.round_id,), audience=audience_of(found.terms), ground=AGREED
        )
        return desk.log.append((stated,))


def objections_to_confirming(desk: Desk, found: Round) -> tuple[Objection, ...]:
    """Why the intermediary cannot say that both have committed; empty when it can."""
    if desk.party != INTERMEDIARY or not found.terms.with_intermediary:
        return (Objection(code="not-the-intermediary", rule=RULE),)
    objections = []
    for party, stand in found.stands.items():
        codes = _standing_codes(desk, found, stand)
        objections += [Objection(code=code, rule=RULE, about=(party,)) for code in codes]
    first, second = (stand.present for stand in found.stands.values())
    if first is not None and second is not None:
        copied = copied_codes(first.commitment, second.commitment)
        objections += [
            Objection(code=code, rule=RULE, about=found.terms.parties) for code in copied
        ]
    if found.revealed and not found.confirmation_stands:
        objections.append(Objection(code="round-revealed", rule=RULE))
    return tuple(objections)


def _standing_codes(desk: Desk, found: Round, stand: Standing) -> Iterator[str]:
    if stand.present is None:
        yield "other-not-committed"
        return
    if stand.present.terms != found.digest:
        yield "round-terms-differ"
    if stand.again:
        yield "committed-twice"
    opening = stand.opening_of(stand.present.commitment)
    yield from opening_codes(opening, stand.present.commitment, max_entries=found.terms.max_entries)
    if opening is not None:
        yield from _entry_codes(desk, stand, opening)


def _entry_codes(desk: Desk, stand: Standing, opening: Opening) -> Iterator[str]:
    """Whether every entry can be read, and says what the line it names says."""
    entries = [read_entry(raw) for raw in opening.entries.values()]
    if None in entries:
        yield "entry-not-readable"
    named = {entry.line: entry for entry in entries if entry is not None and entry.line}
    if any(maker_of(line) != stand.party for line in named):
        yield "entry-of-another"
    held = desk.log.about_each(named, "list.line")
    if any(_differs(entry, held.get(line, ())) for line, entry in named.items()):
        yield "entry-not-as-listed"


def _differs(entry: ReleaseEntry, said: Iterable[Entry]) -> bool:
    lines = [payload_of(e, ListLine) for e in said]
    return bool(lines) and entry not in [entry_of_line(line) for line in lines]


def _committed_at(desk: Desk, stand: Standing) -> CommittedAt:
    made = stand.present
    if made is None:
        msg = "only a commitment can be confirmed"
        raise ValueError(msg)
    head = desk.log.head(stand.party)
    return CommittedAt(
        party=stand.party,
        root=made.commitment.root.hex(),
        slots=made.commitment.size,
        ref=made.ref,
        log_size=head.size,
        log_root=head.root.hex(),
    )
