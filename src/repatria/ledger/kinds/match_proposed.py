"""The comparison found two records that may be the same person."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchProposed:
    """A candidate pair; only a person decides.

    Attributes:
        left, right: line or person ids, in text order.
        score_ppm: score in parts per million.
        weight_millibits: summed match weight, thousandths of log2.
        comparisons: what was compared, as the comparison explained it.
        left_words, right_words: digests of what the two lines said when they were compared.
    """

    left: str
    right: str
    score_ppm: int
    weight_millibits: int
    decision: str
    engine: str
    comparisons: tuple[Mapping[str, Any], ...] = ()
    left_words: str = ""
    right_words: str = ""


KIND = Kind(
    name="match.proposed",
    payload=MatchProposed,
    sensitivity=Sensitivity.PERSONAL,
    readers=Readers.AGENCY,
    redacted=frozenset({"comparisons", "left_words", "right_words"}),
)
