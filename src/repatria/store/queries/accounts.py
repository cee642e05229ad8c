"""Which role was an account given?

The one query without a viewer: it is how a viewer is made.
"""

from repatria.store import models


def account_named(account: str) -> models.AccountRow | None:
    """The account's row; None when it was never granted anything."""
    return models.AccountRow.objects.filter(subject=f"account:{account}").first()
