"""How does a backup lie on a medium: what can be read of it, and what is sealed?

A header that anybody can read, with the sealed key file and the signed head of the
log; our signature under it; then a stream sealed for the installation's own key.
The stream begins with the digest of the header and ends with a signature over all
of it, so that no part can be exchanged for another. Format: `docs/formats/backup.md`.
"""

import base64
import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain
from typing import Any, BinaryIO, cast

from repatria.ledger.canonical import decode, encode
from repatria.ledger.sealing import Identity, Recipient, seal_stream
from repatria.ledger.signing import SIGNATURE_BYTES, SigningKey, VerifyKey
from repatria.terms import IntegrityError

MAGIC = b"repatria-backup/1\n"
PLACE = "backup"
_HEADER_TAG = b"\x00repatria/backup/header/v1\x00"
_STREAM_TAG = b"\x00repatria/backup/stream/v1\x00"
_MAX_LINE = 512 * 1024 * 1024
_MAX_HEADER = 1024 * 1024
_PIECE = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What anybody can read of a backup.

    Attributes:
        party, title: whose it is.
        made_at: by our clock.
        checkpoint: the signed head of our log.
        entries: how many entries all logs in it have.
        keyring: envelope of our keyring.
        key_file: the text of the key file, sealed with a passphrase.
    """

    party: str
    title: str
    made_at: str
    checkpoint: str
    entries: int
    keyring: str
    key_file: str

    @property
    def line(self) -> bytes:
        """Its canonical bytes."""
        return encode(
            {
                "v": 1,
                "party": self.party,
                "title": self.title,
                "made_at": self.made_at,
                "checkpoint": self.checkpoint,
                "entries": self.entries,
                "keyring": self.keyring,
                "key_file": self.key_file,
            }
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedHeader:
    """A header as it was read, and the signature under it."""

    header: Header
    signature: bytes

    def require_signed(self, key: VerifyKey) -> None:
        """Nothing, when the key signed it.

        Raises:
            IntegrityError: `backup-bad-signature`.
        """
        if not key.verifies(_HEADER_TAG + self.header.line, self.signature):
            raise IntegrityError(f"{PLACE} header", "backup-bad-signature")


def write_backup(
    sink: BinaryIO,
    header: Header,
    lines: Iterable[Sequence[Any]],
    *,
    key: SigningKey,
    recipient: Recipient,
) -> None:
    """Write a whole backup; memory for one line and one piece."""
    signature = base64.b64encode(key.sign(_HEADER_TAG + header.line))
    sink.write(MAGIC + header.line + b"\n" + signature + b"\n")
    source = _Pieces(_packed(_signed(header, lines, key)))
    seal_stream(cast("BinaryIO", source), sink, [recipient])


def _signed(header: Header, lines: Iterable[Sequence[Any]], key: SigningKey) -> Iterator[bytes]:
    """The lines as bytes, after the digest of the header and before the signature."""
    hashed = sha256()
    for line in chain([_first_line(header)], lines):
        raw = _line(line)
        hashed.update(raw)
        yield raw
    signature = key.sign(_STREAM_TAG + hashed.digest())
    yield _line(["end", base64.b64encode(signature).decode()])


def _first_line(header: Header) -> Sequence[Any]:
    return ["backup", sha256(header.line).hexdigest()]


def _line(line: Sequence[Any]) -> bytes:
    return json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _packed(lines: Iterable[bytes]) -> Iterator[bytes]:
    engine = zlib.compressobj(3)
    for line in lines:
        if packed := engine.compress(line):
            yield packed
    yield engine.flush()


class _Pieces:
    """Pieces of bytes, read as a file."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._rest = b""

    def read(self, size: int = -1) -> bytes:
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return b""
            self._rest = piece
        size = len(self._rest) if size < 0 else size
        given, self._rest = self._rest[:size], self._rest[size:]
        return given


