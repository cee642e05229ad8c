"""Which disagreements does the public hear of, and how?

Both speakers side by side; nothing decides between them. A check against our
own register, or a reference that leads nowhere, stays on the work list.
"""

from collections.abc import Iterable, Iterator

from repatria.record.book import ClaimBook
from repatria.record.bulletin import Amount, Paragraph, Sentence, SentenceCode, Value
from repatria.record.check import Check, CheckKind
from repatria.record.claims import Claim

_CODES = {
    CheckKind.COMPOSITION: SentenceCode.SUM_FAILS,
    CheckKind.STOCK_MINUS_RELEASED: SentenceCode.SUM_FAILS,
    CheckKind.SAME_DAY_DIFFERENT_STOCK: SentenceCode.DISAGREE_FIGURE,
    CheckKind.SAME_EVENT_DIFFERENT_FIGURE: SentenceCode.DISAGREE_FIGURE,
    CheckKind.ANNOUNCED_AND_MOVED: SentenceCode.DISAGREE_FIGURE,
    CheckKind.COPY_DIFFERS: SentenceCode.DISAGREE_FIGURE,
    CheckKind.DIRECTION_CONFLICT: SentenceCode.DISAGREE_DIRECTION,
    CheckKind.CATEGORY_CONFLICT: SentenceCode.DISAGREE_CATEGORY,
    CheckKind.SAME_NUMBER_DIFFERENT_MEANING: SentenceCode.SAME_NUMBER,
    CheckKind.STALE_COPY: SentenceCode.STALE,
    CheckKind.ANSWER_CHANGED: SentenceCode.ANSWER_CHANGED,
}


def disagreement_sentences(book: ClaimBook, checks: Iterable[Check]) -> Iterator[Sentence]:
    """A sentence for each check that does not hold and is fit for the public.

    Raises:
        ValueError: a check of claims that are not in the book.
    """
    for check in sorted(set(checks), key=Check.reading_order):
        if not book.by_id.keys() >= set(check.claims):
            msg = "the checks were not made of these claims"
            raise ValueError(msg)
        code = _CODES.get(check.kind)
        if code is not None and not check.holds:
            claims = [book.by_id[key] for key in check.claims]
            yield Sentence(
                code=code,
                paragraph=Paragraph.DISAGREEMENTS,
                values={
                    **_side(book, "left", claims[0]),
                    **_side(book, "right", claims[-1]),
                    "arithmetic": check.arithmetic,
                    "speakers": tuple(dict.fromkeys(c.speaker for c in claims)),
                },
                sources=check.claims,
                attribution=tuple(dict.fromkeys(c.speaker for c in claims)),
            )


def _side(book: ClaimBook, name: str, claim: Claim) -> dict[str, Value]:
    return {
        f"{name}_speaker": claim.speaker,
        f"{name}_said_on": claim.said_on,
        f"{name}_count": Amount.claimed(book, claim),
    }
