"""The Django app of the pages."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Registers templates and template tags."""

    name = "repatria.web"
    label = "web"
