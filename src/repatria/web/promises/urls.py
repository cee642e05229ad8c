"""The addresses of the promises."""

from django.urls import path

from repatria.web.promises import views

urlpatterns = [
    path("promises/", views.all_promises, name="promises"),
    path("promises/record/", views.record, name="promise-record"),
    path("promises/<slug:token>/", views.one, name="promise"),
    path("promises/<slug:token>/sign/", views.sign, name="promise-sign"),
    path("promises/<slug:token>/tell/", views.tell, name="promise-tell"),
]
