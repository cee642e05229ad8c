"""Repatria: a prisoner exchange, from two lists to two receipts.

The folders below, read in the order of `docs/tour.md`, are the table of
contents of an exchange. Start at `repatria.operations`: one verb per step.
"""
