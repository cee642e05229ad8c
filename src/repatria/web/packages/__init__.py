"""Whom do we know, and what passed between us? Start at `overview`.

`inbox` looks at what waits and takes it in, `outbox` at what was made, `forks` at
logs that told two stories. For the installation's own people only: to a guest
these pages are not there.
"""
