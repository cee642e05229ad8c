"""When are two headings, or two words of a closed column, the same word?

Folding forgets what people and keyboards change without meaning anything: case,
accents, points, Arabic hamza seats, the two Turkish i. It is for looking words
up, never for changing what a source says; names are compared in `linkage`.
"""

import re
import unicodedata
from functools import lru_cache

_NOT_A_WORD = re.compile(r"[\W_]+")
_SAME_LETTERS = str.maketrans(
    {
        "ı": "i",  # "ADI" in capitals folds to the dotted one
        "ؤ": "و",
        "ى": "ي",
        "ی": "ي",
        "ک": "ك",
        "ة": "ه",
        "ٱ": "ا",
        "ـ": None,  # tatweel only stretches a word
        "#": " no ",
    }
)


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """The text in lower case, without marks, letters and digits only, single spaces."""
    apart = unicodedata.normalize("NFKD", text.translate(_SAME_LETTERS)).casefold()
    bare = "".join(char for char in apart if unicodedata.category(char) != "Mn")
    return _NOT_A_WORD.sub(" ", bare.translate(_SAME_LETTERS)).strip()
