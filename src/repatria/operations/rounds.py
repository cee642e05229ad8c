"""Both sides commit to a list before either reads the other's.

A round is opened with its terms; to commit is to accept them. With an
intermediary the opening is sealed to it in the same breath, and nothing is
revealed before it has checked both. A commitment is changed only by a visible
amendment. Then come `operations.confirming` and `operations.revealing`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from repatria.ledger.escrow import (
    MAX_ENTRY_BYTES,
    MAX_SLOTS,
    seal_list,
)
from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.list_amended import ListAmended
from repatria.ledger.kinds.list_committed import ListCommitted
from repatria.ledger.kinds.list_line import ListLine
from repatria.ledger.kinds.list_submitted import ListSubmitted
from repatria.ledger.kinds.round_opened import Reveals, RoundOpened
from repatria.ledger.log import Log, Receipt
from repatria.ledger.statement import Ground
from repatria.lists.openings import escrowed
from repatria.lists.reading import ReadRow, UnreadableRow
from repatria.lists.release import ReleaseEntry, entry_bytes, entry_of_line, entry_of_record
from repatria.lists.rounds import Round, fold_round
from repatria.lists.standing import Standing
from repatria.operations.desk import Desk
from repatria.terms import ListId, Objection, PartyCode, Refusal, Role, RoundId
from repatria.terms.parties import INTERMEDIARY

AGREED = Ground(basis="agreement")
RULE = "commit, then reveal"


def open_round(
    desk: Desk,
    *,
    title: str,
    parties: Sequence[PartyCode],
    with_intermediary: bool,
    reveals: Reveals,
    max_entries: int,
    step: int = 0,
) -> RoundId:
    """The id of a round with these terms; one we opened before in the same words is known again.

    Raises:
        Refusal: `role-may-not`, `round-without-title`, `round-needs-two-parties`,
            `not-a-party`, `list-size-out-of-range`, `matched-needs-intermediary`,
            `private-is-between-two`, `step-out-of-range`.
    """
    desk.require(Role.NEGOTIATOR, Role.INTERMEDIARY)
    with desk.log.exclusive():
        terms = RoundOpened(
            round_id=RoundId(desk.new_id("round")),
            title=title.strip(),
            parties=tuple(parties),
            with_intermediary=with_intermediary,
            reveals=reveals,
            max_entries=max_entries,
            step=step,
        )
        Refusal.unless_empty(_objections_to_terms(desk, terms))
        for entry in desk.log.of_kind("round.opened"):
            known = payload_of(entry, RoundOpened)
            if entry.origin == desk.party and _same_words(known, terms):
                return known.round_id
        opened = desk.state(
            terms, about=(terms.round_id,), audience=audience_of(terms), ground=AGREED
        )
        desk.log.append((opened,))
    return terms.round_id


def _same_words(one: RoundOpened, other: RoundOpened) -> bool:
    """Whether two rounds differ in nothing but their id."""
    return replace(one, round_id=other.round_id) == other


def _objections_to_terms(desk: Desk, terms: RoundOpened) -> Iterator[Objection]:
    if not terms.title:
        yield Objection(code="round-without-title", rule=RULE)
    parties = set(terms.parties)
    if len(terms.parties) != 2 or len(parties) != 2 or INTERMEDIARY in parties:
        yield Objection(code="round-needs-two-parties", rule=RULE)
    if desk.party not in parties | ({INTERMEDIARY} if terms.with_intermediary else set()):
        yield Objection(code="not-a-party", rule=RULE)
    if not 1 <= terms.max_entries <= MAX_SLOTS:
        yield Objection(code="list-size-out-of-range", rule=RULE)
    if terms.reveals is Reveals.MATCHED and not terms.with_intermediary:
        yield Objection(code="matched-needs-intermediary", rule=RULE)
    if terms.reveals is Reveals.PRIVATE and (terms.with_intermediary or terms.step):
        yield Objection(code="private-is-between-two", rule=RULE)
    if not 0 <= terms.step <= MAX_SLOTS or (terms.step and terms.with_intermediary):
        yield Objection(code="step-out-of-range", rule=RULE)


def audience_of(terms: RoundOpened) -> frozenset[str]:
    """Who is told of a round: its parties, and the intermediary where it takes part."""
    return frozenset({*terms.parties, *([INTERMEDIARY] if terms.with_intermediary else [])})


def round_of(log: Log, round_id: str) -> Round:
    """A round as we know it.

    Raises:
        Refusal: `round-unknown`.
    """
    found = fold_round(round_id, log.about(round_id))
    if found is None:
        raise Refusal(Objection(code="round-unknown", rule=RULE))
    return found


def entries_of_list(desk: Desk, list_id: str) -> tuple[ReleaseEntry, ...]:
    """The persons of a list we handed in, each naming its line.

    Raises:
        Refusal: `list-unknown`; `list-already-shown` when another party than the
            intermediary was given it: nothing would be left to hide.
    """
    entries = [e for e in desk.log.about(list_id) if e.origin == desk.party]
    submitted = [e for e in entries if e.statement.kind == "list.submitted"]
    if not submitted:
        raise Refusal(Objection(code="list-unknown", rule=RULE, about=(list_id,)))
    if any(entry.statement.audience - desk.for_agency() for entry in submitted):
        raise Refusal(Objection(code="list-already-shown", rule=RULE, about=(list_id,)))
    lines = {
        line.line_id: line
        for entry in entries
        if entry.statement.kind == "list.line"
        for line in [payload_of(entry, ListLine)]
    }
    return tuple(entry_of_line(line) for line in lines.values())


def entries_of_rows(rows: Iterable[ReadRow | UnreadableRow]) -> tuple[ReleaseEntry, ...]:
    """The persons of a list file that stays in the house.

    Raises:
        Refusal: `row-not-readable`: nobody commits to a list with a hole in it.
    """
    entries: list[ReleaseEntry] = []
    unreadable: list[str] = []
    for row in rows:
        if isinstance(row, ReadRow):
            entries.append(entry_of_record(row.record))
        else:
            unreadable.append(f"row {row.number}")
    if unreadable:
        about = tuple(unreadable[:10])
        raise Refusal(Objection(code="row-not-readable", rule=RULE, about=about))
    return tuple(entries)


def lists_to_commit(desk: Desk) -> tuple[ListSubmitted, ...]:
    """Our lists that nobody but the intermediary was given, as they now stand."""
    current: dict[ListId, ListSubmitted] = {}
    for entry in desk.log.of_kind("list.submitted"):
        if entry.origin == desk.party and not entry.statement.audience - desk.for_agency():
            said = payload_of(entry, ListSubmitted)
            current[said.list_id] = said
    return tuple(current.values())


def commit_list(desk: Desk, *, round_id: str, entries: Sequence[ReleaseEntry]) -> Receipt:
    """The receipt of our commitment to a list, with its opening put in escrow.

    The same list again changes nothing.

    Raises:
        Refusal: `role-may-not`, `round-unknown`, `not-a-party`, `already-committed`
            (to another list: amend it), and what `amend_list` objects to in entries.
    """
    desk.require(Role.NEGOTIATOR)
    with desk.log.exclusive():
        found = round_of(desk.log, round_id)
        stand = _own(desk, found)
        raw = _raw(found, entries)
        if stand.present is not None:
            if _same_list(stand, raw):
                return desk.log.append(())
            raise Refusal(Objection(code="already-committed", rule=RULE, about=(round_id,)))
        return _bind(desk, found, raw, reason="")


def amend_list(
    desk: Desk, *, round_id: str, entries: Sequence[ReleaseEntry], reason: str
) -> Receipt:
    """The receipt of another list in place of the one we committed to, for all to see.

    Raises:
        Refusal: `role-may-not`, `round-unknown`, `not-a-party`, `not-committed`,
            `reason-missing`, `round-revealed`, `list-without-lines`, `list-too-long`,
            `entry-too-long`, `entry-twice`.
    """
    desk.require(Role.NEGOTIATOR)
    with desk.log.exclusive():
        found = round_of(desk.log, round_id)
        stand = _own(desk, found)
        raw = _raw(found, entries)
        objections = []
        if stand.present is None:
            objections.append(Objection(code="not-committed", rule=RULE))
        if not reason.strip():
            objections.append(Objection(code="reason-missing", rule=RULE))
        if found.revealed:
            objections.append(Objection(code="round-revealed", rule=RULE))
        Refusal.unless_empty(objections)
        if _same_list(stand, raw):
            return desk.log.append(())
        return _bind(desk, found, raw, reason=reason.strip())


def _own(desk: Desk, found: Round) -> Standing:
    if desk.party not in found.stands:
        raise Refusal(Objection(code="not-a-party", rule=RULE))
    return found.stands[desk.party]


def _raw(found: Round, entries: Sequence[ReleaseEntry]) -> tuple[bytes, ...]:
    raw = tuple(entry_bytes(entry) for entry in entries)
    objections = []
    if not raw:
        objections.append(Objection(code="list-without-lines", rule=RULE))
    if len(raw) > found.terms.max_entries:
        objections.append(Objection(code="list-too-long", rule=RULE))
    if any(len(entry) > MAX_ENTRY_BYTES for entry in raw):
        objections.append(Objection(code="entry-too-long", rule=RULE))
    if len(set(raw)) < len(raw):
        objections.append(Objection(code="entry-twice", rule=RULE))
    Refusal.unless_empty(objections)
    return raw


def _same_list(stand: Standing, raw: Sequence[bytes]) -> bool:
    if stand.present is None:
        return False
    opening = stand.opening_of(stand.present.commitment)
    return opening is not None and sorted(opening.entries.values()) == sorted(raw)


def _bind(desk: Desk, found: Round, raw: Sequence[bytes], *, reason: str) -> Receipt:
    round_id, former = found.terms.round_id, found.stands[desk.party].present
    opening = seal_list(raw, round_id=round_id, party=desk.party, entropy=desk.entropy)
    bound = opening.commitment
    said = ListCommitted(
        round_id=round_id,
        party=desk.party,
        root=bound.root.hex(),
        slots=bound.size,
        terms=found.digest,
    )
    amended = ListAmended(
        round_id=round_id,
        party=desk.party,
        root=said.root,
        slots=said.slots,
        terms=said.terms,
        reason=reason,
    )
    committed = desk.state(
        said if former is None else amended,
        about=(round_id,),
        audience=audience_of(found.terms),
        ground=AGREED,
        supersedes=(former.ref,) if former is not None else (),
    )
    # Without an intermediary the opening stays in our own hands until we reveal it.
    in_escrow = desk.state(
        escrowed(opening),
        about=(round_id,),
        audience=desk.for_agency() if found.terms.with_intermediary else {desk.party},
        ground=AGREED,
    )
    return desk.log.append((committed, in_escrow))
