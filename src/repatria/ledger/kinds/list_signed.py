"""A party signs the final list: every line with the answer that stands."""

from dataclasses import dataclass

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import ListId


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSigned:
    """A signature under a final list, by digest; it stands in the party's signed log.

    Attributes:
        digest: SHA-256 of the final table; see `lists.final.digest_of`.
        lines: how many lines the table has.
        repeats, released, held: how many of them are answered so.
    """

    list_id: ListId
    digest: str
    lines: int
    repeats: int = 0
    released: int = 0
    held: int = 0


KIND = Kind(
    name="list.signed",
    payload=ListSigned,
    sensitivity=Sensitivity.PROCEDURAL,
    readers=Readers.PARTIES,
)
