"""Which figures does a text hold? Suggested with their places, confirmed by a person.

Start at `suggestions`. Rules and dictionaries only: no model, and nothing is
recorded. Not here: reading files (`source_text`), and turning what a person
confirmed into a claim (`operations`).
"""

from repatria.record.suggesting.suggest import Suggestion, suggestions

__all__ = ["Suggestion", "suggestions"]
