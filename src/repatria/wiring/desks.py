"""At which desk does a viewer sit in the installation of this process?

Somebody of another party may read here as a guest; only the installation's own
people write, because every statement is signed with its key.
"""

from repatria.operations.desk import Desk
from repatria.terms import NotVisible, Role, Viewer
from repatria.wiring.environment import HOME, home
from repatria.wiring.installation import Installation, NoInstallationError


def installation_here() -> Installation:
    """The installation that REPATRIA_HOME names.

    Raises:
        NoInstallationError: none is named, or there is none in that folder.
    """
    folder = home()
    if folder is None:
        msg = f"{HOME} names no installation"
        raise NoInstallationError(msg)
    return Installation.at(folder)


def sits_here(viewer: Viewer) -> bool:
    """Whether the viewer may write in this installation at all."""
    return viewer.at_a_desk and viewer.party == installation_here().party


def desk_for(viewer: Viewer) -> Desk:
    """The desk at which the viewer writes.

    Raises:
        NotVisible: he sits at no desk of this installation's party.
    """
    if not sits_here(viewer):
        raise NotVisible
    return installation_here().desk(viewer.actor, viewer.role)


def public_desk() -> Desk:
    """The desk at which the public form writes down what readers send; it may do nothing else.

    Raises:
        LockedError: the private keys are not open, so nothing can be taken in.
    """
    return installation_here().desk("public-form", Role.OUTSIDER)


def family_desk(viewer: Viewer) -> Desk:
    """The desk at which a family writes down its own request; it may do nothing else.

    Raises:
        NotVisible: he is no family.
    """
    if viewer.role is not Role.FAMILY:
        raise NotVisible
    return installation_here().desk(viewer.actor, viewer.role)
