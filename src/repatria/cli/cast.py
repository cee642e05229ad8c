"""Who is in the story, what did they agree, and with which files do they come?

Facts of the demo only; what happens is in `story`.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from repatria.ledger.kinds.list_submitted import Population
from repatria.planning import (
    CapturedTotal,
    CategoryExcluded,
    Terms,
    Total,
    standard_priorities,
)
from repatria.terms import (
    Category,
    PartyCode,
    Role,
)

NORTH, SOUTH, INTERMEDIARY = (PartyCode(p) for p in ("north", "south", "intermediary"))
TITLES = {
    NORTH: "State Commission of North",
    SOUTH: "Information Bureau of South",
    INTERMEDIARY: "Neutral Intermediary",
}
EVENT = "exchange-2023-12-13"
POPULATIONS: Mapping[PartyCode, str] = {NORTH: "south", SOUTH: "north"}
TERMS_ID = "december-2023"
LABELS = {
    "en": {"north": "North", "south": "South", "intermediary": "the intermediary"},
    "ar": {"north": "الشمال", "south": "الجنوب", "intermediary": "الوسيط"},
}


def story_terms() -> Terms:
    """What the parties agreed: 32 for 2, the seriously wounded outside the count.

    31 are counted; whoever is seriously wounded or sick goes besides, whatever the
    number (GC III art. 109), and one person of September 2023 is among the counted.
    In each party one person approves the manifest and another signs it.
    """
    joint = "Joint statement of both offices, 7 December 2023"
    return Terms(
        id=TERMS_ID,
        version=1,
        as_of=date(2023, 12, 7),
        rules=(
            Total(
                id="north-releases",
                proposer=NORTH,
                source=joint,
                from_party=NORTH,
                minimum=31,
                maximum=31,
            ),
            Total(
                id="south-releases",
                proposer=NORTH,
                source=joint,
                from_party=SOUTH,
                minimum=2,
                maximum=2,
            ),
            CapturedTotal(
                id="one-of-september-2023",
                proposer=SOUTH,
                source=joint,
                from_party=NORTH,
                since=date(2023, 9, 1),
                until=date(2023, 9, 30),
                minimum=1,
                maximum=1,
            ),
            CategoryExcluded(
                id="no-political-leaders",
                proposer=NORTH,
                source=joint,
                from_party=NORTH,
                categories=(Category.POLITICAL_LEADER,),
            ),
        ),
        priorities=standard_priorities(bands_months=(36, 33, 30, 24, 12)),
        nonce="drawn-at-the-meeting-of-7-december",
        four_eyes=("manifest",),
    )


class StoryClock:
    """A clock that the story sets, and that moves a second each time it is asked."""

    def __init__(self) -> None:
        self._at = datetime(2023, 11, 6, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        """The present moment of the story."""
        self._at += timedelta(seconds=1)
        return self._at

    def turn_to(self, at: datetime) -> None:
        """Move on to a later moment."""
        self._at = max(self._at, at)


ACTORS: Mapping[tuple[PartyCode, Role], str] = {
    (NORTH, Role.REGISTRAR): "nadia",
    (NORTH, Role.NEGOTIATOR): "nikolai",
    (NORTH, Role.HANDOVER_OFFICER): "noor",
    (SOUTH, Role.REGISTRAR): "samir",
    (SOUTH, Role.NEGOTIATOR): "sona",
    (SOUTH, Role.HANDOVER_OFFICER): "suren",
    (INTERMEDIARY, Role.REGISTRAR): "irene",
    (INTERMEDIARY, Role.INTERMEDIARY): "ines",
    (INTERMEDIARY, Role.NEGOTIATOR): "ingrid",
    (INTERMEDIARY, Role.MEDICAL): "imran",
    (INTERMEDIARY, Role.HANDOVER_OFFICER): "ivo",
    (INTERMEDIARY, Role.PRESS): "isla",
}

LIST_FILES = (
    (
        "s-claims",
        SOUTH,
        "south-claims.xlsx",
        Population.CLAIMED,
        NORTH,
        "Held by North, as claimed",
    ),
    ("s-holds", SOUTH, "south-holds.xlsx", Population.HELD, INTERMEDIARY, "Held by South"),
    ("n-holds", NORTH, "north-holds.csv", Population.HELD, INTERMEDIARY, "Held by North"),
    ("n-claims", NORTH, "north-claims.csv", Population.CLAIMED, SOUTH, "Claimed: held by South"),
)


def directions() -> tuple[tuple[PartyCode, PartyCode], ...]:
    """From each installation to each other."""
    parties = (NORTH, SOUTH, INTERMEDIARY)
    return tuple((a, b) for a in parties for b in parties if a != b)


def to_and_between() -> tuple[tuple[PartyCode, PartyCode], ...]:
    """From the parties to the intermediary, and to each other."""
    return (
        (NORTH, INTERMEDIARY),
        (SOUTH, INTERMEDIARY),
        (NORTH, SOUTH),
        (SOUTH, NORTH),
    )
