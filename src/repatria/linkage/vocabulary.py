"""Which different name parts occur in a list, and in which records?

Each distinct part is compared once, however many records bear it. A record
with several names appears here as several bearers of one profile.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from repatria.linkage.model import Profile
from repatria.linkage.names import NameToken, TokenRole, name_tokens, parts_shown
from repatria.terms import Script

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
MOST_TOKENS = 8
ABSENT = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The name parts of one list.

    Attributes:
        entries: distinct parts (as first met), one per sound, script class and initial.
        bearers: token tuples of each name of each profile.
        owner: index of the profile that bears the name. Shape: (n_bearers,) int64.
        tokens: entry numbers of each name, padded. Shape: (n_bearers, width) int64.
        patronymic: 1 shown, 0 possible (three parts or more), -1 not. Shape: as tokens, int8.
        parts: what each part shows itself to be (`NamePart`). Shape: as tokens, int8.
        mass: number of profiles that bear each entry. Shape: (n_entries,) float64.
        size: number of profiles.
    """

    entries: tuple[NameToken, ...]
    bearers: tuple[tuple[NameToken, ...], ...]
    owner: Ints
    tokens: Ints
    patronymic: npt.NDArray[np.int8]
    parts: npt.NDArray[np.int8]
    mass: Floats
    size: int


def vocabulary_of(profiles: Sequence[Profile]) -> Vocabulary:
    """The vocabulary of a list. Names beyond eight parts keep their first eight."""
    numbers: dict[tuple[str, str, Script, bool], int] = {}
    entries: list[NameToken] = []
    bearers: list[tuple[NameToken, ...]] = []
    owner: list[int] = []
    shown: list[tuple[int, ...]] = []
    rows: list[list[int]] = []
    seen: set[tuple[int, int]] = set()
    for index, profile in enumerate(profiles):
        for name in profile.names:
            tokens = name_tokens(name, father=profile.father)[:MOST_TOKENS]
            row = []
            for token in tokens:
                key = (
                    token.sound,
                    token.other_sound,
                    token.script,
                    token.role is TokenRole.INITIAL,
                )
                number = numbers.setdefault(key, len(entries))
                if number == len(entries):
                    entries.append(token)
                row.append(number)
                seen.add((index, number))
            bearers.append(tokens)
            shown.append(parts_shown(name.text, tokens))
            owner.append(index)
            rows.append(row)
    width = max((len(row) for row in rows), default=0) or 1
    matrix = np.full((len(rows), width), ABSENT, dtype=np.int64)
    patronymic = np.zeros((len(rows), width), dtype=np.int8)
    parts = np.zeros((len(rows), width), dtype=np.int8)
    for at, row in enumerate(rows):
        matrix[at, : len(row)] = row
        patronymic[at, : len(row)] = _patronymics(bearers[at])
        parts[at, : len(row)] = shown[at]
    mass = np.bincount([number for _, number in seen], minlength=len(entries)).astype(np.float64)
    return Vocabulary(
        entries=tuple(entries),
        bearers=tuple(bearers),
        owner=np.array(owner, dtype=np.int64),
        tokens=matrix,
        patronymic=patronymic,
        parts=parts,
        mass=mass,
        size=len(profiles),
    )


def _patronymics(tokens: tuple[NameToken, ...]) -> list[int]:
    """Which parts are a patronymic: 1 shown, 0 possible, -1 not.

    Two parts are a given and a family name; where one part shows itself, the others are none.
    """
    shown = [token.role is TokenRole.PATRONYMIC for token in tokens]
    other = -1 if any(shown) or len(tokens) <= 2 else 0
    return [1 if one else other for one in shown]
