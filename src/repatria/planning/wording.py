"""How is a part of a rule checked and said in plain words?

Used by the kinds of rules alone. No sentence here holds more than parties,
categories, regions, units, numbers and days, and what the terms themselves say in words.
"""

from datetime import date

from repatria.terms import Category, PartyCode


def check_range(minimum: int, maximum: int | None) -> None:
    """Raise a ValueError when no number lies in the range."""
    if minimum < 0 or (maximum is not None and maximum < minimum):
        msg = "the minimum is negative or above the maximum"
        raise ValueError(msg)


def check_days(since: date | None, until: date | None) -> None:
    """Raise a ValueError when no day lies in the time."""
    if since is not None and until is not None and until < since:
        msg = "the last day is before the first"
        raise ValueError(msg)


def check_ids(ids: tuple[str, ...]) -> None:
    """Raise a ValueError when nobody is named or somebody twice."""
    if not ids or len(set(ids)) != len(ids):
        msg = "a rule about named persons names at least one, and each once"
        raise ValueError(msg)


def plain(category: Category) -> str:
    """The category as it is said."""
    return category.value.replace("_", " ")


def side_in_words(count: int, party: PartyCode, categories: tuple[Category, ...]) -> str:
    """One side of a ratio."""
    kinds = f" ({', '.join(map(plain, categories))})" if categories else ""
    return f"{count} from {party}{kinds}"


def range_in_words(minimum: int, maximum: int | None) -> str:
    """A range of numbers."""
    if maximum is None:
        return f"at least {minimum}"
    if minimum == maximum:
        return f"exactly {minimum}"
    return f"between {minimum} and {maximum}" if minimum else f"at most {maximum}"


def days_in_words(since: date | None, until: date | None) -> str:
    """A time of capture."""
    start = f" since {since.isoformat()}" if since else ""
    end = f" until {until.isoformat()}" if until else ""
    return f"captured{start}{end}" if start or end else "whose day of capture is known"
