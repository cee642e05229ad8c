"""Which numbers may a unit give, and are two units' tags one person's?

A unit gets a block of numbers while it is connected and gives them while it is not. A
number has a check character, so that a slip of the pen is noticed. No two blocks overlap,
so tags of two units never clash; one that does was not given from its block.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from repatria.ledger.kinds.block_issued import BlockIssued

_CHECK = "23456789ACDEFGHJKMNPQRTUVWXYZ"  # 29 characters, a prime: see `tag_number`


@dataclass(frozen=True, slots=True, kw_only=True)
class TagFault:
    """Why a number cannot be taken in: `malformed`, `not_in_block` or `given_twice`."""

    number: str
    why: str


def tag_number(serial: int) -> str:
    """The number on a tag: at least five digits and a check character.

    The check finds every single wrong digit and every exchange of two neighbours (weighted
    sum modulo 29; weights from 2).
    """
    digits = f"{serial:05d}"
    return f"{digits}-{_check(digits)}"


def serial_of(number: str) -> int | None:
    """The serial number in what was typed; None where the check does not agree."""
    digits, dash, check = number.strip().upper().partition("-")
    if not dash or not digits.isascii() or not digits.isdigit() or len(digits) < 5:
        return None
    return int(digits) if _check(digits) == check else None


def _check(digits: str) -> str:
    total = sum(int(digit) * weight for weight, digit in enumerate(reversed(digits), start=2))
    return _CHECK[-total % len(_CHECK)]


def numbers_of(block: BlockIssued) -> tuple[str, ...]:
    """All numbers of a block, to be printed on its tags."""
    return tuple(tag_number(serial) for serial in range(block.first, block.first + block.count))


def next_free(blocks: Iterable[BlockIssued]) -> int:
    """The first serial number after all blocks."""
    return max((block.first + block.count for block in blocks), default=1)


def faults_in(
    numbers: Iterable[str], block: BlockIssued, given: Iterable[str]
) -> tuple[TagFault, ...]:
    """Why some of these numbers cannot be taken in as given from this block."""
    found, seen = [], set(given)
    for number in numbers:
        serial = serial_of(number)
        if serial is None:
            found.append(TagFault(number=number, why="malformed"))
        elif not block.first <= serial < block.first + block.count:
            found.append(TagFault(number=number, why="not_in_block"))
        elif number in seen:
            found.append(TagFault(number=number, why="given_twice"))
        seen.add(number)
    return tuple(found)
