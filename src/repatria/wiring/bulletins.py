"""Where do a bulletin's files go?"""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from repatria.operations.publicity import Published
from repatria.record import bulletin_pdf


def write_bulletin(
    folder: Path, published: Published, *, timestamp: datetime, labels: Mapping[str, str]
) -> tuple[Path, Path]:
    """Write a bulletin as HTML and as PDF; gives both paths."""
    bulletin, language = published.bulletin, published.language
    stem = f"{bulletin.id.partition(':')[2]}-{bulletin.version}.{language}"
    html, pdf = folder / f"{stem}.html", folder / f"{stem}.pdf"
    html.write_text(published.html, "utf-8")
    pdf.write_bytes(
        bulletin_pdf(bulletin, timestamp=timestamp, language=language, labels=labels or None)
    )
    return html, pdf
