"""How does a sheet become a file, the same bytes everywhere?

Set by typst from `sheets.typ` with the fonts that come with the program. What is
said goes in as JSON and is never read as markup; the time in the file is that of
the facts, not of the printing.
"""

import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from repatria.paper.form import Words

_HERE = Path(__file__).parent
FONTS = _HERE.parent / "record" / "fonts"
_RIGHT_TO_LEFT = frozenset({"R", "AL"})


def set_sheet(
    content: Mapping[str, Any],
    *,
    as_of: datetime,
    form: Literal["pdf", "png"] = "pdf",
    ppi: float = 150,
) -> bytes:
    """The file; the same bytes for the same arguments.

    Args:
        content: what `sheets.typ` shows.
        as_of: the time of the newest fact on it, written into the file.
        form: `pdf`, or `png` for its first page.
        ppi: dots to an inch, for `png`.
    """
    import typst  # noqa: PLC0415 -- 80 MB that only those who print need

    out: bytes | list[bytes] = typst.compile(
        _HERE / "sheets.typ",
        font_paths=[FONTS],
        ignore_system_fonts=True,
        sys_inputs={"sheet": json.dumps(content, sort_keys=True)},
        format=form,
        ppi=ppi,
        timestamp=int(as_of.timestamp()),
    )
    return out[0] if isinstance(out, list) else out


def in_languages(words: Words, languages: Sequence[str]) -> list[dict[str, str]]:
    """The words in each language that has them, with the direction of each."""
    return [
        {"lang": language, "text": words[language], "dir": "rtl" if language == "ar" else "ltr"}
        for language in languages
        if language in words
    ] or [{"lang": "en", "text": next(iter(words.values())), "dir": "ltr"}]


def written(text: str) -> dict[str, str]:
    """A value with the direction of its first letter that has one."""
    letters: Iterable[str] = (unicodedata.bidirectional(char) for char in text)
    first = next((each for each in letters if each in {"L", "R", "AL"}), "L")
    return {"text": text, "dir": "rtl" if first in _RIGHT_TO_LEFT else "ltr"}
