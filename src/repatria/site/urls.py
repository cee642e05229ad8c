"""Where each address leads."""

from importlib.util import find_spec

from django.urls import include, path

_ROOMS = ("web", "web.exchange", "web.handover", "web.record")

urlpatterns = [
    path("", include(f"repatria.{room}.urls"))
    for room in _ROOMS
    if find_spec(f"repatria.{room}") and find_spec(f"repatria.{room}.urls")
]
if find_spec("repatria.api") and find_spec("repatria.api.urls"):
    urlpatterns.append(path("api/", include("repatria.api.urls")))
