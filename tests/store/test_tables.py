"""Do the migrations make the tables that the program reads and writes?"""

from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState


def test_no_model_says_what_no_migration_makes():
    """As `makemigrations --check`, which would look at whatever database was open last."""
    loader = MigrationLoader(None)
    written, meant = loader.project_state(), ProjectState.from_apps(apps)

    assert not MigrationAutodetector(written, meant).changes(graph=loader.graph)


def test_every_table_is_one_that_the_package_of_models_gives():
    from repatria.store import models

    named = {each.__name__ for each in apps.get_app_config("store").get_models()}

    assert named == {name for name in models.__all__ if name != "Seen"}
