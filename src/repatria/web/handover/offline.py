"""What a browser keeps so that the page at the line outlives a restart of the program.

A worker that keeps letters and colours, never a page about a person; and the
description by which a browser installs the page.
"""

from django.contrib.staticfiles import finders
from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from repatria.web.access import Request


@require_safe
def worker(_request: Request) -> HttpResponseBase:
    """The script of the worker, served from the root so that it may answer for every page.

    Raises:
        Http404: the script is missing from the program.
    """
    path = finders.find("line-worker.js")
    if path is None:
        raise Http404
    with open(path, encoding="utf-8") as file:  # noqa: PTH123 -- finders give a text
        script = file.read()
    return HttpResponse(script, content_type="text/javascript; charset=utf-8")


@require_safe
def waiting(request: Request) -> HttpResponseBase:
    """What is shown while the program does not answer; it names nobody."""
    return render(request, "handover/waiting.html")


@require_safe
def app_description(_request: Request) -> HttpResponseBase:
    """The description by which a browser installs the pages on this machine."""
    return JsonResponse(
        {
            "name": "Repatria",
            "short_name": "Repatria",
            "description": _("The handover, on this machine, without a network."),
            "start_url": reverse("manifests"),
            "scope": "/",
            "display": "standalone",
            "background_color": "#f5f7f9",
            "theme_color": "#17405c",
            "icons": [{"src": static("icon.svg"), "sizes": "any", "type": "image/svg+xml"}],
        },
        content_type="application/manifest+json",
    )
