"""For which other name does a name stand, where the sound does not tell?

Bill is William, Ted is Edward, Саша is Александр or Александра; Sarkis is Сергей, and
Isaac is יצחק, in the register of another country. The dictionary is asked by sound,
so that Sasha is found as well as Саша.

Source: `forms.csv`, made by `tools/linkage/forms.py` from the package `nicknames`
(English, Apache-2.0) and from two lists of this project's own, with the sounds of both names.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from repatria.terms import Script, script_of

_FILE = "forms.csv"
_FOREIGN = "equivalents"
# Letters that are written for one another: a form is recognised however its alphabet puts it.
_FOLDED = str.maketrans({"1": "k", "J": "j", "y": "i", "Y": "i", "I": "i", "6": "g", "w": "v"})
UNWRITTEN = frozenset({Script.ARABIC, Script.HEBREW})
"""Scripts in which a name is not looked up: what sounds like it is too much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NameForm:
    """Another name for the same name.

    Attributes:
        sound: in the phonetic alphabet.
        script: what it is at home in.
        foreign: it is what another language calls the name, not a short form or its full one.
    """

    sound: str
    script: Script
    foreign: bool


def other_forms(sound: str, script: Script, *, short: bool) -> tuple[NameForm, ...]:
    """The other names that a part may stand for; none where its script leaves vowels out.

    Args:
        sound: of the part, in the phonetic alphabet.
        script: what it is written in.
        short: the short forms of it as well.
    """
    if script in UNWRITTEN:
        return ()
    key = folded(sound)
    full, shorter = _dictionary()
    if not short:
        return full.get(key, ())
    return tuple(dict.fromkeys(full.get(key, ()) + shorter.get(key, ())))


def folded(sound: str) -> str:
    """A sound as the dictionary is asked for it."""
    return sound.translate(_FOLDED)


_Forms = Mapping[str, tuple[NameForm, ...]]


@lru_cache(maxsize=1)
def _dictionary() -> tuple[_Forms, _Forms]:
    """Full forms by the short one, and short forms by the full one. Cost: 10 ms once."""
    full: dict[str, dict[NameForm, None]] = defaultdict(dict)
    short: dict[str, dict[NameForm, None]] = defaultdict(dict)
    form_of = lru_cache(maxsize=None)(_form)
    for whole_name, brief_name, source, whole_sound, brief_sound in written():
        foreign = source == _FOREIGN
        whole = form_of(whole_name, whole_sound, foreign)
        brief = form_of(brief_name, brief_sound, foreign)
        ones, others = folded(whole_sound), folded(brief_sound)
        if ones != others:
            full[others][whole] = None
            short[ones][brief] = None
    return _fixed(full), _fixed(short)


def written() -> Iterator[list[str]]:
    """Lines of the dictionary: full name, short name, source, and how the two names sound."""
    path = resources.files("repatria.linkage.names") / _FILE
    with resources.as_file(path) as found, found.open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file)
        next(lines)  # headings
        yield from lines


def _fixed(found: Mapping[str, Iterable[NameForm]]) -> _Forms:
    return {key: tuple(forms) for key, forms in found.items()}


def _form(word: str, sound: str, foreign: bool) -> NameForm:
    return NameForm(sound=sound, script=script_of(word), foreign=foreign)
