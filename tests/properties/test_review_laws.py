"""Laws of thresholds, of the queue, of contradictions and of clusters, for any pairs."""

from itertools import combinations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from repatria.linkage.expectation import ErrorCosts, expectation, link_threshold, thresholds
from repatria.linkage.queue import OpenPair, entropy_bits, ordered
from repatria.operations.clusters import Likeness, clusters, repeats_in
from repatria.operations.contradictions import ContradictionKind, contradictions

pytestmark = pytest.mark.property

PROBABILITY = st.floats(0, 1)
SCORES = st.lists(PROBABILITY, max_size=30)
COST = st.floats(0.01, 1000)
COSTS = st.builds(ErrorCosts, false_link=COST, missed_link=COST, look=COST)
RECORDS = [f"line:{letter}" for letter in "abcdefgh"]
PAIR = st.sampled_from(list(combinations(RECORDS, 2)))
PAIRS = st.lists(PAIR, max_size=10, unique=True)
LISTS = st.fixed_dictionaries({record: st.sampled_from("xyz") for record in RECORDS})
LIKELY = st.dictionaries(PAIR, PROBABILITY, max_size=16).map(
    lambda found: [Likeness(left=a, right=b, score=p) for (a, b), p in found.items()]
)


def cost_of(decision, score, costs):
    """What a decision about one pair is expected to cost."""
    return {
        "link": (1 - score) * costs.false_link,
        "look": costs.look,
        "leave": score * costs.missed_link,
    }[decision]


def cluster_of(found):
    """For each record that stands in a cluster, the cluster."""
    return {record: cluster for cluster in found for record in cluster.records}


def connected(pairs):
    """For each record the set of records that chains of these pairs lead to."""
    group = {record: {record} for record in RECORDS}
    for left, right in pairs:
        joined = group[left] | group[right]
        for record in joined:
            group[record] = joined
    return group


@given(COSTS, PROBABILITY)
def test_no_other_decision_about_a_pair_is_expected_to_cost_less(costs, score):
    chosen = thresholds(costs)
    if score >= chosen.link_at:
        decision = "link"
    else:
        decision = "look" if score >= chosen.possible_at else "leave"

    least = min(cost_of(other, score, costs) for other in ("link", "look", "leave"))
    assert cost_of(decision, score, costs) <= least + 1e-6 * max(1, least)


@given(SCORES, PROBABILITY)
def test_right_wrong_and_missed_links_add_up(scores, link_at):
    expected = expectation(scores, link_at=link_at)

    assert expected.links - expected.wrong + expected.missed == pytest.approx(sum(scores))
    assert 0 <= expected.precision <= 1
    assert 0 <= expected.recall <= 1 + 1e-12
    assert expected.wrong - 1e-9 <= expected.wrong_at_most <= expected.links


@given(SCORES, PROBABILITY, PROBABILITY)
def test_a_higher_threshold_makes_fewer_wrong_links_and_misses_more(scores, one, other):
    low, high = sorted((one, other))
    lenient, strict = expectation(scores, link_at=low), expectation(scores, link_at=high)

    assert strict.wrong <= lenient.wrong + 1e-9
    assert strict.missed >= lenient.missed - 1e-9
    assert strict.links <= lenient.links


@given(SCORES, PROBABILITY)
def test_the_threshold_keeps_its_promise_and_a_lower_one_would_not(scores, most_wrong):
    found = link_threshold(scores, most_wrong=most_wrong)
    shares = {s: 1 - expectation(scores, link_at=s).precision for s in scores}

    if found is not None:
        assert shares[found] <= most_wrong + 1e-9
    below = [s for s in scores if found is None or s < found]
    assert all(shares[s] > most_wrong - 1e-9 for s in below)


OPEN = st.dictionaries(PAIR, PROBABILITY, max_size=16)


def open_pairs(found, lists):
    return [
        OpenPair(
            id=f"{a}|{b}", left=a, right=b, left_list=lists[a], right_list=lists[b], score=score
        )
        for (a, b), score in found.items()
    ]


@given(OPEN, LISTS, PAIRS)
def test_every_open_pair_has_one_place_whatever_the_order(found, lists, same):
    pairs = open_pairs(found, lists)

    places = ordered(pairs, same=same)

    assert sorted(place.pair for place in places) == sorted(pair.id for pair in pairs)
    assert ordered(pairs[::-1], same=same[::-1]) == places
    assert [p.value for p in places] == sorted((p.value for p in places), reverse=True)


