"""How does somebody get an account, and a role to go with it?

The password is Django's matter; the role is a statement in the log, so that who
could do what, and since when, can be looked up later.
"""

import secrets
from collections.abc import Callable

from repatria.operations.access import grant_access
from repatria.terms import ActorId, NotVisible, PartyCode, Role
from repatria.wiring.installation import Clock, Installation, now

FOUNDER = "founder"


class WeakPasswordError(Exception):
    """The password is too easy to guess. Its message says why."""


def open_account(
    installation: Installation,
    name: str,
    password: str,
    role: Role,
    party: PartyCode | None,
    title: str = "",
    *,
    clock: Clock = now,
    keep: Callable[[str], str] | None = None,
) -> None:
    """Open an account; for a known name this changes the password and the role.

    Args:
        party: whose desk; None for a monitor, a family, an outsider.
        title: how the account's owner is called on pages.
        keep: makes of the password what is kept of it; salted and slow by default.

    Raises:
        WeakPasswordError: nothing was opened then.
    """
    with installation.open():
        # Django's own tables can be imported only once Django is set up.
        from django.contrib.auth.models import User  # noqa: PLC0415 -- as said above
        from django.contrib.auth.password_validation import (  # noqa: PLC0415 -- as said above
            validate_password,
        )
        from django.core.exceptions import ValidationError  # noqa: PLC0415 -- as said above

        try:
            validate_password(password)
        except ValidationError as weak:
            raise WeakPasswordError(" ".join(weak.messages)) from None
        account, _ = User.objects.get_or_create(username=name)
        if keep is None:
            account.set_password(password)
        else:
            account.password = keep(password)
        account.save()
        grant_access(
            installation.desk(FOUNDER, Role.REGISTRAR, clock=clock),
            account=ActorId(name),
            role=role,
            party=party,
            title=title,
        )


def make_token(installation: Installation, name: str) -> str:
    """A new token with which a program reads as an account; only its hash is kept.

    Raises:
        NotVisible: there is no such account.
    """
    with installation.open():
        # The store can be imported only once Django is set up.
        from repatria.store.queries.accounts import account_named  # noqa: PLC0415 -- as said above
        from repatria.store.tokens import keep_token  # noqa: PLC0415 -- as said above

        if account_named(name) is None:
            raise NotVisible
        token = secrets.token_urlsafe(32)
        keep_token(token, account=name, at=now())
    return token
