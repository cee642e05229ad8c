"""Families' requests, remains, and a code that anybody may check. Start at `tracing`."""
