"""Which mistakes are made, by kind?

Usage: errors.py --pairs FOLDER --cases DIR... [--examples NUMBER] [--hide TRACK...].
Counts false and missed links by the first kind that fits. No name is ever printed
unless examples are asked for; tracks to hide are never shown, and ar-en is one.
"""

import argparse
from collections import Counter, defaultdict
from pathlib import Path

from cases import Case, Pairs, Row, read_case, read_pairs
from scoring import assigned, default_links

from repatria.linkage.names import TokenRole, name_tokens
from repatria.terms import PersonName

_TITLE_WORDS = (
    "bishop archbishop patriarch pope sheikh shaykh rabbi rav imam mullah ayatollah sayyid father "
    "prince princess king queen count duke baron lord lady sir saint st emir sultan pasha bey khan "
    "епископ архиепископ патриарх папа князь граф барон король шейх святой митрополит рав רבי הרב "
    "רב הנסיך המלך הברון الشيخ الامير الأمير الملك البابا الاب الأب الإمام السيد شیخ آیت‌الله"
)
_TITLES = frozenset(_TITLE_WORDS.split())


def kind_of(one: Row, other: Row, *, rival: bool) -> str:
    """What makes a pair hard: the first of a fixed list that fits."""
    first, second = (name_tokens(PersonName(text=row.name)) for row in (one, other))
    words = {word.strip(".,").lower() for row in (one, other) for word in row.name.split()}
    fathers, plain = (
        [{t.skeleton for t in side if t.role is role} for side in (first, second)]
        for role in (TokenRole.PATRONYMIC, TokenRole.NAME)
    )
    shared = len(plain[0] & plain[1])
    if words & _TITLES:
        return "title"
    if any(t.role is TokenRole.INITIAL for t in (*first, *second)):
        return "initials"
    if fathers[0] and fathers[1] and not fathers[0] & fathers[1]:
        return "patronymics differ"
    if min(len(first), len(second)) == 1:
        return "one name only"
    if rival and shared >= min(map(len, plain)):
        return "namesake"
    if len(one.dob) == len(other.dob) == len("YYYY-MM-DD") and one.dob != other.dob:
        return "birth dates differ"
    if shared == 0:
        return "all names written differently"
    return "some names written differently" if shared < min(map(len, plain)) else "names as usual"


def mistakes(case: Case, pairs: Pairs, threshold: float) -> dict[str, list[tuple[str, Row, Row]]]:
    """False links and missed links, each with its kind."""
    chosen = assigned(pairs, (len(case.left), len(case.right)))
    chosen = default_links(pairs, chosen, threshold)
    links = set(zip(pairs.rows[chosen].tolist(), pairs.columns[chosen].tolist(), strict=True))
    seen = set(zip(pairs.rows.tolist(), pairs.columns.tolist(), strict=True))
    taken = [{i for i, _ in links}, {j for _, j in links}]
    found: dict[str, list[tuple[str, Row, Row]]] = defaultdict(list)
    for i, j in sorted(links - case.truth):
        found["false link"].append(
            (kind_of(case.left[i], case.right[j], rival=True), case.left[i], case.right[j])
        )
    for i, j in sorted(case.truth - links):
        rival = i in taken[0] or j in taken[1]
        kind = kind_of(case.left[i], case.right[j], rival=rival)
        name = "missed, no candidate" if (i, j) not in seen else "missed, linked elsewhere"
        name = name if (i, j) not in seen or rival else "missed, score too low"
        found[name].append((kind, case.left[i], case.right[j]))
    return found


def main() -> None:
    """Print counts for all cases together, and examples if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=Path, required=True, help="such as pairs/ours/names")
    parser.add_argument("--cases", type=Path, nargs="+", required=True)
    parser.add_argument("--threshold", type=float, default=0.5)
    parser.add_argument("--with-birth", action="store_true")
    parser.add_argument("--examples", type=int, default=0)
    parser.add_argument("--hide", nargs="*", default=[])
    asked = parser.parse_args()
    counts: Counter[tuple[str, str]] = Counter()
    for folder in asked.cases:
        case = read_case(folder, with_birth=asked.with_birth)
        pairs = read_pairs(asked.pairs / f"{folder.name}.csv", case.left, case.right)
        hidden = case.track in {"ar-en", *asked.hide}
        for name, those in mistakes(case, pairs, asked.threshold).items():
            counts.update((name, kind) for kind, _, _ in those)
            for kind, one, other in [] if hidden else those[: asked.examples]:
                print(
                    f"{case.name} {name}, {kind}: {one.name} {one.dob} | {other.name} {other.dob}"
                )
    print("| mistake | kind | pairs |\n| --- | --- | --- |")
    for (name, kind), number in sorted(counts.items(), key=lambda one: (one[0][0], -one[1])):
        print(f"| {name} | {kind} | {number} |")


if __name__ == "__main__":
    main()
