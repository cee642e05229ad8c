"""Is the database that is open what was signed, and does the rest follow from it?

Reads only. The log is recomputed from its bytes; then every derived table is
folded anew in memory and compared, so that a changed row is found even where
nobody signed it.
"""

from collections import defaultdict
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

from django.db import DatabaseError, connections
from django.db.models import Model, QuerySet

from repatria.ledger.checkpoint import Signers
from repatria.ledger.erasure import is_erasable
from repatria.ledger.keyring import Keyring, next_keyring, read_keyring
from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.package_received import PackageReceived
from repatria.ledger.kinds.package_sent import PackageSent
from repatria.ledger.kinds.peer_introduced import PeerIntroduced
from repatria.ledger.merkle import Frontier
from repatria.ledger.places import Places
from repatria.ledger.signing import VerifyKey
from repatria.ledger.verification import StoredEntry, Verdict, verify_log
from repatria.store import models
from repatria.store.append_only import postgresql_bodies, sqlite_triggers
from repatria.store.database import current
from repatria.store.entries import entry_of
from repatria.store.erasing import erased_places, held_in_spite
from repatria.store.projections.engine import (
    derived_tables,
    line_of_row,
    row_names,
    rows_due,
    rows_kept,
)
from repatria.terms import IntegrityError, PartyCode

BATCH = 5_000


@dataclass(slots=True, kw_only=True)
class Examination:
    """What was found in one database.

    Attributes:
        verdicts: one for each log, our own and the mirrors.
        faults: everything wrong outside the logs; with place and code.
        packages: digests of the packages made and taken in.
        bulletins: digests of the bulletins published.
        keys: of the parties that were introduced, and our own.
        received: what our own notes say we took in.
        references_read: False where our own log is so wrong that the four above
            could not be read from it.
    """

    verdicts: list[Verdict] = field(default_factory=list)
    faults: list[IntegrityError] = field(default_factory=list)
    packages: frozenset[str] = frozenset()
    bulletins: frozenset[str] = frozenset()
    keys: dict[PartyCode, Signers] = field(default_factory=dict)
    received: list[PackageReceived] = field(default_factory=list)
    references_read: bool = False

    def erased(self, origin: PartyCode) -> tuple[Places, ...]:
        """Places of a log that it calls erased itself, and those we call so."""
        return tuple(
            verdict.erased if verdict.origin == origin else verdict.erased_elsewhere[origin]
            for at, verdict in enumerate(self.verdicts)
            # The first is our own: of another's log only we ourselves speak besides it.
            if verdict.origin == origin or (at == 0 and origin in verdict.erased_elsewhere)
        )

    @property
    def all_faults(self) -> list[IntegrityError]:
        """All that is wrong, in the logs and outside them."""
        return [*self.faults, *(fault for v in self.verdicts for fault in v.faults)]


def examine(own: PartyCode, key: Keyring, *, derived: bool = True) -> Examination:
    """What is wrong in the database that is open; nothing when all is as signed.

    Args:
        own: whose installation it is.
        key: its keyring.
        derived: whether derived tables are folded anew and compared.
    """
    found = Examination()
    try:
        found.faults.extend(_file_faults())
        of_the_file = len(found.faults)
        found.verdicts.append(examine_log(own, key, own_log=True))
        if not found.verdicts[0].holds:
            return found  # what follows reads statements, and they cannot be trusted
        _read_references(own, found)
        found.references_read = True
        if not _is_noted(found.keys.get(own), key):
            found.faults.append(IntegrityError("installation.json", "key-not-as-founded"))
        _examine_mirrors(own, found)
        found.faults.extend(_erasure_faults(found))
        if derived and len(found.all_faults) == of_the_file:
            found.faults.extend(_derived_faults(own))
    except DatabaseError:
        found.faults.append(IntegrityError("database", "database-not-readable"))
    except IntegrityError as fault:
        found.faults.append(fault)
    except (ValueError, TypeError, KeyError, AttributeError):
        # A row that is not even of its type: SQLite stores whatever bytes it is given.
        found.faults.append(IntegrityError("database", "row-malformed"))
    return found


def _file_faults() -> Iterator[IntegrityError]:
    connection = connections[current()]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA integrity_check")
            if cursor.fetchone() != ("ok",):
                yield IntegrityError("database", "database-file-damaged")
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            due = sqlite_triggers()
        else:
            # A trigger that was disabled, or whose function was replaced, is as good as none.
            cursor.execute(
                "SELECT tgname, CASE WHEN tgenabled = 'D' THEN '' ELSE prosrc END "
                "FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid WHERE NOT tgisinternal"
            )
            due = postgresql_bodies()
        present = dict(cursor.fetchall())
    for name in sorted(due):
        if name not in present:
            yield IntegrityError(f"database trigger {name}", "trigger-missing")
        elif present[name] != due[name]:
            yield IntegrityError(f"database trigger {name}", "trigger-differs")


