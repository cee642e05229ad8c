"""The addresses of the pages that add to a person's record."""

from django.urls import path

from repatria.web.register import tags, views

urlpatterns = [
    path("persons/tags/", tags.tags_page, name="tags"),
    path("persons/tags/<slug:token>/numbers/", tags.numbers_file, name="tag-numbers"),
    path("persons/<slug:token>/describe/", views.describe_page, name="person-describe"),
    path("persons/<slug:token>/whereabouts/", views.whereabouts_page, name="person-whereabouts"),
    path("persons/<slug:token>/visit/", views.visit_page, name="person-visit"),
    path("persons/<slug:token>/duty/", views.duty_page, name="person-duty"),
    path("persons/<slug:token>/number/", views.join_page, name="person-number"),
]
