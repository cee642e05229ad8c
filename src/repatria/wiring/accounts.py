"""How does somebody get an account, and a role to go with it?

The password is Django's matter; the role is a statement in the log, so that who
could do what, and since when, can be looked up later.
"""

from repatria.operations.access import grant_access
from repatria.terms import ActorId, PartyCode, Role
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
) -> None:
    """Open an account; for a known name this changes the password and the role.

    Args:
        party: whose desk; None for a monitor, a family, an outsider.
        title: how the account's owner is called on pages.

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
        account.set_password(password)
        account.save()
        grant_access(
            installation.desk(FOUNDER, Role.REGISTRAR, clock=clock),
            account=ActorId(name),
            role=role,
            party=party,
            title=title,
        )
