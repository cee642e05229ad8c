"""What is printed on a person's card, to be scanned or typed at the line?

Unambiguous letters and digits with a check character, so that a slip of a
gloved finger is noticed. A code names nobody and leads nowhere without the
manifest.
"""

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