def examine_log(origin: PartyCode, key: Signers, *, own_log: bool) -> Verdict:
    """What is wrong in one log that the open database holds.

    Args:
        origin: whose log.
        key: that party's keyring, or its one key.
        own_log: a body that is missing is a fault in our own log only.
    """
    notes = {row.size: row.note for row in models.HeadNote.objects.filter(origin=origin).iterator()}
    # A log that is wrong is not read to its end: its cursors are closed here.
    with closing(joined_log(origin)) as joined:
        return verify_log(origin, joined, notes, key, every_body_expected=own_log)


def joined_log(origin: PartyCode) -> Generator[StoredEntry, None, None]:
    """The entries of a log in order, each with its body where that is held.

    Raises:
        IntegrityError: `body-without-entry`.
    """
    entries = models.LogEntry.objects.filter(origin=origin).order_by("seq")
    bodies = models.Body.objects.filter(origin=origin).order_by("seq")
    with (
        closing(_rows(entries.values_list("seq", "commitment"))) as entry_rows,
        closing(_rows(bodies.values_list("seq", "salt", "text"))) as body_rows,
    ):
        yield from _joined(origin, entry_rows, body_rows)


def _rows(query: QuerySet[Any, Any]) -> Generator[Any, None, None]:
    yield from query.iterator(chunk_size=BATCH)


def _joined(
    origin: PartyCode, entries: Iterator[Any], bodies: Iterator[Any]
) -> Iterator[StoredEntry]:
    body = next(bodies, None)
    for seq, committed in entries:
        salt = text = None
        if body is not None and body[0] == seq:
            salt, text = _bytes(body[1]), _text(body[2])
            body = next(bodies, None)
        yield StoredEntry(seq=seq, commitment=_bytes(committed), salt=salt, body=text)
    if body is not None:
        raise IntegrityError(f"{origin}/{body[0]} body", "body-without-entry")


def _bytes(value: object) -> bytes:
    if isinstance(value, str):
        return value.encode("utf-8", "surrogateescape")
    if isinstance(value, bytes | memoryview | bytearray):
        return bytes(value)
    raise TypeError


def _text(value: object) -> bytes:
    """The bytes of a text; a blob with the same bytes is not what was stored.

    Raises:
        TypeError: it is no text.
    """
    if not isinstance(value, str):
        raise TypeError
    return value.encode("utf-8", "surrogateescape")


def _read_references(own: PartyCode, found: Examination) -> None:
    for row in models.Body.objects.filter(origin=own).order_by("seq").iterator(chunk_size=BATCH):
        entry = entry_of(row)
        match entry.statement.kind:
            case "peer.introduced":
                peer = payload_of(entry, PeerIntroduced)
                found.keys[peer.party] = _keys_after(found.keys.get(peer.party), peer)
            case "package.sent":
                found.packages |= {payload_of(entry, PackageSent).digest}
            case "package.received":
                received = payload_of(entry, PackageReceived)
                found.packages |= {received.digest}
                found.received.append(received)
            case "bulletin.published":
                found.bulletins |= {str(entry.statement.content["digest"])}
            case _:
                pass


def _keys_after(known: Signers | None, noted: PeerIntroduced) -> Signers:
    """The keys of a party after our note of them; each keyring must follow from the last."""
    if not noted.keyring:
        return VerifyKey.from_text(noted.public_key)
    place = f"keyring of {noted.party}"
    coming = read_keyring(noted.keyring, place=place)
    if coming.party != noted.party:
        raise IntegrityError(place, "keyring-other-party")
    if isinstance(known, Keyring):
        return next_keyring(known, coming, held=0, place=place)
    return coming


def _is_noted(noted: Signers | None, key: Keyring) -> bool:
    """Whether our keyring is the one we noted, or the next one, adopted a moment ago."""
    if not isinstance(noted, Keyring):
        return False
    try:
        next_keyring(noted, key, held=0)
    except IntegrityError:
        return False
    return True


