"""The addresses for programs."""

from django.urls import include, path

from repatria.api.description import docs, openapi
from repatria.api.routes import api

# The routes alone, without ninja's own name space: a name means one address everywhere.
urlpatterns = [
    path("docs", docs, name="api-docs"),
    path("openapi.json", openapi, name="api-openapi"),
    path("", include(api.urls[0])),
]
