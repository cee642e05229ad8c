"""Which pairs does a block find, and what do they weigh?

Second pass. A name is compared with the few of the other list that agree best with
it, whatever block they are in; a pair is weighed where its left record is.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from repatria.linkage.blocking import each_pair_once, nearest, same_day, share_of
from repatria.linkage.distributed.blocks import Counts, Side, padded
from repatria.linkage.grounds import ListPair
from repatria.linkage.model import Profile
from repatria.linkage.neighbours import Neighbours
from repatria.linkage.ranking import LOOKED_AT, LOOKED_AT_NEAR, UNDECIDED, Found, worth_weighing
from repatria.linkage.vocabulary import ABSENT, Ints, Vocabulary, vocabulary_of
from repatria.linkage.weighed import WeighedPairs

Pairs = tuple[Ints, Ints]


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """Pairs of names on their way to the block of the left record.

    Attributes:
        ones, others: places of the names among all names of the two lists. Shape: (n_pairs,).
        profiles: the right records of these pairs, by their place in the list.
    """

    ones: Ints
    others: Ints
    profiles: Mapping[int, Profile]


def found_from_left(counts: Counts, block: int, most: int) -> Iterator[tuple[int, Pairs]]:
    """Pairs that the names of a left block find, by the block of the right record."""
    here = counts.left.bearers_of(block)
    alike = _nearest(counts, here, most, from_right=False)
    near, same_day = _near_in_date(counts, here, most), _born_the_same_day(counts, here)
    ones = np.r_[alike[0], near[0], same_day[0]]
    others = np.r_[alike[1], near[1], same_day[1]]
    yield from _by_block(counts.right, others, (ones, others))


def found_from_right(counts: Counts, block: int, most: int) -> Pairs:
    """Pairs that the names of a right block find."""
    return _nearest(counts, counts.right.bearers_of(block), most, from_right=True)


def _nearest(counts: Counts, here: slice, most: int, *, from_right: bool) -> Pairs:
    """Names of the left and of the right. Shape: (n_pairs,) int64 each."""
    if counts.weight is None:
        return _pairs(Found.nothing())
    own, other = (counts.right, counts.left) if from_right else (counts.left, counts.right)
    weight = counts.weight.T if from_right else counts.weight
    sizes = len(own.tokens), len(other.tokens)
    wide, kept = share_of(LOOKED_AT * most, *sizes), share_of(UNDECIDED * most, *sizes)
    left, right = counts.vocabularies
    found = []
    for start, rows, columns in nearest(own.bearing[here], weight, other.by_entry, most=wide):
        places = rows + start + here.start
        pairs = (columns, places) if from_right else (places, columns)
        side = int(from_right)
        found.append(
            worth_weighing(
                left, right, counts.sought, pairs, side=side, most=kept, dates=counts.dates
            )
        )
    return _pairs(Found.joined(found))


def _pairs(found: Found) -> Pairs:
    """What they are worth is counted anew where they are weighed: less to be carried."""
    return found.ones, found.others


def _near_in_date(counts: Counts, here: slice, most: int) -> Pairs:
    """Pairs near in date with a left name of this block; as `blocking.near_in_date`."""
    dates = counts.dates
    if counts.weight is None or not dates[0].any() or not dates[1].any():
        return _pairs(Found.nothing())
    weighted = counts.left.bearing[here] @ counts.weight
    rows, columns = counts.right.by_date.nearest(
        dates[0][here], weighted, most=LOOKED_AT_NEAR * most
    )
    pairs = each_pair_once((rows + here.start, columns), len(counts.right.tokens))
    sides = (*counts.vocabularies, counts.sought)
    return _pairs(worth_weighing(*sides, pairs, side=0, most=most, dates=dates))


def _born_the_same_day(counts: Counts, here: slice) -> Pairs:
    """Pairs with a left name of this block."""
    ones, others = same_day(counts.left.days[here], counts.left.by_day[0], counts.right.by_day)
    return ones + here.start, others


def _by_block(side: Side, places: Ints, pairs: Pairs) -> Iterator[tuple[int, Pairs]]:
    blocks = side.block_of(places)
    order = np.argsort(blocks, kind="stable")
    for part in np.split(order, np.flatnonzero(np.diff(blocks[order])) + 1):
        if len(part):
            yield int(blocks[part[0]]), (pairs[0][part], pairs[1][part])


def carried(
    counts: Counts, block: int, profiles: Sequence[Profile], found: Iterable[Pairs]
) -> Iterator[tuple[int, Carried]]:
    """The pairs found for a right block with their right records, by block of the left record.

    Args:
        profiles: the records of the right block.
        found: pairs with a right name of this block; a pair may come more than once.
    """
    start = counts.right.records_before[block]
    parts = [found_once for found_once in found if len(found_once[0])]
    if not parts:
        return
    ones, others = each_pair_once(
        (
            np.concatenate([one for one, _ in parts]),
            np.concatenate([two for _, two in parts]),
        ),
        len(counts.right.tokens),
    )
    for left_block, (some, those) in _by_block(counts.left, ones, (ones, others)):
        wanted = np.unique(counts.right.owner[those])
        yield (
            left_block,
            Carried(
                ones=some,
                others=those,
                profiles={int(at): profiles[int(at) - start] for at in wanted},
            ),
        )


def weighed(
    counts: Counts, block: int, profiles: Sequence[Profile], coming: Iterable[Carried], most: int
) -> WeighedPairs:
    """The pairs of a left block, weighed; rows and columns are places in the whole lists."""
    parts = list(coming)
    if not parts:
        return WeighedPairs.joined(())
    ones, others = each_pair_once(
        (
            np.concatenate([part.ones for part in parts]),
            np.concatenate([part.others for part in parts]),
        ),
        len(counts.right.tokens),
    )
    theirs = {at: profile for part in parts for at, profile in part.profiles.items()}
    places = np.array(sorted(theirs), dtype=np.int64)
    here = counts.left.bearers_of(block)
    there = np.flatnonzero(np.isin(counts.right.owner, places))
    pair = _list_pair(
        counts,
        (profiles, [theirs[int(at)] for at in places]),
        (counts.left.tokens[here], counts.right.tokens[there]),
    )
    table = pair.weighed(ones - here.start, np.searchsorted(there, others), most)
    return replace(
        table.weighed,
        rows=table.rows + counts.left.records_before[block],
        columns=places[table.columns],
    )


def _list_pair(
    counts: Counts,
    profiles: tuple[Sequence[Profile], Sequence[Profile]],
    tokens: tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]],
) -> ListPair:
    """Some records of both lists, compared as they are when the lists are whole."""
    names, numbers = zip(
        *(
            _as_in_the_list(vocabulary_of(some), whole, side)
            for some, whole, side in zip(profiles, tokens, (counts.left, counts.right), strict=True)
        ),
        strict=True,
    )
    return ListPair(
        left=profiles[0],
        right=profiles[1],
        left_names=names[0],
        right_names=names[1],
        neighbours=_among(counts.neighbours, *numbers),
        birth=counts.birth,
        sex=counts.sex,
        place=counts.place,
    )


def _as_in_the_list(
    names: Vocabulary, tokens: npt.NDArray[np.int32], side: Side
) -> tuple[Vocabulary, Ints]:
    """The names of some records with the counts of the whole list; its numbers of their entries.

    Tables are as wide as those of the whole list, so that sums are added up in the same order.
    """
    width = side.tokens.shape[1]
    known = names.tokens != ABSENT
    numbers = np.zeros(len(names.entries), dtype=np.int64)
    numbers[names.tokens[known]] = tokens[:, : known.shape[1]][known]
    wide: dict[str, Any] = {
        each.name: padded(table, width, ABSENT if each.name == "tokens" else 0)
        for each in fields(names)
        if isinstance(table := getattr(names, each.name), np.ndarray)
        and table.shape == names.tokens.shape
    }
    return replace(names, **wide, mass=side.mass[numbers], size=side.size), numbers


def _among(neighbours: Neighbours, left: Ints, right: Ints) -> Neighbours:
    """The neighbours among some entries of both lists, under the numbers they have here."""
    ones, others = _places(left, neighbours.shape[0]), _places(right, neighbours.shape[1])
    rows, columns = ones[neighbours.rows], others[neighbours.columns]
    kept = np.flatnonzero((rows != ABSENT) & (columns != ABSENT))
    kept = kept[np.lexsort((columns[kept], rows[kept]))]
    tables: dict[str, Any] = {
        each.name: table[kept]
        for each in fields(neighbours)
        if isinstance(table := getattr(neighbours, each.name), np.ndarray)
    }
    tables |= {"rows": rows[kept], "columns": columns[kept]}
    return replace(neighbours, **tables, shape=(len(left), len(right)))


def _places(numbers: Ints, size: int) -> Ints:
    places = np.full(size, ABSENT, dtype=np.int64)
    places[numbers] = np.arange(len(numbers))
    return places
