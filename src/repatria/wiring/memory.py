"""How often does a process look for cycles among its objects?

A large list is a million small objects that stay alive until it is written;
looking through them every 700 allocations takes a third of the time.
"""

import gc


def look_for_cycles_rarely() -> None:
    """Make the collector wait for a hundred thousand new objects; repeating it changes nothing."""
    gc.set_threshold(100_000, 20, 20)
