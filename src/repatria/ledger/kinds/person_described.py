"""One property of a person: father's name, rank, sex, birth."""

from dataclasses import dataclass
from enum import StrEnum

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import PartialDate, PersonId


class Property(StrEnum):
    """Source: GC III art. 17, 122; GC IV art. 138."""

    FATHER = "father"
    BIRTH = "birth"
    SEX = "sex"
    RANK = "rank"
    REFERENCE = "reference"
    NOTE = "note"
    SERVICE_NUMBER = "service_number"
    BIRTH_PLACE = "birth_place"
    NATIONALITY = "nationality"
    POWER = "power"
    MOTHER = "mother"
    INFORM = "inform"
    MAIL = "mail"
    RESIDENCE = "residence"
    MARKS = "marks"
    UNIT = "unit"
    REGION = "region"
    DISC = "disc"
    MEASURE = "measure"
    IDENTITY = "identity"
    LANGUAGE = "language"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDescribed:
    """One property, so that it can be attributed, disclosed and erased alone.

    Attributes:
        property: which of the fields of GC III art. 122 and GC IV art. 138.
        value: as the source writes it; for `identity` one of `stated`, `established`, `unknown`,
            for `measure` the nature of what was done to a civilian; for `region` the region
            he is of, as the terms of an exchange mean it.
        on: for a date property.
    """

    person: PersonId
    property: Property
    value: str = ""
    on: PartialDate | None = None


KIND = Kind(
    name="person.described",
    payload=PersonDescribed,
    sensitivity=Sensitivity.PERSONAL,
    readers=Readers.AGENCY,
    redacted=frozenset({"on", "value"}),
)
