"""What do the receipts of both sides confirm, and who of those may be named?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from repatria.record.bulletin import Amount, Label, Paragraph, Sentence, SentenceCode
from repatria.record.figures import ConfirmedFigures, ReceiptFigure
from repatria.terms import LineId, PartyCode


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedPerson:
    """Somebody who crossed and may be named: nothing stands in the way any more.

    Attributes:
        line: of the manifest.
        name: as he is to be called.
        consent: reference of the statement in which he agreed to be named.
    """

    line: LineId
    name: str
    consent: str


def directions_of(figures: ConfirmedFigures) -> list[ReceiptFigure]:
    """The directions by day, event and population."""
    return sorted(figures.directions, key=lambda d: (d.on.earliest, d.event, d.population))


def confirmed_sentences(
    figures: ConfirmedFigures, named: Sequence[NamedPerson]
) -> Iterator[Sentence]:
    """What crossed in each direction, what only one side signed for, and who may be named.

    Raises:
        ValueError: somebody is named whom both receipts do not confirm.
    """
    crossed = frozenset().union(*(d.confirmed for d in figures.directions))
    if any(each.line not in crossed for each in named):
        msg = "nobody is named whom both receipts do not confirm"
        raise ValueError(msg)
    if not any(d.confirmed for d in figures.directions):
        yield Sentence(code=SentenceCode.NOTHING_CONFIRMED, paragraph=Paragraph.CONFIRMED)
    for direction in directions_of(figures):
        counts = (
            (SentenceCode.RELEASED, direction.confirmed),
            (SentenceCode.ONE_RECEIPT, direction.one_sided),
        )
        for code, lines in counts:
            if lines:
                yield Sentence(
                    code=code,
                    paragraph=Paragraph.CONFIRMED,
                    values={
                        "count": Amount(value=len(lines)),
                        "population": Label(key=direction.population),
                        "holder": Label(key=direction.holder),
                        "to_party": Label(key=direction.to_party),
                        "on": direction.on,
                    },
                    sources=direction.refs,
                    attribution=_signers(direction),
                )
        yield from _named(direction, [p for p in named if p.line in direction.confirmed])


def _named(direction: ReceiptFigure, persons: list[NamedPerson]) -> Iterator[Sentence]:
    if persons:
        ordered = sorted(persons, key=lambda p: (p.name, p.line))
        yield Sentence(
            code=SentenceCode.NAMED,
            paragraph=Paragraph.CONFIRMED,
            values={"names": tuple(p.name for p in ordered)},
            sources=(*direction.refs, *dict.fromkeys(p.consent for p in ordered)),
            attribution=_signers(direction),
        )


def _signers(direction: ReceiptFigure) -> tuple[PartyCode, ...]:
    """The parties whose receipts are there."""
    signers = ((direction.holder, direction.handed_over), (direction.to_party, direction.received))
    return tuple(party for party, lines in signers if lines)
