"""How is a bulletin shown as a file of its own in a browser?

One file that asks the network for nothing and runs nothing. Every text is
escaped; values keep their own direction in a text of the other direction.
"""

from collections.abc import Mapping
from html import escape

from repatria.record.bulletin import Bulletin
from repatria.record.wording import Line, WordedBulletin, WordedSentence, WordedTable, worded

_NOTHING_FROM_OUTSIDE = "default-src 'none'; style-src 'unsafe-inline'"

_STYLE = """
body { font-family: "Noto Sans", "Noto Sans Arabic", sans-serif; line-height: 1.6;
  max-width: 46rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a; background: #fff; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-block-start: 2rem; }
.sources { display: block; font-size: 0.85rem; color: #4a4a4a; }
.wide { overflow-x: auto; } table { border-collapse: collapse; font-size: 0.9rem; }
caption { text-align: start; font-weight: bold; padding-block: 0.5rem; }
th, td { border: 1px solid #767676; padding: 0.3rem 0.5rem; text-align: start; }
footer { margin-block-start: 2rem; border-block-start: 1px solid #767676; }
"""


def bulletin_html(
    bulletin: Bulletin, language: str = "en", *, labels: Mapping[str, str] | None = None
) -> str:
    """The whole HTML file; the same bulletin gives the same text.

    Args:
        bulletin: to be shown.
        language: one of `wording.WORDINGS`.
        labels: the reader's words for parties and populations, by key.

    Raises:
        ValueError: no wordings in that language.
    """
    page = worded(bulletin, language=language, labels=labels)
    lines = [
        "<!doctype html>",
        f'<html lang="{page.language}" dir="{page.direction}">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<meta http-equiv="Content-Security-Policy" content="{_NOTHING_FROM_OUTSIDE}">',
        f"<title>{escape(''.join(piece.text for piece in page.title))}</title>",
        f"<style>{_STYLE}</style>",
        "</head>",
        "<body>",
        *_body(page),
        "</body>",
        "</html>",
    ]
    return "\n".join(lines) + "\n"


def _body(page: WordedBulletin) -> list[str]:
    lines = ["<main>", f"<h1>{_line(page.title)}</h1>", f"<p>{_line(page.issued)}</p>"]
    for number, (heading, sentences) in enumerate(page.sections, start=1):
        lines += [
            f'<section aria-labelledby="part-{number}">',
            f'<h2 id="part-{number}">{escape(heading)}</h2>',
            *(_sentence(sentence, page.sources_word) for sentence in sentences),
            "</section>",
        ]
    for table in page.tables:
        lines += _table(table)
    return [*lines, "</main>", f"<footer><p>{escape(page.closing)}</p></footer>"]


def _sentence(sentence: WordedSentence, sources_word: str) -> str:
    if not sentence.sources:
        return f"<p>{_line(sentence.line)}</p>"
    sources = ", ".join(f"<bdi>{escape(source)}</bdi>" for source in sentence.sources)
    named = f'<span class="sources">{escape(sources_word)} {sources}</span>'
    return f"<p>{_line(sentence.line)} {named}</p>"


def _line(line: Line) -> str:
    return "".join(
        f"<bdi>{escape(piece.text)}</bdi>" if piece.filled_in else escape(piece.text)
        for piece in line
    )


def _table(table: WordedTable) -> list[str]:
    """A wide table scrolls by itself; its box takes the keyboard focus for that."""
    caption = escape(table.caption)
    header = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in table.header)
    return [
        f'<div class="wide" role="region" aria-label="{caption}" tabindex="0">',
        "<table>",
        f"<caption>{caption}</caption>",
        f"<thead><tr>{header}</tr></thead>",
        "<tbody>",
        *(_row(row) for row in table.rows),
        "</tbody>",
        "</table>",
        "</div>",
    ]


def _row(row: tuple[str, ...]) -> str:
    return "<tr>" + "".join(f"<td><bdi>{escape(cell)}</bdi></td>" for cell in row) + "</tr>"
