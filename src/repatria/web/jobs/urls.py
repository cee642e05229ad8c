"""The addresses of the pages about long work."""

from django.urls import path

from repatria.web.jobs import views

urlpatterns = [
    path("jobs/", views.all_jobs, name="jobs"),
    path("jobs/<slug:token>/", views.one, name="job"),
    path("jobs/<slug:token>/stop/", views.stop_one, name="job-stop"),
]
