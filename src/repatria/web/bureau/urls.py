"""The addresses of requests, remains and the check of a code."""

from django.urls import path

from repatria.web.bureau import asking, containers, remains, tracing

urlpatterns = [
    path("tracing/", tracing.requests, name="tracing"),
    path("tracing/export/", tracing.export, name="tracing-export"),
    path("tracing/unlisted/", tracing.unlisted, name="tracing-unlisted"),
    path("tracing/unlisted/export/", tracing.unlisted_export, name="tracing-unlisted-export"),
    path("tracing/new/", asking.write_down, name="tracing-new"),
    path("family/ask/", asking.ask, name="family-ask"),
    path("tracing/<slug:token>/notify/", asking.notify, name="tracing-notify"),
    path("tracing/<slug:token>/", tracing.one, name="tracing-one"),
    path("remains/", remains.containers, name="remains"),
    path("remains/export/", remains.export, name="remains-export"),
    path("remains/record/", containers.record, name="remains-record"),
    path("remains/<slug:token>/", containers.one, name="remains-one"),
    path("notice/", tracing.check_notice, name="notice"),
]
