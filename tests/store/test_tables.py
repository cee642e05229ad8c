"""Do the migrations make the tables that the program reads and writes?"""

from django.apps import apps
from django.core.management import call_command


def test_no_model_says_what_no_migration_makes():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_every_table_is_one_that_the_package_of_models_gives():
    from repatria.store import models

    named = {each.__name__ for each in apps.get_app_config("store").get_models()}

    assert named == {name for name in models.__all__ if name != "Seen"}
