"""With which key does a party speak, and did this key sign these bytes?

Ed25519 (RFC 8032). Every message is signed with a tag of its own, so that a
signature made for one purpose is worthless for another.
"""

import base64
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

SIGNATURE_BYTES = 64


@dataclass(frozen=True, slots=True)
class VerifyKey:
    """A public key, 32 bytes."""

    raw: bytes

    def __post_init__(self) -> None:
        if len(self.raw) != 32:
            msg = "a public key has 32 bytes"
            raise ValueError(msg)

    def verifies(self, message: bytes, signature: bytes) -> bool:
        """Whether this key signed the message; False for anything malformed."""
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True

    def signers_at(self, size: int) -> tuple["VerifyKey", ...]:  # noqa: ARG002 -- as a keyring
        """The keys that may sign a checkpoint of this size: this one, whatever the size."""
        return (self,)

    @property
    def fingerprint(self) -> str:
        """Eight groups of four hexadecimal digits, to be read aloud at a meeting."""
        digest = sha256(b"repatria/key/v1\n" + self.raw).hexdigest()[:32]
        return " ".join(digest[i : i + 4] for i in range(0, 32, 4))

    @property
    def text(self) -> str:
        """Base64, as it stands in statements."""
        return base64.b64encode(self.raw).decode()

    @classmethod
    def from_text(cls, text: str) -> "VerifyKey":
        """Read base64; raises ValueError for anything else, also for a second spelling."""
        key = cls(base64.b64decode(text, validate=True))
        if key.text != text:
            msg = "not the one spelling of this key"
            raise ValueError(msg)
        return key


class SigningKey:
    """A private key; it never prints itself."""

    def __init__(self, seed: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        public = self._key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        self._verify_key = VerifyKey(public)

    @property
    def seed(self) -> bytes:
        """The 32 secret bytes, for the key file only."""
        return self._key.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())

    @property
    def verify_key(self) -> VerifyKey:
        """The public half."""
        return self._verify_key

    def sign(self, message: bytes) -> bytes:
        """64 bytes."""
        return self._key.sign(message)

    def __repr__(self) -> str:
        return "SigningKey(secret)"
