"""How is a program of whole numbers solved, and who stops a solver that does not end?

Start with `Program`. `solve_lp` gives the relaxation with its multipliers,
`LinearChain` many relaxations of one program, `solve_integer` whole numbers by
either engine, `run_bounded` runs any of it in a process that can be killed.
Nothing here knows of persons. Every whole answer is checked in whole numbers.
"""

from repatria.planning.solvers.answers import (
    Ending,
    Engine,
    LinearAnswer,
    SolverFaultError,
    WholeAnswer,
)
from repatria.planning.solvers.bounded import CancelledError, RunEnding, RunResult, run_bounded
from repatria.planning.solvers.port import LinearChain, solve_integer, solve_lp
from repatria.planning.solvers.program import NO_LIMIT, Program, program_from_rows

__all__ = [
    "NO_LIMIT",
    "CancelledError",
    "Ending",
    "Engine",
    "LinearAnswer",
    "LinearChain",
    "Program",
    "RunEnding",
    "RunResult",
    "SolverFaultError",
    "WholeAnswer",
    "program_from_rows",
    "run_bounded",
    "solve_integer",
    "solve_lp",
]
