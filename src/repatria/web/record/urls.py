"""The addresses of the public pages and the family page."""

from django.urls import path

from repatria.web.record import (
    article,
    bulletins,
    entering,
    exports,
    family,
    findings,
    putting_out,
    views,
)

urlpatterns = [
    path("claims/", views.claims_page, name="claims"),
    path("claims/export/", exports.claims_export, name="claims-export"),
    path("claims/register/", views.register_page, name="claims-register"),
    path("claims/<path:claim_id>/", views.claim_page, name="claim"),
    # Not under claims/: an id may hold anything.
    path("claim-entry/", entering.new_claim, name="claim-new"),
    path("claim-entry/newer/<path:claim_id>/", entering.newer_claim, name="claim-newer"),
    path("claim-entry/right/<path:claim_id>/", entering.put_right, name="claim-right"),
    path("article/", article.article, name="article"),
    path("article/record/", article.record_figure, name="article-record"),
    path("contradictions/", findings.contradictions_page, name="contradictions"),
    path("contradictions/export/", findings.export, name="contradictions-export"),
    path("contradictions/set-aside/", findings.set_aside, name="finding-set-aside"),
    path("contradictions/take-up/", findings.take_up, name="finding-take-up"),
    path("bulletins/", bulletins.bulletins_page, name="bulletins"),
    path("bulletins/<slug:bulletin_id>/", bulletins.bulletin_page, name="bulletin"),
    path(
        "bulletins/<slug:bulletin_id>/<slug:language>.html",
        bulletins.bulletin_file,
        name="bulletin-file",
    ),
    path("bulletin-entry/", putting_out.choose_manifest, name="bulletin-choose"),
    path("bulletin-entry/<slug:manifest_id>/", putting_out.put_out, name="bulletin-new"),
    path("bulletin-entry/<slug:manifest_id>/hold/", putting_out.hold, name="bulletin-hold"),
    path("family/", family.family_page, name="family"),
]
