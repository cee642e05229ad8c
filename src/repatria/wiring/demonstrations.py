"""What may cost less where every key is closed with a passphrase that everybody knows?

A demonstration's passphrase and passwords are printed by the program itself: no cost of
trying them protects anything. So it pays the least, its key files say so in the cost that
is bound to the keys, and each of its folders says so in words. To change the passphrase
brings the usual cost; no other folder is ever made so.
"""

from functools import cache
from pathlib import Path

from repatria.wiring.keyfile import Cost

COST = Cost(memory_kib=8, iterations=1, lanes=1)
"""Of trying a passphrase that is no secret."""

MARK_FILE = "DEMONSTRATION.txt"
_WORDS = (
    "Made by `repatria demo`, of made-up persons.\n"
    "Its keys are closed with a passphrase that the program prints: they protect nothing.\n"
    "Never enter anybody real here.\n"
)


def mark(folder: Path) -> None:
    """Write into a folder that it is a demonstration's; a missing one is made."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK_FILE).write_text(_WORDS, "utf-8")


def is_demonstration(folder: Path) -> bool:
    """Whether a folder says that it is a demonstration's."""
    return (folder / MARK_FILE).exists()


@cache
def kept_once(password: str) -> str:
    """A password as accounts keep it, the same for all of them: it is no secret."""
    from django.contrib.auth.hashers import make_password  # noqa: PLC0415 -- needs Django set up

    return make_password(password)
