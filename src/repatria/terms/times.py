"""How is a moment written?

Always with its offset, always UTC: `2023-12-13T09:30:00Z`, with microseconds
only where there are some. A moment without an offset is refused.
"""

from datetime import UTC, date, datetime


def write_instant(at: datetime) -> str:
    """The moment in UTC, ending in Z; raises ValueError for one without an offset."""
    if at.tzinfo is None:
        msg = "a moment needs an offset"
        raise ValueError(msg)
    return at.astimezone(UTC).isoformat().removesuffix("+00:00") + "Z"


def read_instant(text: str) -> datetime:
    """The moment; raises ValueError for any other spelling than `write_instant` gives."""
    at = datetime.fromisoformat(text)
    # Only what ends in Z can be the one spelling, and that is in UTC already.
    if text[-1:] != "Z" or f"{at.isoformat()[:-6]}Z" != text:
        msg = "not the one spelling of this moment"
        raise ValueError(msg)
    return at


def day_of(at: datetime) -> date:
    """The day of a moment, in UTC: the same wherever it is read."""
    return at.astimezone(UTC).date()
