"""Which written word is no more than the first letter of a name?

A lone letter is. So is a letter of two or three signs ("Sh.", "Дж."), and the English name of a
letter spelt out, as Hebrew, Arabic and Persian write the initials of foreigners ("دبلیو." for W.).
Both only before a full stop: without one, most of these are words of their own.

Source: names of letters as the transcription rules of the three languages have them; the list is
this project's own.
"""

import re

_SPELT = {
    "A": "איי אי إيه ايه",
    "B": "בי بي بی",
    "C": "סי سي سی",
    "D": "די دي دی",
    "E": "إي ئی",
    "F": "אף إف اف",
    "G": "ג'י",
    "H": "אייץ' إتش اتش اچ",
    "I": "آي آی",
    "J": "ג'יי جيه جي جی",
    "K": "קיי كيه كي کی کیه",
    "L": "אל إل ال",
    "M": "אם إم ام",
    "N": "אן إن ان",
    "O": "או أو او",
    "P": "פי پی",
    "Q": "קיו كيو کیو",
    "R": "אר آر",
    "S": "אס إس اس",
    "T": "טי تي تی",
    "U": "יו يو یو",
    "V": "וי في وی",
    "W": "וו דבליו دبليو دبلیو",
    "X": "אקס إكس اکس",
    "Y": "וואי واي وای",
    "Z": "זי زد",
}
_OF_SEVERAL_SIGNS = "sh ch kh gh zh ts ph th yu ya ye дж ch' ts' dzh sch tch"
_LETTER_OF = {
    spelt + mark: letter
    for letter, words in _SPELT.items()
    for word in words.split()
    for spelt in {word, word.replace("'", "׳"), word.replace("'", "’")}
    for mark in ".․"
}
_SEVERAL = frozenset(word + mark for word in _OF_SEVERAL_SIGNS.split() for mark in ".․")

CLOSED = "|".join(
    re.escape(word) for word in sorted(_LETTER_OF.keys() | _SEVERAL, key=len, reverse=True)
)
"""Pattern of every such word with its full stop; for lower-case text."""


def letter_of(word: str) -> str | None:
    """What an initial of more than one sign stands for; None where the word is none.

    Args:
        word: as written, with the full stop that shows it.
    """
    if word[-1:] not in {".", "․"}:
        return None
    if word in _LETTER_OF:
        return _LETTER_OF[word]
    return word[:-1] if word.lower() in _SEVERAL else None
