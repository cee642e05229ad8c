"""What does the environment say?

REPATRIA_HOME names the installation's folder; everything else that differs
between installations is in `installation.json` there. Without it (the command
line's help, a type check) an empty database in memory stands in.
"""

import json
import os
import secrets
from pathlib import Path
from typing import Any

from repatria.store.database import postgres_settings, sqlite_settings

HOME = "REPATRIA_HOME"


def home() -> Path | None:
    """The installation's folder, when one is named."""
    named = os.environ.get(HOME)
    return Path(named) if named else None


def secret_key() -> str:
    """The secret of sessions and forms: the installation's own, else one for this process."""
    folder = home()
    if folder is not None and (folder / "secret").exists():
        return (folder / "secret").read_text("ascii").strip()
    return secrets.token_urlsafe(48)


def debug_pages() -> bool:
    """Whether Django's debugging pages are shown; they hold data, so only on request."""
    return os.environ.get("REPATRIA_DEBUG") == "1"


def upload_folder() -> str | None:
    """Where files that are being uploaded lie meanwhile; None: the machine's own place."""
    folder = home()
    return str(folder / "inbox") if folder is not None and (folder / "inbox").is_dir() else None


def default_database() -> dict[str, Any]:
    """The database settings of the installation's folder."""
    folder = home()
    if folder is None or not (folder / "installation.json").exists():
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}
    return database_of(folder)


def database_of(folder: Path) -> dict[str, Any]:
    """The database settings written in a folder's `installation.json`."""
    written = json.loads((folder / "installation.json").read_text("utf-8"))
    address = written.get("postgresql")
    if address:
        return postgres_settings(address)
    return sqlite_settings(folder / "ledger.sqlite3")
