"""What of an erased statement is still somewhere?"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Residue:
    """Something that is still there.

    Attributes:
        code: stable; explained in `docs/objections.md`.
        where: a file or a setting; never what it holds.
    """

    code: str
    where: str
