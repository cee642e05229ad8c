"""The addresses of the pages about the handover."""

from django.urls import path

from repatria.web.handover import (
    closing,
    exports,
    freezing,
    gate,
    line,
    offline,
    printing,
    protocol,
    receipts,
    views,
)

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
    path(f"{_PERSON}crossing/check/", gate.check_page, name="crossing-check"),
    path(f"{_PERSON}crossing/late/", gate.late_page, name="crossing-late"),
    path(f"{_PERSON}crossing/take-back/", gate.take_back_page, name="crossing-take-back"),
    path("plans/<slug:plan_id>/freeze/", freezing.freeze_page, name="plan-freeze"),
    path(f"{_PERSON}replace/", freezing.replace_page, name="replace"),
    path(f"{_PERSON}override/", gate.override_page, name="override"),
    path(f"{_PERSON}close/", closing.close_page, name="close-line"),
    path(f"{_MANIFEST}closing/", closing.closing_page, name="closing"),
    path(f"{_MANIFEST}closing/export/", closing.closing_export, name="closing-export"),
    path(f"{_MANIFEST}protocol/", protocol.protocol_page, name="protocol"),
    path(f"{_MANIFEST}protocol/export/", protocol.protocol_export, name="protocol-export"),
    path(f"{_MANIFEST}print/", printing.manifest_print, name="manifest-print"),
    path(f"{_MANIFEST}print/<slug:party>/", printing.receipt_print, name="receipt-print"),
    path("persons/<slug:person_id>/print/<slug:form>/", printing.sheet_print, name="person-print"),
    path("line-worker.js", offline.worker, name="line-worker"),
    path("line-waiting/", offline.waiting, name="line-waiting"),
    path("line.webmanifest", offline.app_description, name="line-app"),
    path(f"{_PERSON}examine/", line.examine_page, name="examine"),
    path(f"{_PERSON}consent/", line.consent_page, name="consent"),
    path(f"{_MANIFEST}receipt/", receipts.receipt_page, name="receipt"),
]
