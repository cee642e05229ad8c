"""Who can open what travels, and how is it closed?

The age format (C2SP age, X25519 recipients), by pyrage. Sealing hides the
content from a finder of the stick; it says nothing about who made it: that is
for the signature inside.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

import pyrage

from repatria.terms.errors import IntegrityError

MAGIC = b"age-encryption.org/v1\n"


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who can open a sealed file: an age public key, `age1...`.

    Raises:
        ValueError: this is no age public key.
    """

    text: str

    def __post_init__(self) -> None:
        try:
            spelled = str(pyrage.x25519.Recipient.from_str(self.text))
        except pyrage.RecipientError:
            raise ValueError("not an age public key") from None
        if spelled != self.text:
            raise ValueError("not the one spelling of this key")


class Identity:
    """A private key for opening sealed files; it never prints itself.

    Args:
        text: `AGE-SECRET-KEY-1...`.
        former: keys that were in use before; what was sealed for them opens too.

    Raises:
        ValueError: this is no age private key.
    """

    def __init__(self, text: str, former: "Sequence[Identity]" = ()) -> None:
        self.former = tuple(former)
        try:
            self._identity = pyrage.x25519.Identity.from_str(text)
        except pyrage.IdentityError:
            raise ValueError("not an age private key") from None

    @classmethod
    def generate(cls) -> "Identity":
        """A new private key, from the operating system's random bytes."""
        return cls(str(pyrage.x25519.Identity.generate()))

    @property
    def secret(self) -> str:
        """The private key as text, for the key file only."""
        return str(self._identity)

    @property
    def recipient(self) -> Recipient:
        """The public half."""
        return Recipient(str(self._identity.to_public()))

    def _keys(self) -> "list[pyrage.x25519.Identity]":
        return [each._identity for each in (self, *self.former)]  # noqa: SLF001 -- its own kind

    def open(self, raw: bytes, *, place: str) -> bytes:
        """What was sealed for this key.

        Raises:
            IntegrityError: at `place`, `not-sealed-for-us` when no seal in it is for
                this key, `seal-broken` when one is, and what it closes was changed.
        """
        try:
            return bytes(pyrage.decrypt(raw, self._keys()))
        except pyrage.DecryptError as fault:
            # The library tells the two apart by these words alone; a test holds it to them.
            for_others = "No matching keys" in str(fault)
            code = "not-sealed-for-us" if for_others else "seal-broken"
            raise IntegrityError(place, code) from None

    def open_stream(self, source: BinaryIO, sink: BinaryIO, *, place: str) -> None:
        """Write what was sealed for this key to `sink`, piece by piece.

        What was written before an error came is authentic, but not the whole.

        Raises:
            IntegrityError: at `place`, `not-sealed-for-us`: damaged, cut short, or for others.
            Exception: whatever source or sink raised.
        """
        ends = (_Remembering(source), _Remembering(sink))
        try:
            pyrage.decrypt_io(*ends, self._keys())
        except (pyrage.DecryptError, OSError):
            _raise_what_failed(ends)
            raise IntegrityError(place, "not-sealed-for-us") from None
        _raise_what_failed(ends)

    def __deepcopy__(self, memo: object) -> "Identity":
        """Itself: it never changes."""
        return self

    def __repr__(self) -> str:
        return "Identity(secret)"


def is_sealed(raw: bytes) -> bool:
    """Whether the bytes begin as a sealed file does."""
    return raw.startswith(MAGIC)


def seal(raw: bytes, recipients: Sequence[Recipient]) -> bytes:
    """The bytes, closed for everybody but these recipients.

    Raises:
        ValueError: there is no recipient.
    """
    if not recipients:
        raise ValueError("sealed for nobody")
    keys = [pyrage.x25519.Recipient.from_str(each.text) for each in recipients]
    return bytes(pyrage.encrypt(raw, keys))


def seal_stream(source: BinaryIO, sink: BinaryIO, recipients: Sequence[Recipient]) -> None:
    """Write what `source` gives to `sink`, closed for everybody but these recipients.

    Cost:
        Memory for one piece of 64 KiB, however long it is.

    Raises:
        ValueError: there is no recipient.
        Exception: whatever source or sink raised.
    """
    if not recipients:
        raise ValueError("sealed for nobody")
    keys = [pyrage.x25519.Recipient.from_str(each.text) for each in recipients]
    ends = (_Remembering(source), _Remembering(sink))
    try:
        pyrage.encrypt_io(*ends, keys)
    except pyrage.EncryptError:
        _raise_what_failed(ends)
        raise
    _raise_what_failed(ends)


class _Remembering:
    """One end of a stream, and what went wrong there."""

    def __init__(self, end: BinaryIO) -> None:
        self._end = end
        self.failed: Exception | None = None

    def read(self, size: int = -1) -> bytes:
        try:
            return self._end.read(size)
        except Exception as error:
            self.failed = error
            raise

    def write(self, raw: bytes) -> int:
        try:
            return self._end.write(raw)
        except Exception as error:
            self.failed = error
            raise

    def flush(self) -> None:
        try:
            self._end.flush()
        except Exception as error:
            self.failed = error
            raise


def _raise_what_failed(ends: "Sequence[_Remembering]") -> None:
    """Raise what went wrong at either end.

    The library keeps only the text of it, and nothing at all of the last write.
    """
    for end in ends:
        if end.failed is not None:
            raise end.failed
