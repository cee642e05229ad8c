"""How is HiGHS asked, so that nothing it says can slip?

One thread (a second number of threads in one process makes it fail), no gap,
a cold start for whole numbers (from a warm one a worse solution has come back
as optimal), and every status looked at.

Source: Huangfu and Hall, "Parallelizing the dual revised simplex method",
Mathematical Programming Computation 10 (2018).
"""

import importlib
import math
from typing import Any

import numpy as np

from repatria.planning.solvers.answers import (
    Ending,
    LinearAnswer,
    Real,
    SolverFaultError,
    WholeAnswer,
    checked,
)
from repatria.planning.solvers.program import NO_LIMIT, Program, Whole

# Values are whole numbers, so a gap below 1 proves them; the distance from 1
# leaves room for rounding.
_ABSOLUTE_GAP = 0.9
_BOUND_SLACK = 0.05
_NOTHING: Real = np.zeros(0)
# The compiled module: the classes around it print when they are made.
highspy: Any = importlib.import_module("highspy._core")


def maximise(
    program: Program, gains: Whole, *, seconds: float, effort: int | None, turn: int | None
) -> WholeAnswer:
    """The whole numbers for which `gains * n` is largest. See `port.solve_integer`."""
    del turn  # one search is one way
    if not program.size:
        return _nobody(program)
    solver = _solver()
    for option, value in (
        ("mip_rel_gap", 0.0),
        ("mip_abs_gap", _ABSOLUTE_GAP),
        ("time_limit", float(seconds)),
    ):
        solver.setOptionValue(option, value)
    if effort is not None:
        solver.setOptionValue("mip_max_nodes", effort)
    _pass(solver, program, gains, whole=True)
    _run(solver)
    return _whole_answer(solver, program, gains)


class Relaxation:
    """A program in real numbers that is asked several times."""

    def __init__(self, program: Program) -> None:
        self._solver = _solver()
        self._size = program.size
        self._asked: Whole | None = None
        self._everybody = np.arange(program.size, dtype=np.int32)
        _pass(self._solver, program, np.zeros(program.size, dtype=np.int64), whole=False)

    def maximise(self, gains: Whole, *, seconds: float) -> LinearAnswer:
        """The largest `gains * n`."""
        # The solver's clock runs on from question to question.
        self._solver.setOptionValue("time_limit", self._solver.getRunTime() + seconds)
        if gains is not self._asked:
            costs = np.zeros(self._size)
            costs[: len(gains)] = gains
            self._solver.changeColsCost(self._size, self._everybody, costs)
            self._asked = gains
        _run(self._solver)
        status = self._solver.getModelStatus()
        if status == highspy.HighsModelStatus.kOptimal:
            solution = self._solver.getSolution()
            return LinearAnswer(
                ending=Ending.OPTIMAL,
                value=float(self._solver.getInfo().objective_function_value),
                numbers=np.array(solution.col_value),
                multipliers=np.array(solution.row_dual),
            )
        ending = Ending.INFEASIBLE if status in _INFEASIBLE else Ending.STOPPED
        ray = self._ray() if ending is Ending.INFEASIBLE else _NOTHING
        return LinearAnswer(ending=ending, value=math.nan, numbers=_NOTHING, multipliers=ray)

    def add_row(self, columns: Whole, weights: Whole, lower: int, upper: int) -> None:
        """One row more."""
        _accept(
            self._solver.addRow(
                _limit(lower),
                _limit(upper),
                len(columns),
                columns.astype(np.int32),
                weights.astype(np.float64),
            )
        )

    def at_least(self, gains: Whole, floor: int) -> None:
        """One row more, from below."""
        (columns,) = np.nonzero(gains)
        self.add_row(columns, gains[columns], floor, NO_LIMIT)

    def add_column(self, rows: Whole, weights: Real) -> int:
        """One unknown more, at the end, that is 0; its number."""
        _accept(self._solver.addCol(0.0, 0.0, 0.0, len(rows), rows.astype(np.int32), weights))
        self._size += 1
        self._everybody = np.arange(self._size, dtype=np.int32)
        self._asked = None
        return self._size - 1

    def limit_row(self, row: int, lower: int, upper: int) -> None:
        """Other limits for a row."""
        _accept(self._solver.changeRowBounds(row, _limit(lower), _limit(upper)))

    def limit_column(self, column: int, lower: int, upper: int) -> None:
        """Other limits for an unknown."""
        _accept(self._solver.changeColBounds(column, _limit(lower), _limit(upper)))

    def remember(self) -> Any:
        """Where the last answer was found, for `return_to`."""
        return self._solver.getBasis()

    def return_to(self, place: Any) -> None:
        """Begin the next question from there."""
        _accept(self._solver.setBasis(place))

    def _ray(self) -> Real:
        _, exists, *values = self._solver.getDualRay()
        if not exists or not values:
            return _NOTHING
        # The solver's ray has the opposite sign of its multipliers.
        return -np.array(values[0], dtype=np.float64)