def _examine_mirrors(own: PartyCode, found: Examination) -> None:
    mirrored = set(models.LogEntry.objects.values_list("origin", flat=True).distinct())
    bodies = set(models.Body.objects.values_list("origin", flat=True).distinct())
    notes = set(models.HeadNote.objects.values_list("origin", flat=True).distinct())
    for origin in sorted((mirrored | bodies | notes) - {own}):
        key = found.keys.get(PartyCode(origin))
        if key is None:
            found.faults.append(IntegrityError(f"{origin} log", "log-of-unknown-party"))
            continue
        found.verdicts.append(examine_log(PartyCode(origin), key, own_log=False))
    found.faults.extend(_mirror_faults(own, found))


def _mirror_faults(own: PartyCode, found: Examination) -> Iterator[IntegrityError]:
    """What our own notes say we took in must still be there, no more and no less."""
    due: dict[PartyCode, set[int]] = defaultdict(set)
    size: dict[PartyCode, int] = defaultdict(int)
    for received in found.received:
        due[received.origin].update(Places.read(received.disclosed))
        size[received.origin] = max(size[received.origin], received.size)
    verdicts = {verdict.origin: verdict for verdict in found.verdicts}
    for origin, verdict in verdicts.items():
        if origin == own:
            continue
        if verdict.size != size[origin]:
            yield IntegrityError(f"{origin} log", "log-size-not-as-received")
        held = set(models.Body.objects.filter(origin=origin).values_list("seq", flat=True))
        erased = found.erased(origin)
        for seq in sorted(due[origin] ^ held):
            if seq in held or not any(seq in places for places in erased):
                yield IntegrityError(f"{origin}/{seq} body", "body-not-as-received")
    for origin in sorted(set(size) - set(verdicts)):
        yield IntegrityError(f"{origin} log", "log-missing")


def _erasure_faults(found: Examination) -> Iterator[IntegrityError]:
    """The table of erasures holds what statements call erased, no more and no less.

    A row that no statement bears out would let a body be deleted unseen.
    """
    known = set(models.Erasure.objects.values_list("origin", flat=True).distinct())
    origins = {verdict.origin for verdict in found.verdicts}
    for origin in sorted(known | origins):
        claims = found.erased(PartyCode(origin))
        due: set[int] = set()
        for places in claims:
            due.update(places)
            for seq, kind in held_in_spite(PartyCode(origin), places):
                due.discard(seq)
                if is_erasable(kind):
                    yield IntegrityError(f"{origin}/{seq} body", "body-though-erased")
        kept = erased_places(PartyCode(origin))
        for seq in sorted(kept - due):
            yield IntegrityError(f"{origin}/{seq} erasure", "erasure-not-stated")
        for seq in sorted(due - kept):
            yield IntegrityError(f"{origin}/{seq} erasure", "erasure-not-kept")


def _derived_faults(own: PartyCode) -> Iterator[IntegrityError]:
    """Derived tables that are not what the log says."""
    due: dict[str, list[str]] = defaultdict(list)
    due["mention"].extend(_index_due())
    due["frontier"].extend(_frontiers_due())
    yield from _table_faults(models.Mention, due["mention"])
    yield from _table_faults(models.Frontier, due["frontier"])
    for table, line in rows_due(own):
        due[table].append(line)
    for model in derived_tables():
        if model not in (models.Mention, models.Frontier):
            yield from _table_faults(model, due[model._meta.db_table])


def _table_faults(model: type[Model], due: list[str]) -> Iterator[IntegrityError]:
    place = f"table {model._meta.db_table}"
    try:
        kept = sorted(rows_kept(model))
    except (DatabaseError, ValueError, TypeError, KeyError, AttributeError):
        yield IntegrityError(place, "row-malformed")
        return
    if kept != sorted(due):
        yield IntegrityError(place, "table-not-as-folded")


def _frontiers_due() -> Iterator[str]:
    names = row_names(models.Frontier)
    for origin in sorted(set(models.LogEntry.objects.values_list("origin", flat=True).distinct())):
        frontier = Frontier()
        rows = models.LogEntry.objects.filter(origin=origin).order_by("seq")
        for committed in rows.values_list("commitment", flat=True).iterator(chunk_size=BATCH):
            frontier.append(bytes(committed))
        row = models.Frontier(origin=origin, size=frontier.size, hashes=b"".join(frontier.hashes))
        yield line_of_row([getattr(row, name) for name in names])


def _index_due() -> Iterator[str]:
    names = row_names(models.Mention)
    for row in models.Body.objects.order_by("origin", "seq").iterator(chunk_size=BATCH):
        entry = entry_of(row)
        for place, subject in enumerate(dict.fromkeys(entry.statement.about)):
            mention = models.Mention(
                subject=subject,
                kind=entry.statement.kind,
                origin=entry.origin,
                seq=entry.seq,
                main=place == 0,
            )
            yield line_of_row([getattr(mention, name) for name in names])
