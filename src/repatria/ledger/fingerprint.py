"""How do people compare keys: by words, by digits, or by a picture?

Twelve words of BIP-39's English list stand for 16 bytes; the last one checks the
others, so a misheard word is noticed. The digits serve where people share no
language. A QR code holds the same text, for a camera.
"""

import io
from functools import cache

from mnemonic import Mnemonic

FINGERPRINT_BYTES = 16


@cache
def _english() -> Mnemonic:
    """BIP-39's English list, read from its file once."""
    return Mnemonic("english")


def words_of(digest: bytes) -> tuple[str, ...]:
    """Twelve words for 16 bytes.

    Raises:
        ValueError: these are not 16 bytes.

    Source:
        BIP-39 (word list and check bits).
    """
    if len(digest) != FINGERPRINT_BYTES:
        raise ValueError("a fingerprint has 16 bytes")
    return tuple(_english().to_mnemonic(digest).split())


def are_fingerprint_words(words: str) -> bool:
    """Whether these are twelve words of the list whose last one checks the others."""
    return len(words.split()) == 12 and _english().check(" ".join(words.lower().split()))


def is_read_aloud(typed: str, digest: bytes) -> bool:
    """Whether what somebody typed as he heard it is a fingerprint: all its words, or its digits."""
    given = typed.lower().split()
    return given == list(words_of(digest)) or "".join(given) == digest.hex()


def fingerprint_text(party: str, digest: bytes) -> str:
    """What a QR code of a fingerprint holds: `repatria-roots/1 north 0123...`, digits unspaced."""
    return f"repatria-roots/1 {party} {digest.hex()}"


def qr_of(content: bytes | str, *, scale: int = 4) -> str:
    """A QR code as an SVG picture; text or bytes, at most about 2,900 of them.

    Raises:
        ValueError: it is too much for one code.
    """
    import segno  # noqa: PLC0415 -- a picture is seldom asked for, and this is slow to load

    try:
        code = segno.make(content, error="l", micro=False)
    except segno.DataOverflowError:
        raise ValueError("too much for one code") from None
    out = io.BytesIO()
    code.save(out, kind="svg", scale=scale, border=4, xmldecl=False, svgns=True, nl=False)
    return out.getvalue().decode()
