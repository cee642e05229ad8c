"""Does what was erased stay erased when an older database comes back?

One place, called before an installation is opened again: after a backup was put
back, and after the log was healed. Erasures that peers were told of come back with
the log; those that were not are to be read here from the folder's own file.
"""

from importlib.util import find_spec

from repatria.wiring.installation import Installation

# TO BE JOINED with erasing: the module that destroys bodies again, and its function
# `replay_erasures(installation)`, called inside `installation.open()` and inside the
# transaction that restores or heals.
_ERASING = "repatria.wiring.residues"


def replay_erasures(installation: Installation) -> None:
    """Destroy again what was erased, where this version knows how to."""
    if find_spec(_ERASING) is None:
        return
    from importlib import import_module  # noqa: PLC0415 -- only where it exists

    replay = getattr(import_module(_ERASING), "replay_erasures", None)
    if replay is not None:
        replay(installation)
