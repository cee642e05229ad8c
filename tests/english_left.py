"""Which English is left on a page that is read in another language?

Looked at is what a reader sees or hears: text, and the attributes that are read aloud.
Left out is what a page itself marks as quoted from somebody, `<bdi>` and `<code>`, and a
document that is shown in its own language, an `<article>` with `lang`.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

_QUOTED = frozenset({"bdi", "code", "script", "style", "textarea"})
_HEARD = frozenset({"alt", "aria-label", "placeholder", "title"})
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
)
_WORDS = re.compile(r"[A-Za-z][a-z]+(?:[ ,;:'’-]+[A-Za-z]?[a-z]+)+")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.texts += [value for name, value in attrs if name in _HEARD and value]
        if tag not in _VOID:
            quoted = bool(self._open and self._open[-1][1])
            document = tag == "article" and any(name == "lang" for name, _ in attrs)
            self._open.append((tag, quoted or document or tag in _QUOTED))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not self._open or not self._open[-1][1]:
            self.texts.append(data)


def english_in(page: str) -> Iterator[str]:
    """Each run of at least two English words, as it stands on the page."""
    reader = _Reader()
    reader.feed(page)
    for text in reader.texts:
        yield from (" ".join(found.split()) for found in _WORDS.findall(text))
