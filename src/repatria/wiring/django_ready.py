"""How is Django made ready in a process that is not a web server?

Late and once: the command line's help must answer without it.
"""

import os
from pathlib import Path

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


def write_empty_database(path: Path) -> Path:
    """An embedded database file with all tables and no rows, to be copied.

    To make the tables anew takes a second each time.
    """
    ready()
    from django.db import connections  # noqa: PLC0415 -- as above

    from repatria.store.database import define, forget, opened, sqlite_settings  # noqa: PLC0415

    alias = f"empty:{path}"
    define(alias, sqlite_settings(path))
    with opened(alias):
        migrate_database(alias)
        with connections[alias].cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    forget(alias)
    return path
