"""How is Django made ready in a process that is not a web server?

Late and once: the command line's help must answer without it.
"""

import os

from repatria.wiring.memory import look_for_cycles_rarely


def ready() -> None:
    """Set Django up, once."""
    import django  # noqa: PLC0415 -- a second of import that help does not need
    from django.apps import apps  # noqa: PLC0415 -- same

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "repatria.site.settings")
    if not apps.ready:
        look_for_cycles_rarely()
        django.setup()


def migrate_database(alias: str) -> None:
    """Bring a database's tables up to date."""
    from django.core.management import call_command  # noqa: PLC0415 -- as above

    call_command("migrate", database=alias, verbosity=0, interactive=False)
