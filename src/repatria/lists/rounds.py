"""Where does each party stand in a round, and is what was revealed what was committed to?

Folded from the statements about the round that we hold; a party that may not
read an opening folds the same round without it. What does not fit is kept and
named, with its speaker: nothing here can make anybody reveal.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from repatria.ledger.escrow import (
    Commitment,
    copied_codes,
    opening_codes,
    single_codes,
    slots_for,
)
from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.list_revealed import ListRevealed
from repatria.ledger.kinds.round_both_committed import RoundBothCommitted
from repatria.ledger.kinds.round_opened import Reveals, RoundOpened
from repatria.ledger.statement import Entry
from repatria.lists.openings import digest_of_round, opening_of, single_of
from repatria.lists.standing import Made, Standing, standing_of
from repatria.terms import Finding, PartyCode, Severity
from repatria.terms.ids import maker_of
from repatria.terms.parties import INTERMEDIARY


@dataclass(frozen=True, slots=True, kw_only=True)
class RevealedEntry:
    """One opened slot of one list.

    Attributes:
        entry: its bytes; empty where nobody stands.
        fault: code of why it is not as committed; empty when it is.
        same_as: slot of the other list with the same person, where that was said.
        ref: the statement that opened it.
    """

    party: PartyCode
    index: int
    entry: bytes
    fault: str
    same_as: int | None
    ref: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """A round as we know it.

    Attributes:
        digest: of its terms; what every commitment must name.
        stands: by party, in the order of the terms.
        confirmed: the intermediary's newest word that both have committed.
        revealed: every slot that was opened, by party and slot.
        revealed_of: the parties of whose lists something was revealed, or nothing was in common.
        opened: by party, how many slots were opened as committed.
        unmatched: by party, how many persons stay hidden, where that was said.
        against: by party, roots that the other side held when it was revealed against it.
    """

    terms: RoundOpened
    digest: str
    by: PartyCode
    at: datetime
    stands: Mapping[PartyCode, Standing]
    confirmed: RoundBothCommitted | None
    revealed: Sequence[RevealedEntry]
    revealed_of: frozenset[PartyCode]
    opened: Mapping[PartyCode, int]
    unmatched: Mapping[PartyCode, int]
    against: Mapping[PartyCode, tuple[str, ...]]

    def other(self, party: PartyCode) -> PartyCode:
        """The other of the two parties."""
        first, second = self.terms.parties
        return second if party == first else first

    @property
    def first(self) -> PartyCode:
        """Who opens first where nobody is between the two: who proposed it."""
        return self.by if self.by in self.terms.parties else self.terms.parties[0]

    def counted(self, party: PartyCode) -> Commitment | None:
        """The commitment that openings of a party are checked against.

        The one the intermediary confirmed; without one, the one the other side
        held when it revealed; else the present one.
        """
        return _counted(self.stands[party], self.confirmed, self.against.get(party, ()))

    @property
    def confirmation_stands(self) -> bool:
        """Whether both commitments are still those the intermediary confirmed."""
        if self.confirmed is None:
            return False
        named = {at.party: at.root for at in self.confirmed.stands}
        return self.confirmed.terms == self.digest and all(
            stand.present is not None and stand.present.commitment.root.hex() == named.get(party)
            for party, stand in self.stands.items()
        )

    def is_done(self, party: PartyCode) -> bool:
        """Whether all that is to be revealed of a party's list was revealed, as committed."""
        counted = self.counted(party)
        if counted is None or party not in self.revealed_of:
            return False
        if any(each.party == party and each.fault for each in self.revealed):
            return False
        matched = self.terms.reveals is Reveals.MATCHED
        return matched or self.opened[party] == counted.size

    def findings(self) -> tuple[Finding, ...]:
        """What does not fit, each with its speaker; empty when everything is as committed."""
        return tuple(_findings(self))


def fold_round(round_id: str, entries: Iterable[Entry]) -> Round | None:
    """The round as these statements tell it; None without the one that opened it.

    What a statement that mentions this round says of another does not count here.
    """
    ordered = sorted(e for e in entries if e.statement.content.get("round_id") == round_id)
    opened = next((e for e in ordered if _opens_round(e)), None)
    if opened is None:
        return None
    terms = payload_of(opened, RoundOpened)
    stands = {party: standing_of(party, ordered) for party in terms.parties}
    confirmed = _confirmed(terms, ordered)
    said = [
        (e, payload_of(e, ListRevealed))
        for e in ordered
        if e.statement.kind == "list.revealed" and _may_reveal(e, terms)
    ]
    against = _against(terms, said)
    counted = {
        party: _counted(stand, confirmed, against.get(party, ())) for party, stand in stands.items()
    }
    revealed = _merged(
        found for e, reveal in said for found in _checked(e, reveal, counted[reveal.party], terms)
    )
    return Round(
        terms=terms,
        digest=digest_of_round(terms),
        by=opened.origin,
        at=opened.statement.recorded_at,
        stands=stands,
        confirmed=confirmed,
        revealed=revealed,
        revealed_of=frozenset(reveal.party for _, reveal in said),
        opened={
            party: sum(r.party == party and not r.fault for r in revealed)
            for party in terms.parties
        },
        unmatched={r.party: r.unmatched for _, r in said if r.unmatched is not None},
        against=against,
    )


def _opens_round(entry: Entry) -> bool:
    if entry.statement.kind != "round.opened":
        return False
    terms = payload_of(entry, RoundOpened)
    return maker_of(terms.round_id) == entry.origin and len(set(terms.parties)) == 2


