"""Whom do we know, and what passed between us? Start at `views`."""
