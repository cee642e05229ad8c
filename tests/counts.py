"""How often is a law tried? Always enough to prove it; in full number where there is time.

The continuous run sets REPATRIA_FULL and runs what is marked `often`: whatever asks here how
often, and every law over generated examples. What is drawn by lot is drawn from
REPATRIA_SEED, or from a new seed that a failing test shows.
"""

import os
import random

FULL = "REPATRIA_FULL" in os.environ


def often(usually, in_full):
    """One of two numbers: the first by default, the second in the continuous run."""
    return in_full if FULL else usually


def lots():
    """A source of random choices, whose seed is printed."""
    seed = int(os.environ.get("REPATRIA_SEED", "0")) or random.SystemRandom().randrange(1, 2**32)
    print(f"drawn with REPATRIA_SEED={seed}")
    return random.Random(seed)  # noqa: S311 -- which cases are tried
