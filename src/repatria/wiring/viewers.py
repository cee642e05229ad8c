"""Which viewer is an account, and at which desk does it sit?"""

from repatria.store.queries.accounts import account_named
from repatria.terms import ActorId, PartyCode, Role, Viewer
from repatria.terms.parties import ANONYMOUS


def viewer_of_account(account: str | None) -> Viewer:
    """The viewer an account is; somebody without a granted role is an outsider."""
    if account is None:
        return ANONYMOUS
    row = account_named(account)
    if row is None:
        return Viewer(actor=ActorId(account), role=Role.OUTSIDER)
    return Viewer(
        actor=ActorId(account),
        role=Role(row.role),
        party=PartyCode(row.party) if row.party else None,
    )
