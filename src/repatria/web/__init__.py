"""The pages: each handler parses a form, calls one operation, renders.

Start at `urls`; each room of the exchange has a folder or module of its own.
Not here: rules (see `operations`) and what may be read (see `store.queries`).
"""
