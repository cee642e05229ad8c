"""Which database does this installation use, and how is it opened?

One process normally serves one installation. A command that handles several
(the demo, a test) opens each under an alias of its own; the router sends every
query to the one that is open in this context.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from django.db import connections

_open: ContextVar[str] = ContextVar("repatria_database", default="default")

# WAL and synchronous=FULL: an acknowledged act survives power loss.
# recursive_triggers: without it INSERT OR REPLACE deletes rows unseen by triggers.
# secure_delete: what was erased leaves no trace in the file.
SQLITE_START = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;"
    "PRAGMA recursive_triggers=ON;PRAGMA secure_delete=ON;"
    "PRAGMA cache_size=-32000;"
)


def sqlite_settings(path: Path) -> dict[str, Any]:
    """Django database settings for an embedded database file."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "init_command": SQLITE_START,
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
        },
    }


def postgres_settings(address: dict[str, str]) -> dict[str, Any]:
    """Django database settings for a PostgreSQL server.

    Args:
        address: NAME, USER, PASSWORD, HOST, PORT; HOST may be a socket folder.
    """
    return {"ENGINE": "django.db.backends.postgresql", **address}


def define(alias: str, settings: dict[str, Any]) -> None:
    """Make a database known under an alias; again with other settings replaces it."""
    complete = {
        "ATOMIC_REQUESTS": False,
        "AUTOCOMMIT": True,
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": False,
        "TIME_ZONE": None,
        "USER": "",
        "PASSWORD": "",
        "HOST": "",
        "PORT": "",
        "TEST": {"CHARSET": None, "COLLATION": None, "MIGRATE": True, "MIRROR": None, "NAME": None},
        "OPTIONS": {},
        **settings,
    }
    if alias in connections.databases:
        connections[alias].close()
        del connections[alias]
    connections.databases[alias] = complete


def forget(alias: str) -> None:
    """Close a database and let this process know it no more."""
    if alias in connections.databases:
        connections[alias].close()
        del connections[alias]
        del connections.databases[alias]


def current() -> str:
    """The alias that is open in this context."""
    return _open.get()


@contextmanager
def opened(alias: str) -> Iterator[None]:
    """Send every query of this context to one database."""
    token = _open.set(alias)
    try:
        yield
    finally:
        _open.reset(token)


class OpenInstallationRouter:
    """Sends reads, writes and migrations to the database that is open."""

    def db_for_read(self, model: type, **hints: Any) -> str:  # noqa: ARG002 -- Django's signature
        """Return the open alias."""
        return current()

    def db_for_write(self, model: type, **hints: Any) -> str:  # noqa: ARG002 -- Django's signature
        """Return the open alias."""
        return current()
