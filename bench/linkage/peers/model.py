"""What is every engine told?"""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How lists are to be compared.

    Attributes:
        with_birth: birth dates may be used; else the rows have none.
        romanised: `icu` or `ours`, for engines that need Latin letters.
        training: case directories to learn from; never the one that is measured.
        kept: where what was learned is kept between runs.
    """

    with_birth: bool
    romanised: str = "icu"
    training: tuple[Path, ...] = ()
    kept: Path | None = None
