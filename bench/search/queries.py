"""What is looked for? A few hundred searches of several kinds, the same for the same persons."""

import random
from collections.abc import Iterator

from people import MadeUp

KINDS = (
    "given name, another script",
    "family name",
    "family name, another script",
    "two words, another script",
    "three words",
    "beginning of a name",
    "one letter or two",
    "number",
    "nonsense",
)


def queries(everybody: list[MadeUp], each: int, *, seed: int = 2) -> Iterator[tuple[str, str, int]]:
    """(kind, what is typed, number of a person that must be found or -1), `each` of a kind."""
    drawn = random.Random(seed)  # noqa: S311 -- made-up searches
    for _ in range(each):
        for kind in KINDS:
            one = drawn.choice(everybody)
            other = (one.script + drawn.randrange(1, 4)) % 4
            yield kind, *_typed(kind, one, other, drawn)


def _typed(kind: str, one: MadeUp, other: int, drawn: random.Random) -> tuple[str, int]:
    family = one.family[one.script]
    match kind:
        case "given name, another script":
            return one.given[other], -1  # thousands are called so: anybody of them will do
        case "family name":
            return family, one.number
        case "family name, another script":
            return one.family[other], one.number
        case "two words, another script":
            return one.written(other), one.number
        case "three words":
            return one.written(other, patronymic=True), -1
        case "beginning of a name":
            return family[: drawn.randrange(3, max(4, len(family)))], -1
        case "one letter or two":
            return family[: drawn.randrange(1, 3)], -1
        case "number":
            return one.reference, one.number
    return "".join(drawn.choice("bcdfghjklmnpqrstvwxz") for _ in range(9)), -1
