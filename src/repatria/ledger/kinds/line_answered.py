"""The holder answers one line of a list."""

from dataclasses import dataclass
from enum import StrEnum

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import Category, LineId, ListId, PartialDate, PersonId, Sex


class AnswerCode(StrEnum):
    """What a holder can say about a name; the words parties have really used.

    Source: answers given under the Stockholm mechanism of December 2018.
    """

    HELD = "held"
    HELD_BY_ALLY = "held_by_ally"
    NOT_HELD = "not_held"
    DUPLICATE = "duplicate"
    ALREADY_RELEASED = "already_released"
    DEAD = "dead"
    ESCAPED = "escaped"
    CRIMINAL_CHARGE = "criminal_charge"
    EXCLUDED = "excluded"
    DATA_INSUFFICIENT = "data_insufficient"
    SEARCHING = "searching"


@dataclass(frozen=True, slots=True, kw_only=True)
class LineAnswered:
    """An answer; a later one supersedes it and both remain.

    Attributes:
        person: the holder's register id, when held.
        duplicate_of: the line it repeats, when a duplicate.
        exchange: in which exchange, when already released.
        on: date of release or death, where the answer has one.
        category, captured_on, birth, sex, health: what the holder says of a person it holds.
        health: `fit`, `sick`, `serious`; never a diagnosis.
        region, unit: of which he is, for rules about shares; as the holder's register has them.
        retained: kept for criminal proceedings (GC III art. 115, 119).
    """

    list_id: ListId
    line_id: LineId
    code: AnswerCode
    person: PersonId | None = None
    duplicate_of: LineId | None = None
    exchange: str = ""
    on: PartialDate | None = None
    category: Category | None = None
    captured_on: PartialDate | None = None
    birth: PartialDate | None = None
    sex: Sex | None = None
    health: str = ""
    retained: bool = False
    region: str = ""
    unit: str = ""


KIND = Kind(
    name="line.answered",
    payload=LineAnswered,
    sensitivity=Sensitivity.PERSONAL,
    readers=Readers.PARTIES,
    redacted=frozenset({"birth", "health", "region", "unit"}),
)
