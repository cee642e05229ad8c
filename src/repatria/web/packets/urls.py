"""The addresses of packets."""

from django.urls import path

from repatria.web.packets import acts, views

urlpatterns = [
    path("packets/", views.all_of_them, name="packets"),
    path("packets/export/", views.export, name="packets-export"),
    path("packets/<slug:token>/", views.one, name="packet"),
    path("packets/<slug:token>/pass/", acts.pass_on, name="packet-pass"),
    path("packets/<slug:token>/open/", acts.open_anew, name="packet-open"),
    path("persons/<slug:token>/packet/", acts.seal, name="packet-seal"),
]
