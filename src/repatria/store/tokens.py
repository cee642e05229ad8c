"""Which tokens may programs read with?

Not part of what was said: a token is a key, and only its hash is kept. It can
be made and taken back without a statement, because it lets nobody say anything.
"""

from datetime import datetime
from hashlib import sha256

from repatria.store import models


def keep_token(token: str, *, account: str, at: datetime) -> None:
    """Let a token read as an account from now on."""
    digest = sha256(token.encode()).hexdigest()
    models.ApiToken.objects.update_or_create(
        digest=digest, defaults={"account": account, "made_at": at}
    )


def drop_tokens(account: str) -> int:
    """How many tokens of an account were taken back."""
    dropped, _ = models.ApiToken.objects.filter(account=account).delete()
    return dropped
