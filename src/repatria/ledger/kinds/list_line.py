"""One line of a list: a person as the list's author names him."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import Category, LineId, ListId, PartialDate, PersonName, Place, Sex


@dataclass(frozen=True, slots=True, kw_only=True)
class ListLine:
    """A line as submitted.

    Attributes:
        number: place in the list, from 1, as a person counts.
        names: as written, each in its script; never empty.
        category_wording: as the author wrote it.
        reference: the author's own number for the person.
        region, unit: of which he is, for rules about shares.
        extra: columns of the file that have no field here.
    """

    list_id: ListId
    line_id: LineId
    number: int
    names: tuple[PersonName, ...]
    father: str = ""
    birth: PartialDate | None = None
    born_at: Place | None = None
    sex: Sex | None = None
    category: Category | None = None
    category_wording: str = ""
    rank: str = ""
    captured_on: PartialDate | None = None
    captured_at: Place | None = None
    reference: str = ""
    status: str = ""
    note: str = ""
    region: str = ""
    unit: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.names:
            msg = "a line names a person"
            raise ValueError(msg)


KIND = Kind(
    name="list.line",
    payload=ListLine,
    sensitivity=Sensitivity.PERSONAL,
    readers=Readers.PARTIES,
    redacted=frozenset(
        {
            "birth",
            "born_at",
            "captured_at",
            "extra",
            "father",
            "names",
            "note",
            "region",
            "unit",
        }
    ),
)
