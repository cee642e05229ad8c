"""Write the dictionary of forms: which short and which foreign names stand for which others.

    PYTHONPATH=src python tools/linkage/forms.py --folder /tmp/open-names

Joins the list of the package `nicknames` (English) with `short_forms.txt` and
`equivalents.txt` beside this file, and writes `src/repatria/linkage/names/forms.csv`.
"""

import argparse
import csv
import io
import sys
import zipfile
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

import sources

from repatria.linkage.names import sound_of
from repatria.linkage.names.forms import UNWRITTEN, folded
from repatria.linkage.names.sounds import reading_of
from repatria.terms import script_of

EQUIVALENTS = Path(__file__).with_name("equivalents.txt")
OWN = Path(__file__).with_name("short_forms.txt")
WRITTEN = Path(__file__).parents[2] / "src/repatria/linkage/names/forms.csv"
ENGLISH = sources.Source(
    package="nicknames",
    version="1.0.1",
    sha256="30608a6a50086bb508e6d5f4fb618ef4f988d5604f73ec1ebcccbc92952f9de9",
    member="nicknames/names.csv",
    licence="Apache-2.0",
    what="English given names with their short forms",
)


def english(path: Path) -> Iterator[tuple[str, str]]:
    """Full and short name, as the package has them."""
    with zipfile.ZipFile(path) as package:
        text = package.read(ENGLISH.member).decode("utf-8")
    for row in csv.DictReader(io.StringIO(text)):
        yield row["name1"].capitalize(), row["name2"].capitalize()


def own() -> Iterator[tuple[str, str]]:
    """Full and short name, as this project wrote them down."""
    for line in OWN.read_text(encoding="utf-8").splitlines():
        full, *short = line.partition("#")[0].split() or [""]
        yield from ((full, one) for one in short if one != full)


def equivalents() -> Iterator[tuple[str, str]]:
    """Each name with every name that is the same in another language, both ways.

    A name in a script without vowels is not looked up, so that it is only ever the other one; what
    sounds the same needs no dictionary.
    """
    for line in EQUIVALENTS.read_text(encoding="utf-8").splitlines():
        # Of what sounds the same in two alphabets with vowels one is enough.
        names = {heard(name): name for name in reversed(line.partition("#")[0].split())}.values()
        for one, other in permutations(sorted(names), 2):
            if script_of(other) not in UNWRITTEN:
                yield one, other


def heard(name: str) -> tuple[str, bool]:
    """The sound as the dictionary is asked for it, and whether vowels are left out of it."""
    return folded(sounded(name)), script_of(name) in UNWRITTEN


def sounded(name: str) -> str:
    """How a name is heard: written down, so that it need not be read again at every start."""
    return sound_of(name, reading_of(name))


def main() -> None:
    """Write the file anew."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, required=True, help="where downloads are kept")
    asked = parser.parse_args()
    known = dict.fromkeys(english(sources.fetched(ENGLISH, asked.folder)), "nicknames")
    known |= {pair: "repatria" for pair in own() if pair not in known}
    known |= {pair: "equivalents" for pair in equivalents() if pair not in known}
    with WRITTEN.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["full", "short", "source", "full_sound", "short_sound"])
        writer.writerows(
            (*pair, source, *map(sounded, pair)) for pair, source in sorted(known.items())
        )
    print(f"{len(known)} forms")


if __name__ == "__main__":
    sys.exit(main())
