"""The addresses of the queue of replies."""

from django.urls import path

from repatria.web.replies import views

urlpatterns = [
    path("replies/", views.queue, name="replies"),
    path("replies/<slug:token>/", views.one, name="reply"),
    path("replies/<slug:token>/contact/", views.contact, name="reply-contact"),
    path("replies/<slug:token>/decide/", views.decide, name="reply-decide"),
    path("replies/<slug:token>/tip/", views.tip, name="reply-tip"),
]
