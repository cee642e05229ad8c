"""However two lists are cut into blocks, the same pairs come out with the same scores."""

from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from repatria.linkage import Profile
from repatria.linkage.birth import dates_of
from repatria.linkage.blocking import born_the_same_day
from repatria.linkage.distributed.blocks import Counts, ListCounts, counted
from repatria.linkage.distributed.weighing import (
    carried,
    found_from_left,
    found_from_right,
    weighed,
)
from repatria.linkage.grounds import ListPair
from repatria.linkage.vocabulary import vocabulary_of
from repatria.terms import PartialDate, PersonName, Sex

GIVEN = ["Aren", "Արեն", "Каро", "Karo", "Samir", "سمير", "Əli", "Али"]
FAMILY = ["Testyan", "Тестян", "Թեստյան", "Uydurma", "Уйдурма", "Sintetyan", "الاختباري", "Hnarovi"]


@st.composite
def lists(draw, size=25):
    """A list of made-up persons, some of them with two names, in the order of their ids."""
    count = draw(st.integers(1, size))
    word = st.sampled_from(GIVEN), st.sampled_from(FAMILY)
    return [
        Profile(
            id=f"{number:03}",
            names=tuple(
                PersonName(text=" ".join(draw(each) for each in word))
                for _ in range(draw(st.integers(1, 2)))
            ),
            birth=draw(
                st.none()
                | st.builds(
                    PartialDate,
                    year=st.integers(1990, 1991),
                    month=st.just(3),
                    day=st.none() | st.integers(1, 3),
                )
            ),
            sex=draw(st.none() | st.sampled_from(Sex)),
            father=draw(st.sampled_from(["", "Karen", "Арам"])),
            place_of_birth=draw(st.sampled_from(["", "Testaberd", "Тестаберд"])),
        )
        for number in range(count)
    ]


def cut(profiles, size):
    return [profiles[start : start + size] for start in range(0, len(profiles), size)]


def added_up(blocks):
    totals = ListCounts()
    for block in blocks:
        totals.add(counted(block))
    return totals


def in_blocks(left, right, size, most):
    """The steps that a cluster takes, one after another."""
    ones, others = cut(left, size), cut(right, size)
    counts = Counts.of(added_up(ones), added_up(others))
    by_right, by_left = defaultdict(list), defaultdict(list)
    for number in range(len(ones)):
        for there, pairs in found_from_left(counts, number, most):
            by_right[there].append(pairs)
    for number, block in enumerate(others):
        found = [*by_right[number], found_from_right(counts, number, most)]
        for there, pairs in carried(counts, number, block, found):
            by_left[there].append(pairs)
    tables = [weighed(counts, n, block, by_left[n], most) for n, block in enumerate(ones)]
    pairs = [
        (int(row), int(column), weight)
        for table in tables
        for row, column, weight in zip(table.rows, table.columns, table.weight(), strict=True)
    ]
    return sorted(pairs)


@pytest.mark.slow
@given(lists(), lists(), st.integers(1, 9), st.integers(1, 6))
@settings(deadline=None, max_examples=25)
def test_blocks_of_any_size_give_the_pairs_of_the_whole_lists(left, right, size, most):
    whole = ListPair.of(left, right).candidates(most)

    pairs = in_blocks(left, right, size, most)

    assert [pair[:2] for pair in pairs] == list(
        zip(whole.rows.tolist(), whole.columns.tolist(), strict=True)
    )
    assert np.allclose([pair[2] for pair in pairs], whole.weighed.weight(), rtol=0, atol=1e-9)


@pytest.mark.slow
@given(lists(), st.integers(1, 9))
@settings(deadline=None, max_examples=25)
def test_counts_of_blocks_are_those_of_the_whole_list(profiles, size):
    whole = vocabulary_of(profiles)

    totals = added_up(cut(profiles, size))
    side = totals.side()

    assert tuple(totals.entries) == whole.entries
    assert side.tokens.tolist() == whole.tokens.tolist()
    assert side.owner.tolist() == whole.owner.tolist()
    assert side.mass.tolist() == whole.mass.tolist()


def test_a_day_on_which_too_many_were_born_is_left_out_whatever_the_blocks():
    def born(prefix, count, day):
        return [
            Profile(
                id=f"{prefix}{n:03}",
                names=(PersonName(text=f"{prefix}{day}"),),
                birth=PartialDate(year=1990, month=1, day=day),
            )
            for n in range(count)
        ]

    left = sorted(born("Aren", 15, 1) + born("Karo", 3, 2), key=lambda p: p.id)
    right = sorted(born("Əli", 14, 1) + born("Samir", 3, 2), key=lambda p: p.id)

    days = [dates_of([profile.birth for profile in side]) for side in (left, right)]
    assert len(born_the_same_day(*days)[0]) == 9
    assert len(in_blocks(left, right, 4, 1)) == 9


def test_an_id_that_comes_twice_is_refused_even_in_two_blocks():
    same = Profile(id="one", names=(PersonName(text="Karo Testyan"),))
    totals = ListCounts()
    totals.add(counted([same]))

    with pytest.raises(ValueError, match="same id"):
        totals.add(counted([same]))
