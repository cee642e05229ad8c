"""Who is asking? A program says it with a token, and reads as the token's account."""

from django.http import HttpRequest
from ninja.security import HttpBearer

from repatria.store.queries.tokens import account_of_token
from repatria.terms import Viewer
from repatria.wiring.viewers import viewer_of_account


class TokenOfAccount(HttpBearer):
    """`Authorization: Bearer <token>`."""

    def authenticate(self, request: HttpRequest, token: str) -> Viewer | None:  # noqa: ARG002 -- ninja's signature
        """The viewer whose account the token reads as; None refuses with 401."""
        account = account_of_token(token)
        return viewer_of_account(account) if account is not None else None


class TokenRequest(HttpRequest):
    """A request whose token was checked."""

    auth: Viewer
