"""What does a camera read on a sheet?

QR codes as vector pictures, level M, with the white border that readers need.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache

import segno

BORDER = 4  # modules; ISO/IEC 18004 asks for four
# Trying all eight masks for the prettiest takes ten times as long; readers take any.
_MASK = 0


@lru_cache(maxsize=4096)
def qr_svg(text: str) -> str:
    """The code of a text as an SVG picture; the same text gives the same picture."""
    modules = segno.make(text, error="m", micro=False, boost_error=False, mask=_MASK).matrix
    side = len(modules) + 2 * BORDER
    path = "".join(
        f"M{x + BORDER} {y + BORDER}h{length}v1h-{length}z"
        for y, row in enumerate(modules)
        for x, length in _runs(row)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">'
        f'<path d="{path}"/></svg>'
    )


def _runs(row: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Where each run of dark modules begins, and how long it is."""
    start = None
    for place, dark in enumerate((*row, 0)):
        if dark and start is None:
            start = place
        elif not dark and start is not None:
            yield start, place - start
            start = None