@given(OPEN, LISTS)
def test_a_link_settles_exactly_the_rivals_of_its_two_records(found, lists):
    pairs = {pair.id: pair for pair in open_pairs(found, lists)}
    for place in ordered(list(pairs.values())):
        pair = pairs[place.pair]
        ends = {pair.left: pair.right_list, pair.right: pair.left_list}
        rivals = [
            other
            for other in pairs.values()
            if other.id != pair.id
            and pair.left_list != pair.right_list
            and other.left_list != other.right_list
            and any(
                (record == other.left and wanted == other.right_list)
                or (record == other.right and wanted == other.left_list)
                for record, wanted in ends.items()
            )
        ]
        assert place.settles_if_same == len(rivals)
        assert place.settles_if_not == 0


@given(OPEN, LISTS, st.sampled_from(RECORDS), st.integers(1, 9))
def test_what_waits_on_a_record_never_moves_its_pair_back(found, lists, record, waiting):
    pairs = open_pairs(found, lists)
    before = [place.pair for place in ordered(pairs)]
    after = [place.pair for place in ordered(pairs, waiting_on={record: waiting})]
    touched = {pair.id for pair in pairs if record in (pair.left, pair.right)}
    others_ahead = (
        [p for p in after[: after.index(min(touched))] if p not in touched] if touched else []
    )

    assert set(others_ahead) <= set(before[: before.index(min(touched))] if touched else [])


@given(PROBABILITY)
def test_an_even_chance_is_the_most_uncertain_and_certainty_the_least(score):
    assert 0 <= entropy_bits(score) <= entropy_bits(0.5) == 1
    assert entropy_bits(0) == entropy_bits(1) == 0
    assert entropy_bits(score) == pytest.approx(entropy_bits(1 - score))


@given(PAIRS, PAIRS, LISTS)
def test_a_not_same_pair_is_shown_exactly_when_a_chain_joins_it(same, not_same, lists):
    not_same = [pair for pair in not_same if pair not in same]
    group = connected(same)
    shown = {
        (found.left, found.right)
        for found in contradictions(same, not_same, lists)
        if found.kind is ContradictionKind.SAME_AND_NOT_SAME
    }

    assert shown == {(a, b) for a, b in not_same if b in group[a]}


@given(PAIRS, PAIRS, LISTS)
def test_every_chain_is_made_of_decisions_and_leads_from_one_to_the_other(same, not_same, lists):
    for found in contradictions(same, not_same, lists):
        assert (found.chain[0], found.chain[-1]) == (found.left, found.right)
        assert set(found.steps) <= set(same)
        assert len(set(found.chain)) == len(found.chain)


@given(PAIRS, LISTS)
def test_nothing_is_shown_twice_on_one_list_once_its_repeats_are_decided(same, lists):
    decided = list(same)
    for _ in RECORDS:
        decided += [(f.left, f.right) for f in contradictions(decided, (), lists)]

    assert contradictions(decided, (), lists) == ()


@given(PAIRS, LISTS)
def test_one_record_the_same_as_two_of_one_list_is_shown(same, lists):
    shown = {(found.left, found.right): found for found in contradictions(same, (), lists)}
    group = connected(same)
    for one, other in combinations(RECORDS, 2):
        if other in group[one] and lists[one] == lists[other]:
            within = connected(p for p in same if lists[p[0]] == lists[p[1]] == lists[one])
            joined = other in within[one]
            assert joined or any(
                {f.left, f.right} & within[one] or {f.left, f.right} & within[other]
                for f in shown.values()
            )


@given(LIKELY, PAIRS, PAIRS)
def test_not_the_same_never_stand_in_one_cluster(likely, same, not_same):
    found = cluster_of(clusters(likely, same=same, not_same=not_same))

    for left, right in not_same:
        assert found.get(left) is None or found.get(left) is not found.get(right)


@given(LIKELY, PAIRS)
def test_what_was_decided_to_be_the_same_stands_in_one_cluster(likely, same):
    found = cluster_of(clusters(likely, same=same))

    assert all(found[left] is found[right] for left, right in same)


@given(LIKELY, PAIRS, PAIRS)
def test_clusters_share_no_record_and_do_not_depend_on_the_order(likely, same, not_same):
    found = clusters(likely, same=same, not_same=not_same)
    records = [record for cluster in found for record in cluster.records]

    assert len(records) == len(set(records)) == repeats_in(found) + len(found)
    assert clusters(likely[::-1], same=same[::-1], not_same=not_same[::-1]) == found


@given(LIKELY)
def test_a_pair_that_nothing_else_touches_is_a_cluster_exactly_when_it_is_likely(likely):
    records = [record for pair in likely for record in (pair.left, pair.right)]
    found = cluster_of(clusters(likely))
    alone = [p for p in likely if records.count(p.left) == records.count(p.right) == 1]
    assume(alone)

    for pair in alone:
        together = pair.left in found and found[pair.left] is found.get(pair.right)
        assert together == (pair.score / max(1 - pair.score, 1e-300) > 1)
        if together:
            assert found[pair.left].weakest == pair
