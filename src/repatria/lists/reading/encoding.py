"""In which encoding is this text file written?

A byte order mark is believed, then well-formed UTF-8. For the old one-byte
encodings every candidate is tried, and the one in which nearly every word looks
like a word (one script, capitals only where they belong) wins. When none or
two do, the file is refused: a guess would spell names wrong.
"""

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from repatria.lists.reading import armscii
from repatria.lists.reading.faults import UnreadableFileError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# In order of preference: where two give the same text, the first is named. The six
# letters in which 1254 differs from 1252 are Turkish in one and Icelandic in the other.
_ONE_BYTE = ("cp1254", "cp1251", "cp1256", armscii.NAME, "cp1255", "cp1252")
# In UTF-16 every other byte of figures and commas is null; one in ten or fewer is a slip.
_FEW_NULLS = 0.1
_CONTROLS = frozenset(range(1, 32)) - frozenset(b"\t\n\r")
_SAMPLE_BYTES = 128 * 1024
_CHUNK_BYTES = 1024 * 1024
_PLAUSIBLE = 0.75
_PLAUSIBLE_BY_STATISTICS = 0.9
_LATIN_ASCII_SHARE = 1 / 3
# Of the signs outside ASCII that are not letters, those that a list may well hold.
_SIGNS = frozenset("«»–—‘’“”„…№°ª·\u00a0،؛؟\u200c\u200d\u200e\u200fՙ՚՛՜՝՞։֊ـ©®€§")
# Letters to Unicode, but inside a word they are what another encoding has there.
_SIGNS_LIKE_LETTERS = frozenset("ªºµ")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class _Span:
    first: str
    last: str
    script: str


_SPANS = (
    _Span("\u0041", "\u024f", "Latn"),
    _Span("\u0259", "\u0259", "Latn"),
    _Span("\u0400", "\u052f", "Cyrl"),
    _Span("\u0531", "\u0587", "Armn"),
    _Span("\u0590", "\u05ff", "Hebr"),
    _Span("\u0600", "\u06ff", "Arab"),
    _Span("\u10a0", "\u10ff", "Geor"),
    _Span("\u0370", "\u03ff", "Grek"),
)


def encoding_of(path: Path) -> str:
    """The name of the codec that reads the whole file, as Python knows it.

    Raises:
        UnreadableFileError: `encoding-unknown`, `null-byte` or `not-a-list-file`.

    Cost: reads the file twice, three times for one-byte encodings; keeps at most 1 MB.
    """
    with path.open("rb") as stream:
        start = stream.read(_SAMPLE_BYTES)
    for mark, name in _BOMS:
        if start.startswith(mark):
            return _checked(path, name)
    if b"\x00" in start and not _text_with_a_slip(start):
        return _checked(path, _utf_16_without_mark(start, path.name))
    _refuse_null_bytes(path)
    broken_at = _first_undecodable_byte(path, "utf-8")
    if broken_at is None:
        return "utf-8"
    sample = _lines_beyond_ascii(path)
    if _mostly_utf_8(sample):
        raise UnreadableFileError("encoding-unknown", f"{path.name}, byte {broken_at + 1}")
    return _checked(path, _one_byte_encoding(sample, path.name))


def _text_with_a_slip(start: bytes) -> bool:
    """Whether these bytes are text but for a few null bytes, and no other kind of file."""
    return start.count(0) <= len(start) * _FEW_NULLS and _CONTROLS.isdisjoint(start)


def _refuse_null_bytes(path: Path) -> None:
    """Text in which hardly any byte is null has none but by mistake: say in which row it stands."""
    row = 1
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK_BYTES):
            at = chunk.find(b"\x00")
            row += chunk.count(b"\n", 0, max(at, 0) if at >= 0 else len(chunk))
            if at >= 0:
                raise UnreadableFileError("null-byte", f"{path.name}, row {row}")


def _checked(path: Path, encoding: str) -> str:
    """The encoding again, once the whole file has been decoded with it."""
    broken_at = _first_undecodable_byte(path, encoding)
    if broken_at is not None:
        raise UnreadableFileError("encoding-unknown", f"{path.name}, byte {broken_at + 1}")
    return encoding


