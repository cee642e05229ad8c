"""How does a bulletin read in the reader's language?

Wordings are chosen by code and filled piece by piece, so that a value is never
taken for markup or for another value. No wording but that of `released` says
that anybody was released.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from string import Formatter

from repatria.record.bulletin import Amount, Bulletin, Label, Paragraph, Sentence, Table, Value
from repatria.record.wording_ar import ARABIC
from repatria.record.wording_en import ENGLISH
from repatria.terms import PartialDate

WORDINGS: Mapping[str, Mapping[str, str]] = {"ar": ARABIC, "en": ENGLISH}
"""Wording by code, by language (BCP 47)."""

RIGHT_TO_LEFT = frozenset({"ar"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of text; `filled_in` where it came from a value and keeps its own direction."""

    text: str
    filled_in: bool


Line = tuple[Piece, ...]
_ISOLATE, _END_ISOLATE = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"


def text_of(line: Line, *, isolated: bool) -> str:
    """The line as plain text.

    Args:
        line: in pieces.
        isolated: values are set apart, so that a number or a name in another script takes no sign
            of the sentence around it along. Source: Unicode Standard Annex 9, section 2.4.
    """
    return "".join(
        f"{_ISOLATE}{piece.text}{_END_ISOLATE}" if isolated and piece.filled_in else piece.text
        for piece in line
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class WordedSentence:
    """A sentence in words, and the references it rests on."""

    line: Line
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WordedTable:
    """A table in words."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WordedBulletin:
    """A bulletin in one language, ready to be set on any medium.

    Attributes:
        language, direction: BCP 47 tag; "ltr" or "rtl".
        title, issued: the head.
        sections: heading and sentences, only paragraphs that have some.
        tables: as in the bulletin.
        sources_word: what stands before the references of a sentence.
        closing: how the bulletin is to be read.
    """

    language: str
    direction: str
    title: Line
    issued: Line
    sections: tuple[tuple[str, tuple[WordedSentence, ...]], ...]
    tables: tuple[WordedTable, ...]
    sources_word: str
    closing: str


def worded(
    bulletin: Bulletin, *, language: str = "en", labels: Mapping[str, str] | None = None
) -> WordedBulletin:
    """The bulletin in words.

    Args:
        bulletin: to be worded.
        language: one of `WORDINGS`.
        labels: the reader's words for parties and populations, by key; a key
            without one is shown as it is.

    Raises:
        ValueError: no wordings in that language.
    """
    if language not in WORDINGS:
        msg = f"no wordings in this language; there are: {', '.join(sorted(WORDINGS))}"
        raise ValueError(msg)
    words = _Words(wording=WORDINGS[language], labels=labels or {})
    head: dict[str, Value] = {
        "id": bulletin.id,
        "version": str(bulletin.version),
        "issued_by": bulletin.issued_by,
        "issued_on": bulletin.issued_on,
    }
    return WordedBulletin(
        language=language,
        direction="rtl" if language in RIGHT_TO_LEFT else "ltr",
        title=words.line("title", head),
        issued=words.line("issued", head),
        sections=tuple(words.sections(bulletin)),
        tables=tuple(words.table(table) for table in bulletin.tables),
        sources_word=words.wording["sources"],
        closing=words.wording["closing"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    wording: Mapping[str, str]
    labels: Mapping[str, str]

    def sections(self, bulletin: Bulletin) -> Iterator[tuple[str, tuple[WordedSentence, ...]]]:
        for paragraph in Paragraph:
            here = [s for s in bulletin.sentences if s.paragraph is paragraph]
            if here:
                heading = self.wording[f"heading-{paragraph}"]
                yield heading, tuple(self.sentence(s) for s in here)

    def sentence(self, sentence: Sentence) -> WordedSentence:
        line = self.line(sentence.code, sentence.values)
        return WordedSentence(line=line, sources=sentence.sources)

    def table(self, table: Table) -> WordedTable:
        return WordedTable(
            caption=self.wording[f"table-{table.code}"],
            header=tuple(self.wording[f"column-{column}"] for column in table.columns),
            rows=tuple(tuple(self.text(value) for value in row) for row in table.rows),
        )

    def line(self, code: str, values: Mapping[str, Value]) -> Line:
        pieces = []
        for literal, field, _, _ in Formatter().parse(self.wording[code]):
            if literal:
                pieces.append(Piece(text=literal, filled_in=False))
            if field is not None:
                pieces.append(Piece(text=self.text(values[field]), filled_in=True))
        return tuple(pieces)

    def text(self, value: Value) -> str:
        match value:
            case Amount():
                return self.amount(value)
            case Label(key=key):
                own = self.wording[key] if key.startswith("label-") else key
                return self.labels.get(key) or own
            case PartialDate():
                return str(value)
            case str():
                return value
            case tuple():  # pragma: no branch -- there is no other value
                amounts = [self.amount(v) for v in value if isinstance(v, Amount)]
                return " + ".join(amounts) or ", ".join(v for v in value if isinstance(v, str))

    def amount(self, amount: Amount) -> str:
        number = self.wording[f"bound-{amount.bound}"].format(value=amount.value)
        if amount.of:
            number = self.wording["quoted"].format(number=number, of=amount.of)
        return " = ".join([number, *([self.text(amount.sum_of)] if amount.sum_of else [])])
