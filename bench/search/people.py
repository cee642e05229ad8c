"""Who are the made-up persons, and how is each written in several scripts?

A few given names are common and most family names rare, as among people. Family
names are put together from syllables, so that nobody is called so; each has a
spelling in every script, so that it can be looked for in another.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass

SCRIPTS = ("Latn", "Cyrl", "Armn", "Arab")

# Common given names, in the order of SCRIPTS.
_GIVEN = (
    ("Elşən", "Эльшан", "Էլշան", "الشان"),
    ("Armen", "Армен", "Արմեն", "ارمن"),
    ("Karen", "Карен", "Կարեն", "كارين"),
    ("Anar", "Анар", "Անար", "انار"),
    ("Vardan", "Вардан", "Վարդան", "فاردان"),
    ("Rasim", "Расим", "Ռասիմ", "راسم"),
    ("Tigran", "Тигран", "Տիգրան", "تيغران"),
    ("Samir", "Самир", "Սամիր", "سمير"),
    ("Narek", "Нарек", "Նարեկ", "ناريك"),
    ("Murad", "Мурад", "Մուրադ", "مراد"),
    ("Gor", "Гор", "Գոր", "غور"),
    ("Ali", "Али", "Ալի", "علي"),
    ("Lusine", "Лусине", "Լուսինե", "لوسينه"),
    ("Leyla", "Лейла", "Լեյլա", "ليلى"),
    ("Hrant", "Грант", "Հրանտ", "هرانت"),
    ("Kamal", "Камал", "Քամալ", "كمال"),
    ("Suren", "Сурен", "Սուրեն", "سورين"),
    ("Rovshan", "Ровшан", "Ռովշան", "روفشان"),
    ("Davit", "Давит", "Դավիթ", "دافيت"),
    ("Farid", "Фарид", "Ֆարիդ", "فريد"),
    ("Zaven", "Завен", "Զավեն", "زافين"),
    ("Nadir", "Надир", "Նադիր", "نادر"),
    ("Artur", "Артур", "Արթուր", "ارتور"),
    ("Bakhtiyar", "Бахтияр", "Բախտիյար", "بختيار"),
)
_SYLLABLES = (
    ("ba", "ба", "բա", "با"),
    ("da", "да", "դա", "دا"),
    ("ga", "га", "գա", "غا"),
    ("ka", "ка", "կա", "كا"),
    ("la", "ла", "լա", "لا"),
    ("ma", "ма", "մա", "ما"),
    ("na", "на", "նա", "نا"),
    ("ra", "ра", "րա", "را"),
    ("sa", "са", "սա", "سا"),
    ("ta", "та", "տա", "تا"),
    ("za", "за", "զա", "زا"),
    ("sha", "ша", "շա", "شا"),
    ("mi", "ми", "մի", "مي"),
    ("ri", "ри", "րի", "ري"),
    ("ti", "ти", "տի", "تي"),
    ("ni", "ни", "նի", "ني"),
    ("mu", "му", "մու", "مو"),
    ("ru", "ру", "րու", "رو"),
    ("su", "су", "սու", "سو"),
    ("bar", "бар", "բար", "بار"),
    ("dar", "дар", "դար", "دار"),
    ("kal", "кал", "կալ", "كال"),
    ("man", "ман", "ման", "مان"),
    ("tar", "тар", "տար", "تار"),
)
_ENDINGS = (
    ("yan", "ян", "յան", "يان"),
    ("ov", "ов", "ով", "وف"),
    ("li", "ли", "լի", "لي"),
    ("zade", "заде", "զադե", "زاده"),
    ("ian", "иан", "իան", "يان"),
)
Spellings = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeUp:
    """A person, spelt in every script.

    Attributes:
        given, family, father: one spelling for each of SCRIPTS.
        script: number of the script in which the record is written.
    """

    number: int
    given: Spellings
    family: Spellings
    father: Spellings
    script: int
    year: int
    month: int
    day: int

    def written(self, script: int, *, patronymic: bool = False) -> str:
        """The name in a script."""
        parts = [self.given[script], self.family[script]]
        if patronymic:
            parts.insert(1, self.father[script])
        return " ".join(parts)

    @property
    def reference(self) -> str:
        """The number in the register."""
        return f"N-{self.number:06}"


def families(drawn: random.Random, count: int) -> list[Spellings]:
    """So many different family names."""
    found: dict[str, Spellings] = {}
    while len(found) < count:
        parts = [drawn.choice(_SYLLABLES) for _ in range(drawn.choice((2, 2, 3)))]
        parts.append(drawn.choice(_ENDINGS))
        spelt = tuple("".join(part[at] for part in parts) for at in range(len(SCRIPTS)))
        found[spelt[0]] = tuple(_capital(one) for one in spelt)
    return list(found.values())


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


def drawn_from(drawn: random.Random, names: Sequence[Spellings]) -> Spellings:
    """One of the names; the first ones are common, the last ones rare."""
    return names[int(len(names) * drawn.random() ** 2.5)]


def people(count: int, *, seed: int = 1) -> list[MadeUp]:
    """So many persons, the same for the same seed."""
    drawn = random.Random(seed)  # noqa: S311 -- made-up persons, not secrets
    surnames = families(drawn, max(50, count // 8))
    return [
        MadeUp(
            number=number,
            given=drawn_from(drawn, _GIVEN),
            family=drawn_from(drawn, surnames),
            father=drawn_from(drawn, _GIVEN),
            script=drawn.randrange(len(SCRIPTS)),
            year=drawn.randrange(1955, 2008),
            month=drawn.randrange(1, 13),
            day=drawn.randrange(1, 29),
        )
        for number in range(count)
    ]
