"""How may a name that is known in one script be spelled in another?

Rules by which the training lists spell what no collection spells: patronymics,
and Armenian and Azerbaijani forms. Several standards each, one chosen per list
or per clerk. They serve training only and are no part of the program.
"""

import random
import re

# BGN/PCGN 1947 without apostrophes; ICAO Doc 9303 (passports since 2014); ISO 9:1995; German.
_LATIN = {
    "bgn": "а=a б=b в=v г=g д=d е=e ё=yo ж=zh з=z и=i й=y к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u "
    "ф=f х=kh ц=ts ч=ch ш=sh щ=shch ъ= ы=y ь= э=e ю=yu я=ya і=i ї=yi є=ye ґ=g ў=w",
    "icao": "а=a б=b в=v г=g д=d е=e ё=e ж=zh з=z и=i й=i к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u "
    "ф=f х=kh ц=ts ч=ch ш=sh щ=shch ъ=ie ы=y ь= э=e ю=iu я=ia і=i ї=i є=ie ґ=g ў=u",
    "iso9": "а=a б=b в=v г=g д=d е=e ё=ë ж=ž з=z и=i й=j к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u "
    "ф=f х=h ц=c ч=č ш=š щ=šč ъ= ы=y ь= э=e ю=ju я=ja і=i ї=ji є=je ґ=g ў=u",
    "german": "а=a б=b в=w г=g д=d е=e ё=jo ж=sch з=s и=i й=i к=k л=l м=m н=n о=o п=p р=r с=s т=t "
    "у=u ф=f х=ch ц=z ч=tsch ш=sch щ=schtsch ъ= ы=y ь= э=e ю=ju я=ja і=i ї=ji є=je ґ=g ў=u",
    "az": "а=a б=b в=v г=q д=d е=e ё=yo ж=j з=z и=i й=y к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u "
    "ф=f х=x ц=s ч=ç ш=ş щ=ş ъ= ы=ı ь= э=e ю=yu я=ya і=i ї=i є=e ґ=q ў=v",
}
_ARMENIAN = (
    "а=ա б=բ в=վ г=գ|հ д=դ е=ե ё=յո ж=ժ з=զ и=ի й=յ к=կ|ք л=լ м=մ н=ն о=ո|օ п=պ|փ р=ր|ր|ռ с=ս "
    "т=տ|թ у=ու ф=ֆ х=խ ц=ց|ծ ч=չ|ճ ш=շ щ=շչ ъ= ы=ի ь= э=է ю=յու я=յա"
)


def _table(text: str) -> dict[str, list[str]]:
    return {one[0]: one[2:].split("|") for one in text.split()}


_LATIN_TABLES = {name: _table(text) for name, text in _LATIN.items()}
_ARMENIAN_TABLE = _table(_ARMENIAN)
LATIN_STANDARDS = ("bgn", "icao", "iso9", "german")


def latin_of(cyrillic: str, standard: str) -> str:
    """A Cyrillic word in Latin letters by one of the standards, or in Azerbaijani letters."""
    table = _LATIN_TABLES[standard]
    return "".join(table.get(letter, [letter])[0] for letter in cyrillic)


def armenian_of(cyrillic: str, chance: random.Random) -> str:
    """A Cyrillic word as an Armenian clerk may spell it."""
    spelled = "".join(chance.choice(_ARMENIAN_TABLE.get(one, [one])) for one in cyrillic)
    return re.sub("^ե", "է", spelled) if chance.random() < 0.3 else spelled


def patronymic_of(father: str, *, female: bool, language: str) -> str:
    """The East Slavic patronymic made from a father's name in Cyrillic letters."""
    son, daughter = {
        "ru": ("ович", "овна"),
        "uk": ("ович", "івна"),
        "be": ("авіч", "аўна"),
    }[language]
    if father[-1] in "ая":
        return father[:-1] + ("ична" if female else "ич")
    if father[-1] in "йь":
        son, daughter = son.replace("о", "е", 1), daughter.replace("о", "е", 1)
        return father[:-1] + (daughter if female else son)
    if father[-1] in "иоуеі":
        return father + (daughter if female else son)[1:]
    return father + (daughter if female else son)


def feminine_of(family: str, ending: str, feminine: str) -> str:
    """A family name with its masculine ending exchanged, where it has it."""
    return family.removesuffix(ending) + feminine if family.endswith(ending) else family
