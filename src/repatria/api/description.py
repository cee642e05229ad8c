"""What can be asked? The description of the routes, for programs and for people."""

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from repatria.api.routes import api
from repatria.terms import Viewer


def _described() -> dict[str, Any]:
    return dict(api.get_openapi_schema(path_prefix="/api/"))


@require_safe
def openapi(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 -- Django's signature
    """The description as OpenAPI."""
    return JsonResponse(_described())


@require_safe
def docs(request: HttpRequest) -> HttpResponseBase:
    """The description as a page, for those who sit at a desk."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.path)
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    if not viewer.at_a_desk:
        raise Http404
    routes = [
        {
            "path": path,
            "what": operation.get("description") or operation["summary"],
            "parameters": [p["name"] for p in operation.get("parameters", ())],
        }
        for path, methods in _described()["paths"].items()
        for operation in methods.values()
    ]
    return render(request, "api/docs.html", {"routes": routes})
