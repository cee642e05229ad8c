"""Laws of linkage, for any lists."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from repatria.linkage import (
    Decision,
    MatchSettings,
    Profile,
    find_repeats,
    match_lists,
    search_keys,
)
from repatria.linkage.names import name_tokens, query_keys
from repatria.terms import PartialDate, PersonName, Sex

pytestmark = pytest.mark.property

PARTS = (
    "Aren Арен Արեն Karen Карен Կարենի Каренович Vardanyan Варданян Վարդանյան Sel سمير Samir "
    "חדד Haddad A. Əli Али oğlu al-Omar abu"
)
WORDS = st.sampled_from(PARTS.split())
NAMES = st.lists(WORDS, min_size=1, max_size=4).map(lambda words: PersonName(text=" ".join(words)))
BIRTHS = st.none() | st.builds(
    PartialDate,
    year=st.integers(1990, 1993),
    month=st.integers(1, 3),
    day=st.none() | st.integers(1, 4),
)
PROFILE = st.builds(
    Profile,
    id=st.uuids().map(str),
    names=st.tuples(NAMES),
    birth=BIRTHS,
    sex=st.none() | st.sampled_from(Sex),
    father=st.sampled_from(["", "Karen", "Омар"]),
)
LISTS = st.lists(PROFILE, max_size=6, unique_by=lambda profile: profile.id)
ALL = MatchSettings(show_at=1e-9)
TEXTS = st.text(min_size=1, max_size=30).filter(lambda text: text.strip())


def summary(pairs, *, mirrored=False):
    return {
        ((p.right_id, p.left_id) if mirrored else (p.left_id, p.right_id))
        + (p.score, p.match_weight, p.decision)
        for p in pairs
    }


@given(LISTS, LISTS)
@settings(deadline=None)
def test_swapping_the_lists_mirrors_the_pairs(left, right):
    there = match_lists(left, right, settings=ALL)
    back = match_lists(right, left, settings=ALL)

    assert summary(there) == summary(back, mirrored=True)


@given(LISTS, LISTS, st.randoms(use_true_random=False))
@settings(deadline=None)
def test_the_order_of_the_records_does_not_matter(left, right, random):
    shuffled = random.sample(left, len(left))

    assert match_lists(shuffled, right) == match_lists(left, right)


@given(LISTS, LISTS)
@settings(deadline=None)
def test_links_are_one_to_one_and_scores_are_probabilities(left, right):
    pairs = match_lists(left, right, settings=ALL)
    linked = [p for p in pairs if p.decision is Decision.LINK]

    assert len({p.left_id for p in linked}) == len(linked) == len({p.right_id for p in linked})
    assert all(0 <= p.score <= 1 for p in pairs)


@given(LISTS, LISTS)
@settings(deadline=None)
def test_the_grounds_add_up_to_what_was_weighed(left, right):
    from repatria.linkage.grounds import ListPair

    lists = ListPair.of(left, right)
    table = lists.candidates(25)

    for at in range(len(table.rows)):
        total = sum(c.match_weight for c in lists.comparisons(table, at))
        assert total == pytest.approx(float(table.weighed.weight()[at]))


@given(LISTS)
@settings(deadline=None)
def test_repeats_come_once_each_and_never_with_themselves(profiles):
    pairs = [(p.left_id, p.right_id) for p in find_repeats(profiles, settings=ALL)]

    assert all(left < right for left, right in pairs)
    assert len(set(pairs)) == len(pairs)


@given(TEXTS)
def test_any_text_can_be_read_and_finds_itself(text):
    name = PersonName(text=text)
    keys = search_keys(name)

    assert all(token.sound for token in name_tokens(name))
    assert all(any(key.startswith(tuple(part)) for key in keys) for part in query_keys(text))
