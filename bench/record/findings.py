"""How many of the comparisons that a person wrote down are found, and how many others?

A table of comparisons has `label|left|right|holds`; both sides are sums of ids and numbers.
A row is found when a finding compares exactly its claims and comes to the same end. A row
that needs a number which stands in no claim does not follow from the columns, and is counted
apart. What follows from a finding stands beneath it (`comparing.consequences`); a row that is
found only there is counted apart. `also` names findings outside the table that a person looked
at and found true.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from repatria.operations.claim_files import claims_in_file
from repatria.record.check import Check
from repatria.record.comparing import findings, gathered

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Compared:
    """A file's result."""

    name: str
    claims: int
    rows: int
    outside: list[str]
    missed: list[str]
    beneath: list[str]
    found: list[Check]
    others: list[Check]
    also: int

    def line(self) -> str:
        """The result as a row of a table."""
        hits = self.rows - len(self.missed)
        used = len(self.found) - len(self.others)
        strict = used / max(1, len(self.found))
        looked_at = (used + self.also) / max(1, len(self.found))
        return (
            f"| {self.name} | {self.claims} | {self.rows} | {hits} | {hits / self.rows:.3f} "
            f"| {len(self.beneath)} "
            f"| {len(self.found)} | {strict:.3f} | {looked_at:.3f} |"
        )


HEAD = (
    "| file | claims | rows that follow | found | recall | missed, but beneath another | findings "
    "| precision, table alone | precision, with `also` |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|"
)


def compare(claim_file: Path, checks: Path, also: Path | None = None) -> Compared:
    """The findings of a file beside its table."""
    claims = claims_in_file(claim_file)
    ids = {c.id for c in claims}
    told = gathered(findings(claims), {c.id: c for c in claims})
    found = [each.check for each in told]
    following = [check for each in told for check in each.also]
    used: set[int] = set()
    missed: list[str] = []
    beneath: list[str] = []
    outside: list[str] = []
    rows = 0
    for row in csv.DictReader(checks.open(encoding="utf-8"), delimiter="|"):
        wanted, numbers = _sides(row, ids)
        if not wanted or not _follows(row, numbers, claims):
            outside.append(row["label"])
            continue
        rows += 1
        holds = row["holds"] == "yes"
        hits = [f for f in found if set(f.claims) == wanted and f.holds == holds]
        used |= {id(f) for f in hits}
        if not hits:
            missed.append(row["label"])
            if any(set(f.claims) == wanted and f.holds == holds for f in following):
                beneath.append(row["label"])
    others = [f for f in found if id(f) not in used]
    true = set(also.read_text("utf-8").split("\n")) if also and also.exists() else set()
    return Compared(
        name=claim_file.name,
        claims=len(claims),
        rows=rows,
        outside=outside,
        missed=missed,
        beneath=beneath,
        found=found,
        others=others,
        also=sum(signature(f) in true for f in others),
    )


def signature(check: Check) -> str:
    """A finding as it is named in a file of further true findings."""
    return f"{check.kind.value} {' '.join(check.claims)} {'yes' if check.holds else 'no'}"


def _sides(row: dict[str, str], ids: set[str]) -> tuple[set[str], list[int]]:
    terms = [t for side in ("left", "right") for t in re.split(r"[+\-*]", row[side])]
    return {t for t in terms if t in ids}, [int(t) for t in terms if t.isdigit()]


def _follows(row: dict[str, str], numbers: list[int], claims: tuple[object, ...]) -> bool:
    """Whether every number beside the ids stands in the words of the claims it is about."""
    wanted = re.findall(r"\w+", f"{row['left']}+{row['right']}")
    words = " ".join(
        f"{getattr(c, 'wording', '')} {getattr(c, 'note', '')}"
        for c in claims
        if getattr(c, "id", "") in wanted
    )
    if re.search(r"\b\d+\*\d+\b", f"{row['left']}|{row['right']}"):
        return False
    return "*" in row["left"] or all(re.search(rf"\b{n}\b", words) for n in numbers)


def files() -> Iterator[tuple[Path, Path]]:
    """The claim files here with their tables."""
    for path in sorted((HERE / "claims").glob("*.csv")):
        if not path.name.endswith(".checks.csv"):
            yield path, path.with_suffix(".checks.csv")
