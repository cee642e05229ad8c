"""Which pairs of lists is the model trained on?

Invented persons with names drawn from the open collections, written down twice
by clerks of two kinds, with the slips clerks make. How common names are, how
large the lists, how many persons they share and how bad the clerks are, all
change from one pair of lists to the next, so that no one habit is learned.
"""

import itertools
import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from spelling import LATIN_STANDARDS, armenian_of, latin_of, patronymic_of

from repatria.linkage import Profile
from repatria.linkage.costs import SCRIPT_CLASS
from repatria.linkage.distance import expected_bits, sound_bits, sounds_of
from repatria.linkage.names import reading_of, sound_of
from repatria.terms import PartialDate, PersonName, Script, script_of

Group = dict[Script, list[str]]
L, C, A, H, M, G = (
    Script.LATIN,
    Script.CYRILLIC,
    Script.ARABIC,
    Script.HEBREW,
    Script.ARMENIAN,
    Script.GEORGIAN,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody invented. `parts` are the given name, the forefathers and the family name."""

    given: Group
    fathers: tuple[Group, ...]
    family: Group
    female: bool
    birth: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Clerk:
    """How one side writes names down.

    Each figure is a share of the names: the family name first (`turned`); no father, of several
    the last, or none of them (`without_any` of these); another part missing (`lacking`).
    """

    script: Script
    culture: str
    standard: str
    turned: float
    without_father: float
    without_any: float
    lacking: float
    initial: float
    slip: float
    capitals: float
    comma: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPairMade:
    """Two lists and who is whom."""

    what: str
    left: tuple[Profile, ...]
    right: tuple[Profile, ...]
    truth: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pools:
    """Names by culture: the given and the family names."""

    names: dict[str, tuple[list[Group], list[Group]]]


_FARTHEST = 9.0
_ARABIC_LETTERS = re.compile("[عحصضطقثذ]")
_SLAVIC_FAMILY = re.compile("(?:ов|ев|ёв|ин|ын|ский|цкий|ко|ук|юк|ец|як|ых)$")
_ARMENIAN_FAMILY = re.compile("(?:ян|янц)$")
_GEORGIAN_FAMILY = re.compile("(?:швили|дзе|ия|ава|ури|ани)$")
_AZERI_FAMILY = re.compile("(?:ов|ев|заде|лы|ли|оглу)$")


def sounding_alike(groups: Sequence[Sequence[str]]) -> list[list[str]]:
    """The groups without the spellings that sound unlike the one most of the others are near to.

    A group holds what one name is called in every language: a clerk who writes Obadiah down does
    not write Abdias.
    """
    words = [word for group in groups for word in group]
    starts = np.cumsum([0, *(len(group) for group in groups)])
    scripts = np.array([SCRIPT_CLASS[script_of(word)] for word in words], dtype=np.int64)
    sounds = sounds_of([sound_of(word, reading_of(word)) for word in words], scripts)
    rows = np.concatenate(
        [np.repeat(np.arange(a, b), b - a) for a, b in itertools.pairwise(starts.tolist())]
    )
    columns = np.concatenate(
        [np.tile(np.arange(a, b), b - a) for a, b in itertools.pairwise(starts.tolist())]
    )
    bits = sound_bits(sounds, sounds, rows, columns)
    short = np.maximum(expected_bits(sounds, sounds, rows, columns) - bits, 0)
    far = np.bincount(rows, weights=np.minimum(short, 2 * _FARTHEST), minlength=len(words))
    kept = []
    at = 0
    for start, group in zip(starts.tolist(), groups, strict=False):
        size = len(group)
        near = short[at : at + size * size].reshape(size, size)[
            int(far[start : start + size].argmin())
        ]
        kept.append([word for word, away in zip(group, near, strict=True) if away <= _FARTHEST])
        at += size * size
    return kept


def pools_of(groups: Iterable[Sequence[str]], chance: random.Random) -> Pools:
    """The names by culture, most widely known first."""
    made: dict[str, tuple[list[Group], list[Group]]] = defaultdict(lambda: ([], []))
    for spellings in sorted(groups, key=lambda those: (-len(those), those)):
        group: Group = defaultdict(list)
        for one in spellings:
            group[script_of(one)].append(one)
        known = dict(group)
        if L not in known:
            continue
        cyrillic = known.get(C, [""])[0]
        if cyrillic:
            if _ARMENIAN_FAMILY.search(cyrillic):
                known.setdefault(M, [armenian_of(cyrillic, chance) for _ in range(2)])
                made["armenian"][1].append(known)
            elif _SLAVIC_FAMILY.search(cyrillic):
                made["slavic"][1].append(known)
            elif len(spellings) >= 6:
                made["slavic"][0].append(known)
        if M in known and not _ARMENIAN_FAMILY.search(cyrillic):
            made["armenian"][0].append(known)
        if A in known and _ARABIC_LETTERS.search(known[A][0]):
            made["arabic"][0].append(known)
            made["arabic"][1].append(known)
        for culture, script in (("hebrew", H), ("persian", A), ("georgian", G), ("cyrillic", C)):
            if script in known:
                made[culture][0 if len(spellings) >= 8 else 1].append(known)
                if len(spellings) >= 8 and chance.random() < 0.5:
                    made[culture][1].append(known)
        made["latin"][0 if len(spellings) >= 8 else 1].append(known)
    return Pools(names=dict(made))


def _drawer(
    names: list[Group], size: int, slope: float, chance: random.Random
) -> Callable[[], Group]:
    """Draws from a part of the names, the commonest much more often than the rest (Zipf 1949)."""
    size = min(size, len(names))
    head = names[: max(size * 3, 50)]
    chosen = chance.sample(head, min(size, len(head)))
    weights = [1 / (rank + 2) ** slope for rank in range(len(chosen))]
    totals: list[float] = []
    for weight in weights:
        totals.append(weight + (totals[-1] if totals else 0))
    return lambda: chance.choices(chosen, cum_weights=totals)[0]


def _people(pools: Pools, culture: str, count: int, chance: random.Random) -> list[Person]:
    given, family = pools.names[culture]
    chain = culture == "arabic"
    draw_given = _drawer(
        given, int(10 ** chance.uniform(1.9, 3.3)), chance.uniform(0.5, 1.1), chance
    )
    draw_family = _drawer(
        family, int(10 ** chance.uniform(2.3, 4.2)), chance.uniform(0.2, 0.9), chance
    )
    middle = chance.random() < 0.4
    related = chance.choice((0.05, 0.1, 0.2, 0.3))
    start = date(chance.randint(1950, 1980), 1, 1)
    people: list[Person] = []
    for _ in range(count):
        relative = (
            people[chance.randrange(len(people))] if people and chance.random() < related else None
        )
        fathers: tuple[Group, ...] = ()
        if chain:
            fathers = tuple(draw_given() for _ in range(chance.choice((1, 2, 2, 2))))
        elif culture in {"slavic", "armenian"} or (middle and chance.random() < 0.3):
            fathers = (draw_given(),)
        given, kind = draw_given(), chance.random()
        if relative and relative.fathers and kind < 0.3:
            given = relative.fathers[0]  # the father of somebody on the list
        elif relative and kind < 0.8:
            fathers = relative.fathers
        people.append(
            Person(
                given=given,
                fathers=fathers,
                family=relative.family if relative else draw_family(),
                female=chance.random() < 0.15,
                birth=start + timedelta(days=chance.randrange(365 * 35)),
            )
        )
    return people


def _spelled(group: Group, clerk: Clerk, chance: random.Random) -> str:
    forms = group.get(clerk.script)
    cyrillic = group.get(C)
    if clerk.standard == "az" and cyrillic:
        return latin_of(cyrillic[0], "az")
    by_rule = clerk.script is Script.LATIN and clerk.culture in {"slavic", "armenian"}
    if by_rule and cyrillic and chance.random() < 0.5:
        return latin_of(cyrillic[0], clerk.standard)
    if forms:
        return chance.choice(forms)
    if clerk.script is Script.ARMENIAN and cyrillic:
        return armenian_of(cyrillic[0], chance)
    return chance.choice(group[L])


def _father(group: Group, person: Person, clerk: Clerk, chance: random.Random) -> str:
    plain = _spelled(group, clerk, chance)
    cyrillic = group.get(C, [""])[0]
    if clerk.culture == "arabic" or clerk.culture not in {"slavic", "armenian"}:
        return plain
    if clerk.script is Script.CYRILLIC and cyrillic:
        return patronymic_of(
            cyrillic,
            female=person.female,
            language=chance.choice(("ru", "ru", "ru", "uk", "be"))
            if clerk.culture == "slavic"
            else "ru",
        )
    if clerk.script is Script.ARMENIAN:
        return plain + chance.choice(("ի", "ի", "ի", ""))
    if clerk.standard == "az":
        return chance.choice((f"{plain} oğlu", plain + "oviç", plain, plain + "i"))
    if (
        cyrillic
        and clerk.script is Script.LATIN
        and (clerk.culture == "slavic" or chance.random() < 0.3)
    ):
        made = patronymic_of(cyrillic, female=person.female, language="ru")
        return latin_of(made, clerk.standard)
    if clerk.culture == "armenian":
        return plain + chance.choice(("i", "", "i", ""))
    return plain


def _slipped(word: str, chance: random.Random) -> str:
    """The word with one slip of the keyboard."""
    if len(word) < 3:
        return word
    at = chance.randrange(len(word))
    letters = [one for one in word if one.isalpha()]
    kind = chance.randrange(4)
    if kind == 0:
        return word[:at] + chance.choice(letters) + word[at + 1 :]
    if kind == 1:
        return word[:at] + word[at + 1 :]
    if kind == 2:
        return word[:at] + chance.choice("aeinrst" if word.isascii() else letters) + word[at:]
    return word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]


def _written(person: Person, clerk: Clerk, chance: random.Random) -> str:
    given, family = (_spelled(one, clerk, chance) for one in (person.given, person.family))
    if clerk.culture == "arabic":
        family = _arabic_family(family, clerk, chance)
    if person.female and clerk.script is Script.CYRILLIC and family.endswith(("ов", "ев", "ин")):
        family += "а"
    if person.female and clerk.culture == "slavic" and family.endswith(("ov", "ev", "in")):
        family += "a"
    fathers = [_father(one, person, clerk, chance) for one in person.fathers]
    if fathers and chance.random() < clerk.without_father:
        fathers = [] if chance.random() < clerk.without_any else fathers[:-1]
    elif fathers and clerk.culture != "arabic" and chance.random() < clerk.initial:
        fathers = [fathers[0][0] + "."]
    words = [given, *fathers, family]
    if len(words) > 2 and chance.random() < clerk.lacking:
        del words[chance.choice((0, -1))]
    if chance.random() < clerk.slip:
        at = chance.randrange(len(words))
        words[at] = _slipped(words[at], chance)
    words = [" ".join(p[:1].upper() + p[1:] for p in word.split(" ")) for word in words]
    if chance.random() < clerk.turned:
        words = [words[-1], *words[:-1]]
        if chance.random() < clerk.comma:
            words[0] += ","
    elif chance.random() < clerk.capitals:
        words[-1] = words[-1].upper()
    return " ".join(words)


def _arabic_family(family: str, clerk: Clerk, chance: random.Random) -> str:
    draw = chance.random()
    if clerk.script is Script.ARABIC:
        if draw < 0.45 and not family.startswith("ال"):
            return "ال" + family
        return (
            f"{chance.choice(('ابو', 'أبو'))}{chance.choice((' ', ''))}{family}"
            if draw > 0.8
            else family
        )
    if draw < 0.45:
        return f"al-{family}"
    return f"abu {family}" if draw > 0.8 else family


def _birth(birth: date, chance: random.Random, wrong: float) -> PartialDate | None:
    draw = chance.random()
    year, month, day = birth.year, birth.month, birth.day
    if draw < 0.10 * wrong:
        return None
    if draw < 0.20 * wrong:
        return PartialDate(year=year)
    if draw < 0.23 * wrong:
        return PartialDate(year=year, month=1, day=1)
    if draw < 0.26 * wrong:
        moved = birth + timedelta(days=chance.choice((-1, 1)))
        return PartialDate(year=moved.year, month=moved.month, day=moved.day)
    if draw < 0.29 * wrong and day <= 12:
        return PartialDate(year=year, month=day, day=month)
    if draw < 0.31 * wrong:
        return PartialDate(year=year + chance.choice((-1, 1)), month=month, day=min(day, 28))
    if draw < 0.33 * wrong:
        return PartialDate(year=year, month=chance.randint(1, 12), day=min(day, 28))
    if draw < 0.345 * wrong:
        return PartialDate(year=year + chance.randint(-9, 9), month=month, day=min(day, 28))
    return PartialDate(year=year, month=month, day=day)


SCENES: tuple[tuple[str, Script, Script], ...] = (
    ("armenian", M, L), ("armenian", M, C), ("armenian", M, Script.OTHER), ("armenian", L, C),
    ("armenian", L, L), ("slavic", C, L), ("slavic", C, C), ("slavic", L, Script.OTHER),
    ("cyrillic", C, L), ("cyrillic", C, C), ("arabic", A, L), ("arabic", A, L), ("arabic", L, L),
    ("arabic", A, C), ("hebrew", H, L), ("hebrew", H, L), ("hebrew", H, C), ("persian", A, L),
    ("persian", A, L), ("georgian", G, L), ("georgian", G, C), ("latin", L, L),
)  # fmt: skip
"""Culture and the two scripts; OTHER stands for Azerbaijani letters."""


def _clerk(script: Script, culture: str, chance: random.Random) -> Clerk:
    az = script is Script.OTHER
    return Clerk(
        script=Script.LATIN if az else script,
        culture=culture,
        standard="az" if az else chance.choice(LATIN_STANDARDS[:2] * 3 + LATIN_STANDARDS),
        turned=chance.choice((0.0, 0.1, 0.3, 0.3, 0.5, 1.0)),
        without_father=chance.choice((0.05, 0.2, 0.35, 0.35, 0.6)),
        without_any=chance.choice((0.0, 0.5, 1.0)),
        lacking=chance.choice((0.0, 0.0, 0.01, 0.04)),
        initial=chance.choice((0.0, 0.05, 0.1, 0.3)),
        slip=chance.choice((0.01, 0.05, 0.1, 0.1)),
        capitals=chance.choice((0.0, 0.1, 1.0)),
        comma=chance.choice((0.0, 0.3, 1.0)),
    )


def list_pair(
    pools: Pools, scene: tuple[str, Script, Script], size: int, seed: int
) -> ListPairMade:
    """Two lists of about `size` rows that share some persons."""
    chance = random.Random(seed)
    culture = scene[0]
    clerks = [_clerk(script, culture, chance) for script in scene[1:]]
    share = chance.choice((0.2, 0.4, 0.6, 0.6, 0.6, 0.8, 0.95))
    other = int(size * chance.choice((1, 1, 1, 0.5, 2)))
    both = int(share * min(size, other))
    people = _people(pools, culture, size + other - both, chance)
    chance.shuffle(people)
    wrong = chance.choice((0.5, 1.0, 1.0, 1.5))
    sides = (people[:size], people[size - both :])
    lists = []
    for name, clerk, side in zip("ab", clerks, sides, strict=True):
        order = list(range(len(side)))
        chance.shuffle(order)
        place = {person: number for number, person in enumerate(order)}
        profiles = [
            Profile(
                id=f"{name}{place[at]:06d}",
                names=(PersonName(text=_written(person, clerk, chance)),),
                birth=_birth(person.birth, chance, wrong),
            )
            for at, person in enumerate(side)
        ]
        lists.append(profiles)
    truth = frozenset((lists[0][size - both + k].id, lists[1][k].id) for k in range(both))
    return ListPairMade(
        what=f"{culture} {scene[1]}-{scene[2]} {size}x{other}",
        left=tuple(lists[0]),
        right=tuple(lists[1]),
        truth=truth,
    )
