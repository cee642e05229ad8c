"""In which group are keys hidden, and how?

ristretto255 (RFC 9496), a group of prime order: every element has one encoding, so
that nothing about a value shows in how it is written. A key becomes an element by
`hash_to_ristretto255` of RFC 9380, and is masked by multiplying with a secret scalar.
The arithmetic is libsodium's, by the optional library `rbcl`; nothing of it is ours.
"""

import functools
import importlib
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha512
from typing import Any

ELEMENT_BYTES = 32
SCALAR_BYTES = 32
IDENTITY = bytes(ELEMENT_BYTES)
# Source: RFC 9496 appendix A.1, the multiple by one.
GENERATOR = bytes.fromhex("e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76")
# Elements multiplied between two reports of progress; about 40 ms.
_RUN = 512
_BLOCK_BYTES = 128  # of SHA-512
Progress = Callable[[int, int], None]


class MissingLibraryError(Exception):
    """The optional library is not installed; the message says how to install it."""

    def __init__(self) -> None:
        super().__init__(
            "private matching needs an optional library; install it with: "
            "pip install 'repatria[private]'"
        )


@functools.cache
def _sodium() -> Any:
    try:
        return importlib.import_module("rbcl")
    except ImportError:
        raise MissingLibraryError from None


def require_library() -> None:
    """Do nothing when the library is there.

    Raises:
        MissingLibraryError: it is not.
    """
    _sodium()


def expanded(message: bytes, tag: bytes) -> bytes:
    """64 bytes that look random, of a message, for one purpose.

    Args:
        message: what is hashed.
        tag: names the purpose; 255 bytes at most.

    Source: RFC 9380 section 5.3.1, expand_message_xmd with SHA-512 and one block.
    """
    if len(tag) > 255:
        msg = "a tag has at most 255 bytes"
        raise ValueError(msg)
    prime = tag + bytes([len(tag)])
    first = sha512(bytes(_BLOCK_BYTES) + message + b"\x00\x40\x00" + prime).digest()
    return sha512(first + b"\x01" + prime).digest()


def element_of(message: bytes, tag: bytes) -> bytes:
    """The element for a message; nobody knows its logarithm. Source: RFC 9380 appendix B."""
    return bytes(_sodium().crypto_core_ristretto255_from_hash(expanded(message, tag)))


def element_of_uniform(uniform: bytes) -> bytes:
    """The element for 64 uniform bytes. Source: RFC 9496 section 4.3.4."""
    return bytes(_sodium().crypto_core_ristretto255_from_hash(uniform))


def scalar_of(uniform: bytes) -> bytes:
    """64 uniform bytes as a scalar. Source: RFC 9496 section 4.4."""
    return bytes(_sodium().crypto_core_ristretto255_scalar_reduce(uniform))


def secret_scalar(entropy: Callable[[int], bytes]) -> bytes:
    """A random scalar that is not zero."""
    while True:
        scalar = scalar_of(entropy(64))
        if any(scalar):
            return scalar


def is_element(raw: bytes) -> bool:
    """Whether these bytes are the one encoding of an element other than the identity."""
    if len(raw) != ELEMENT_BYTES or raw == IDENTITY:
        return False
    return bool(_sodium().crypto_core_ristretto255_is_valid_point(raw))


def multiplied(scalar: bytes, element: bytes) -> bytes:
    """The element times a scalar.

    Raises:
        ValueError: not an element, or the result is the identity.
    """
    try:
        return bytes(_sodium().crypto_scalarmult_ristretto255(scalar, element))
    except RuntimeError:
        msg = "no element, or nothing is left of it"
        raise ValueError(msg) from None


def all_multiplied(
    scalar: bytes, elements: Sequence[bytes], *, progress: Progress | None = None, workers: int = 1
) -> list[bytes]:
    """Each element times a scalar, in their order.

    Args:
        progress: told how many are done, of how many.
        workers: threads; the library lets go of the interpreter while it multiplies.

    Raises:
        ValueError: one of them is not an element.

    Cost:
        About 70 microseconds each on one core.
    """
    runs = [elements[at : at + _RUN] for at in range(0, len(elements), _RUN)]
    out: list[bytes] = []

    def one_run(run: Sequence[bytes]) -> list[bytes]:
        return [multiplied(scalar, each) for each in run]

    with ThreadPoolExecutor(max(workers, 1)) as threads:
        for done in threads.map(one_run, runs):
            out += done
            if progress is not None:
                progress(len(out), len(elements))
    return out


def sum_of(elements: Iterable[bytes]) -> bytes:
    """All elements added; the identity for none."""
    add, total = _sodium().crypto_core_ristretto255_add, IDENTITY
    for each in elements:
        total = bytes(add(total, each))
    return total


def scalar_product(one: bytes, other: bytes) -> bytes:
    """Two scalars multiplied."""
    return bytes(_sodium().crypto_core_ristretto255_scalar_mul(one, other))


def scalar_difference(one: bytes, other: bytes) -> bytes:
    """One scalar less another."""
    return bytes(_sodium().crypto_core_ristretto255_scalar_sub(one, other))
