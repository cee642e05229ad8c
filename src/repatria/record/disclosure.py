"""May this be said in public, now?

"Released" only of lines that both receipts confirm: an announcement, a list or
a departed plane is not enough. Nobody is named before the family has been told
and without consent. All objections are given at once.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from repatria.record.figures import TWO_RECEIPTS, ReceiptFigure
from repatria.terms import LineId, Objection

_FAMILY_FIRST = "GC III art. 122: the bureau informs the next of kin"
_NOT_SHOWN = "GC III art. 13: protection against public curiosity"
_EMBARGO = "procedure: embargo agreed by the parties"


@dataclass(frozen=True, slots=True, kw_only=True)
class LineDisclosure:
    """What stands in the way of speaking about one line.

    Attributes:
        line: of the manifest.
        family_told_at: when the family had the news; None when not known to have it.
        family_embargo_note: reference of the recorded decision that naming need not
            wait for the family (nobody can be reached); empty when there is none.
        consents_to_be_named: the person's own answer; None when not asked.
        embargo_until: nothing about this line before then; None when free.
    """

    line: LineId
    family_told_at: datetime | None = None
    family_embargo_note: str = ""
    consents_to_be_named: bool | None = None
    embargo_until: datetime | None = None


def objections_to_publishing_release(
    *,
    receipts: ReceiptFigure,
    lines: Iterable[LineDisclosure],
    at: datetime,
    named: Collection[LineId] = (),
    embargo_until: datetime | None = None,
) -> tuple[Objection, ...]:
    """Every reason why these lines may not be called released at that time.

    Args:
        receipts: of the direction in which the lines went.
        lines: all that the publication counts or names.
        at: when it would be published; aware.
        named: those of them it would name; the others are only counted.
        embargo_until: for the publication as a whole.

    Returns:
        Nothing when it may be published. Publishing no lines at all as a release
        is objected to as well: that is the plane that arrives empty.

    Raises:
        ValueError: a time without its zone, a line given twice, a named line that
            is not among the lines.
    """
    given = sorted(lines, key=lambda line: line.line)
    _insist_on_sense(given, named, at, embargo_until)
    objections = [*_objections_to_receipts(receipts, given)]
    if embargo_until is not None and at < embargo_until:
        objections.append(Objection(code="under-embargo", rule=_EMBARGO, about=(receipts.event,)))
    for line in given:
        objections.extend(_objections_to_line(line, at, named=line.line in named))
    return tuple(objections)


def _objections_to_receipts(
    receipts: ReceiptFigure, lines: list[LineDisclosure]
) -> Iterator[Objection]:
    event = (receipts.event,)
    if not receipts.handed_over:
        yield Objection(code="no-receipt-for-handing-over", rule=TWO_RECEIPTS, about=event)
    if not receipts.received:
        yield Objection(code="no-receipt-for-receiving", rule=TWO_RECEIPTS, about=event)
    if not lines:
        yield Objection(code="nobody-to-publish", rule=TWO_RECEIPTS, about=event)
    unconfirmed = tuple(line.line for line in lines if line.line not in receipts.confirmed)
    if unconfirmed:
        yield Objection(code="line-not-in-both-receipts", rule=TWO_RECEIPTS, about=unconfirmed)


def _objections_to_line(line: LineDisclosure, at: datetime, *, named: bool) -> Iterator[Objection]:
    about = (line.line,)
    if line.embargo_until is not None and at < line.embargo_until:
        yield Objection(code="line-under-embargo", rule=_EMBARGO, about=about)
    if not named:
        return
    told = line.family_told_at is not None and line.family_told_at <= at
    if not told and not line.family_embargo_note:
        yield Objection(code="family-not-told", rule=_FAMILY_FIRST, about=about)
    if not line.consents_to_be_named:
        yield Objection(code="no-consent-to-be-named", rule=_NOT_SHOWN, about=about)


def _insist_on_sense(
    lines: list[LineDisclosure],
    named: Collection[LineId],
    at: datetime,
    embargo_until: datetime | None,
) -> None:
    ids = [line.line for line in lines]
    if len(set(ids)) != len(ids) or not set(named) <= set(ids):
        msg = "each line is given once, and only given lines are named"
        raise ValueError(msg)
    times = [at, embargo_until]
    times += [t for line in lines for t in (line.family_told_at, line.embargo_until)]
    if any(t is not None and t.utcoffset() is None for t in times):
        msg = "a time needs its zone"
        raise ValueError(msg)
