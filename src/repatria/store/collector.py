"""How is Python kept from looking for rubbish among rows that are all still wanted?"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

MANY = 1_000
"""Statements from which on it is worth it."""


@contextmanager
def resting_collector(statements: int) -> Iterator[None]:
    """Many rows are made inside: the search for cycles would go through all of them anew.

    A twentieth of the time of a long write. What counts references alone is freed as ever. Where
    something else has put the collector to rest already, it stays so.
    """
    rests = statements >= MANY and gc.isenabled()
    if rests:
        gc.disable()
    try:
        yield
    finally:
        if rests:
            gc.enable()
