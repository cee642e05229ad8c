"""May this installation sign, and if not, what is in the way?

Asked by every page, so that nobody fills in a form that cannot be signed. Reading
goes on whatever the answer is.
"""

from repatria.ledger.checkpoint import read_note
from repatria.terms import IntegrityError
from repatria.wiring.high_water import compare
from repatria.wiring.installation import KEY_FILE, Installation
from repatria.wiring.keyfile import KeyFileError, WrongPassphraseError
from repatria.wiring.passphrases import LockedError, is_unlockable


def obstacle_to_signing(installation: Installation) -> str:
    """The code of what keeps the installation from signing; empty when nothing does.

    Also empty where the keys are not at hand: the mark can't be read without them.
    Only inside `open()`.
    """
    try:
        if not is_unlockable(installation.folder / KEY_FILE):
            return ""
        # The mark first: whoever signs meanwhile is not behind it.
        mark = installation.mark().newest()
        log = installation.log()
        frontier = log.frontier(installation.party)

        def root_at(size: int) -> bytes | None:
            if size == frontier.size:
                return frontier.root()
            note = log.note(installation.party, size)
            return read_note(note, place="our log")[0].root if note else None

        compare(mark, frontier.size, root_at)
    except IntegrityError as fault:
        return fault.code
    except (KeyFileError, LockedError, WrongPassphraseError, OSError):
        return ""
    return ""
