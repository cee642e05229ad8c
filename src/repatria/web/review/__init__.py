"""Are these two records the same person? Start at `views`; `waterfall` draws the grounds."""
