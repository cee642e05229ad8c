"""What is a bulletin made of?

Sentences by code, with values, sources and speakers; the words of a language
come later. No number stands without who said it and where, and a person is named
only in the one sentence that says why he may be (`SentenceCode.NAMED`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from repatria.record.book import ClaimBook
from repatria.record.claims import Bound, Claim
from repatria.terms import BulletinId, PartialDate


class Paragraph(StrEnum):
    """Where a sentence stands; in this order."""

    CONFIRMED = "confirmed"
    HEALTH = "health"
    CLAIMED = "claimed"
    REMAINING = "remaining"
    DISAGREEMENTS = "disagreements"
    APART = "apart"


class SentenceCode(StrEnum):
    """What a sentence says; each has a wording in every language."""

    RELEASED = "released"
    NAMED = "named"
    ONE_RECEIPT = "one-receipt"
    NOTHING_CONFIRMED = "nothing-confirmed"
    HEALTH_FIT = "health-fit"
    HEALTH_NOT_ALL_FIT = "health-not-all-fit"
    ANNOUNCED = "announced"
    ANNOUNCED_AND_DONE = "announced-and-done"
    COUNTED = "counted"
    COUNTED_OTHERWISE = "counted-otherwise"
    HELD = "held"
    MISSING = "missing"
    REMAINING = "remaining"
    REMAINING_DERIVED = "remaining-derived"
    DISAGREE_CATEGORY = "disagree-category"
    DISAGREE_FIGURE = "disagree-figure"
    DISAGREE_DIRECTION = "disagree-direction"
    SUM_FAILS = "sum-fails"
    SAME_NUMBER = "same-number"
    STALE = "stale"
    ANSWER_CHANGED = "answer-changed"
    APART = "apart"
    APART_WITHIN = "apart-within"


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A key shown under the reader's own word for it, if there is one.

    Keys that begin with `label-` are the program's own and worded with the sentences.
    """

    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A number as firm as it was given.

    Attributes:
        value, bound: the number.
        of: the speaker's own words for what it counts; empty when there are none.
        sum_of: the numbers of which the speaker says it is the sum.
    """

    value: int
    bound: Bound = Bound.EXACTLY
    of: str = ""
    sum_of: tuple["Amount", ...] = ()

    @classmethod
    def claimed(cls, book: ClaimBook, claim: Claim) -> "Amount":
        """The figure of a claim as its speaker put it together."""
        leaves = book.leaves(claim)
        return cls(
            value=claim.value,
            bound=claim.bound,
            of=claim.category,
            sum_of=tuple(cls.claimed(book, leaf) for leaf in leaves if leaf is not claim),
        )


Value = str | PartialDate | Label | Amount | tuple[Amount, ...] | tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One thing the bulletin says.

    Attributes:
        code: what it says.
        paragraph: where it stands.
        values: what fills the wording.
        sources: ids of claims and references of receipts it rests on.
        attribution: whose word it is: speakers, or the parties that signed.
    """

    code: SentenceCode
    paragraph: Paragraph
    values: Mapping[str, Value] = field(default_factory=dict)
    sources: tuple[str, ...] = ()
    attribution: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        silent = self.code is SentenceCode.NOTHING_CONFIRMED
        if not silent and not (self.sources and self.attribution):
            msg = "a sentence needs its source and its speaker"
            raise ValueError(msg)


class TableCode(StrEnum):
    """What a table shows; its first row of words comes with the language."""

    CONFIRMED = "confirmed"
    CLAIMS = "claims"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of values under columns that each language has a word for."""

    code: TableCode
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bulletin:
    """What one issuer says in public on one day.

    Attributes:
        id: stays the same through its versions.
        version: from 1; a correction is a new version, never a change.
        issued_by: whose bulletin it is.
        issued_on: the day up to which it knows.
        sentences: in order of paragraphs.
        tables: only those with rows.
    """

    id: BulletinId
    version: int
    issued_by: str
    issued_on: PartialDate
    sentences: tuple[Sentence, ...]
    tables: tuple[Table, ...]