def _confirmed(terms: RoundOpened, entries: Sequence[Entry]) -> RoundBothCommitted | None:
    said = [
        payload_of(e, RoundBothCommitted)
        for e in entries
        if e.statement.kind == "round.both_committed" and e.origin == INTERMEDIARY
    ]
    return said[-1] if said and terms.with_intermediary else None


def _may_reveal(entry: Entry, terms: RoundOpened) -> bool:
    """The intermediary opens both lists; where there is none, each party its own."""
    party = payload_of(entry, ListRevealed).party
    speaker = INTERMEDIARY if terms.with_intermediary else party
    return party in terms.parties and entry.origin == speaker


def _against(
    terms: RoundOpened, said: Iterable[tuple[Entry, ListRevealed]]
) -> dict[PartyCode, tuple[str, ...]]:
    first, second = terms.parties
    other = {first: second, second: first}
    out: dict[PartyCode, tuple[str, ...]] = {}
    for _, reveal in said:
        held = out.get(other[reveal.party], ())
        if reveal.against not in held:
            out[other[reveal.party]] = (*held, reveal.against)
    return out


def _counted(
    stand: Standing, confirmed: RoundBothCommitted | None, against: Sequence[str]
) -> Commitment | None:
    named = [at.root for at in confirmed.stands if at.party == stand.party] if confirmed else []
    for root in (*named, *against):
        commitment = stand.committed_to(root)
        if commitment is not None:
            return commitment
    return stand.present.commitment if stand.present is not None else None


def _checked(
    entry: Entry, reveal: ListRevealed, committed: Commitment | None, terms: RoundOpened
) -> Iterator[RevealedEntry]:
    """Every slot a statement opens, checked against what the party committed to."""
    whole = bool(reveal.salts or reveal.entries)
    fault = "commitment-not-held" if committed is None else ""
    if whole:
        opening = opening_of(reveal)
        if committed is not None:
            codes = (
                opening_codes(opening, committed, max_entries=terms.max_entries)
                if opening is not None
                else ("opening-malformed",)
            )
            fault = next(iter(codes), "")
        shown = (
            {i: slot.entry for i, slot in enumerate(opening.slots)}
            if opening is not None
            else {i: e.encode() for i, e in zip(reveal.places, reveal.entries, strict=False)}
        )
        if fault:
            # Empty slots of a false opening say nothing; that it opens nothing, it says once.
            shown = {index: text for index, text in shown.items() if text} or {0: b""}
        for index, text in shown.items():
            yield _revealed(entry, reveal, index, text, fault, None)
    for slot in reveal.slots:
        single = single_of(slot, round_id=reveal.round_id, party=reveal.party)
        codes = (
            single_codes(single, committed) if committed is not None else ("commitment-not-held",)
        )
        yield _revealed(
            entry, reveal, slot.index, single.entry, next(iter(codes), ""), slot.same_as
        )


def _revealed(
    entry: Entry, reveal: ListRevealed, index: int, text: bytes, fault: str, same_as: int | None
) -> RevealedEntry:
    return RevealedEntry(
        party=reveal.party, index=index, entry=text, fault=fault, same_as=same_as, ref=entry.ref
    )


def _merged(found: Iterable[RevealedEntry]) -> tuple[RevealedEntry, ...]:
    """Each slot once where it is as committed; what is not as committed is kept as well."""
    good: dict[tuple[PartyCode, int], RevealedEntry] = {}
    bad: list[RevealedEntry] = []
    for each in found:
        if each.fault:
            bad.append(each)
        else:
            good.setdefault((each.party, each.index), each)
    return tuple(sorted([*good.values(), *bad], key=lambda r: (r.party, r.index, r.ref)))


def _findings(found: Round) -> Iterator[Finding]:
    for party, stand in found.stands.items():
        for ref in stand.again:
            yield _finding("committed-twice", ref, party=party)
        if stand.present is not None:
            yield from _findings_about(found, party, stand.present)
        yield from _repeats(found, party)
    for each in found.revealed:
        if each.fault:
            yield _finding(each.fault, each.ref, party=each.party, slot=each.index)


def _findings_about(found: Round, party: PartyCode, present: Made) -> Iterator[Finding]:
    if present.terms != found.digest:
        yield _finding("round-terms-differ", present.ref, party=party)
    if present.commitment.size > slots_for(found.terms.max_entries):
        yield _finding("list-too-long", present.ref, party=party)
    other = found.stands[found.other(party)].present
    if other is not None and copied_codes(present.commitment, other.commitment):
        yield _finding("commitment-copied", present.ref, party=party)
    if present.commitment != found.counted(party):
        code = "amended-after-reveal" if found.revealed else "amended-since-confirmed"
        yield _finding(code, present.ref, party=party)


def _repeats(found: Round, party: PartyCode) -> Iterator[Finding]:
    """Persons that stand in two opened slots of one list; more than the terms admit."""
    good = [r for r in found.revealed if r.party == party and r.entry and not r.fault]
    first: dict[bytes, RevealedEntry] = {}
    for each in good:
        if first.setdefault(each.entry, each) is not each:
            yield _finding("entry-twice", each.ref, party=party, slot=each.index)
    if len(good) > found.terms.max_entries:
        yield _finding("list-too-long", good[-1].ref, party=party)


def _finding(code: str, *about: str, **values: str | int) -> Finding:
    # That a package has not come yet is nobody's fault.
    waits = code == "commitment-not-held"
    severity = Severity.WARNING if waits else Severity.CONTRADICTION
    return Finding(code=code, severity=severity, about=about, values=values)