def read_header(source: BinaryIO) -> SignedHeader:
    """The header of a backup; whose signature it is must be asked of it.

    Raises:
        IntegrityError: `not-a-backup`, `backup-malformed`.
    """
    if source.read(len(MAGIC)) != MAGIC:
        raise IntegrityError(PLACE, "not-a-backup")
    place = f"{PLACE} header"
    line, signature = (source.readline(_MAX_HEADER).removesuffix(b"\n") for _ in range(2))
    value = decode(line, place=place)
    try:
        raw = base64.b64decode(signature, validate=True)
        if value.pop("v") != 1 or base64.b64encode(raw) != signature:
            raise ValueError
        header = Header(**value)
        if len(raw) != SIGNATURE_BYTES or type(header.entries) is not int or header.line != line:
            raise ValueError
    except (ValueError, TypeError, KeyError, AttributeError):
        raise IntegrityError(place, "backup-malformed") from None
    return SignedHeader(header=header, signature=raw)


def read_lines(
    source: BinaryIO,
    header: Header,
    take: Callable[[Sequence[Any]], None],
    *,
    identity: Identity,
    key: VerifyKey,
) -> None:
    """Hand every line of the sealed stream to `take`; it may be believed only after this returned.

    Raises:
        IntegrityError: `backup-damaged` with about which byte, `backup-malformed`,
            `backup-bad-signature`; whatever `take` raises.
    """
    counted = _Counted(source)
    reader = _Reader(header, take, key)
    try:
        identity.open_stream(cast("BinaryIO", counted), cast("BinaryIO", reader), place=PLACE)
        reader.end()
    except IntegrityError as fault:
        if fault.code != "not-sealed-for-us":
            raise
        raise IntegrityError(f"{PLACE} before byte {counted.position}", "backup-damaged") from None


class _Counted:
    """A file that knows how far it was read."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self.position = source.tell()

    def read(self, size: int = -1) -> bytes:
        raw = self._source.read(size)
        self.position += len(raw)
        return raw


class _Reader:
    """Unpacks what is written to it and hands over line by line."""

    def __init__(
        self, header: Header, take: Callable[[Sequence[Any]], None], key: VerifyKey
    ) -> None:
        self._expected = _line(_first_line(header))
        self._take, self._key = take, key
        self._engine = zlib.decompressobj()
        self._hashed = sha256()
        self._rest = bytearray()
        self._lines = 0
        self._ended = False

    def write(self, raw: bytes) -> int:
        waiting = raw
        while waiting:
            try:
                piece = self._engine.decompress(waiting, _PIECE)
            except zlib.error:
                raise IntegrityError(f"{PLACE} content", "backup-malformed") from None
            if self._engine.unused_data:
                raise IntegrityError(f"{PLACE} content", "backup-malformed")
            waiting = self._engine.unconsumed_tail
            self._split(piece)
        return len(raw)

    def flush(self) -> None:
        """Nothing waits here that could be written."""

    def _split(self, piece: bytes) -> None:
        self._rest += piece
        if b"\n" not in piece:
            if len(self._rest) > _MAX_LINE:
                raise IntegrityError(f"{PLACE} line {self._lines}", "backup-malformed")
            return
        *lines, rest = bytes(self._rest).split(b"\n")
        self._rest = bytearray(rest)
        for line in lines:
            self._line(line + b"\n")

    def _line(self, raw: bytes) -> None:
        place = f"{PLACE} line {self._lines}"
        try:
            line = json.loads(raw)
            if not isinstance(line, list) or not line or self._ended:
                raise ValueError
            if self._lines == 0:
                if raw != self._expected:
                    raise ValueError
            elif line[0] == "end":
                self._check_end(line)
                return
            else:
                self._take(line)
        except ValueError:
            raise IntegrityError(place, "backup-malformed") from None
        self._hashed.update(raw)
        self._lines += 1

    def _check_end(self, line: Sequence[Any]) -> None:
        signature = base64.b64decode(str(line[1]), validate=True)
        if not self._key.verifies(_STREAM_TAG + self._hashed.digest(), signature):
            raise IntegrityError(f"{PLACE} content", "backup-bad-signature")
        self._ended = True

    def end(self) -> None:
        """Nothing, when the stream came to its end.

        Raises:
            IntegrityError: `backup-malformed`: it did not.
        """
        if not self._ended or self._rest or not self._engine.eof:
            raise IntegrityError(f"{PLACE} line {self._lines}", "backup-malformed")
