"""What may the bulletin say, given these receipts and these claims?

"Released" stands only where a direction has lines that both receipts confirm;
everything else is somebody's word and is given as that. What our own register
counts is not published: only receipts and what others said in public.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from repatria.record.book import ClaimBook, saying_order, surely_before
from repatria.record.bulletin import (
    Amount,
    Bulletin,
    Label,
    Paragraph,
    Sentence,
    SentenceCode,
    Table,
    TableCode,
    Value,
)
from repatria.record.check import Check
from repatria.record.claims import FLOWS, STOCKS, Claim, Measure
from repatria.record.confirmed import NamedPerson, confirmed_sentences, directions_of
from repatria.record.disagreements import disagreement_sentences
from repatria.record.figures import (
    ConfirmedFigures,
    DerivedFigure,
    ReceiptSide,
    derive_remaining,
)
from repatria.record.stocks import movements_in, order_with
from repatria.terms import BulletinId, Objection, PartialDate, Refusal

_UNSAID = "label-unsaid"


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthConclusion:
    """What a medical examiner concluded of a whole group; never a diagnosis, never of one person.

    Attributes:
        speaker: who examined and says so.
        ref: where it was said.
        on: when.
        all_fit: whether everybody examined may travel.
    """

    speaker: str
    ref: str
    on: PartialDate
    all_fit: bool


def compose_bulletin(
    *,
    id: BulletinId,  # noqa: A002 -- the word every record here uses
    version: int,
    issued_by: str,
    issued_on: PartialDate,
    figures: ConfirmedFigures,
    claims: Iterable[Claim],
    checks: Iterable[Check],
    health_conclusion: HealthConclusion | None = None,
    named: Iterable[NamedPerson] = (),
) -> Bulletin:
    """The bulletin, in no language yet. The order of claims and checks does not matter.

    Args:
        id: of the bulletin, the same for all its versions.
        version: from 1.
        issued_by: whose bulletin it is.
        issued_on: the day up to which it knows.
        figures: what the receipts say, direction by direction.
        claims: all public claims on the matter.
        checks: what `consistency.checks` found on the same claims.
        health_conclusion: None when nobody has given one.
        named: who is named among those whom both receipts confirm; whether that may be is
            asked before, with `objections_to_publishing_release`.

    Raises:
        Refusal: a claim or a crossing is from after the day of issue; two
            different claims have one id (see `ClaimBook.of`).
        ValueError: a version below 1; a check of claims that were not given; somebody
            named whom both receipts do not confirm.
    """
    if version < 1:
        msg = "versions count from 1"
        raise ValueError(msg)
    book = ClaimBook.of(claims)
    Refusal.unless_empty(_objections_to_the_future(issued_on, figures, book))
    sentences = [
        *confirmed_sentences(figures, tuple(named)),
        *_health(health_conclusion),
        *_claimed(book, figures),
        *_remaining(book, figures),
        *disagreement_sentences(book, checks),
        *_apart(book),
    ]
    tables = (_confirmed_table(figures), _claims_table(book))
    return Bulletin(
        id=id,
        version=version,
        issued_by=issued_by,
        issued_on=issued_on,
        sentences=tuple(sentences),
        tables=tuple(table for table in tables if table.rows),
    )


def _objections_to_the_future(
    issued_on: PartialDate, figures: ConfirmedFigures, book: ClaimBook
) -> Iterator[Objection]:
    """A bulletin knows nothing that was said or done after its day."""
    days: list[tuple[str, PartialDate]] = [(c.id, c.said_on) for c in book.by_id.values()]
    days += [(d.event, d.on) for d in figures.directions]
    late = tuple(about for about, on in days if surely_before(issued_on, on))
    if late:
        yield Objection(code="after-the-bulletin", rule="procedure: bulletin", about=late)


def derived_remainders(book: ClaimBook, figures: ConfirmedFigures) -> tuple[DerivedFigure, ...]:
    """What remains of each speaker's last count before the crossings both receipts confirm.

    Left out where the order of days is unsure, and where a crossing in between is
    known from claims alone: the number would be too great.
    """
    movements = movements_in(book)
    found: dict[tuple[str, str, str], DerivedFigure] = {}
    for stock in sorted(book.wholes(), key=lambda c: (c.when.earliest, c.when.latest, c.id)):
        if stock.measure not in STOCKS or book.counts_unacknowledged(stock):
            continue
        side = stock.population, stock.holder
        here = [d for d in figures.directions if d.confirmed and side == (d.population, d.holder)]
        since = [d for d in here if not surely_before(d.on, stock.when)]
        if not since or not all(surely_before(stock.when, d.on) for d in since):
            continue
        receipted = {d.event for d in here}
        last = max(since, key=lambda d: d.on.latest).on
        unreceipted = any(
            m.claims[0].event not in receipted
            and order_with(stock, m) != 1
            and not surely_before(last, m.on)
            for m in movements.get(side, ())
        )
        if not unreceipted and sum(d.value for d in since) <= stock.value:
            found[(stock.speaker, *side)] = derive_remaining(stock, *since)
    return tuple(found[key] for key in sorted(found))


def _health(conclusion: HealthConclusion | None) -> Iterator[Sentence]:
    if conclusion is not None:
        fit = conclusion.all_fit
        yield Sentence(
            code=SentenceCode.HEALTH_FIT if fit else SentenceCode.HEALTH_NOT_ALL_FIT,
            paragraph=Paragraph.HEALTH,
            values={"speaker": conclusion.speaker, "on": conclusion.on},
            sources=(conclusion.ref,),
            attribution=(conclusion.speaker,),
        )


def _claimed(book: ClaimBook, figures: ConfirmedFigures) -> Iterator[Sentence]:
    receipts = {(d.event, d.population): d for d in figures.directions if d.confirmed}
    for claim in sorted(book.wholes(), key=saying_order):
        direction = receipts.get((claim.event, claim.population))
        match claim.measure:
            case Measure.HELD if not book.counts_unacknowledged(claim):
                yield _quoted(book, SentenceCode.HELD, claim)
            case Measure.MISSING:
                yield _quoted(book, SentenceCode.MISSING, claim)
            case Measure.RELEASED | Measure.RETURNED if direction is not None:
                if claim.value == direction.value:
                    yield _quoted(book, SentenceCode.COUNTED, claim)
                else:
                    confirmed = Amount(value=direction.value)
                    yield _quoted(book, SentenceCode.COUNTED_OTHERWISE, claim, confirmed=confirmed)
            case Measure.ANNOUNCED if direction is not None:
                confirmed = Amount(value=direction.value)
                yield _quoted(book, SentenceCode.ANNOUNCED_AND_DONE, claim, confirmed=confirmed)
            case Measure.RELEASED | Measure.RETURNED | Measure.ANNOUNCED:
                yield _quoted(book, SentenceCode.ANNOUNCED, claim)
            case _:
                continue  # what remains, and what is shown apart, has its own paragraph


def _remaining(book: ClaimBook, figures: ConfirmedFigures) -> Iterator[Sentence]:
    for derived in derived_remainders(book, figures):
        yield Sentence(
            code=SentenceCode.REMAINING_DERIVED,
            paragraph=Paragraph.REMAINING,
            values={
                "count": Amount(value=derived.value, bound=derived.bound),
                "held": Amount(value=derived.held, bound=derived.bound),
                "released": tuple(Amount(value=n) for n in derived.released),
                "speaker": derived.speaker,
                "holder": Label(key=derived.holder or _UNSAID),
            },
            sources=derived.sources,
            attribution=(derived.speaker,),
        )
    for claim in sorted(book.wholes(), key=saying_order):
        if claim.measure is Measure.REMAINING and not book.counts_unacknowledged(claim):
            yield _quoted(book, SentenceCode.REMAINING, claim, paragraph=Paragraph.REMAINING)


def _apart(book: ClaimBook) -> Iterator[Sentence]:
    for claim in sorted(book.wholes(), key=saying_order):
        if claim.measure is Measure.UNACKNOWLEDGED:
            yield _quoted(book, SentenceCode.APART, claim, paragraph=Paragraph.APART)
        elif book.counts_unacknowledged(claim):
            yield _quoted(book, SentenceCode.APART_WITHIN, claim, paragraph=Paragraph.APART)


def _quoted(
    book: ClaimBook,
    code: SentenceCode,
    claim: Claim,
    *,
    paragraph: Paragraph = Paragraph.CLAIMED,
    **more: Value,
) -> Sentence:
    """A sentence that gives one claim as its speaker's word."""
    return Sentence(
        code=code,
        paragraph=paragraph,
        values={
            "speaker": claim.speaker,
            "via": claim.via,
            "said_on": claim.said_on,
            "when": claim.when,
            "count": Amount.claimed(book, claim),
            "population": Label(key=claim.population),
            "holder": Label(key=claim.holder or _UNSAID),
            "to_party": Label(key=claim.to_party or _UNSAID),
            **more,
        },
        sources=(claim.id, *claim.parts),
        attribution=(claim.speaker,),
    )


def _confirmed_table(figures: ConfirmedFigures) -> Table:
    return Table(
        code=TableCode.CONFIRMED,
        columns=("on", "population", "holder", "to_party", "count", "handed_over", "received"),
        rows=tuple(
            (
                d.on,
                Label(key=d.population),
                Label(key=d.holder),
                Label(key=d.to_party),
                Amount(value=d.value),
                d.refs_of(ReceiptSide.HANDED_OVER),
                d.refs_of(ReceiptSide.RECEIVED),
            )
            for d in directions_of(figures)
            if d.confirmed
        ),
    )


def _claims_table(book: ClaimBook) -> Table:
    standing = [c for c in book.by_id.values() if c.id not in book.superseded]
    return Table(
        code=TableCode.CLAIMS,
        columns=("said_on", "speaker", "via", "measure", "count", "claim"),
        rows=tuple(
            (
                c.said_on,
                c.speaker,
                c.via,
                Label(key=f"label-measure-{'moved' if c.measure in FLOWS else c.measure}"),
                Amount.claimed(book, c),
                c.id,
            )
            for c in sorted(standing, key=saying_order)
        ),
    )
