"""How is CP-SAT asked?

Whole numbers throughout. Only its compiled part is imported: the Python layer
around it brings a library of tables that takes longer to load than most plans
take to solve.

Source: Perron and Didier, "CP-SAT", in OR-Tools (Google), version 9.15.
"""

import importlib
from typing import Any

import numpy as np

from repatria.planning.solvers.answers import Ending, SolverFaultError, WholeAnswer, checked
from repatria.planning.solvers.program import NO_LIMIT, Program, Whole

_INT64 = (1 << 63) - 1
_core: Any = importlib.import_module("ortools.sat.python.cp_model_helper")


_SHORT = 0.7
"""What a short try may cost, in the solver's own measure, which no other work changes."""


def maximise(
    program: Program, gains: Whole, *, seconds: float, effort: int | None, turn: int | None
) -> WholeAnswer:
    """The whole numbers for which `gains * n` is largest. See `port.solve_integer`."""
    model = _model(program, gains)
    parameters = _core.SatParameters()
    parameters.max_time_in_seconds = float(seconds)
    # One thread: with more, equal questions get different answers.
    parameters.num_workers = 1
    parameters.random_seed = 0
    parameters.relative_gap_limit = 0.0
    if turn is not None:
        # Some searches take for ever from one beginning and no time from another.
        # Source: Gomes, Selman and Kautz 1998, on restarts against heavy tails.
        parameters.random_seed = turn // 2
        parameters.randomize_search = turn // 2 % 2 == 1
        if turn % 2:
            parameters.linearization_level = 2
        parameters.max_deterministic_time = _SHORT * 1.1**turn
    if effort is not None:
        parameters.max_number_of_conflicts = effort
    wrapper = _core.SolveWrapper()
    wrapper.set_parameters(parameters)
    return _answer(wrapper.solve(model), program, gains)


def _model(program: Program, gains: Whole) -> Any:
    model = _core.CpModelProto()
    for lower, upper in zip(program.lower.tolist(), program.upper.tolist(), strict=True):
        model.variables.add().domain.extend([lower, upper])
    starts = program.starts.tolist()
    limits = zip(program.row_lower.tolist(), program.row_upper.tolist(), strict=True)
    for row, (lower, upper) in enumerate(limits):
        if lower <= -NO_LIMIT and upper >= NO_LIMIT:
            continue
        linear = model.constraints.add().linear
        linear.vars.extend(program.columns[starts[row] : starts[row + 1]].tolist())
        linear.coeffs.extend(program.weights[starts[row] : starts[row + 1]].tolist())
        linear.domain.extend(
            [-_INT64 - 1 if lower <= -NO_LIMIT else lower, _INT64 if upper >= NO_LIMIT else upper]
        )
    (columns,) = np.nonzero(gains)
    if len(columns):
        # The core minimises; a scaling of -1 says so to its messages.
        model.objective.vars.extend(columns.tolist())
        model.objective.coeffs.extend((-gains[columns]).tolist())
        model.objective.scaling_factor = -1.0
    return model


def _answer(response: Any, program: Program, gains: Whole) -> WholeAnswer:
    status, seconds = response.status, float(response.wall_time)
    if status == _core.CpSolverStatus.INFEASIBLE:
        return WholeAnswer(ending=Ending.INFEASIBLE, seconds=seconds)
    asked = bool(np.any(gains))
    bound = round(response.best_objective_bound) if asked else 0
    if status == _core.CpSolverStatus.UNKNOWN:
        return WholeAnswer(ending=Ending.STOPPED, seconds=seconds)
    if status not in (_core.CpSolverStatus.OPTIMAL, _core.CpSolverStatus.FEASIBLE):
        msg = "the solver did not accept the program"
        raise SolverFaultError(msg)
    numbers = np.array(list(response.solution), dtype=np.int64)
    ending = Ending.OPTIMAL if status == _core.CpSolverStatus.OPTIMAL else Ending.STOPPED
    claimed = float(response.objective_value) if asked else 0.0
    return checked(program, gains, numbers, claimed, ending=ending, bound=bound, seconds=seconds)
