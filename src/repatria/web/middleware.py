"""Who is looking? Every request carries a viewer; queries take nothing else."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from repatria.wiring.viewers import viewer_of_account


class ViewerMiddleware:
    """Puts `request.viewer` on every request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The response; pages that show anything not public are never stored."""
        user = request.user
        account = user.get_username() if user.is_authenticated else None
        request.viewer = viewer_of_account(account)  # type: ignore[attr-defined]
        response = self.get_response(request)
        if account is not None:
            response.headers.setdefault("Cache-Control", "no-store")
        return response
