"""How many of each standing go, so that one count is as large as possible?

The only module that calls the solver (HiGHS). Always a cold start: with a warm
start HiGHS 1.16 has returned a worse solution as optimal. Every answer is
checked again in whole numbers before anybody sees it.

Source: Huangfu and Hall, "Parallelizing the dual revised simplex method",
Mathematical Programming Computation 10 (2018).
"""

import importlib
import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from repatria.planning.model import Row

# Values are whole numbers: a gap below 1 proves them. The distance from 1
# leaves room for the solver's rounding.
_ABSOLUTE_GAP = 0.9
_BOUND_SLACK = 0.05


class SolverFaultError(RuntimeError):
    """The solver contradicts itself, or will not run: nothing it said is used."""


class AnswerStatus(StrEnum):
    """How the solver ended."""

    OPTIMAL = "optimal"
    INFEASIBLE = "infeasible"
    TIME_LIMIT = "time_limit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """Maximise gains * n, with n whole, within its limits and its rows.

    Attributes:
        gains: per unknown.
        lower, upper: limits of each unknown.
        rows: named rows; the name is not used here.
        weights: per row, per unknown.
    """

    gains: tuple[int, ...]
    lower: tuple[int, ...]
    upper: tuple[int, ...]
    rows: tuple[Row, ...]
    weights: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the solver found.

    Attributes:
        status: how it ended.
        counts: the best numbers found, checked; None when there are none.
        bound: no solution is better; None when not known.
        seconds: how long it ran, by its own clock.
    """

    status: AnswerStatus
    counts: tuple[int, ...] | None = None
    bound: int | None = None
    seconds: float = 0.0


def maximise(program: Program, *, seconds: float) -> Answer:
    """The best numbers for a program.

    Cost: exponential in the worst case; a plan has a few hundred unknowns at most.

    Raises:
        SolverFaultError: the answer fails the check in whole numbers.
    """
    if not program.gains:
        return _nobody_to_choose(program)
    if seconds <= 0:
        return Answer(status=AnswerStatus.TIME_LIMIT)
    # Heavy, and loosely typed: loaded only when somebody solves.
    highspy: Any = importlib.import_module("highspy")
    # The compiled class: the one around it writes to standard output when it is
    # made, before anybody can tell it to be silent.
    solver = highspy.Highs.__base__()
    for option, value in (
        ("output_flag", False),
        ("threads", 1),
        ("random_seed", 0),
        ("mip_rel_gap", 0.0),
        ("mip_abs_gap", _ABSOLUTE_GAP),
        ("time_limit", float(seconds)),
    ):
        solver.setOptionValue(option, value)
    if solver.passModel(_linear_program(highspy, program)) == highspy.HighsStatus.kError:
        msg = "the solver did not accept the program"
        raise SolverFaultError(msg)
    if solver.run() == highspy.HighsStatus.kError:
        msg = "the solver did not run"
        raise SolverFaultError(msg)
    return _answer(highspy, solver, program)


def objections_to_counts(program: Program, counts: tuple[int, ...]) -> tuple[str, ...]:
    """Names of the limits and rows that the numbers break, in whole numbers."""
    broken = [
        "limits"
        for count, lower, upper in zip(counts, program.lower, program.upper, strict=True)
        if not lower <= count <= upper
    ]
    for row, weights in zip(program.rows, program.weights, strict=True):
        value = dot(weights, counts)
        if (row.lower is not None and value < row.lower) or (
            row.upper is not None and value > row.upper
        ):
            broken.append(row.rule)
    return tuple(broken)


def dot(weights: tuple[int, ...], counts: tuple[int, ...]) -> int:
    """The exact sum of products."""
    return sum(weight * count for weight, count in zip(weights, counts, strict=True))


def _nobody_to_choose(program: Program) -> Answer:
    if objections_to_counts(program, ()):
        return Answer(status=AnswerStatus.INFEASIBLE)
    return Answer(status=AnswerStatus.OPTIMAL, counts=(), bound=0)


def _linear_program(highspy: Any, program: Program) -> Any:
    import numpy as np  # noqa: PLC0415 -- comes with the solver

    infinity = highspy.kHighsInf
    columns = len(program.gains)
    linear = highspy.HighsLp()
    linear.num_col_ = columns
    linear.num_row_ = len(program.rows)
    linear.sense_ = highspy.ObjSense.kMaximize
    linear.col_cost_ = np.array(program.gains, dtype=np.float64)
    linear.col_lower_ = np.array(program.lower, dtype=np.float64)
    linear.col_upper_ = np.array(program.upper, dtype=np.float64)
    linear.integrality_ = [highspy.HighsVarType.kInteger] * columns
    linear.row_lower_ = np.array(
        [-infinity if row.lower is None else row.lower for row in program.rows], dtype=np.float64
    )
    linear.row_upper_ = np.array(
        [infinity if row.upper is None else row.upper for row in program.rows], dtype=np.float64
    )
    matrix = [
        [(column, weight) for column, weight in enumerate(weights) if weight]
        for weights in program.weights
    ]
    starts = [0]
    for entries in matrix:
        starts.append(starts[-1] + len(entries))
    linear.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    linear.a_matrix_.start_ = np.array(starts, dtype=np.int32)
    linear.a_matrix_.index_ = np.array([c for row in matrix for c, _ in row], dtype=np.int32)
    linear.a_matrix_.value_ = np.array([w for row in matrix for _, w in row], dtype=np.float64)
    return linear


def _answer(highspy: Any, solver: Any, program: Program) -> Answer:
    statuses = {
        highspy.HighsModelStatus.kOptimal: AnswerStatus.OPTIMAL,
        highspy.HighsModelStatus.kInfeasible: AnswerStatus.INFEASIBLE,
        # Every unknown has limits, so nothing here is unbounded.
        highspy.HighsModelStatus.kUnboundedOrInfeasible: AnswerStatus.INFEASIBLE,
        highspy.HighsModelStatus.kTimeLimit: AnswerStatus.TIME_LIMIT,
    }
    status = statuses.get(solver.getModelStatus())
    if status is None:
        msg = "the solver ended in a way that is not foreseen"
        raise SolverFaultError(msg)
    seconds = float(solver.getRunTime())
    info = solver.getInfo()
    found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    if status is AnswerStatus.INFEASIBLE or (status is AnswerStatus.TIME_LIMIT and not found):
        return Answer(status=status, seconds=seconds)
    counts = tuple(round(value) for value in solver.getSolution().col_value)
    value = dot(program.gains, counts)
    if objections_to_counts(program, counts) or abs(value - info.objective_function_value) > 0.5:
        msg = "the solver's answer fails the check in whole numbers"
        raise SolverFaultError(msg)
    bound = info.mip_dual_bound
    proven = math.floor(bound + _BOUND_SLACK) if math.isfinite(bound) else None
    return Answer(status=status, counts=counts, bound=proven, seconds=seconds)
