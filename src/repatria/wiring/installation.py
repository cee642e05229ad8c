"""What is one installation: a folder with a database, a key and a name?

installation.json   party, title, public key, database address if PostgreSQL
node.key            the signing key, readable by its owner only
secret              of sessions and forms, readable by its owner only
ledger.sqlite3      the database, unless PostgreSQL is named
outbox/ inbox/      package files
published/          bulletins as files
"""

import json
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from repatria.ledger.log import Log
from repatria.ledger.signing import SigningKey, VerifyKey
from repatria.operations.access import found_installation
from repatria.operations.desk import Desk
from repatria.store.database import define, opened
from repatria.terms import ActorId, PartyCode, Role
from repatria.wiring.django_ready import migrate_database, ready
from repatria.wiring.environment import database_of

Clock = Callable[[], datetime]


def now() -> datetime:
    """The machine's clock, in UTC."""
    return datetime.now(UTC)


class NoInstallationError(Exception):
    """The folder holds no installation. Its message names the folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """One party's installation on this machine.

    Attributes:
        folder: where it is.
        party: whose it is.
        title: as people call the party.
        public_key: of its signing key.
    """

    folder: Path
    party: PartyCode
    title: str
    public_key: VerifyKey

    @classmethod
    def create(
        cls,
        folder: Path,
        *,
        party: PartyCode,
        title: str,
        postgresql: dict[str, str] | None = None,
        tables_ready: bool = False,
        clock: Clock = now,
    ) -> "Installation":
        """Make a new installation in an empty or missing folder.

        Args:
            postgresql: address of an empty database; an embedded file when None.
            tables_ready: the database was copied from one whose tables are up to
                date and empty, so they need not be made.

        Raises:
            NoInstallationError: the folder already holds one.
        """
        if (folder / "installation.json").exists():
            msg = f"{folder} already holds an installation"
            raise NoInstallationError(msg)
        for sub in ("outbox", "inbox", "published"):
            (folder / sub).mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
        key = SigningKey(secrets.token_bytes(32))
        _write_secret(folder / "node.key", key.seed.hex())
        _write_secret(folder / "secret", secrets.token_urlsafe(48))
        written: dict[str, Any] = {
            "format": 1,
            "party": party,
            "title": title,
            "public_key": key.verify_key.text,
        }
        if postgresql:
            written["postgresql"] = postgresql
        _write_secret(folder / "installation.json", json.dumps(written, indent=1))
        made = cls.at(folder)
        with made.open():
            if not tables_ready:
                migrate_database(made.alias)
            found_installation(made.desk("founder", Role.REGISTRAR, clock=clock), title=title)
        return made

    @classmethod
    def at(cls, folder: Path) -> "Installation":
        """The installation in a folder.

        Raises:
            NoInstallationError: there is none, or its file cannot be read.
        """
        try:
            written = json.loads((folder / "installation.json").read_text("utf-8"))
            return cls(
                folder=folder,
                party=PartyCode(written["party"]),
                title=str(written["title"]),
                public_key=VerifyKey.from_text(written["public_key"]),
            )
        except FileNotFoundError:
            msg = f"{folder} holds no installation; make one with: repatria init {folder}"
            raise NoInstallationError(msg) from None
        except (ValueError, KeyError, TypeError):
            msg = f"{folder / 'installation.json'} cannot be read"
            raise NoInstallationError(msg) from None

    @property
    def alias(self) -> str:
        """The name of its database in this process."""
        return f"at:{self.folder.resolve()}"

    @property
    def is_embedded(self) -> bool:
        """Whether its database is a file in the folder."""
        return str(database_of(self.folder)["ENGINE"]).endswith("sqlite3")

    def close(self) -> None:
        """Close its database; an embedded one is then a single whole file."""
        from django.db import connections  # noqa: PLC0415 -- Django is set up by open()

        if self.alias not in connections.databases:
            return
        connection = connections[self.alias]
        if self.is_embedded and connection.connection is not None:
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()

    @contextmanager
    def open(self) -> Iterator[None]:
        """Send every query of this context to this installation's database."""
        ready()
        settings = database_of(self.folder)
        if not _is_defined(self.alias, settings):
            define(self.alias, settings)
        with opened(self.alias):
            yield

    def signing_key(self) -> SigningKey:
        """The party's signing key, read from its file."""
        return SigningKey(bytes.fromhex((self.folder / "node.key").read_text("ascii").strip()))

    def log(self, *, entropy: Callable[[int], bytes] = secrets.token_bytes) -> Log:
        """Its log; only inside `open()`."""
        from repatria.store.log import StoreLog  # noqa: PLC0415 -- needs Django set up

        return StoreLog(self.party, self.signing_key(), entropy)

    def desk(
        self,
        actor: str,
        role: Role,
        *,
        clock: Clock = now,
        entropy: Callable[[int], bytes] = secrets.token_bytes,
    ) -> Desk:
        """A desk at which somebody works; only inside `open()`."""
        return Desk(
            log=self.log(entropy=entropy),
            actor=ActorId(actor),
            role=role,
            clock=clock,
            entropy=entropy,
            key=self.signing_key(),
        )


def _is_defined(alias: str, settings: dict[str, Any]) -> bool:
    from django.db import connections  # noqa: PLC0415 -- Django is set up by ready()

    known = connections.databases.get(alias)
    return known is not None and known["NAME"] == settings["NAME"]


def _write_secret(path: Path, text: str) -> None:
    """Write a file that only its owner can read, durably."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
