"""The addresses of checks of health and decisions of commissions."""

from django.urls import path

from repatria.web.health import acts, views

urlpatterns = [
    path("health/", views.all_of_them, name="health"),
    path("health/export/", views.export, name="health-export"),
    path("persons/<slug:token>/health/", views.one, name="person-health"),
    path("persons/<slug:token>/health/check/", acts.check, name="health-check"),
    path("persons/<slug:token>/health/commission/", acts.commission, name="commission"),
]
