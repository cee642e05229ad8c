"""How is a thing called in every statement about it?

An id is `<kind>:<maker>-<token>`: made once, by the party that first speaks of
the thing, from random bytes; it never holds a name. The maker stands in it so
that nobody can make a thing anew under another party's id.
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
RoundId = NewType("RoundId", str)

_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"


def new_id(kind: str, maker: str, entropy: bytes) -> str:
    """An id of the given kind, made by a party, from at least 10 random bytes.

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
    return f"{kind}:{maker}-{token}"


def maker_of(subject: str) -> str:
    """The party whose code stands in an id; empty when none does."""
    return subject.partition(":")[2].rpartition("-")[0]


def subject_kind(subject: str) -> str:
    """The part before the colon: `person`, `list`, `line`, `manifest`..."""
    return subject.partition(":")[0]
