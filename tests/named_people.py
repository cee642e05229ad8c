"""Records that have a name and nothing else, for tests of matching."""

from repatria.linkage import Profile
from repatria.terms import PersonName


def people(prefix, names):
    """One profile for each name, with ids in their order."""
    return [
        Profile(id=f"{prefix}{at:03d}", names=(PersonName(text=name),))
        for at, name in enumerate(names)
    ]
