"""Is the person who stands here the one on the list? Asked by two people, each for himself."""

from dataclasses import dataclass
from enum import StrEnum

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import ManifestId, PersonId


class Means(StrEnum):
    """By what the person was checked: the code on his tag, or something that is only his."""

    CODE = "code"
    PHOTO = "photo"
    QUESTION = "question"


@dataclass(frozen=True, slots=True, kw_only=True)
class GateChecked:
    """One look of one official; never what was asked or answered.

    Attributes:
        means: by what he was checked.
        matches: whether he is the person on the list.
        list_size: how many statements the holder's log had when the paper list in hand
            was printed; 0 when it was looked up on the screen.

    Source:
        Release of the wrong of two men with similar names; a list of cells that was
        printed before a move.
    """

    manifest_id: ManifestId
    person: PersonId
    means: Means
    matches: bool
    list_size: int = 0


KIND = Kind(
    name="gate.checked",
    payload=GateChecked,
    sensitivity=Sensitivity.PERSONAL,
    readers=Readers.PARTIES,
)
