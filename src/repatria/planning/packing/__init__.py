"""Who goes for whom when each release asks for another one: cycles and chains.

Where a local holder says "I free X only if I get Y", an exchange is a cycle: A
frees for B, B for C, C for A. A release out of good will begins a chain. That is
kidney exchange, and solved like it. Start with `read_packing` and `solve_packing`;
`check_packing` counts without a solver.
"""

from repatria.planning.packing.graph import PackingQuestion, UnreadablePackingError, read_packing
from repatria.planning.packing.packing import (
    Packing,
    answer_packing,
    check_packing,
    remaining_without,
    solve_packing,
)

__all__ = [
    "Packing",
    "PackingQuestion",
    "UnreadablePackingError",
    "answer_packing",
    "check_packing",
    "read_packing",
    "remaining_without",
    "solve_packing",
]
