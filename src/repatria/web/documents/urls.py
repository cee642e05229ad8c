"""The addresses of the pages about what parties sign together."""

from django.urls import path

from repatria.web.documents import views

urlpatterns = [
    path("documents/", views.all_documents, name="documents"),
    path("documents/export/", views.export, name="documents-export"),
    path("documents/<slug:digest>/", views.one_document, name="document"),
    path("documents/<slug:digest>/file/", views.envelope_file, name="document-file"),
]
