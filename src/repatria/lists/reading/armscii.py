"""How are the bytes of ARMSCII-8, the old Armenian encoding, read?

Python has no codec for it. Importing this module adds one under the name
`armscii-8`; it only decodes.

Source: Armenian standard AST 34.002-1997 (ARMSCII-8).
"""

import codecs
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

NAME = "armscii-8"

# 0xA2-0xB1 are signs; 0xB2-0xFD are the letters, capital and small in turn; 0xFE is
# the apostrophe. U+FFFE marks a byte that stands for nothing.
_UNDEFINED = "\ufffe"
_SIGNS = "\u00a0\ufffe\u0587\u0589)(»«—.՝,-֊…՜՛՞"
_LETTERS = "".join(chr(0x0531 + n) + chr(0x0561 + n) for n in range(38))
_TABLE = (
    "".join(map(chr, range(0x80)))
    + "".join(map(chr, range(0x80, 0xA0)))
    + _SIGNS
    + _LETTERS
    + "\u055a"
    + _UNDEFINED
)


def decode_armscii(data: "ReadableBuffer", errors: str = "strict") -> tuple[str, int]:
    """The text and how many bytes it took, as `codecs` wants it."""
    return codecs.charmap_decode(bytes(data), errors, _TABLE)


class _IncrementalDecoder(codecs.IncrementalDecoder):
    def decode(self, input: "ReadableBuffer", final: bool = False) -> str:  # noqa: A002, ARG002 -- as in codecs
        return decode_armscii(input, self.errors)[0]


def _encode(text: str, errors: str = "strict") -> tuple[bytes, int]:
    return codecs.charmap_encode(text, errors, codecs.charmap_build(_TABLE))


def _codec(name: str) -> codecs.CodecInfo | None:
    if name.replace("_", "-") != NAME:
        return None
    return codecs.CodecInfo(
        name=NAME, encode=_encode, decode=decode_armscii, incrementaldecoder=_IncrementalDecoder
    )


codecs.register(_codec)