_INFEASIBLE = (
    highspy.HighsModelStatus.kInfeasible,
    # Every unknown has limits, so nothing here is unbounded.
    highspy.HighsModelStatus.kUnboundedOrInfeasible,
)
_STOPPED = (
    highspy.HighsModelStatus.kTimeLimit,
    highspy.HighsModelStatus.kSolutionLimit,
    highspy.HighsModelStatus.kIterationLimit,
    highspy.HighsModelStatus.kInterrupt,
)


def _solver() -> Any:
    solver = getattr(highspy, "_Highs", None) or highspy.Highs
    made = solver()
    for option, value in (("output_flag", False), ("threads", 1), ("random_seed", 0)):
        made.setOptionValue(option, value)
    return made


def _accept(status: Any) -> None:
    if status == highspy.HighsStatus.kError:
        msg = "the solver did not accept the program"
        raise SolverFaultError(msg)


def _run(solver: Any) -> None:
    if solver.run() == highspy.HighsStatus.kError:
        msg = "the solver did not run"
        raise SolverFaultError(msg)


def _pass(solver: Any, program: Program, gains: Whole, *, whole: bool) -> None:
    linear = highspy.HighsLp()
    linear.num_col_ = program.size
    linear.num_row_ = program.row_count
    linear.sense_ = highspy.ObjSense.kMaximize
    linear.col_cost_ = gains.astype(np.float64)
    linear.col_lower_ = program.lower.astype(np.float64)
    linear.col_upper_ = program.upper.astype(np.float64)
    if whole:
        linear.integrality_ = [highspy.HighsVarType.kInteger] * program.size
    linear.row_lower_ = _limits(program.row_lower)
    linear.row_upper_ = _limits(program.row_upper)
    linear.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    linear.a_matrix_.start_ = program.starts.astype(np.int32)
    linear.a_matrix_.index_ = program.columns.astype(np.int32)
    linear.a_matrix_.value_ = program.weights.astype(np.float64)
    _accept(solver.passModel(linear))


def _limit(number: int) -> float:
    if number >= NO_LIMIT:
        return float(highspy.kHighsInf)
    return -float(highspy.kHighsInf) if number <= -NO_LIMIT else float(number)


def _limits(numbers: Whole) -> Real:
    reals = numbers.astype(np.float64)
    reals[numbers >= NO_LIMIT] = highspy.kHighsInf
    reals[numbers <= -NO_LIMIT] = -highspy.kHighsInf
    return reals


def _nobody(program: Program) -> WholeAnswer:
    nothing = np.zeros(0, dtype=np.int64)
    if not program.is_kept_by(nothing):
        return WholeAnswer(ending=Ending.INFEASIBLE)
    return WholeAnswer(ending=Ending.OPTIMAL, numbers=nothing, value=0, bound=0)


def _whole_answer(solver: Any, program: Program, gains: Whole) -> WholeAnswer:
    status = solver.getModelStatus()
    seconds = float(solver.getRunTime())
    if status in _INFEASIBLE:
        return WholeAnswer(ending=Ending.INFEASIBLE, seconds=seconds)
    if status != highspy.HighsModelStatus.kOptimal and status not in _STOPPED:
        msg = "the solver ended in a way that is not foreseen"
        raise SolverFaultError(msg)
    ending = Ending.STOPPED if status in _STOPPED else Ending.OPTIMAL
    reported = solver.getInfo()
    limit = reported.mip_dual_bound
    bound = math.floor(limit + _BOUND_SLACK) if math.isfinite(limit) else None
    if reported.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return WholeAnswer(ending=Ending.STOPPED, bound=bound, seconds=seconds)
    numbers = np.rint(np.array(solver.getSolution().col_value)).astype(np.int64)
    claimed = float(reported.objective_function_value)
    return checked(program, gains, numbers, claimed, ending=ending, bound=bound, seconds=seconds)
