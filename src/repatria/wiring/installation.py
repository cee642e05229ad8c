"""What is one installation: a folder with a database, a key and a name?

installation.json   party, title, keyring, database address if PostgreSQL
<party>.keyring     the keyring, for peers: who we are at first contact
node.key            the private keys, sealed with a passphrase
high-water          how far was signed, whatever the database says
secret              of sessions and forms, readable by its owner only
ledger.sqlite3      the database, unless PostgreSQL is named
outbox/ inbox/      package files
private/            what is kept between two messages of private matching, sealed
published/          bulletins as files
"""

import json
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from repatria.ledger.keyring import Keyring, read_keyring
from repatria.ledger.log import Log
from repatria.ledger.node import NodeSecrets
from repatria.ledger.signing import VerifyKey
from repatria.operations.access import found_installation
from repatria.operations.desk import Desk
from repatria.operations.keyrings import note_own_keyring
from repatria.store.database import define, opened
from repatria.terms import ActorId, IntegrityError, PartyCode, Role
from repatria.wiring.adoption import end_moves, finish_moves, is_adopting
from repatria.wiring.django_ready import migrate_database, ready
from repatria.wiring.environment import database_of
from repatria.wiring.high_water import HighWaterMark
from repatria.wiring.keyfile import Cost, write_key_file, write_secret
from repatria.wiring.passphrases import keep_opened, node_secrets_in, require_strength
from repatria.wiring.root_keys import Roots

KEY_FILE, MARK_FILE = "node.key", "high-water"
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
        keyring: its public keys, as its root keys signed them.
    """

    folder: Path
    party: PartyCode
    title: str
    keyring: Keyring

    @property
    def public_key(self) -> VerifyKey:
        """The node key in use."""
        return self.keyring.newest.key

    @classmethod
    def create(
        cls,
        folder: Path,
        *,
        party: PartyCode,
        title: str,
        passphrase: str,
        roots: Roots,
        postgresql: dict[str, str] | None = None,
        tables_ready: bool = False,
        clock: Clock = now,
        cost: Cost = Cost(),  # noqa: B008 -- frozen
    ) -> "Installation":
        """Make a new installation in an empty or missing folder.

        Args:
            passphrase: protects the private keys.
            roots: sign the first keyring; they are not kept here.
            postgresql: address of an empty database; an embedded file when None.
            tables_ready: the database was copied from one whose tables are up to
                date and empty, so they need not be made.
            cost: of trying a passphrase.

        Raises:
            NoInstallationError: the folder already holds one.
            WeakPassphraseError: the passphrase protects nothing.
        """
        if (folder / "installation.json").exists():
            msg = f"{folder} already holds an installation"
            raise NoInstallationError(msg)
        require_strength(passphrase)
        for sub in ("outbox", "inbox", "published"):
            (folder / sub).mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
        node = NodeSecrets.generate(secrets.token_bytes)
        keyring = roots.first_keyring(party, node.public("node-1"))
        write_key_file(
            folder / KEY_FILE,
            kind="node",
            party=party,
            values=dict(node.to_json()),
            passphrase=passphrase,
            cost=cost,
        )
        keep_opened(folder / KEY_FILE, node)
        HighWaterMark(folder / MARK_FILE, node.signing).create()
        write_secret(folder / "secret", secrets.token_urlsafe(48))
        write_description(folder, keyring, title=title, postgresql=postgresql)
        made = cls.at(folder)
        with made.open():
            if not tables_ready:
                migrate_database(made.alias)
            desk = made.desk("founder", Role.REGISTRAR, clock=clock)
            found_installation(desk, title=title, keyring=keyring)
        return made

    @classmethod
    def at(cls, folder: Path) -> "Installation":
        """The installation in a folder.

        Raises:
            NoInstallationError: there is none, or its file cannot be read.
        """
        try:
            finish_moves(folder)
            written = json.loads((folder / "installation.json").read_text("utf-8"))
            if written.get("format") == 1:
                msg = f"{folder} was made by a version without keyrings and can't be opened by this"
                raise NoInstallationError(msg)
            keyring = read_keyring(written["keyring"], place="installation.json")
            if keyring.party != written["party"]:
                raise ValueError
            return cls(
                folder=folder,
                party=keyring.party,
                title=str(written["title"]),
                keyring=keyring,
            )
        except FileNotFoundError:
            msg = f"{folder} holds no installation; make one with: repatria init {folder}"
            raise NoInstallationError(msg) from None
        except (ValueError, KeyError, TypeError, AttributeError, IntegrityError):
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

    def node(self) -> NodeSecrets:
        """Its private keys; the passphrase comes from the environment or is asked for once.

        Raises:
            LockedError, WrongPassphraseError, KeyFileError, FileNotFoundError.
        """
        return node_secrets_in(self.folder / KEY_FILE)

    def mark(self) -> HighWaterMark:
        """How far it has signed."""
        return HighWaterMark(self.folder / MARK_FILE, self.node().signing)

    def log(
        self, *, entropy: Callable[[int], bytes] = secrets.token_bytes, clock: Clock = now
    ) -> Log:
        """Its log, to read and to write; only inside `open()`.

        Under a keyring adopted a moment ago, its first entry is our note of that.
        """
        from repatria.store.log import StoreLog  # noqa: PLC0415 -- needs Django set up

        log = StoreLog(self.party, self.node().signing, entropy, guard=self.mark())
        if is_adopting(self.folder):
            self._note_keyring(log, clock)
        return log

    def _note_keyring(self, log: Log, clock: Clock) -> None:
        from django.db import transaction  # noqa: PLC0415 -- needs Django set up

        desk = self._desk_over(log, ActorId("operator"), Role.REGISTRAR, clock=clock)
        with log.exclusive():
            note_own_keyring(desk, Installation.at(self.folder).keyring)
            transaction.on_commit(lambda: end_moves(self.folder), using=self.alias)

    def desk(
        self,
        actor: str,
        role: Role,
        *,
        clock: Clock = now,
        entropy: Callable[[int], bytes] = secrets.token_bytes,
    ) -> Desk:
        """A desk at which somebody works; only inside `open()`."""
        log = self.log(entropy=entropy, clock=clock)
        return self._desk_over(log, ActorId(actor), role, clock=clock, entropy=entropy)

    def _desk_over(
        self,
        log: Log,
        actor: ActorId,
        role: Role,
        *,
        clock: Clock,
        entropy: Callable[[int], bytes] = secrets.token_bytes,
    ) -> Desk:
        return Desk(log=log, actor=actor, role=role, clock=clock, entropy=entropy, node=self.node())


def _is_defined(alias: str, settings: dict[str, Any]) -> bool:
    from django.db import connections  # noqa: PLC0415 -- Django is set up by ready()

    known = connections.databases.get(alias)
    return known is not None and known["NAME"] == settings["NAME"]


def write_description(
    folder: Path, keyring: Keyring, *, title: str, postgresql: dict[str, str] | None
) -> None:
    """Write what an installation is, and its keyring as a file for peers."""
    written: dict[str, Any] = {
        "format": 2,
        "party": keyring.party,
        "title": title,
        "keyring": keyring.envelope.text,
    }
    if postgresql:
        written["postgresql"] = postgresql
    write_secret(folder / "installation.json", json.dumps(written, indent=1))
    write_secret(folder / f"{keyring.party}.keyring", keyring.envelope.text)
