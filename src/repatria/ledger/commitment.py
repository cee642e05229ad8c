"""What stands in the log for a statement?

A salted hash: it binds the speaker to the bytes, can be shown to everybody, and
tells nothing once the salt and the body are destroyed.
"""

from hashlib import sha256

SALT_BYTES = 16
_TAG = b"repatria/statement/v1\n"


def commitment(salt: bytes, body: bytes) -> bytes:
    """SHA-256(tag || salt || body), 32 bytes; the tag keeps it apart from every other hash.

    Args:
        salt: 16 random bytes; without it a name and a birth date could be guessed.
        body: canonical bytes of the statement.
    """
    if len(salt) != SALT_BYTES:
        msg = "a salt has 16 bytes"
        raise ValueError(msg)
    return sha256(_TAG + salt + body).digest()
