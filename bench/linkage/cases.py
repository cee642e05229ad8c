"""What is in a case, and in a file of scored pairs?

A case directory holds two lists, `A.csv` and `B.csv` (id,name,dob,sex), and
`truth.csv` (id_a,id_b) with the pairs that are the same person. A file of pairs
has the columns id_a, id_b, score and, where the engine decides, decision.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

LINK = "link"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One record as written; dob is YYYY-MM-DD, YYYY or empty."""

    id: str
    name: str
    dob: str
    sex: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Two lists and which of their records belong together, by position."""

    name: str
    left: tuple[Row, ...]
    right: tuple[Row, ...]
    truth: frozenset[tuple[int, int]]

    @property
    def track(self) -> str:
        """The part of the name before the size, such as he-en."""
        return self.name.rsplit("_", 1)[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """Scored pairs as columns; `linked` is None where the engine decides nothing."""

    rows: np.ndarray
    columns: np.ndarray
    score: np.ndarray
    linked: np.ndarray | None = None


def rows_of(path: Path, *, with_birth: bool = True) -> tuple[Row, ...]:
    """The records of a list; without birth dates nothing but the names is kept."""
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            Row(
                id=row["id"],
                name=row["name"],
                dob=row.get("dob", "") if with_birth else "",
                sex=row.get("sex", "") if with_birth else "",
            )
            for row in csv.DictReader(file)
        )


def read_case(folder: Path, *, with_birth: bool = True) -> Case:
    """The case in a directory."""
    left, right = (rows_of(folder / n, with_birth=with_birth) for n in ("A.csv", "B.csv"))
    places = [{row.id: at for at, row in enumerate(side)} for side in (left, right)]
    with (folder / "truth.csv").open(encoding="utf-8", newline="") as file:
        truth = frozenset(
            (places[0][row["id_a"]], places[1][row["id_b"]]) for row in csv.DictReader(file)
        )
    return Case(name=folder.name, left=left, right=right, truth=truth)


def write_case(folder: Path, left: Iterable[Row], right: Iterable[Row], truth: Iterable) -> None:
    """Write a case directory; truth is pairs of ids."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, side in (("A.csv", left), ("B.csv", right)):
        rows = ((row.id, row.name, row.dob, row.sex) for row in side)
        write_table(folder / name, ("id", "name", "dob", "sex"), rows)
    write_table(folder / "truth.csv", ("id_a", "id_b"), truth)


def write_table(path: Path, head: Iterable[str], rows: Iterable) -> None:
    """Write a table with its first line."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)


def read_pairs(path: Path, left: Iterable[Row], right: Iterable[Row]) -> Pairs:
    """The scored pairs of a file."""
    places = [{row.id: at for at, row in enumerate(side)} for side in (left, right)]
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    decided = bool(lines) and "decision" in lines[0]
    return Pairs(
        rows=np.array([places[0][line["id_a"]] for line in lines], dtype=np.int64),
        columns=np.array([places[1][line["id_b"]] for line in lines], dtype=np.int64),
        score=np.array([float(line["score"]) for line in lines]),
        linked=np.array([line["decision"] == LINK for line in lines]) if decided else None,
    )


def write_pairs(path: Path, pairs: Pairs, left: tuple[Row, ...], right: tuple[Row, ...]) -> None:
    """Write scored pairs to a file."""
    ids = [
        (left[i].id, right[j].id, repr(s))
        for i, j, s in zip(
            pairs.rows.tolist(), pairs.columns.tolist(), pairs.score.tolist(), strict=True
        )
    ]
    if pairs.linked is None:
        write_table(path, ("id_a", "id_b", "score"), ids)
        return
    words = [LINK if linked else "" for linked in pairs.linked.tolist()]
    rows = [(*one, word) for one, word in zip(ids, words, strict=True)]
    write_table(path, ("id_a", "id_b", "score", "decision"), rows)
