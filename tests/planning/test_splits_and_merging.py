"""What is split on is whole and means the same to the checker; what is merged comes apart."""

import random
from itertools import product

import numpy as np
import pytest

from questions import dix, keys, multi, two
from repatria.planning.building import build_classes
from repatria.planning.certificate_proof import _Table
from repatria.planning.certificate_question import Question
from repatria.planning.climbing import climb
from repatria.planning.forms import Forms
from repatria.planning.merging import first_levels, merged
from repatria.planning.narrowing import prices_of
from repatria.planning.reached import Climb, Outcome
from repatria.planning.reading import instance_from_json
from repatria.planning.solvers import Engine, program_from_rows, solve_integer, solve_lp

QUESTIONS = {
    "three to one": two(1, 30, ratio=3),
    "keys": keys(0, 10, 100, cap=5),
    "rounds": multi(0, 3, 60, cycle_cap=3),
    "points": dix(2, 20),
}


def classes_of(document):
    return build_classes(instance_from_json(document))


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_checker_counts_every_sum_as_the_engine_does(name):
    classes, question = classes_of(QUESTIONS[name]), Question(QUESTIONS[name])
    place = {key: n for n, key in enumerate(question.keys.values())}
    table = _Table(question, alike_in=None)
    forms = Forms(classes)

    for form in [*forms.all, forms.single(0)]:
        of_classes, of_rounds = table.sum_of(dict.fromkeys(form.names, form.sign), form.by)
        ours = dict(zip(form.columns.tolist(), form.weights.tolist(), strict=True))

        assert [ours.get(n, 0) for n in range(classes.count)] == [
            of_classes[place[key]] for key in classes.keys
        ]
        rounds = {ring: weight for (ring, _, _), weight in zip(table.rings, of_rounds, strict=True)}
        assert all(
            rounds[f"round:{'>'.join(ring)}"] == ours.get(classes.count + n, 0)
            for n, ring in enumerate(classes.cycles)
        )


@pytest.mark.parametrize("name", QUESTIONS)
def test_sums_of_whole_numbers_are_whole_and_added_up_together(name):
    classes = classes_of(QUESTIONS[name])
    chance = random.Random(name)  # noqa: S311 -- which numbers
    numbers = np.array([chance.randint(0, int(u)) for u in classes.program.upper], dtype=np.int64)
    forms = Forms(classes)

    values = forms.values(numbers.astype(np.float64))

    assert values.tolist() == [int(f.weights @ numbers[f.columns]) for f in forms.all]


@pytest.mark.parametrize("name", QUESTIONS)
def test_what_is_merged_comes_apart_again(name):
    classes = classes_of(QUESTIONS[name])
    chance = random.Random(name)  # noqa: S311 -- which numbers
    fewer = merged(classes, 4)
    upper = fewer.classes.program.upper
    for _ in range(20):
        numbers = np.array([chance.randint(0, int(u)) for u in upper], dtype=np.int64)
        apart = fewer.spread_out(numbers, classes.program)

        assert np.bincount(fewer.place, apart, len(upper)).astype(int).tolist() == numbers.tolist()
        assert bool(np.all((apart >= 0) & (apart <= classes.program.upper)))
        assert [int(gains @ apart) for gains in classes.gains[:4]] == [
            int(gains @ numbers) for gains in fewer.classes.gains
        ]
        assert classes.program.row_values(apart).tolist() == (
            fewer.classes.program.row_values(numbers).tolist()
        )


def test_levels_before_coverage_reach_the_same_without_telling_regions_apart():
    for seed in range(5):
        classes = classes_of(two(seed, 60, ratio=3))
        fewer = first_levels(classes, range(7))
        assert fewer is not None
        reached = climb(classes, seconds=30)

        values = [
            solve_integer(fewer.classes.program, fewer.classes.gains[0], seconds=10, engine=e).value
            for e in Engine
        ]

        assert {reached.levels[0].value} == set(values)


@pytest.mark.slow
@pytest.mark.parametrize("name", QUESTIONS)
def test_a_climb_that_goes_on_from_what_is_settled_comes_to_the_same_plan(name):
    classes = classes_of(QUESTIONS[name])
    at_once = climb(classes, seconds=30)
    for settled in range(len(at_once.levels)):
        begun = Climb(
            outcome=Outcome.TIME_LIMIT, settled=at_once.settled[:settled], bounds=at_once.bounds
        )
        further = climb(classes, seconds=30, before=begun)

        assert further.levels == at_once.levels
        assert further.numbers[: classes.count].tolist() == (
            at_once.numbers[: classes.count].tolist()
        )


def test_a_cancelled_climb_ends_with_what_is_found():
    reached = climb(classes_of(QUESTIONS["rounds"]), seconds=30, cancelled=lambda: True)

    assert reached.outcome is Outcome.TIME_LIMIT
    assert reached.numbers is None


def test_what_is_narrowed_away_is_worse_than_what_is_known():
    chance = random.Random(7)  # noqa: S311 -- which programs
    for _ in range(30):
        upper = [chance.randint(1, 3) for _ in range(5)]
        rows = [
            ([(n, chance.randint(-3, 4)) for n in range(5)], None, chance.randint(2, 9))
            for _ in range(2)
        ]
        program = program_from_rows([0] * 5, upper, rows)
        gains = np.array([chance.randint(1, 50) for _ in range(5)], dtype=np.int64)
        prices = prices_of(program, gains, solve_lp(program, gains))
        assert prices is not None
        kept = [
            n for n in map(np.array, product(*(range(u + 1) for u in upper)))
            if program.is_kept_by(n)
        ]  # fmt: skip
        values = sorted({int(gains @ n) for n in kept})
        for value in values[-3:]:
            within = prices.within(value)

            assert all(within.is_kept_by(n) for n in kept if gains @ n >= value)
