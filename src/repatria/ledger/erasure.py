"""Which bodies must we destroy because of what was said, and which never?

Only the author of a log can have its bodies destroyed elsewhere; our own word is
enough for the copies we hold ourselves. What several hands rest on, and what the
log itself rests on, is never destroyed: else a party could take back a signature
by calling it an erasure.
"""

from typing import NamedTuple

from repatria.ledger.kinds import KINDS, Sensitivity, payload_of
from repatria.ledger.kinds.statement_erased import StatementErased
from repatria.ledger.places import Places
from repatria.ledger.statement import Entry
from repatria.terms import PartyCode

# Acts that others rest on. They hold ids and numbers, no name.
JOINT_ACTS = frozenset(
    {
        "crossing.recorded",
        "crossing.withdrawn",
        "manifest.frozen",
        "plan.proposed",
        "receipt.given",
        "schedule.proposed",
        "substitution.proposed",
    }
)


class Erased(NamedTuple):
    """Places in a log whose bodies are to be destroyed."""

    origin: PartyCode
    places: Places


def is_erasable(kind: str) -> bool:
    """Whether bodies of a kind may be destroyed: only what is about somebody's person.

    A kind of a newer version may be: we cannot know what it holds.
    """
    known = KINDS.get(kind)
    if known is None:
        return True
    personal = known.sensitivity in (Sensitivity.PERSONAL, Sensitivity.RESTRICTED)
    return personal and kind not in JOINT_ACTS


def what_is_erased(entry: Entry, own: PartyCode) -> Erased | None:
    """What an entry obliges an installation to destroy; None for nothing.

    Args:
        entry: any statement.
        own: whose installation it is.

    Raises:
        IntegrityError: it is a `statement.erased` whose content is of another shape.
    """
    if entry.statement.kind != "statement.erased":
        return None
    said = payload_of(entry, StatementErased)
    try:
        places = Places.read(said.places)
    except ValueError:
        return None  # it names no places; what comes from a peer was refused for it
    if entry.origin not in (own, said.origin):
        return None  # somebody speaks of a log that is not his: a request at most
    if entry.origin == said.origin and places.last >= entry.seq:
        return None  # it speaks of what was not said yet
    return Erased(said.origin, places)
