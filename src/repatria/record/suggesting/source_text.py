"""What does the file say, as plain text?

Plain text as it is, HTML without what is not its text, PDF page by page. The
places of figures are places in this text; for plain text that is the file itself.
"""

import io
import logging
import re
from dataclasses import dataclass
from datetime import date
from html import unescape

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from selectolax.lexbor import LexborHTMLParser

from repatria.record.suggesting.days import days_in
from repatria.terms import Objection, Refusal

_RULE = "reading texts"
_HTML = re.compile(
    rb"^\s*(?:<!doctype html|<html|<head|<body|<article|<p[ >]|<div|<!--)", re.IGNORECASE
)
_NOT_TEXT = (
    "script, style, noscript, template, nav, header nav, footer, aside, form, svg, figure > img"
)
_BLOCKS = (
    "p, h1, h2, h3, h4, h5, h6, li, blockquote, figcaption, td, th, div, section, article, br, tr"
)
_PUBLISHED = (
    'meta[property="article:published_time"]',
    'meta[name="date"]',
    'meta[name="pubdate"]',
    'meta[itemprop="datePublished"]',
)
_PIECES = re.compile(
    r"(?P<out><(script|style|noscript|template)\b.*?</\2\s*>|<!--.*?-->|<[^>]*>)"
    r"|(?P<entity>&(?:#\d+|#x[0-9a-f]+|\w+);)|(?P<text>[^<&]+|&)",
    re.IGNORECASE | re.DOTALL,
)
_CHARSET = re.compile(rb"charset=[\"']?([\w-]+)", re.IGNORECASE)
_LONGEST_BYTES = 20 * 1024 * 1024

# Signs that no text has; 0x1A ends texts of old programs, 0x1B changes a character set.
_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x19\x1c-\x1f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceText:
    """The text of a file and, where the file itself says, the day it was published.

    Attributes:
        text: as it is read.
        said_on: the day; None where the file does not say.
        places: for a page, where each character of the text stands in the page; -1 where
            that is not certain. Empty where the text is the file.
    """

    text: str
    said_on: date | None
    places: tuple[int, ...] = ()

    def place(self, start: int, end: int) -> tuple[int, int] | None:
        """Where a stretch of the text stands in the file; None when that is not certain."""
        if not self.places:
            return start, end
        first, last = self.places[start], self.places[end - 1]
        return (first, last + 1) if 0 <= first <= last else None


def read_source(content: bytes) -> SourceText:
    """The text of a plain text, an HTML page or a PDF, recognised by its content.

    Raises:
        Refusal: `text-unreadable`, `text-too-large`, or `text-empty`: an empty file, a page
            without words, a PDF that holds only pictures.
    """
    if len(content) > _LONGEST_BYTES:
        raise _refused("text-too-large")
    if content.startswith(b"%PDF"):
        read = _pdf(content)
    else:
        text = _decoded(content)
        if _NO_TEXT.search(text):
            raise _refused("text-unreadable")
        page = _HTML.match(content) or "</p>" in text or "</div>" in text
        read = html_text(text) if page else SourceText(text=text, said_on=None)
    if not read.text.strip():
        raise _refused("text-empty")
    return read


def html_text(html: str) -> SourceText:
    """The text of a page: one line for each block, an empty line between them."""
    tree = LexborHTMLParser(html)
    said_on = _published(tree)
    for node in tree.css(_NOT_TEXT):
        node.decompose()
    body = tree.css_first("article") or tree.css_first("main") or tree.body
    if body is None:
        return SourceText(text="", said_on=said_on)
    for node in body.css(_BLOCKS):
        node.insert_before("\n\n")
        node.insert_after("\n\n")
    blocks = [" ".join(block.split()) for block in body.text(separator="").split("\n\n")]
    text = "\n\n".join(b for b in blocks if b)
    return SourceText(text=text, said_on=said_on, places=_places(html, text))


def _places(html: str, text: str) -> tuple[int, ...]:
    """For each character of the text its place in the page, found block by block."""
    letters: list[str] = []
    at: list[int] = []
    for match in _PIECES.finditer(html):
        if match["entity"]:
            letters += (read := unescape(match[0]).strip()[:1])
            at += [match.start()] * len(read)
        elif match["text"]:
            kept = [i for i, letter in enumerate(match[0], match.start()) if not letter.isspace()]
            letters += [html[i] for i in kept]
            at += kept
    visible = "".join(letters)
    places = [-1] * len(text)
    cursor = start = 0
    for block in text.split("\n\n"):
        wanted = [i for i, letter in enumerate(block, start) if not letter.isspace()]
        found = visible.find("".join(block.split()), cursor)
        if found >= 0:
            for number, i in enumerate(wanted):
                places[i] = at[found + number]
            cursor = found + len(wanted)
        start += len(block) + 2
    return tuple(places)


def _published(tree: LexborHTMLParser) -> date | None:
    for selector in _PUBLISHED:
        node = tree.css_first(selector)
        value = (node.attributes.get("content") or "") if node is not None else ""
        found = _day(value[:10])
        if found:
            return found
    node = tree.css_first("time[datetime]")
    return _day((node.attributes.get("datetime") or "")[:10]) if node is not None else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _pdf(content: bytes) -> SourceText:
    logging.getLogger("pypdf").setLevel(logging.ERROR)
    try:
        reader = PdfReader(io.BytesIO(content))
        pages = [page.extract_text() for page in reader.pages]
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError):
        raise _refused("text-unreadable") from None
    # A line ends where the page does, not where the sentence does.
    lines = re.sub(r"(?<=\w)-\n(?=[a-zа-яё])", "", "\n\n".join(pages))
    return SourceText(text=re.sub(r"(?<!\n)\n(?!\n)", " ", lines), said_on=None)


def _decoded(content: bytes) -> str:
    for encoding in (
        "utf-8-sig",
        "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8",
    ):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    declared = _CHARSET.search(content[:2_048])
    guessed = _russian_encoding(content) or "cp1252"
    for encoding in (declared[1].decode("ascii") if declared else guessed, guessed):
        try:
            return content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    raise _refused("text-unreadable")


def _russian_encoding(content: bytes) -> str:
    """Which of the two old encodings, where most letters are Russian; empty where they are not.

    Each writes small letters where the other has capitals, and texts have few capitals.
    """
    high = [b for b in content if b >= 0x80]
    letters = sum(b >= 0xC0 for b in high)
    if len(high) <= len(content) // 4 or letters <= len(high) // 2:
        return ""
    return "cp1251" if sum(b >= 0xE0 for b in high) > letters // 2 else "koi8-r"


def day_told_in(text: str) -> date | None:
    """The day of a text that says it in full near its beginning; None when it does not."""
    for each in days_in(text[:400], said_on=None):
        if each.when.day is not None:
            return each.when.earliest
    return None


def _refused(code: str) -> Refusal:
    return Refusal(Objection(code=code, rule=_RULE))
