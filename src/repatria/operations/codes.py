"""What is printed on a person's card, to be scanned or typed at the line?

Unambiguous letters and digits with a check character, so that a slip of a
gloved finger is noticed. A code names nobody and leads nowhere without the
manifest.
"""

from collections.abc import Mapping

_MOST_PARTS = 12
_ALPHABET = "23456789ACDEFGHJKMNPQRTUVWXYZ"  # no 0 O 1 I L B S: read aloud and by hand


def card_code(entropy: bytes) -> str:
    """A code such as `7KM4-QX2R`: seven characters and a check character.

    The check character finds every single wrong character and every exchange of
    two neighbours (weighted sum modulo 29, a prime; weights 2 to 8).
    """
    number = int.from_bytes(entropy, "big")
    body = ""
    for _ in range(7):
        number, digit = divmod(number, len(_ALPHABET))
        body += _ALPHABET[digit]
    return _grouped(body + _check(body))


def read_card_code(typed: str) -> str | None:
    """The code in what was typed or scanned; None when it cannot be a code."""
    bare = "".join(char for char in typed.upper() if char.isalnum())
    if len(bare) != 8 or any(char not in _ALPHABET for char in bare):
        return None
    return _grouped(bare) if _check(bare[:7]) == bare[7] else None


def _check(body: str) -> str:
    total = sum(_ALPHABET.index(char) * weight for weight, char in enumerate(body, start=2))
    return _ALPHABET[-total % len(_ALPHABET)]


def _grouped(code: str) -> str:
    return f"{code[:4]}-{code[4:]}"


def list_stamp(sizes: Mapping[str, int]) -> str:
    """What a printed list says of its age: how many statements each holder's log had.

    A length, not a time: whoever was moved later stands later in his holder's log.
    """
    return " ".join(["LIST", *(f"{party.upper()}:{sizes[party]}" for party in sorted(sizes))])


def read_list_stamp(typed: str) -> Mapping[str, int] | None:
    """The length of each holder's log in what was typed or scanned; None when it is no stamp."""
    word, *parts = typed.strip().split()[:_MOST_PARTS] or [""]
    if word.upper() != "LIST" or not parts:
        return None
    sizes: dict[str, int] = {}
    for part in parts:
        party, colon, size = part.rpartition(":")
        if not colon or not party or not (size.isascii() and size.isdigit() and len(size) < 10):
            return None
        sizes[party.lower()] = int(size)
    return sizes
