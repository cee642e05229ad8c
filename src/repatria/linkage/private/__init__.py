"""Whom do two lists both name, when neither side may read the other's?

Start at `run`: `offer`, `answer`, `conclude` and `open_sample` are the four acts of one
run, each giving a message for the other side; `verify_sample` checks what was opened.
What is compared is in `keys`, the arithmetic in `group`. What each side learns, and what
nothing here prevents, is told in `docs/private-matching.md`. Not here: files, sealing,
signatures, and who committed to what (`operations.private_matching`).
"""
