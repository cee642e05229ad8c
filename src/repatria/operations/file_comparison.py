"""Which persons of two list files may be the same? Nothing is written and no log is needed.

The command line, the pages and the programs' interface all come here, so that the same
two files give the same pairs by every way.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import repeat
from typing import TYPE_CHECKING

from repatria.linkage import (
    Decision,
    MatchSettings,
    Profile,
    ProfileColumns,
    score_lists,
    score_repeats,
    sentence,
)
from repatria.lists.reading import PersonColumns, guarded
from repatria.terms import PersonName

if TYPE_CHECKING:
    from repatria.linkage.scored_pairs import ScoredPairs

Progress = Callable[[int, int], None]
Scoring = Callable[[Sequence[Profile], Sequence[Profile], MatchSettings], "ScoredPairs"]
"""Compares two lists elsewhere, with the pairs and scores of `linkage.score_lists`."""

HEADINGS = ("id_a", "id_b", "score", "decision")
MORE_HEADINGS = ("name_a", "name_b", "born_a", "born_b", "match_weight", "weights", "reasons")
DECISIONS = {
    Decision.LINK: "link",
    Decision.POSSIBLE: "possible",
    Decision.NON_LINK: "non-link",
}
"""How a decision is written in files."""

# A signed number is no formula; an id must come back as it was wherever that is safe.
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class ComparedFiles:
    """The candidate pairs, likeliest first, with what the files say.

    Attributes:
        left, right: the persons; the same twice when one list was compared with itself.
    """

    pairs: "ScoredPairs"
    left: ProfileColumns
    right: ProfileColumns

    def counts(self) -> dict[str, int]:
        """How many pairs there are of each decision."""
        return counts_of(self.pairs)

    def rows(self, *, explain: bool = False) -> Iterator[tuple[str, ...]]:
        """One row for each pair under `HEADINGS`, and `MORE_HEADINGS` when explained."""
        for at in range(len(self.pairs)):
            one, other = self.pairs.ids(at)
            score = float(self.pairs.score[at])
            row = (one, other, f"{score:.6f}", DECISIONS[self.pairs.decision(at)])
            yield row if not explain else (*row, *self._explained(at))

    def sides(self, at: int) -> tuple[Profile, Profile]:
        """The two persons of one pair."""
        one, other = self.pairs.ids(at)
        return self.left[self._places[0][one]], self.right[self._places[1][other]]

    @cached_property
    def _places(self) -> tuple[Mapping[str, int], Mapping[str, int]]:
        """Where the person with an id stands in each list."""
        left, right = (
            {each: at for at, each in enumerate(side.ids)} for side in (self.left, self.right)
        )
        return left, right

    def _explained(self, at: int) -> tuple[str, ...]:
        one, other = self.sides(at)
        pair = self.pairs.pair(at)
        grounds = pair.comparisons
        return (
            names_in_words(one),
            names_in_words(other),
            str(one.birth or ""),
            str(other.birth or ""),
            f"{pair.match_weight:.3f}",
            "; ".join(f"{ground.code} {ground.match_weight:+.3f}" for ground in grounds),
            " ".join(sentence(ground) for ground in grounds),
        )


def counts_of(pairs: "ScoredPairs") -> dict[str, int]:
    """How many pairs there are of each decision, as it is written in files."""
    counts = dict.fromkeys(DECISIONS.values(), 0)
    for at in range(len(pairs)):
        counts[DECISIONS[pairs.decision(at)]] += 1
    return counts


def compare_files(
    left: PersonColumns,
    right: PersonColumns | None,
    *,
    settings: MatchSettings,
    names_only: bool = False,
    progress: Progress | None = None,
    scoring: Scoring | None = None,
) -> ComparedFiles:
    """The candidate pairs between two files, or within one.

    Args:
        left: persons of one file.
        right: persons of the other; None looks for persons who stand in the first twice.
        settings: thresholds and how far to look.
        names_only: whatever is no name is left out of account.
        progress: told how much of the search is done, and of how much.
        scoring: compares two lists; on this machine, in this process, without it.
    """
    ones = profiles_of(left, names_only=names_only)
    if right is None:
        pairs = score_repeats(ones, settings=settings, progress=progress)
        return ComparedFiles(pairs=pairs, left=ones, right=ones)
    others = profiles_of(right, names_only=names_only)
    if scoring is None:
        pairs = score_lists(ones, others, settings=settings, progress=progress)
    else:
        pairs = scoring(ones, others, settings)
    return ComparedFiles(pairs=pairs, left=ones, right=others)


def profiles_of(columns: PersonColumns, *, names_only: bool = False) -> ProfileColumns:
    """What the comparison looks at, person by person, in the order of the file.

    A father's name is a name: in other lists it is part of the full name.
    """
    names = ProfileColumns(
        ids=columns.ids,
        texts=columns.texts,
        order=columns.order,
        named=_named(columns),
        fathers=columns.fathers,
    )
    if names_only:
        return names
    return replace(
        names,
        births=columns.births,
        sexes=columns.sexes,
        captures=columns.captures,
        places=columns.places,
    )


def _named(columns: PersonColumns) -> Mapping[int, tuple[PersonName, ...]]:
    """The names of each person who has more than one, or one in parts."""
    named: dict[int, tuple[PersonName, ...]] = {}
    if columns.families or columns.givens:
        families: Sequence[str] | repeat[str] = columns.families or repeat("")
        givens: Sequence[str] | repeat[str] = columns.givens or repeat("")
        fathers: Sequence[str] | repeat[str] = columns.fathers or repeat("")
        parts = zip(range(len(columns)), families, givens, fathers, strict=False)
        for at, family, given, father in parts:
            if family or given:
                whole = PersonName.from_parts(given=given, family=family, patronymic=father)
                named[at] = (whole, *_in_one_cell(columns, at))
    for at in columns.others.keys() - named.keys():
        named[at] = _in_one_cell(columns, at)
    return named


def _in_one_cell(columns: PersonColumns, at: int) -> tuple[PersonName, ...]:
    text = columns.texts[at]
    first = (PersonName(text=text, order=columns.order),) if text else ()
    return (*first, *columns.others.get(at, ()))


def names_in_words(profile: Profile) -> str:
    """Every name of a person, and the father's where it stands apart."""
    names = " / ".join(name.text for name in profile.names)
    return f"{names} ({profile.father})" if profile.father else names


def guarded_cells(row: Sequence[str]) -> list[str]:
    """The cells, with a guard before what a spreadsheet would calculate."""
    return [cell if _NUMBER.fullmatch(cell) else guarded(cell) for cell in row]
