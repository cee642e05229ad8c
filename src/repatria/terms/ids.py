"""How is a thing called in every statement about it?

An id is `<kind>:<token>`; the token is opaque, made once from random bytes by
the party that first speaks of the thing, and never holds a name.
"""

from typing import NewType

SubjectId = NewType("SubjectId", str)
PersonId = NewType("PersonId", str)
ListId = NewType("ListId", str)
LineId = NewType("LineId", str)
PlanId = NewType("PlanId", str)
ManifestId = NewType("ManifestId", str)
ClaimId = NewType("ClaimId", str)
BulletinId = NewType("BulletinId", str)

_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"


def new_id(kind: str, entropy: bytes) -> str:
    """An id of the given kind from at least 10 random bytes.

    The alphabet leaves out characters that are confused when read aloud or
    typed (0 o 1 i l). Ten bytes give 16 characters: 79 bits.
    """
    if len(entropy) < 10:
        msg = "an id needs ten random bytes"
        raise ValueError(msg)
    number = int.from_bytes(entropy[:10], "big")
    token = ""
    for _ in range(16):
        number, digit = divmod(number, len(_ALPHABET))
        token += _ALPHABET[digit]
    return f"{kind}:{token}"


def subject_kind(subject: str) -> str:
    """The part before the colon: `person`, `list`, `line`, `manifest`..."""
    return subject.partition(":")[0]
