"""The pages about rounds: lists that are committed to before they are revealed.

Start at `views`; `steps` draws where each party stands. Not here: checking what
was revealed (`lists.rounds`).
"""
