"""What was promised, what was signed for, what is overdue, and who says otherwise?

A promise is kept when both sides signed for it: the one that delivered and the
one that received. One signature is half; what others say about it stands beside
and changes nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from repatria.terms import PartialDate


class Promise(StrEnum):
    """What kind of thing was promised."""

    RELEASE = "release"
    WITHDRAW = "withdraw"
    DELIVER = "deliver"
    DROP_OBJECTION = "drop_objection"
    SIGN = "sign"
    OTHER = "other"


class Side(StrEnum):
    """For what a receipt was signed."""

    DELIVERED = "delivered"
    RECEIVED = "received"


class Verdict(StrEnum):
    """What somebody says in public about a promise."""

    KEPT = "kept"
    PARTLY = "partly"
    BROKEN = "broken"
    DENIED = "denied"
    WITHDRAWN = "withdrawn"


class CommitmentState(StrEnum):
    """How far a promise is kept, by signatures alone."""

    OPEN = "open"
    OVERDUE = "overdue"
    SIGNED_BY_ONE = "signed-by-one"
    PARTLY = "partly"
    KEPT = "kept"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsiderationReceipt:
    """One side's receipt.

    Attributes:
        ref: under which anybody can find it.
        signed_by: the party that signed it.
        side, on, amount, words, digest: as in `commitment.receipted`.
    """

    ref: str
    signed_by: str
    side: Side
    on: PartialDate
    amount: int | None = None
    words: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldAbout:
    """What somebody said in public about the promise."""

    ref: str
    speaker: str
    via: str
    said_on: PartialDate
    says: Verdict
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """A promise with everything known about it.

    Attributes:
        id, promised_by, promised_to, what, words, amount, unit, due: as recorded.
        source: where it was made.
        recorded_by: whose statement it is.
        receipts, told: in order of their day.
    """

    id: str
    promised_by: str
    promised_to: str
    what: Promise
    words: str
    source: str
    recorded_by: str
    amount: int | None = None
    unit: str = ""
    due: PartialDate | None = None
    receipts: tuple[ConsiderationReceipt, ...] = ()
    told: tuple[ToldAbout, ...] = ()

    @property
    def delivered(self) -> tuple[ConsiderationReceipt, ...]:
        """Receipts of who promised it; one signed by anybody else supports nothing."""
        return self._signed(Side.DELIVERED, self.promised_by)

    @property
    def received(self) -> tuple[ConsiderationReceipt, ...]:
        """Receipts of whom it was promised to."""
        return self._signed(Side.RECEIVED, self.promised_to)

    def _signed(self, side: Side, by: str) -> tuple[ConsiderationReceipt, ...]:
        return tuple(r for r in self.receipts if r.side is side and r.signed_by == by)

    @property
    def confirmed_amount(self) -> int | None:
        """How many both sides signed for; None where nothing is counted."""
        if self.amount is None:
            return None
        given = sum(r.amount or 0 for r in self.delivered)
        taken = sum(r.amount or 0 for r in self.received)
        return min(given, taken)

    def state(self, today: date) -> CommitmentState:
        """How far it is kept on a day.

        Args:
            today: the day that is asked about; overdue from the day after the last that
                the words "due" can mean.
        """
        both = bool(self.delivered and self.received)
        confirmed = self.confirmed_amount
        if both and (self.amount is None or (confirmed or 0) >= self.amount):
            return CommitmentState.KEPT
        if self.due is not None and self.due.latest < today:
            return CommitmentState.OVERDUE
        if confirmed:
            return CommitmentState.PARTLY
        if self.delivered or self.received:
            return CommitmentState.SIGNED_BY_ONE
        return CommitmentState.OPEN

    def contradicted_by(self, today: date) -> tuple[ToldAbout, ...]:
        """What was said about it that the signatures do not bear out."""
        kept = self.state(today) is CommitmentState.KEPT
        wrong = (
            {Verdict.BROKEN, Verdict.DENIED, Verdict.PARTLY}
            if kept
            else {Verdict.KEPT, Verdict.DENIED}
        )
        return tuple(each for each in self.told if each.says in wrong)


def in_order_of_day(
    commitment: Commitment,
    receipts: Iterable[ConsiderationReceipt],
    told: Iterable[ToldAbout],
) -> Commitment:
    """The commitment with these, each once, in order of their day."""
    return replace(
        commitment,
        receipts=tuple(sorted(set(receipts), key=lambda r: (r.on.earliest, r.ref))),
        told=tuple(sorted(set(told), key=lambda t: (t.said_on.earliest, t.ref))),
    )
