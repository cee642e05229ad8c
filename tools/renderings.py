"""How does a clerk write a name of the other side in his own letters?

Written rules, letter by letter, with the habits in which real lists differ: some
clerks write what they hear, some go through the Russian spelling. They are for
making examples only; the program has its own tables and never sees these.
"""

from enum import StrEnum


class Habit(StrEnum):
    """How a clerk goes from Armenian letters to Azerbaijani Latin ones."""

    BY_SOUND = "by_sound"
    THROUGH_RUSSIAN = "through_russian"


_BY_SOUND = {
    "ու": "u", "և": "ev", "եւ": "ev", "ա": "a", "բ": "b", "գ": "q", "դ": "d", "ե": "e",
    "զ": "z", "է": "e", "ը": "ı", "թ": "t", "ժ": "j", "ի": "i", "լ": "l", "խ": "x",
    "ծ": "ts", "կ": "k", "հ": "h", "ձ": "dz", "ղ": "ğ", "ճ": "ç", "մ": "m", "յ": "y",
    "ն": "n", "շ": "ş", "ո": "o", "չ": "ç", "պ": "p", "ջ": "c", "ռ": "r", "ս": "s",
    "վ": "v", "տ": "t", "ր": "r", "ց": "ts", "ւ": "v", "փ": "p", "ք": "k", "օ": "o",
    "ֆ": "f",
}  # fmt: skip
# Russian has no h, no dz in one letter and one k; what it loses stays lost.
_THROUGH_RUSSIAN = _BY_SOUND | {"հ": "", "գ": "g", "ղ": "q", "ջ": "dj", "ծ": "s", "ձ": "z"}
_FIRST = {"ե": "ye", "ո": "vo"}
_ARMENIAN = {
    "ya": "յա", "a": "ա", "b": "բ", "c": "ջ", "ç": "չ", "d": "դ", "e": "ե", "ə": "ա",
    "f": "ֆ", "g": "գ", "ğ": "ղ", "h": "հ", "x": "խ", "ı": "ի", "i": "ի", "j": "ժ",
    "k": "ք", "q": "ղ", "l": "լ", "m": "մ", "n": "ն", "o": "ո", "ö": "յո", "p": "փ",
    "r": "ր", "s": "ս", "ş": "շ", "t": "թ", "u": "ու", "ü": "յու", "v": "վ", "y": "յ",
    "z": "զ",
}  # fmt: skip


def in_azerbaijani(name: str, habit: Habit) -> str:
    """The Armenian name in Azerbaijani Latin letters."""
    table = _THROUGH_RUSSIAN if habit is Habit.THROUGH_RUSSIAN else _BY_SOUND
    return " ".join(_capital(_spelt(word.lower(), table, _FIRST)) for word in name.split())


def in_armenian(name: str) -> str:
    """The Azerbaijani name in Armenian letters."""
    lowered = name.replace("İ", "i").replace("I", "ı").lower()
    return " ".join(_spelt(word, _ARMENIAN, {"e": "է"}).capitalize() for word in lowered.split())


def older_spelling(name: str) -> str:
    """The Armenian name as the spelling before 1922, still used abroad, has it."""
    return name.replace("և", "եւ").replace("յան", "եան")


def of_the_father(name: str) -> str:
    """The Armenian forename as a patronymic."""
    return f"{name}ի" if name[-1] not in "աեէիոօ" else f"{name}յի"


def _spelt(word: str, table: dict[str, str], first: dict[str, str]) -> str:
    spelt, at = "", 0
    while at < len(word):
        pair, letter = word[at : at + 2], word[at]
        if pair in table:
            spelt, at = spelt + table[pair], at + 2
        else:
            spelt, at = spelt + (first if at == 0 else {}).get(letter, table[letter]), at + 1
    return spelt


def _capital(word: str) -> str:
    return ("İ" if word[0] == "i" else word[0].upper()) + word[1:]
