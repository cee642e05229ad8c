"""Checks of health and decisions of medical commissions. Start at `views`, then `acts`."""