def _first_undecodable_byte(path: Path, encoding: str) -> int | None:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    offset = 0
    with path.open("rb") as stream:
        while True:
            chunk = stream.read(_CHUNK_BYTES)
            pending = len(decoder.getstate()[0])
            try:
                decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                return offset - pending + error.start
            if not chunk:
                return None
            offset += len(chunk)


def _utf_16_without_mark(start: bytes, name: str) -> str:
    """Which of the two byte orders puts the zeros of digits and commas right.

    Text has zeros in one half of each pair; a binary file has them anywhere.
    """
    low, high = start[0::2].count(0), start[1::2].count(0)
    encoding = "utf-16-le" if high > low else "utf-16-be"
    text = start[: len(start) // 2 * 2].decode(encoding, "replace")
    control = sum(1 for char in text if char < " " and char not in "\t\r\n")
    if min(low, high) or control or "\ufffd" in text[:-1]:
        raise UnreadableFileError("not-a-list-file", name)
    return encoding


def _lines_beyond_ascii(path: Path) -> bytes:
    """The lines that decide about the encoding, up to the size of a sample."""
    sample = bytearray()
    with path.open("rb") as stream:
        while len(sample) < _SAMPLE_BYTES:
            line = stream.readline(_SAMPLE_BYTES)
            if not line:
                break
            if not line.isascii():
                sample += line
    return bytes(sample)


def _mostly_utf_8(sample: bytes) -> bool:
    """Whether this is UTF-8 with a few damaged places rather than another encoding."""
    text = sample.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    beyond = sum(1 for char in text if char > "\x7f")
    return beyond - damaged > 4 * damaged


def _one_byte_encoding(sample: bytes, name: str) -> str:
    scored: list[tuple[float, str, str]] = []
    for encoding in _ONE_BYTE:
        try:
            text = sample.decode(encoding)
        except UnicodeDecodeError:
            continue
        if all(text != known for _, _, known in scored):
            scored.append((_plausibility(text), encoding, text))
    scored.sort(key=lambda entry: -entry[0])
    if scored and scored[0][0] >= _PLAUSIBLE:
        best = scored[0]
        rivals = [entry for entry in scored[1:] if entry[0] >= best[0]]
        # 1252 read as 1254 differs in six letters only and is as plausible by design.
        if all({best[1], rival[1]} == {"cp1254", "cp1252"} for rival in rivals):
            return best[1]
        raise UnreadableFileError("encoding-unknown", name)
    return _encoding_by_statistics(sample, name)


def _encoding_by_statistics(sample: bytes, name: str) -> str:
    """What letter statistics propose, if its words look like words as well."""
    # Slow to import and seldom needed.
    from charset_normalizer import from_bytes  # noqa: PLC0415 -- see above

    best = from_bytes(sample).best()
    if best is not None:
        text = sample.decode(best.encoding, "replace")
        if _plausibility(text) >= _PLAUSIBLE_BY_STATISTICS:
            return best.encoding
    raise UnreadableFileError("encoding-unknown", name)


def _plausibility(text: str) -> float:
    """Share of the words and signs beyond ASCII that look right, 0 to 1.

    Half of that when the script has capitals and no word begins with one: a list of
    persons has names, and small Cyrillic letters stand where the Hebrew ones do.
    """
    right = wrong = 0
    names = False
    for word in _WORD.findall(text):
        if not word.isascii():
            names |= not word[0].islower()
            if _looks_like_a_word(word):
                right += 1
            else:
                wrong += 1
    for char in text:
        if char > "\x7f" and not char.isalpha() and char not in _SIGNS:
            wrong += 1
    share = right / (right + wrong) if right + wrong else 0.0
    return share if names else share / 2


def _looks_like_a_word(word: str) -> bool:
    scripts = {_script(char) for char in word}
    if len(scripts) != 1 or scripts == {"Zyyy"}:
        return False
    if scripts == {"Latn"}:
        ascii_letters = sum(1 for char in word if char.isascii())
        if ascii_letters < len(word) * _LATIN_ASCII_SHARE:
            return False
    return word.isupper() or word[1:] == word[1:].lower()


def _script(char: str) -> str:
    if char in _SIGNS_LIKE_LETTERS:
        return "Zyyy"
    for span in _SPANS:
        if span.first <= char <= span.last:
            return span.script
    return "Zyyy"
