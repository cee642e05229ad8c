"""The Django app that owns all tables."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """Registers the tables of the store."""

    name = "repatria.store"
    label = "store"
    default_auto_field = "django.db.models.BigAutoField"
