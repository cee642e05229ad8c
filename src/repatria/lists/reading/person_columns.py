"""What is read of a list file for a comparison: which columns, and into what?"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from repatria.lists.reading.model import Field, UnreadableRow
from repatria.terms import NameOrder, PartialDate, PersonName, Sex


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The header as a comparison needs it.

    Attributes:
        headings: one per column, tidied; may be empty.
        columns: field -> indexes; several for a name that stands in several spellings.
    """

    headings: tuple[str, ...]
    columns: Mapping[Field, tuple[int, ...]]

    def heading(self, *wanted: Field) -> str:
        """The headings of those of the fields that the file has."""
        indexes = sorted(at for each in wanted for at in self.columns.get(each, ()))
        return ", ".join(self.headings[at] for at in indexes)

    @property
    def described(self) -> str:
        """Field and heading of each column that is read."""
        return ", ".join(
            f"{'id' if each is Field.REFERENCE else each} from {self.headings[at]!r}"
            for each, indexes in self.columns.items()
            for at in indexes
        )


@dataclass(slots=True, kw_only=True)
class PersonColumns:
    """The persons of a list file; the lists are as long as `ids`, or empty without the column.

    Attributes:
        ids: each once.
        texts: the name in one cell; empty where it is in parts only.
        order: in which the names in one cell stand.
        families, givens: the name in parts.
        others: place of a row -> further spellings of the name.
        births, captures, sexes: None where nobody has said.
        rejected: rows that name nobody or hold what cannot be read, as many as were to be kept.
        rejected_count: all of them.
        swapped: how many dates gave a day of the calendar only with day and month exchanged.
        sexes_unknown: how many words for a sex nobody here knows.
    """

    order: NameOrder = NameOrder.UNKNOWN
    ids: list[str] = field(default_factory=list, repr=False)
    texts: list[str] = field(default_factory=list, repr=False)
    families: list[str] = field(default_factory=list, repr=False)
    givens: list[str] = field(default_factory=list, repr=False)
    others: dict[int, tuple[PersonName, ...]] = field(default_factory=dict, repr=False)
    fathers: list[str] = field(default_factory=list, repr=False)
    births: list[PartialDate | None] = field(default_factory=list, repr=False)
    captures: list[PartialDate | None] = field(default_factory=list, repr=False)
    sexes: list[Sex | None] = field(default_factory=list, repr=False)
    places: list[str] = field(default_factory=list, repr=False)
    rejected: list[UnreadableRow] = field(default_factory=list)
    rejected_count: int = 0
    swapped: int = 0
    sexes_unknown: int = 0

    def __len__(self) -> int:
        return len(self.ids)
