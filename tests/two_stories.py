"""An installation copied with its mark, which then signs on both copies: how a log forks.

Nothing is forged: each copy refuses nothing, because each goes on from its own
mark. Only whoever sees both can tell.
"""

import shutil

from repatria.wiring.installation import Installation


def copied(installation, folder):
    """A second copy of an installation, as somebody makes who restores a whole disk."""
    installation.close()
    shutil.copytree(installation.folder, folder)
    return Installation.at(folder)
