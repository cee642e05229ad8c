"""Who is held or missing, and who says so?

Start at `fold_person`: all that was said about one person, each value with its
speaker. `fold_custody` arranges notices into episodes; `contradictions_in`
shows where words do not agree; `sources_of` counts where they come from;
`releases_of` puts a new detention beside the release before it.
Not here: whether two records are one person (`linkage`), answers to lists
(`lists`).
"""

from repatria.register.contradictions import contradictions_in
from repatria.register.custody import fold_custody
from repatria.register.held_again import Freed, releases_of
from repatria.register.model import (
    Attributed,
    CustodyEpisode,
    CustodyNotice,
    CustodyTimeline,
    PersonRecord,
    Said,
    current,
    display_name,
)
from repatria.register.person import fold_person
from repatria.register.sources import Source, one_source, sources_of

__all__ = [
    "Attributed",
    "CustodyEpisode",
    "CustodyNotice",
    "CustodyTimeline",
    "Freed",
    "PersonRecord",
    "Said",
    "Source",
    "contradictions_in",
    "current",
    "display_name",
    "fold_custody",
    "fold_person",
    "one_source",
    "releases_of",
    "sources_of",
]
