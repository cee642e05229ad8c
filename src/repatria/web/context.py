"""What every page needs: the viewer and the installation's name."""

from typing import Any

from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, Any]:
    """Values for every template."""
    return {"viewer": getattr(request, "viewer", None)}
