"""The same reading as the pages, for programs.

Start at `routes`; who may ask is decided in `tokens`. A token reads what its
account may read and nothing else. Not here: writing, which needs a person.
"""
