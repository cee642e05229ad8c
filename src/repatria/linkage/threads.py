"""How is work on large tables spread over the processors?

Threads, not processes: numpy leaves the interpreter free while it counts. What comes
back does not depend on how many there are.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import TypeVar

_Part = TypeVar("_Part")
_Result = TypeVar("_Result")
THREADS = min(os.cpu_count() or 1, 4)


def at_once(work: Callable[[_Part], _Result], parts: Iterable[_Part]) -> Iterator[_Result]:
    """What `work` gives for each part, in the order of the parts; a few are worked on at a time.

    Cost: the results of at most twice as many parts as there are threads wait to be taken.
    """
    waiting = iter(parts)
    with ThreadPoolExecutor(THREADS) as threads:
        running = [threads.submit(work, part) for part in islice(waiting, 2 * THREADS)]
        while running:
            yield running.pop(0).result()
            running.extend(threads.submit(work, part) for part in islice(waiting, 1))
