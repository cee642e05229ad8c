"""Claims keep what was said; spans compare figures as firmly as they were given."""

from graphlib import CycleError, TopologicalSorter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repatria.record import Bound, ClaimBook, Measure
from repatria.record.claim_rows import claims_in
from repatria.record.claims import Span
from repatria.record.references import Circle, Reference
from repatria.terms import Category, Refusal


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"speaker": " "}, "speaker"),
        ({"via": ""}, "via"),
        ({"population": ""}, "population"),
        ({"parts": ("a", "a")}, "twice"),
        ({"holder": "north", "to_party": "north"}, "one party to another"),
    ],
)
def test_a_claim_that_makes_no_sense_is_not_built(story, changed, message):
    with pytest.raises(ValueError, match=message):
        story.claim("x", 1, **changed)


def test_a_count_is_not_negative(story):
    with pytest.raises(ValueError, match="negative"):
        story.claim("x", -1)


@pytest.mark.parametrize(
    ("bound", "text", "meets"),
    [
        (Bound.EXACTLY, "20", {20}),
        (Bound.ABOUT, "~20", {19, 20, 21, 500}),
        (Bound.AT_LEAST, "≥20", {20, 21, 500}),
        (Bound.AT_MOST, "0..20", {19, 20}),
    ],
)
def test_a_bound_says_which_numbers_fit(story, bound, text, meets):
    span = story.claim("x", 20, bound=bound).span

    assert str(span) == text
    assert {n for n in (19, 20, 21, 500) if span.meets(Span.exactly(n))} == meets


def test_sums_and_differences_stay_as_open_as_their_parts():
    open_ended = Span(low=20, high=None, value=20)

    assert Span.exactly(5) + open_ended == Span(low=25, high=None, value=25)
    assert Span.exactly(55) - open_ended == Span(low=0, high=35, value=35)
    assert open_ended - Span.exactly(5) == Span(low=15, high=None, value=15)
    assert Span.exactly(5) - Span.exactly(8) == Span.exactly(-3)


def test_one_id_for_two_different_claims_is_refused(story):
    with pytest.raises(Refusal, match="claim-id-used-twice"):
        ClaimBook.of([story.claim("x", 1), story.claim("x", 2)])


@pytest.mark.parametrize(
    ("reference", "named"),
    [
        (Reference.PARTS, lambda key: {"parts": (key,)}),
        (Reference.SUPERSEDES, lambda key: {"supersedes": key}),
        (Reference.COPY_OF, lambda key: {"copy_of": key}),
    ],
)
def test_references_in_a_circle_are_named_and_not_followed(story, reference, named):
    circle = [story.claim(n, 1, **named(to)) for n, to in ("xy", "yz", "zx")]
    beside = story.claim("v", 1, **named("x"))

    book = ClaimBook.of([*circle, beside])

    members = ("claim:x", "claim:y", "claim:z")
    assert book.circles == (Circle(reference=reference, claims=members),)
    assert all(book.by_id[m] == story.claim(m.removeprefix("claim:"), 1) for m in members)
    assert book.by_id[beside.id] == beside


def test_a_claim_that_replaces_itself_still_stands(story):
    book = ClaimBook.of([story.claim("x", 1, supersedes="x")])

    assert [c.id for c in book.current()] == ["claim:x"]
    assert [c.claims for c in book.circles] == [("claim:x",)]


@given(
    named=st.dictionaries(
        st.sampled_from("abcdefg"), st.lists(st.sampled_from("abcdefgh"), unique=True)
    ),
    seed=st.randoms(),
)
def test_without_its_circles_a_book_can_be_followed_whatever_the_order(named, seed):
    rows = (f"{n},2030,Office,held,1,north,{' '.join(to)}" for n, to in named.items())
    claims = claims_in("\n".join(["id,said_on,speaker,measure,value,population,parts", *rows]))
    shuffled = seed.sample(claims, len(claims))
    book = ClaimBook.of(claims)

    TopologicalSorter({c.id: c.parts for c in book.by_id.values()}).prepare()
    assert ClaimBook.of(shuffled) == book
    assert bool(book.circles) == (not _sorts({c.id: c.parts for c in claims}))


def _sorts(references):
    try:
        TopologicalSorter(references).prepare()
    except CycleError:
        return False
    return True


def test_a_sum_covers_the_categories_of_its_parts_when_all_are_said(story):
    book = ClaimBook.of(story.story_claims())

    assert book.categories(book.by_id["claim:h"]) == {
        Category.SOLDIER,
        Category.CIVILIAN,
        Category.POLITICAL_LEADER,
    }
    assert book.categories(book.by_id["claim:p"]) == frozenset()


def test_a_sum_of_sums_is_made_of_its_smallest_parts_each_once(story):
    book = ClaimBook.of(
        [
            story.claim("x", 6, parts=("y", "z")),
            story.claim("y", 3, parts=("w",)),
            story.claim("z", 3, parts=("w", "gone")),
            story.claim("w", 3),
        ]
    )

    assert [leaf.id for leaf in book.leaves(book.by_id["claim:x"])] == ["claim:w"]


def test_several_voices_give_one_figure_only_when_all_it_counts_is_the_same(story):
    claims = [
        story.moved("a", 32, "First", category="Servicemen"),
        story.moved("b", 32, "Second", category="servicemen ", said_on=story.day("2023-12-20")),
        story.moved("c", 32, "Third", category="people"),
        story.moved("d", 31, "Fourth", category="servicemen"),
    ]

    figures = ClaimBook.of(claims).figures()

    assert [f.speakers for f in figures] == [("First", "Second"), ("Third",), ("Fourth",)]


def test_a_repetition_is_the_same_figure_as_what_it_repeats(story):
    original = story.claim("o", 33)
    copy = story.claim("c", 33, speaker="Later", said_on=story.day("2025-10"), copy_of="o")
    changed = story.claim("d", 34, speaker="Latest", said_on=story.day("2025-11"), copy_of="o")
    book = ClaimBook.of([original, copy, changed])

    assert book.same_figure(original, copy)
    assert not book.same_figure(original, changed)
    assert len(book.figures()) == 2


def test_a_replaced_claim_is_no_longer_current(story):
    book = ClaimBook.of([story.claim("old", 0), story.claim("new", 4, supersedes="old")])

    assert [c.id for c in book.current()] == ["claim:new"]
    assert [f.first.id for f in book.figures()] == ["claim:new"]


def test_nobody_replaces_the_claim_of_another(story):
    other = story.claim("new", 4, supersedes="old", speaker="Another")
    book = ClaimBook.of([story.claim("old", 0), other])

    assert {c.id for c in book.current()} == {"claim:new", "claim:old"}


def test_the_measures_of_a_stock_and_of_a_movement_differ(story):
    held, released = story.claim("h", 3), story.claim("r", 3, Measure.RELEASED)

    assert not ClaimBook.of([held, released]).same_figure(held, released)
