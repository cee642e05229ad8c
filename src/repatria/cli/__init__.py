"""The command line: each command parses, calls one operation, prints.

Start at `main`. Heavy parts are imported inside the commands, so that `--help`
answers at once.
"""
