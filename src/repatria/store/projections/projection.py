"""What does a projection declare?

Which subjects it is folded for, from which kinds, into which rows.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from repatria.ledger.statement import Entry
from repatria.store.models import Seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Projection:
    """One table that is derived from statements.

    Attributes:
        model: its rows; `seen_by` and `subject` are filled in by the engine.
        subject: kind of the ids it is folded for, such as `line`.
        kinds: statement kinds it reads.
        rows: the fold: entries about one subject, by origin and place, to rows.
        unmoved: whether the rows surely stay as they are, from all entries about a subject and
            those that came or went; nothing is known of it without.
        own_first: whether our own entries come before all others, because what is first stands.
        about: what stands in the column `about` of its rows, where another projection writes rows
            about the same subjects into the same table.
    """

    model: type[Seen]
    subject: str
    kinds: frozenset[str]
    rows: Callable[[str, Sequence[Entry]], Sequence[Seen]]
    unmoved: Callable[[Sequence[Entry], Sequence[Entry]], bool] | None = None
    own_first: bool = False
    about: str = ""
