"""Where are the parts plugged together?

The only place that reads the clock, random bytes, files of keys and the
environment. Start at `installation.Installation`.
"""
