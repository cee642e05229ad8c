"""The addresses of the pages about the handover."""

from django.urls import path

from repatria.web.handover import exports, line, receipts, views

_MANIFEST = "manifests/<slug:manifest_id>/"
_PERSON = f"{_MANIFEST}persons/<slug:person_id>/"

urlpatterns = [
    path("manifests/", views.manifests_page, name="manifests"),
    path(_MANIFEST, views.manifest_page, name="manifest"),
    path(f"{_MANIFEST}export/", exports.manifest_export, name="manifest-export"),
    path(f"{_MANIFEST}sign/", views.sign_page, name="manifest-sign"),
    path(
        f"{_MANIFEST}substitutions/<slug:substitution_id>/accept/",
        views.accept_substitution_page,
        name="substitution-accept",
    ),
    path(f"{_MANIFEST}crossing/", line.crossing_page, name="crossing"),
    path(f"{_PERSON}crossing/", line.crossing_person_page, name="crossing-person"),
    path(f"{_PERSON}crossing/record/", line.record_page, name="crossing-record"),
    path(f"{_PERSON}examine/", line.examine_page, name="examine"),
    path(f"{_PERSON}consent/", line.consent_page, name="consent"),
    path(f"{_MANIFEST}receipt/", receipts.receipt_page, name="receipt"),
]
