"""Claim files of any size, with made-up places and speakers, in the shape of real ones.

Each matter has its counts in parts, movements told by both sides, what remains,
lists, running totals and copies; a share of the figures is changed, so that
something differs. The seed decides everything.
"""

import random
from collections.abc import Iterator
from datetime import date, timedelta

HEADINGS = [
    "id",
    "episode",
    "said_on",
    "speaker",
    "via",
    "measure",
    "counting_rule",
    "value",
    "note",
]
_SYLLABLES = [
    "bar",
    "dor",
    "fen",
    "gal",
    "hol",
    "kar",
    "lin",
    "mor",
    "nel",
    "oss",
    "per",
    "rav",
    "sil",
    "tor",
    "ula",
    "ven",
    "wes",
    "yor",
    "zan",
]
_CATEGORIES = ("soldiers", "civilians", "political leaders")


def rows(count: int, *, seed: int = 1, matters: int = 0) -> Iterator[list[str]]:
    """So many rows, without the headings.

    Args:
        count: how many.
        seed: of the random numbers.
        matters: into how many episodes they fall; one for each thousand rows when 0.
    """
    source = random.Random(seed)  # noqa: S311 -- made-up figures
    names = [_place(source) for _ in range(2 * max(1, matters or count // 1000))]
    written = 0
    while written < count:
        for pair in range(0, len(names), 2):
            for row in _events(source, names[pair], names[pair + 1]):
                if written == count:
                    return
                written += 1
                yield [f"k{written}", *row, ""]


def _place(source: random.Random) -> str:
    return "".join(source.choice(_SYLLABLES) for _ in range(3)).capitalize() + "land"


def _events(source: random.Random, one: str, other: str) -> Iterator[list[str]]:
    day = date(2020, 1, 1) + timedelta(days=source.randrange(2500))
    held = [source.randrange(5, 60) for _ in _CATEGORIES]
    moved = source.randrange(3, sum(held) - 3)
    episode = f"{one}-{other}"
    count = f"{one}ers held by {other}"
    later = day + timedelta(days=source.randrange(10, 40))
    dated = f"{later.day} {later:%b %Y}"
    yield [episode, f"{day}", f"{one} office", "press", count, "all", str(sum(held))]
    for number, category in zip(held, _CATEGORIES, strict=True):
        yield [episode, f"{day}", f"{one} office", "press", count, category, str(number)]
    off = source.choice((0, 0, 0, 1, 2))
    yield [
        episode,
        f"{later}",
        f"{other} commission",
        "site",
        f"released {dated}",
        "all",
        str(moved),
    ]
    told = f"{one} premier", "post", f"released {dated}", "all", str(moved + off)
    yield [episode, f"{later}", *told]
    left = sum(held) - moved + source.choice((0, 0, 3))
    yield [episode, f"{later}", "Families", "wire", f"{one}ers still held", "all", str(left)]
    listed = str(source.randrange(500, 9000))
    yield [episode, f"{day}", f"{one} office", "press", f"names on {one} list", "sent", listed]
    old = later + timedelta(days=400)
    yield [episode, f"{old}", "Portal", "web", count, "all", str(sum(held))]
    since = f"{one}ers returned so far"
    yield [episode, f"{later}", f"{one} office", "press", since, "total", str(moved * 3)]
