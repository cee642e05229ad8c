"""What do both receipts of a crossing support, and what follows from it?

A line counts as released only when the side that gave the person up and the
side that received him both signed for that line. Anything reckoned from a
claim and receipts is marked as derived, with what it was reckoned from.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from repatria.record.book import surely_before
from repatria.record.claims import STOCKS, Bound, Claim
from repatria.terms import ClaimId, LineId, Objection, PartialDate, PartyCode, Refusal

TWO_RECEIPTS = "procedure: two-sided receipt"


class ReceiptSide(StrEnum):
    """For what the receipt was signed."""

    HANDED_OVER = "handed_over"
    RECEIVED = "received"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedReceipt:
    """One side's signed receipt, its signature already verified.

    Attributes:
        ref: under which anyone can find it.
        side: whether for handing over or for receiving.
        signed_by: the party that signed.
        lines: the lines of the manifest signed for; may be none.
    """

    ref: str
    side: ReceiptSide
    signed_by: PartyCode
    lines: frozenset[LineId]

    def __post_init__(self) -> None:
        if not self.ref.strip():
            msg = "a receipt needs its reference"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptFigure:
    """What the receipts of one direction of one event say.

    Attributes:
        event, population: as in claims about the same movement.
        holder: the party that gave the persons up.
        to_party: the party that received them.
        on: the day of the crossing.
        receipts: all receipts of this direction; those signed by anyone else than
            the party on whose side they stand are kept but support nothing.
    """

    event: str
    population: str
    holder: PartyCode
    to_party: PartyCode
    on: PartialDate
    receipts: tuple[SignedReceipt, ...] = ()

    def __post_init__(self) -> None:
        if self.holder == self.to_party:
            msg = "both receipts cannot come from one party"
            raise ValueError(msg)

    @property
    def handed_over(self) -> frozenset[LineId]:
        """Lines the holder signed for."""
        return self._lines(ReceiptSide.HANDED_OVER)

    @property
    def received(self) -> frozenset[LineId]:
        """Lines the receiving party signed for."""
        return self._lines(ReceiptSide.RECEIVED)

    @property
    def confirmed(self) -> frozenset[LineId]:
        """Lines in both: the only ones of which "released" may be said."""
        return self.handed_over & self.received

    @property
    def one_sided(self) -> frozenset[LineId]:
        """Lines in the receipts of one side only."""
        return self.handed_over ^ self.received

    @property
    def value(self) -> int:
        """How many persons both receipts confirm."""
        return len(self.confirmed)

    @property
    def refs(self) -> tuple[str, ...]:
        """References of the receipts that support it, handing over first."""
        return (*self.refs_of(ReceiptSide.HANDED_OVER), *self.refs_of(ReceiptSide.RECEIVED))

    def refs_of(self, side: ReceiptSide) -> tuple[str, ...]:
        """References of the valid receipts of one side, sorted."""
        return tuple(sorted({r.ref for r in self._valid(side)}))

    def _lines(self, side: ReceiptSide) -> frozenset[LineId]:
        return frozenset().union(*(r.lines for r in self._valid(side)))

    def _valid(self, side: ReceiptSide) -> tuple[SignedReceipt, ...]:
        signer = self.holder if side is ReceiptSide.HANDED_OVER else self.to_party
        return tuple(r for r in self.receipts if r.side is side and r.signed_by == signer)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmedFigures:
    """The receipts of every direction a bulletin speaks of; each direction once."""

    directions: tuple[ReceiptFigure, ...] = ()

    def __post_init__(self) -> None:
        keys = [(d.event, d.population) for d in self.directions]
        if len(set(keys)) != len(keys):
            msg = "one direction of an event is given twice"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True, kw_only=True)
class DerivedFigure:
    """A number nobody counted, with what it was reckoned from.

    Attributes:
        value, bound: the number, as firm as the claim it starts from.
        population, holder: whose persons, in whose hands.
        claim, speaker: the claim it starts from and who made it.
        held: the number claimed.
        released: the numbers both receipts confirm, in order of the day.
        sources: id of the claim and references of the receipts.
    """

    value: int
    bound: Bound
    population: str
    holder: str
    claim: ClaimId
    speaker: str
    held: int
    released: tuple[int, ...]
    sources: tuple[str, ...]

    @property
    def arithmetic(self) -> str:
        """The sum as a formula ("55 - 32 = 23")."""
        return " - ".join(str(n) for n in (self.held, *self.released)) + f" = {self.value}"


def derive_remaining(
    held_claim: Claim, released: ReceiptFigure, *further: ReceiptFigure
) -> DerivedFigure:
    """The number that remains if the claim is right and both receipts are.

    Give every crossing since the claim: one left out makes the result too great.

    Raises:
        Refusal: the claim is not of persons held and acknowledged, is about other
            people, is not surely from before each crossing, a crossing is given
            twice or lacks a receipt, or more crossed than were claimed held.
    """
    given = sorted((released, *further), key=lambda f: (f.on.earliest, f.event))
    codes = list(_objection_codes(held_claim, given))
    Refusal.unless_empty(
        Objection(code=code, rule=TWO_RECEIPTS, about=(held_claim.id, *(f.event for f in given)))
        for code in dict.fromkeys(codes)
    )
    return DerivedFigure(
        value=held_claim.value - sum(f.value for f in given),
        bound=held_claim.bound,
        population=held_claim.population,
        holder=held_claim.holder,
        claim=held_claim.id,
        speaker=held_claim.speaker,
        held=held_claim.value,
        released=tuple(f.value for f in given),
        sources=(held_claim.id, *(ref for f in given for ref in f.refs)),
    )


def _objection_codes(held: Claim, given: list[ReceiptFigure]) -> Iterable[str]:
    if held.measure not in STOCKS:
        yield "not-a-count-of-persons-held"
    if len({f.event for f in given}) != len(given):
        yield "crossing-given-twice"
    if sum(f.value for f in given) > held.value:
        yield "more-released-than-held"
    for figure in given:
        if (figure.population, figure.holder) != (held.population, held.holder):
            yield "figures-of-different-people"
        if not surely_before(held.when, figure.on):
            yield "claim-not-before-crossing"
        if not figure.confirmed:
            yield "not-in-both-receipts"
