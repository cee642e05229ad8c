"""Who is held or missing, and who said what of each person?

Start at `views`; `timeline` draws in whose hands somebody was.
"""
