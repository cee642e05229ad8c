"""The addresses of the pages about terms and plans."""

from django.urls import path

from repatria.web.exchange import editor, exports, proofs, questions, schedules, views

urlpatterns = [
    path("terms/", views.terms_page, name="terms"),
    path("terms/edit/", editor.edit_terms_page, name="terms-edit"),
    path("terms/<path:terms_id>/accept/", views.accept_terms_page, name="terms-accept"),
    path("terms/<path:terms_id>/plan/", proofs.make_plan_page, name="terms-plan"),
    path("plans/", views.plans_page, name="plans"),
    path("plans/compare/", questions.compare_page, name="plans-compare"),
    path("plans/<slug:plan_id>/", views.plan_page, name="plan"),
    path("plans/<slug:plan_id>/export/", exports.plan_export, name="plan-export"),
    path("plans/<slug:plan_id>/accept/", views.accept_plan_page, name="plan-accept"),
    path("plans/<slug:plan_id>/check/", proofs.check_page, name="plan-check"),
    path("plans/<slug:plan_id>/disputed/", questions.disputed_page, name="plan-disputed"),
    path("plans/<slug:plan_id>/schedule/", schedules.schedule_page, name="plan-schedule"),
    path(
        "plans/<slug:plan_id>/schedule/<slug:schedule_id>/accept/",
        schedules.accept_schedule_page,
        name="schedule-accept",
    ),
    path("plans/<slug:plan_id>/why/<slug:person>/", questions.why_page, name="plan-why"),
]
