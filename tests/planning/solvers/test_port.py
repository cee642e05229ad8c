"""Both engines: the same answers, checked in whole numbers."""

import random

import numpy as np
import pytest

from repatria.planning.solvers import (
    NO_LIMIT,
    Ending,
    Engine,
    LinearChain,
    Program,
    SolverFaultError,
    program_from_rows,
    solve_integer,
    solve_lp,
)
from repatria.planning.solvers.answers import checked

ENGINES = tuple(Engine)
GAINS = np.array([5, 4, 3])


@pytest.fixture
def knapsack():
    """At most 11 in weight, and something."""
    return program_from_rows(
        [0, 0, 0],
        [3, 3, 3],
        [([(0, 4), (1, 3), (2, 2)], None, 11), ([(0, 1), (1, 1), (2, 1)], 1, None)],
    )


def random_program(seed):
    draw = random.Random(seed)  # noqa: S311 -- examples, no secrets
    size = draw.randint(1, 4)
    rows = [
        (
            [(c, draw.randint(-3, 3)) for c in range(size)],
            draw.choice([None, -2]),
            draw.randint(-1, 9),
        )
        for _ in range(draw.randint(1, 4))
    ]
    return program_from_rows([0] * size, [draw.randint(0, 3) for _ in range(size)], rows), np.array(
        [draw.randint(-4, 4) for _ in range(size)]
    )


def best_by_trying(program, gains):
    numbers = np.indices(program.upper + 1).reshape(program.size, -1).T
    kept = [n for n in numbers if program.is_kept_by(n)]
    return max((int(gains @ n) for n in kept), default=None)


@pytest.mark.parametrize("engine", ENGINES)
def test_the_best_whole_numbers_are_found_and_proven(knapsack, engine):
    answer = solve_integer(knapsack, GAINS, seconds=10, engine=engine)

    assert (answer.value, answer.bound, answer.proven) == (15, 15, True)
    assert knapsack.is_kept_by(answer.numbers)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("seed", range(40))
def test_an_engine_says_what_trying_everything_says(engine, seed):
    program, gains = random_program(seed)
    answer = solve_integer(program, gains, seconds=10, engine=engine)

    best = best_by_trying(program, gains)
    if best is None:
        assert answer.ending is Ending.INFEASIBLE
    else:
        assert (answer.ending, answer.value, answer.bound) == (Ending.OPTIMAL, best, best)


@pytest.mark.parametrize("engine", ENGINES)
def test_feasibility_alone_can_be_asked(knapsack, engine):
    answer = solve_integer(knapsack, np.zeros(3, dtype=np.int64), seconds=10, engine=engine)

    assert answer.ending is Ending.OPTIMAL
    assert knapsack.is_kept_by(answer.numbers)


@pytest.mark.parametrize("engine", ENGINES)
def test_without_unknowns_only_the_rows_decide(engine):
    nothing = np.zeros(0, dtype=np.int64)
    kept, broken = program_from_rows([], [], [([], 0, 0)]), program_from_rows([], [], [([], 1, 2)])

    assert solve_integer(kept, nothing, seconds=1, engine=engine).ending is Ending.OPTIMAL
    assert solve_integer(broken, nothing, seconds=1, engine=engine).ending is Ending.INFEASIBLE


def test_no_time_is_no_answer(knapsack):
    assert solve_integer(knapsack, GAINS, seconds=0).ending is Ending.STOPPED


def test_a_relaxation_has_multipliers_that_bound_it(knapsack):
    answer = solve_lp(knapsack, GAINS)

    assert answer.value == pytest.approx(47 / 3)
    assert answer.multipliers == pytest.approx([4 / 3, 0])


def test_a_chain_of_relaxations_keeps_what_was_reached(knapsack):
    chain = LinearChain(knapsack)
    chain.maximise(GAINS)
    chain.at_least(GAINS, 15)
    fewest = chain.maximise(np.array([0, 0, -1]))
    chain.limit_column(2, 3, 3)
    chain.limit_row(0, -NO_LIMIT, 8)

    assert fewest.ending is Ending.OPTIMAL
    assert chain.maximise(GAINS).ending is Ending.INFEASIBLE


def test_an_infeasible_relaxation_has_a_ray_that_shows_it():
    program = program_from_rows(
        [0, 0], [9, 9], [([(0, 1), (1, 1)], None, 2), ([(0, 1), (1, 2)], 7, None)]
    )
    answer = solve_lp(program, np.array([0, 0]))
    ray = answer.multipliers

    assert answer.ending is Ending.INFEASIBLE
    # Upper limits count where the ray is positive, lower ones where it is negative.
    reach = sum(y * limit for y, limit in zip(ray, (2, 7), strict=True))
    sums = np.array([ray[0] + ray[1], ray[0] + 2 * ray[1]])
    assert reach - np.minimum(sums, 0) @ np.array([9, 9]) < 0


def test_an_answer_that_is_not_what_was_claimed_is_a_fault(knapsack):
    with pytest.raises(SolverFaultError):
        checked(
            knapsack, GAINS, np.array([1, 1, 2]), 16.0, ending=Ending.OPTIMAL, bound=16, seconds=0
        )


def test_an_answer_that_breaks_a_row_is_a_fault(knapsack):
    with pytest.raises(SolverFaultError):
        checked(
            knapsack, GAINS, np.array([3, 3, 3]), 36.0, ending=Ending.OPTIMAL, bound=36, seconds=0
        )


def test_a_bound_below_the_value_is_a_fault(knapsack):
    with pytest.raises(SolverFaultError):
        checked(
            knapsack, GAINS, np.array([1, 1, 2]), 15.0, ending=Ending.OPTIMAL, bound=14, seconds=0
        )


def test_numbers_too_large_to_be_exact_are_not_taken():
    with pytest.raises(ValueError, match="too large"):
        program_from_rows([0], [1 << 30], [([(0, 1 << 30)], 0, None)])


def test_rows_can_be_dropped_without_renumbering(knapsack):
    free = knapsack.without_rows([0])

    assert free.row_count == knapsack.row_count
    assert solve_integer(free, GAINS, seconds=5).value == 36


def test_a_program_whose_parts_do_not_fit_is_refused(knapsack):
    with pytest.raises(ValueError, match="differ in number"):
        Program(
            lower=knapsack.lower, upper=knapsack.upper, starts=knapsack.starts[:-1],
            columns=knapsack.columns, weights=knapsack.weights,
            row_lower=knapsack.row_lower, row_upper=knapsack.row_upper,
        )  # fmt: skip
