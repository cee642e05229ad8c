"""The addresses of the public pages and the family page."""

from django.urls import path

from repatria.web.record import bulletins, exports, family, views

urlpatterns = [
    path("claims/", views.claims_page, name="claims"),
    path("claims/export/", exports.claims_export, name="claims-export"),
    path("claims/register/", views.register_page, name="claims-register"),
    path("claims/<path:claim_id>/", views.claim_page, name="claim"),
    path("contradictions/", views.contradictions_page, name="contradictions"),
    path("contradictions/export/", exports.contradictions_export, name="contradictions-export"),
    path("bulletins/", bulletins.bulletins_page, name="bulletins"),
    path("bulletins/<slug:bulletin_id>/", bulletins.bulletin_page, name="bulletin"),
    path(
        "bulletins/<slug:bulletin_id>/<slug:language>.html",
        bulletins.bulletin_file,
        name="bulletin-file",
    ),
    path("family/", family.family_page, name="family"),
]
