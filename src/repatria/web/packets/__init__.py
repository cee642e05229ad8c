"""Sealed packets of persons' money and valuables. Start at `views`, then `acts`."""
