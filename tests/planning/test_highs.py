"""The solver: silent, checked, and refused when it contradicts itself."""

import subprocess
import sys
from types import SimpleNamespace

import highspy
import pytest

from repatria.planning import SolverFaultError, highs
from repatria.planning.highs import AnswerStatus, Program, maximise
from repatria.planning.model import Row

KNAPSACK = Program(
    gains=(5, 4, 3),
    lower=(0, 0, 0),
    upper=(3, 3, 3),
    rows=(Row(rule="weight", lower=None, upper=11), Row(rule="some", lower=1, upper=None)),
    weights=((4, 3, 2), (1, 1, 1)),
)


class FakeSolver:
    """Answers what it is told to answer."""

    def __init__(self, model=highspy.HighsModelStatus.kOptimal, **changes):
        self.model = model
        self.accepts = self.runs = highspy.HighsStatus.kOk
        self.counts, self.objective, self.bound = [1.0, 1.0, 2.0], 15.0, 15.0
        self.found = highspy.SolutionStatus.kSolutionStatusFeasible
        vars(self).update(changes)

    def setOptionValue(self, *_):  # noqa: N802 -- the solver's name
        """Nothing to set."""

    def passModel(self, _):  # noqa: N802 -- the solver's name
        """Take the program, or not."""
        return self.accepts

    def run(self):
        """Run, or not."""
        return self.runs

    def getModelStatus(self):  # noqa: N802 -- the solver's name
        """How it ended."""
        return self.model

    def getRunTime(self):  # noqa: N802 -- the solver's name
        """How long it took."""
        return 1.5

    def getInfo(self):  # noqa: N802 -- the solver's name
        """What it says of itself."""
        return SimpleNamespace(
            primal_solution_status=self.found,
            objective_function_value=self.objective,
            mip_dual_bound=self.bound,
        )

    def getSolution(self):  # noqa: N802 -- the solver's name
        """The numbers."""
        return SimpleNamespace(col_value=self.counts)


@pytest.fixture
def answer_of(monkeypatch):
    """A function that lets a fake solver answer the knapsack."""

    def make(*args, **changes):
        names = {name: getattr(highspy, name) for name in dir(highspy)}
        fake = SimpleNamespace(__base__=lambda: FakeSolver(*args, **changes))
        module = SimpleNamespace(**{**names, "Highs": fake})
        monkeypatch.setattr(highs.importlib, "import_module", lambda _: module)
        return maximise(KNAPSACK, seconds=5)

    return make


def test_the_best_of_a_small_program_is_found_and_proven():
    answer = maximise(KNAPSACK, seconds=5)

    assert answer.status is AnswerStatus.OPTIMAL
    assert highs.dot(KNAPSACK.gains, answer.counts) == answer.bound == 15
    assert highs.objections_to_counts(KNAPSACK, answer.counts) == ()


def test_what_no_numbers_can_meet_is_infeasible():
    program = Program(
        gains=(1,),
        lower=(0,),
        upper=(3,),
        rows=(Row(rule="even", lower=3, upper=3),),
        weights=((2,),),
    )

    assert maximise(program, seconds=5).status is AnswerStatus.INFEASIBLE


def test_broken_limits_and_rows_are_named():
    assert highs.objections_to_counts(KNAPSACK, (4, 0, 0)) == ("limits", "weight")
    assert highs.objections_to_counts(KNAPSACK, (0, 0, 0)) == ("some",)


def test_the_solver_says_nothing_on_standard_output():
    code = (
        "from repatria.planning.highs import Program, maximise\n"
        "maximise(Program(gains=(1,), lower=(0,), upper=(3,), rows=(), weights=()), seconds=5)"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)

    assert (done.stdout, done.stderr) == (b"", b"")


def test_importing_the_package_loads_no_solver():
    code = "import sys, repatria.planning; print({'highspy', 'numpy'} & set(sys.modules))"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)

    assert done.stdout == b"set()\n"


@pytest.mark.parametrize(
    "changes",
    [
        {"accepts": highspy.HighsStatus.kError},
        {"runs": highspy.HighsStatus.kError},
        {"model": highspy.HighsModelStatus.kSolveError},
        {"counts": [3.0, 3.0, 3.0], "objective": 36.0},
        {"objective": 16.0},
    ],
)
def test_a_solver_in_error_is_not_believed(answer_of, changes):
    with pytest.raises(SolverFaultError):
        answer_of(**changes)


def test_time_that_runs_out_leaves_the_best_found(answer_of):
    answer = answer_of(highspy.HighsModelStatus.kTimeLimit, bound=16.99)

    assert (answer.status, answer.counts, answer.bound) == (
        AnswerStatus.TIME_LIMIT,
        (1, 1, 2),
        17,
    )
    assert answer.seconds == 1.5


def test_time_that_runs_out_at_once_leaves_nothing(answer_of):
    answer = answer_of(
        highspy.HighsModelStatus.kTimeLimit,
        found=highspy.SolutionStatus.kSolutionStatusNone,
    )

    assert (answer.counts, answer.bound) == (None, None)


def test_an_endless_bound_is_no_bound(answer_of):
    answer = answer_of(highspy.HighsModelStatus.kTimeLimit, bound=float("inf"))

    assert answer.bound is None
