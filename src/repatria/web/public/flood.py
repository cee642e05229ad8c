"""How is the public form kept from drowning, without knowing who writes?

Counted in the memory of the process, in buckets that many readers share: an
address is turned by a key nobody keeps into one of 256 numbers, and only the
number is counted, for one hour. No address can be had back from a bucket. Above
that, the whole installation takes in only so many an hour.
"""

import secrets
from hashlib import blake2b

from django.core.cache import cache
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner

HOUR = 60 * 60
PER_BUCKET, IN_ALL = 6, 120
LEAST_SECONDS, MOST_SECONDS = 3, 12 * HOUR
_KEY = secrets.token_bytes(16)  # of this process; gone with it
_SALT = "public-form"


def bucket_of(address: str) -> int:
    """One of 256 numbers; a neighbour in the same network gets the same."""
    near = address.rpartition(".")[0] if "." in address else ":".join(address.split(":")[:3])
    return blake2b(near.encode("utf-8", "replace"), key=_KEY, digest_size=1).digest()[0]


def too_many(address: str) -> bool:
    """Whether this hour has had enough, counting this one."""
    return _count(f"form-bucket-{bucket_of(address)}") > PER_BUCKET or _count("form-all") > IN_ALL


def _count(key: str) -> int:
    if cache.add(key, 1, HOUR):
        return 1
    try:
        return int(cache.incr(key))
    except ValueError:  # its hour ended in between
        return 1


def form_token() -> str:
    """When the form was given out, signed; it says nothing about to whom."""
    return TimestampSigner(salt=_SALT).sign("form")


def filled_in_time(token: str) -> bool:
    """Whether a form was given out by us, a while ago but not too long ago."""
    signer = TimestampSigner(salt=_SALT)
    try:
        signer.unsign(token, max_age=MOST_SECONDS)
    except (BadSignature, SignatureExpired):
        return False
    try:
        signer.unsign(token, max_age=LEAST_SECONDS)
    except SignatureExpired:
        return True
    return False
