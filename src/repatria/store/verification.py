"""Is the database that is open what was signed, and does the rest follow from it?

Reads only. The log is recomputed from its bytes; then every derived table is
folded anew in memory and compared, so that a changed row is found even where
nobody signed it.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import DatabaseError, connections

from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.package_received import PackageReceived
from repatria.ledger.kinds.package_sent import PackageSent
from repatria.ledger.kinds.peer_introduced import PeerIntroduced
from repatria.ledger.merkle import Frontier
from repatria.ledger.signing import VerifyKey
from repatria.ledger.verification import StoredEntry, Verdict, verify_log
from repatria.store import models
from repatria.store.database import current
from repatria.store.entries import entries_of_kind, entry_of
from repatria.store.projections.access import places_in
from repatria.store.projections.engine import (
    derived_tables,
    digest_of_rows,
    line_of_row,
    row_names,
    rows_due,
    rows_kept,
)
from repatria.terms import IntegrityError, PartyCode

BATCH = 5_000
TRIGGERS = {
    "sqlite": frozenset(
        f"{table}_no_{act}"
        for table in ("log_entry", "body", "head_note")
        for act in ("update", "delete", "replace")
    ),
    "postgresql": frozenset(
        f"{table}_no_{act}"
        for table in ("log_entry", "body", "head_note")
        for act in ("change", "truncate")
    ),
}


@dataclass(slots=True, kw_only=True)
class Examination:
    """What was found in one database.

    Attributes:
        verdicts: one for each log, our own and the mirrors.
        faults: everything wrong outside the logs; with place and code.
        packages: digests of the packages made and taken in.
        bulletins: digests of the bulletins published.
    """

    verdicts: list[Verdict] = field(default_factory=list)
    faults: list[IntegrityError] = field(default_factory=list)
    packages: frozenset[str] = frozenset()
    bulletins: frozenset[str] = frozenset()
    keys: dict[PartyCode, VerifyKey] = field(default_factory=dict)

    @property
    def all_faults(self) -> list[IntegrityError]:
        """All that is wrong, in the logs and outside them."""
        return [*self.faults, *(fault for v in self.verdicts for fault in v.faults)]


def examine(own: PartyCode, key: VerifyKey) -> Examination:
    """What is wrong in the database that is open; nothing when all is as signed.

    Args:
        own: whose installation it is.
        key: its public key.
    """
    found = Examination()
    try:
        found.faults.extend(_file_faults())
        found.verdicts.append(_examine_log(own, key, own_log=True))
        if found.all_faults:
            return found  # what follows reads statements, and they cannot be trusted
        _read_references(own, found)
        if found.keys.get(own) != key:
            found.faults.append(IntegrityError("installation.json", "key-not-as-founded"))
        _examine_mirrors(own, found)
        if not found.all_faults:
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
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
        present = {row[0] for row in cursor.fetchall()}
    for missing in sorted(TRIGGERS[connection.vendor] - present):
        yield IntegrityError(f"database trigger {missing}", "trigger-missing")


def _examine_log(origin: PartyCode, key: VerifyKey, *, own_log: bool) -> Verdict:
    notes = {row.size: row.note for row in models.HeadNote.objects.filter(origin=origin).iterator()}
    return verify_log(origin, _entries(origin), notes, key, every_body_expected=own_log)


def _entries(origin: PartyCode) -> Iterator[StoredEntry]:
    bodies = (
        models.Body.objects.filter(origin=origin)
        .order_by("seq")
        .values_list("seq", "salt", "text")
        .iterator(chunk_size=BATCH)
    )
    body = next(bodies, None)
    rows = models.LogEntry.objects.filter(origin=origin).order_by("seq")
    for seq, committed in rows.values_list("seq", "commitment").iterator(chunk_size=BATCH):
        salt = text = None
        if body is not None and body[0] == seq:
            salt, text = _bytes(body[1]), _bytes(body[2])
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


def _read_references(own: PartyCode, found: Examination) -> None:
    for row in models.Body.objects.filter(origin=own).order_by("seq").iterator(chunk_size=BATCH):
        entry = entry_of(row)
        match entry.statement.kind:
            case "peer.introduced":
                peer = payload_of(entry, PeerIntroduced)
                found.keys[peer.party] = VerifyKey.from_text(peer.public_key)
            case "package.sent":
                found.packages |= {payload_of(entry, PackageSent).digest}
            case "package.received":
                found.packages |= {payload_of(entry, PackageReceived).digest}
            case "bulletin.published":
                found.bulletins |= {str(entry.statement.content["digest"])}
            case _:
                pass


def _examine_mirrors(own: PartyCode, found: Examination) -> None:
    mirrored = set(models.LogEntry.objects.values_list("origin", flat=True).distinct())
    bodies = set(models.Body.objects.values_list("origin", flat=True).distinct())
    notes = set(models.HeadNote.objects.values_list("origin", flat=True).distinct())
    for origin in sorted((mirrored | bodies | notes) - {own}):
        key = found.keys.get(PartyCode(origin))
        if key is None:
            found.faults.append(IntegrityError(f"{origin} log", "log-of-unknown-party"))
            continue
        found.verdicts.append(_examine_log(PartyCode(origin), key, own_log=False))
    found.faults.extend(_mirror_faults(own, {v.origin: v for v in found.verdicts}))


def _mirror_faults(own: PartyCode, verdicts: dict[PartyCode, Verdict]) -> Iterator[IntegrityError]:
    """What our own notes say we took in must still be there, no more and no less."""
    due: dict[PartyCode, set[int]] = defaultdict(set)
    size: dict[PartyCode, int] = defaultdict(int)
    for entry in entries_of_kind("package.received"):
        if entry.origin != own:
            continue
        received = payload_of(entry, PackageReceived)
        due[received.origin].update(places_in(received.disclosed))
        size[received.origin] = max(size[received.origin], received.size)
    for origin, verdict in verdicts.items():
        if origin == own:
            continue
        if verdict.size != size[origin]:
            yield IntegrityError(f"{origin} log", "log-size-not-as-received")
        held = set(models.Body.objects.filter(origin=origin).values_list("seq", flat=True))
        for seq in sorted(due[origin] ^ held):
            yield IntegrityError(f"{origin}/{seq} body", "body-not-as-received")
    for origin in sorted(set(size) - set(verdicts)):
        yield IntegrityError(f"{origin} log", "log-missing")


def _derived_faults(own: PartyCode) -> Iterator[IntegrityError]:
    """Derived tables that are not what the log says."""
    yield from _index_faults()
    for row in models.Frontier.objects.order_by("origin"):
        frontier = Frontier()
        rows = models.LogEntry.objects.filter(origin=row.origin).order_by("seq")
        for committed in rows.values_list("commitment", flat=True).iterator(chunk_size=BATCH):
            frontier.append(bytes(committed))
        if (row.size, bytes(row.hashes)) != (frontier.size, b"".join(frontier.hashes)):
            yield IntegrityError(f"table frontier, {row.origin}", "table-not-as-folded")
    due: dict[str, list[str]] = defaultdict(list)
    for table, line in rows_due(own):
        due[table].append(line)
    for model in derived_tables():
        table = model._meta.db_table
        if model in (models.Mention, models.Frontier):
            continue
        kept = sorted(rows_kept(model))
        if kept != sorted(due[table]):
            yield IntegrityError(f"table {table}", "table-not-as-folded")


def _index_faults() -> Iterator[IntegrityError]:
    names = row_names(models.Mention)
    due = []
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
            due.append(line_of_row([getattr(mention, name) for name in names]))
    if digest_of_rows(due) != digest_of_rows(rows_kept(models.Mention)):
        yield IntegrityError("table mention", "table-not-as-folded")
