"""How long does a test wait for a page? As long as it takes on a machine that does much else.

Who waits for what comes loses nothing by patience; only what never comes takes this long.
"""

MILLISECONDS = 90_000
