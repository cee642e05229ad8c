"""Where is everything kept?

The Django app that owns all tables. Start at `log.StoreLog` (the one write
path), then `projections` (what is derived, in the same transaction) and
`queries` (what may be read; the viewer is always the first argument).
"""
