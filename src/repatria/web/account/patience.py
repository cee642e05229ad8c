"""How often may somebody try a password before he has to wait?

Counted by account, in the memory of the process: somebody who guesses is made
slow, and the owner of the account is let in again after a quarter of an hour.
"""

import unicodedata
from hashlib import sha256

from django.core.cache import cache

TRIES = 8
WAIT_SECONDS = 15 * 60


def must_wait(account: str) -> bool:
    """Whether too many wrong passwords were tried lately."""
    return int(cache.get(_key(account), 0)) >= TRIES


def note_wrong(account: str) -> None:
    """Count a wrong password; the quarter of an hour begins with the first."""
    if not cache.add(_key(account), 1, WAIT_SECONDS):
        cache.incr(_key(account))


def forget_wrong(account: str) -> None:
    """Begin to count anew, after the right password."""
    cache.delete(_key(account))


def _key(account: str) -> str:
    # As the form reads it: another spelling of the same account gives no further tries.
    name = unicodedata.normalize("NFKC", account.strip()).casefold()
    return f"wrong-password-{sha256(name.encode('utf-8', 'replace')).hexdigest()}"
