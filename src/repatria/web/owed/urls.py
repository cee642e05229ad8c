"""The addresses of those kept back, and of those held again."""

from django.urls import path

from repatria.web.owed import views

urlpatterns = [
    path("retained/", views.retained, name="retained"),
    path("retained/export/", views.retained_export, name="retained-export"),
    path("held-again/", views.held_again, name="held-again"),
    path("held-again/export/", views.held_again_export, name="held-again-export"),
]
