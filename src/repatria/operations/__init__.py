"""One verb for each step of an exchange.

Each function takes a `Desk` first, collects all objections, then appends once.
Read them in the order of `docs/tour.md`. Not here: how a page or a command asks.
"""
