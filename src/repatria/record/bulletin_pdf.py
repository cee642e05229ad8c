"""How is a bulletin printed?

Set by typst from `bulletin.typ` with the fonts beside it, so that every machine
prints the same bytes. What the bulletin says goes in as JSON and is never read
as markup.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from repatria.record.bulletin import Bulletin
from repatria.record.wording import WordedBulletin, text_of, worded

_HERE = Path(__file__).parent


def bulletin_pdf(
    bulletin: Bulletin,
    fonts: Path | None = None,
    *,
    timestamp: datetime,
    language: str = "en",
    labels: Mapping[str, str] | None = None,
) -> bytes:
    """The PDF file: tagged (PDF/UA-1), and the same bytes for the same arguments.

    Args:
        bulletin: to be printed.
        fonts: folder of font files; None for those that come with this package.
        timestamp: written into the file as its time of creation; aware.
        language: one of `wording.WORDINGS`.
        labels: the reader's words for parties and populations, by key.

    Raises:
        ValueError: a timestamp without its zone; no wordings in that language.
    """
    import typst  # noqa: PLC0415 -- 80 MB that only those who print need

    if timestamp.utcoffset() is None:
        msg = "a time needs its zone"
        raise ValueError(msg)
    page = worded(bulletin, language=language, labels=labels)
    return typst.compile(
        _HERE / "bulletin.typ",
        font_paths=[fonts or _HERE / "fonts"],
        ignore_system_fonts=True,
        sys_inputs={"bulletin": json.dumps(_as_json(page), sort_keys=True)},
        format="pdf",
        pdf_standards="ua-1",
        timestamp=int(timestamp.timestamp()),
    )


def _as_json(page: WordedBulletin) -> dict[str, object]:
    """The page as typst reads it; in a right-to-left page values are isolated."""
    isolate = page.direction == "rtl"
    return {
        **asdict(page),
        "title": text_of(page.title, isolated=isolate),
        "issued": text_of(page.issued, isolated=isolate),
        "sections": [
            {
                "heading": heading,
                "sentences": [
                    {"text": text_of(s.line, isolated=isolate), "sources": ", ".join(s.sources)}
                    for s in sentences
                ],
            }
            for heading, sentences in page.sections
        ],
    }
