"""The addresses of the pages about rounds."""

from django.urls import path

from repatria.web.rounds import acts, exports, views

urlpatterns = [
    path("rounds/", views.all_rounds, name="rounds"),
    path("rounds/export/", exports.rounds_export, name="rounds-export"),
    path("rounds/open/", acts.open_page, name="round-open"),
    path("rounds/ways/", views.private_page, name="rounds-private"),
    path("rounds/<slug:token>/", views.one_round, name="round"),
    path("rounds/<slug:token>/export/", exports.round_export, name="round-export"),
    path("rounds/<slug:token>/commit/", acts.commit_page, name="round-commit"),
    path("rounds/<slug:token>/confirm/", acts.confirm_page, name="round-confirm"),
    path("rounds/<slug:token>/reveal/", acts.reveal_page, name="round-reveal"),
]
