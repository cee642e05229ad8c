"""Where each address leads."""

from django.urls import include, path

urlpatterns = [
    path("", include("repatria.web.register.urls")),
    path("", include("repatria.web.urls")),
    path("", include("repatria.web.jobs.urls")),
    path("", include("repatria.web.bureau.urls")),
    path("", include("repatria.web.owed.urls")),
    path("", include("repatria.web.packets.urls")),
    path("", include("repatria.web.health.urls")),
    path("", include("repatria.web.documents.urls")),
    path("", include("repatria.web.exchange.urls")),
    path("", include("repatria.web.handover.urls")),
    path("", include("repatria.web.record.urls")),
    path("", include("repatria.web.promises.urls")),
    path("", include("repatria.web.replies.urls")),
    path("public/", include("repatria.web.public.urls")),
    path("", include("repatria.web.rounds.urls")),
    path("", include("repatria.web.packages.urls")),
    path("api/", include("repatria.api.urls")),
]
