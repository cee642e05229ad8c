"""Whose is a token of a program?

Like `accounts`, a query without a viewer: it is how a viewer is made.
"""

from hashlib import sha256

from repatria.store import models


def account_of_token(token: str) -> str | None:
    """The account a token reads as; None when it is not known. The token itself is not kept."""
    digest = sha256(token.encode()).hexdigest()
    row = models.ApiToken.objects.filter(digest=digest).first()
    return row.account if row is not None else None
