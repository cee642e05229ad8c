"""How does a passphrase close a box?

Argon2id (RFC 9106) makes a key of it, AES-256-GCM (NIST SP 800-38D) seals the
content with that key and binds it to a header. Random bytes come in as arguments.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id


class WrongPassphraseError(Exception):
    """The passphrase does not open the box, or the box was changed: the two look the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What trying one passphrase costs.

    Attributes:
        memory_kib: memory; 64 MiB takes about 0.3 s.
        iterations: passes over it.
        lanes: how many may run side by side.
    """

    memory_kib: int = 65_536
    iterations: int = 3
    lanes: int = 4

    def to_json(self) -> dict[str, int]:
        """As it stands in a key file."""
        return {
            "memory_kib": self.memory_kib,
            "iterations": self.iterations,
            "lanes": self.lanes,
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Cost":
        """The cost in a key file; ValueError, KeyError or TypeError when it is none."""
        numbers = {k: value[k] for k in ("memory_kib", "iterations", "lanes")}
        if any(type(n) is not int or n < 1 for n in numbers.values()):
            raise ValueError("not a cost")
        return cls(**numbers)

    def within(self, most: "Cost") -> bool:
        """Whether it asks for no more than that."""
        return (
            self.memory_kib <= most.memory_kib
            and self.iterations <= most.iterations
            and self.lanes <= most.lanes
        )


MAX_COST = Cost(memory_kib=2_097_152, iterations=64, lanes=64)


def _key(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    return Argon2id(
        salt=salt,
        length=32,
        iterations=cost.iterations,
        lanes=cost.lanes,
        memory_cost=max(cost.memory_kib, 8 * cost.lanes),
    ).derive(passphrase.encode())


def seal_box(
    content: bytes, *, passphrase: str, salt: bytes, nonce: bytes, cost: Cost, bound: bytes
) -> bytes:
    """The sealed content.

    Args:
        salt: 16 random bytes; nonce: 12; both new for every box.
        bound: what the box belongs to; opening with anything else fails.
    """
    return AESGCM(_key(passphrase, salt, cost)).encrypt(nonce, content, bound)


def open_box(
    box: bytes, *, passphrase: str, salt: bytes, nonce: bytes, cost: Cost, bound: bytes
) -> bytes:
    """What is in the box.

    Raises:
        WrongPassphraseError: the passphrase, the box or what it is bound to is another.
    """
    try:
        return AESGCM(_key(passphrase, salt, cost)).decrypt(nonce, box, bound)
    except (InvalidTag, ValueError):
        raise WrongPassphraseError from None
