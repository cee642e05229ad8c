import copy
import itertools
import os
import random

import pytest

from repatria.planning.packing import (
    PackingQuestion,
    UnreadablePackingError,
    answer_packing,
    check_packing,
    read_packing,
    remaining_without,
    solve_packing,
)

TINY = int(os.environ.get("REPATRIA_TINY_PACKINGS", "40"))

RING = b"""# FILE NAME: made-up.wmd
# NUMBER ALTERNATIVES: 4
# ALTERNATIVE NAME 1: Pair 1
# ALTERNATIVE NAME 2: Pair 2
# ALTERNATIVE NAME 3: Pair 3
# ALTERNATIVE NAME 4: Altruist 1
1,2,1.0
2,3,1.0
3,1,1.0
4,1,1.0
1,4,0.0
"""
MATRICES = b"4\t1\t3\t4\n[[2],\n[3],\n[1],\n[1]]\n[[1],\n[1],\n[1],\n[1]]"


def tiny(seed):
    dice = random.Random(seed)  # noqa: S311 -- a seeded one is wanted
    size = dice.randrange(3, 8)
    altruists = frozenset(range(size - dice.randrange(2), size))
    edges = {
        (a, b): dice.choice((1, 1, 2))
        for a, b in itertools.permutations(range(size), 2)
        if b not in altruists and dice.random() < 0.4
    }
    return PackingQuestion(
        names=tuple(str(v + 1) for v in range(size)),
        altruists=altruists,
        edges=edges,
        cycle_cap=dice.choice((2, 3, 4)),
        chain_cap=dice.choice((0, 1, 2, 3)),
    )


def most_by_trying_all(question):
    """Each pair receives from one or nobody, each gives to one or nobody: all ways."""
    size = len(question.names)
    best = 0

    def go(receiver, givers, value):
        nonlocal best
        if receiver == size:
            if lawful(question, givers):
                best = max(best, value)
            return
        go(receiver + 1, givers, value)
        for giver in range(size):
            weight = question.edges.get((giver, receiver))
            if weight and giver not in givers.values():
                go(receiver + 1, {**givers, receiver: giver}, value + weight)

    go(0, {}, 0)
    return best + len(question.altruists)


def lawful(question, givers):
    for receiver in givers:
        seen, at = [receiver], givers[receiver]
        while at in givers and at != receiver and at not in seen:
            seen.append(at)
            at = givers[at]
        if at == receiver:
            if len(seen) > question.cycle_cap:
                return False
        elif at not in question.altruists or len(seen) > question.chain_cap:
            return False
    return True


@pytest.mark.parametrize("seed", range(TINY))
def test_no_packing_found_by_trying_all_counts_more(seed):
    question = tiny(seed)
    plan = answer_packing(question)
    assert plan["status"] == "optimal"
    assert plan["levels"][0]["value"] == most_by_trying_all(question)
    assert check_packing(question, plan) == []


@pytest.mark.parametrize("content", [RING, MATRICES])
def test_three_who_each_want_the_next_go_in_a_circle(content):
    plan = answer_packing(read_packing(content, cycle_cap=3))
    assert len(plan["cycles"]) == 1
    assert plan["levels"][0]["value"] == 4


def test_a_release_out_of_good_will_begins_a_chain():
    plan = answer_packing(read_packing(RING, cycle_cap=2, chain_cap=3))
    assert plan["chains"] == [["Altruist 1", "Pair 1", "Pair 2", "Pair 3"]]


def test_one_who_drops_out_takes_a_circle_with_him():
    question = read_packing(MATRICES, cycle_cap=3)
    assert solve_packing(question).value == 4
    assert remaining_without(question, frozenset({0})).value == 1


def test_the_checker_refuses_a_forged_packing():
    question = read_packing(RING, cycle_cap=3)
    plan = answer_packing(question)
    for forge in (
        lambda p: p["levels"][0].update(value=5),
        lambda p: p["cycles"].append(p["cycles"][0]),
        lambda p: p["cycles"][0].reverse(),
        lambda p: p.update(chains=[["Pair 1", "Pair 2"]]),
    ):
        forged = copy.deepcopy(plan)
        forge(forged)
        assert check_packing(question, forged)


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"", 1),
        (b"x y z", 1),
        (b"2 0 2 1\n[[2],[]", 2),
        (b"2 0 2 1\n[[7],[]]\n[[1],[]]", 2),
        (b"# ALTERNATIVE NAME 1: Pair 1\n1,2,1.0", 2),
        (b"# ALTERNATIVE NAME 1: Pair 1\nabc", 2),
    ],
)
def test_an_error_names_its_line(content, line):
    with pytest.raises(UnreadablePackingError) as wrong:
        read_packing(content)
    assert str(wrong.value).startswith(f"line {line}:")
