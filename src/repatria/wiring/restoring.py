"""How does an installation come back from a backup?

Into a folder that appears only when everything in it was verified. Its log is then
`restored`: what was signed since the backup may be in others' hands, so nothing is
signed until it was healed (`wiring.healing`).
"""

import secrets
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from repatria.ledger.checkpoint import Checkpoint, open_checkpoint
from repatria.ledger.keyring import Keyring, read_keyring
from repatria.ledger.node import NodeSecrets
from repatria.store.database import forget
from repatria.terms import IntegrityError, PartyCode
from repatria.wiring.backup_file import PLACE, Header, read_header, read_lines
from repatria.wiring.django_ready import migrate_database
from repatria.wiring.high_water import Standing
from repatria.wiring.installation import KEY_FILE, Installation, write_description
from repatria.wiring.keyfile import sync_folder, write_secret
from repatria.wiring.passphrases import keep_opened, node_secrets_with
from repatria.wiring.replaying import replay_erasures

if TYPE_CHECKING:
    from repatria.store.snapshot import Putter

Progress = Callable[[int, int], None]
_STEP = 1_000


class NotEmptyError(Exception):
    """What is to be restored into holds something. Its message says what."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What came back.

    Attributes:
        installation: in its new folder.
        made_at: when the backup was made, by the clock of then.
        size: of our own log.
        entries: of all logs.
    """

    installation: Installation
    made_at: str
    size: int
    entries: int


def restore_backup(
    file: Path,
    folder: Path,
    *,
    passphrase: str,
    postgresql: dict[str, str] | None = None,
    progress: Progress | None = None,
) -> Restored:
    """The installation in a new folder, with every log in it verified and unable to sign.

    Args:
        passphrase: of the keys at the time of the backup.
        postgresql: address of an empty database; an embedded file when None.

    Raises:
        FileExistsError: the folder is there and not empty.
        NotEmptyError: the database holds something.
        WrongPassphraseError, KeyFileError: the keys in the backup do not open.
        IntegrityError: anything is not as it was signed, with its place.
        OSError, DatabaseError: it could not be written, such as a full disk. In all
            these cases nothing is left of it.
    """
    with file.open("rb") as source, _new_folder(folder) as coming:
        signed = read_header(source)
        header = signed.header
        keyring = read_keyring(header.keyring, place=f"{PLACE} keyring")
        node = _node_in(header, coming, passphrase, keyring)
        signed.require_signed(node.signing.verify_key)
        head = open_checkpoint(header.checkpoint, keyring, place=f"{PLACE} checkpoint")
        write_description(coming, keyring, title=header.title, postgresql=postgresql)
        write_secret(coming / "secret", secrets.token_urlsafe(48))
        for sub in ("outbox", "inbox", "published"):
            (coming / sub).mkdir()
        installation = Installation.at(coming)
        try:
            _fill(installation, cast("BinaryIO", source), header, node, head, progress)
            # Before the folder appears: never is there one that may sign what it must not.
            installation.mark().create(head.size, head.root, Standing.RESTORED)
        finally:
            installation.close()
            forget(installation.alias)
    restored = Installation.at(folder)
    keep_opened(folder / KEY_FILE, node)
    return Restored(
        installation=restored, made_at=header.made_at, size=head.size, entries=header.entries
    )


def _node_in(header: Header, coming: Path, passphrase: str, keyring: Keyring) -> NodeSecrets:
    """The private keys in the backup, opened, if they are those of its keyring."""
    path = coming / KEY_FILE
    write_secret(path, header.key_file)
    node = node_secrets_with(path, passphrase)
    ours = node.public("")
    if keyring.party != header.party or not any(
        (each.key, each.witness, each.recipient) == (ours.key, ours.witness, ours.recipient)
        for each in keyring.nodes
    ):
        raise IntegrityError(f"{PLACE} keyring", "key-differs")
    keep_opened(path, node)
    return node


def _fill(
    installation: Installation,
    source: BinaryIO,
    header: Header,
    node: NodeSecrets,
    head: Checkpoint,
    progress: Progress | None,
) -> None:
    """Put everything into the database, verify it, fold the rest: all of it or nothing."""
    with installation.open():
        # The store can be imported only once Django is set up.
        from django.db import IntegrityError as ConstraintError  # noqa: PLC0415 -- as said above
        from django.db import transaction  # noqa: PLC0415 -- same

        from repatria.store.projections import rebuild  # noqa: PLC0415 -- same
        from repatria.store.snapshot import (  # noqa: PLC0415 -- same
            Putter,
            is_empty,
            start_ids_after_rows,
        )

        migrate_database(installation.alias)
        try:
            with transaction.atomic(using=installation.alias):
                if not is_empty():
                    msg = "the database holds something already; name an empty one"
                    raise NotEmptyError(msg)
                putter = Putter()
                take = _telling(putter, header.entries, progress)
                read_lines(
                    source, header, take, identity=node.identity, key=node.signing.verify_key
                )
                putter.end()
                start_ids_after_rows()
                _verify(installation, head)
                rebuild(PartyCode(header.party))
                replay_erasures(installation)
        except ConstraintError:
            # A row twice, or one that is not even of its type.
            raise IntegrityError(PLACE, "backup-malformed") from None


def _telling(
    putter: "Putter", entries: int, progress: Progress | None
) -> Callable[[Sequence[Any]], None]:
    def take(line: Sequence[Any]) -> None:
        putter.put(line)
        if progress is not None and putter.entries % _STEP == 0:
            progress(putter.entries, entries)

    return take


def _verify(installation: Installation, head: Checkpoint) -> None:
    from repatria.store.verification import examine  # noqa: PLC0415 -- needs Django set up

    found = examine(installation.party, installation.keyring, derived=False)
    if found.all_faults:
        fault = found.all_faults[0]
        raise IntegrityError(f"{PLACE}: {fault.place}", fault.code)
    own = found.verdicts[0]
    if (own.size, own.root) != (head.size, head.root):
        raise IntegrityError(f"{PLACE} checkpoint", "root-differs")


@contextmanager
def _new_folder(folder: Path) -> Iterator[Path]:
    """A folder beside the named one that takes its name at the end; else nothing is left."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FileExistsError(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    coming = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}")
    coming.mkdir(mode=0o700)
    try:
        yield coming
        sync_folder(coming)
        coming.rename(folder)  # over an empty folder, never over one that holds something
        sync_folder(folder.parent)
    finally:
        shutil.rmtree(coming, ignore_errors=True)
