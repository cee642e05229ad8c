"""The addresses of requests, remains and the check of a code."""

from django.urls import path

from repatria.web.bureau import remains, tracing

urlpatterns = [
    path("tracing/", tracing.requests, name="tracing"),
    path("tracing/export/", tracing.export, name="tracing-export"),
    path("tracing/unlisted/", tracing.unlisted, name="tracing-unlisted"),
    path("tracing/unlisted/export/", tracing.unlisted_export, name="tracing-unlisted-export"),
    path("tracing/<slug:token>/", tracing.one, name="tracing-one"),
    path("remains/", remains.containers, name="remains"),
    path("remains/export/", remains.export, name="remains-export"),
    path("notice/", tracing.check_notice, name="notice"),
]
