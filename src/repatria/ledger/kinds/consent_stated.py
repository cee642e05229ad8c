"""Does the person want to go? Asked in private, then again at the line."""

from dataclasses import dataclass
from enum import StrEnum

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import PersonId


class Occasion(StrEnum):
    """When the question was asked."""

    INTERVIEW = "interview"
    AT_THE_LINE = "at_the_line"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentStated:
    """What the person said about going; never what else was said.

    Attributes:
        occasion: private interview, or at the line.
        in_private: whether nobody else was present.
        may_be_named: whether he agrees to be named in public.

    Source:
        GC III art. 109(3); ICRC practice of interviews before release.
    """

    person: PersonId
    willing: bool
    occasion: Occasion
    in_private: bool
    may_be_named: bool = False


KIND = Kind(
    name="consent.stated",
    payload=ConsentStated,
    sensitivity=Sensitivity.PERSONAL,
    readers=Readers.PARTIES,
)
