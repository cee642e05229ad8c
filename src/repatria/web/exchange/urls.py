"""The addresses of the pages about terms and plans."""

from django.urls import path

from repatria.web.exchange import editor, exports, views

urlpatterns = [
    path("terms/", views.terms_page, name="terms"),
    path("terms/edit/", editor.edit_terms_page, name="terms-edit"),
    path("terms/<path:terms_id>/accept/", views.accept_terms_page, name="terms-accept"),
    path("plans/", views.plans_page, name="plans"),
    path("plans/<slug:plan_id>/", views.plan_page, name="plan"),
    path("plans/<slug:plan_id>/export/", exports.plan_export, name="plan-export"),
    path("plans/<slug:plan_id>/accept/", views.accept_plan_page, name="plan-accept"),
]
