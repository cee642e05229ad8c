"""How do two birth dates agree?"""

from functools import lru_cache

KINDS = ("equal", "swapped", "near", "year", "unknown", "other")


@lru_cache(maxsize=1_000_000)
def agreement(one: str, other: str) -> str:
    """One of KINDS; near is a day, a month or a year apart with the rest equal."""
    if not one or not other:
        return "unknown"
    first, second = one.split("-"), other.split("-")
    if len(first) < len(second) or len(second) < len(first):
        return "year" if first[0] == second[0] else "other"
    if first == second:
        return "equal" if len(first) == 3 else "year"
    if len(first) == 1:
        return "other"
    if first[0] == second[0] and first[1:] == second[:0:-1]:
        return "swapped"
    apart = [abs(int(a) - int(b)) for a, b in zip(first, second, strict=True)]
    if sum(apart) == 1:
        return "near"
    return "year" if first[0] == second[0] else "other"
