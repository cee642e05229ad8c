"""How are projections kept up to date, and how are they made anew?

A statement that is added names its subjects; every projection that reads its
kind is folded again for each of them. Rebuilding drops all and folds all.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from django.db.models import BooleanField, DateTimeField, ExpressionWrapper, Model, Q

from repatria.ledger.kinds import KINDS, Readers
from repatria.ledger.merkle import Frontier
from repatria.ledger.statement import Entry
from repatria.store import models
from repatria.store.bulk import delete_subjects, insert_rows, insert_values, subjects_known
from repatria.store.entries import chunked, entries_about, entry_of
from repatria.store.projections.access import guest_labels
from repatria.store.projections.projection import Projection
from repatria.store.projections.registry import PROJECTIONS
from repatria.terms import PartyCode, subject_kind
from repatria.terms.parties import PUBLIC

BATCH = 2_000
Progress = Callable[[int, int], None]


def project(said: Sequence[Entry], *, own: PartyCode, progress: Progress | None = None) -> None:
    """Bring index and projections up to date with entries that were just written.

    Args:
        said: the entries.
        own: whose installation it is.
        progress: hears how many subjects are folded, each as often as there are tables.

    Cost:
        One fold for each subject and label that is touched.
    """
    fresh = _index(said)
    labels = guest_labels(own)
    if any(entry.statement.kind == "access.granted" for entry in said):
        _fold(said, labels, fresh=frozenset())
        if guest_labels(own) != labels:
            # Somebody of another party reads here from now on: fold all for his label.
            _refold_everything(own)
        return
    _fold(said, labels, fresh=fresh, progress=progress)


def fold_again(gone: Sequence[Entry], *, own: PartyCode) -> None:
    """Fold every subject anew that entries which are no longer there were about.

    Args:
        gone: entries whose bodies and mentions were removed; never grants of access.
        own: whose installation it is.
    """
    _fold(gone, guest_labels(own), fresh=frozenset())


def _index(said: Sequence[Entry]) -> frozenset[str]:
    """Index new entries; gives the subjects nothing was said about before."""
    subjects = {subject for entry in said for subject in entry.statement.about}
    known: set[str] = set()
    for chunk in chunked(sorted(subjects)):
        known |= subjects_known(models.Mention, chunk)
    insert_values(
        models.Mention,
        ("subject", "kind", "origin", "seq", "main"),
        (
            (subject, entry.statement.kind, entry.origin, entry.seq, place == 0)
            for entry in said
            for place, subject in enumerate(dict.fromkeys(entry.statement.about))
        ),
    )
    return frozenset(subjects - known)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hand:
    """What is known of the subjects of one kind while their rows are folded.

    Attributes:
        fresh: subjects nothing was said about before.
        coming: entries that came or went, by subject.
        older: all entries about those that are not fresh.
        labels: for which everything is folded.
    """

    fresh: frozenset[str]
    coming: Mapping[str, Sequence[Entry]]
    older: Mapping[str, Sequence[Entry]]
    labels: Sequence[str]

    def entries(self, subject: str) -> Sequence[Entry]:
        """All there is about a subject."""
        return self.coming[subject] if subject in self.fresh else self.older.get(subject, ())

    def families(self, subject: str) -> Sequence[str]:
        """For which families a subject is folded, or was before what came or went."""
        return _families(self.older.get(subject, ()), self.coming.get(subject, ()))


def _fold(
    said: Sequence[Entry],
    labels: Sequence[str],
    *,
    fresh: frozenset[str],
    progress: Progress | None = None,
) -> None:
    touched: dict[str, set[str]] = defaultdict(set)
    coming: dict[str, list[Entry]] = defaultdict(list)
    for entry in sorted(said):
        for subject in dict.fromkeys(entry.statement.about):
            touched[subject_kind(subject)].add(subject)
            coming[subject].append(entry)
    kinds_said = {entry.statement.kind for entry in said}
    due = [p for p in PROJECTIONS if p.subject in touched and p.kinds & kinds_said]
    done, total = 0, sum(len(touched[p.subject]) for p in due)
    for kind, subjects in sorted(touched.items()):
        chosen = [projection for projection in due if projection.subject == kind]
        if not chosen:
            continue
        kinds = frozenset().union(*(p.kinds for p in chosen))
        older = entries_about(sorted(subjects - fresh), kinds)
        hand = _Hand(fresh=fresh, coming=coming, older=older, labels=labels)
        for projection in chosen:
            # A chunk at a time, so that the rows of a large package are never all in memory.
            for chunk in chunked(_moved(projection, sorted(subjects), hand)):
                _fold_chunk(projection, chunk, hand)
                done += len(chunk)
                if progress is not None:
                    progress(done, total)


def _fold_chunk(projection: Projection, subjects: Sequence[str], hand: _Hand) -> None:
    if known := [subject for subject in subjects if subject not in hand.fresh]:
        delete_subjects(
            projection.model,
            known,
            hand.labels,
            [(label, subject) for subject in known for label in hand.families(subject)],
            about=projection.about,
        )
    rows = (
        row
        for subject in subjects
        for row in _rows_of(projection, subject, hand.entries(subject), hand.labels)
    )
    insert_rows(projection.model, rows)


def _moved(projection: Projection, subjects: Sequence[str], hand: _Hand) -> Sequence[str]:
    """Those of the subjects whose rows can have changed."""
    unmoved = projection.unmoved
    if unmoved is None:
        return subjects
    return [
        subject
        for subject in subjects
        if subject in hand.fresh
        or not unmoved(hand.older.get(subject, ()), hand.coming.get(subject, ()))
    ]


def _rows_of(
    projection: Projection, subject: str, entries: Iterable[Entry], labels: Sequence[str]
) -> Iterator[models.Seen]:
    read = [
        entry
        for entry in entries
        if entry.statement.kind in projection.kinds and _may_be_said_by(entry, own=labels[0])
    ]
    if projection.own_first:
        read.sort(key=lambda entry: entry.origin != labels[0])
    for label in (*labels, *_families(read)):
        visible = [entry for entry in read if label in _readers(entry, label)]
        if not visible:
            continue
        for row in projection.rows(subject, visible):
            row.seen_by, row.subject = label, subject
            yield row


def _families(*said: Iterable[Entry]) -> Sequence[str]:
    """The labels of families that any of these entries is meant for, sorted."""
    audiences = {entry.statement.audience for entries in said for entry in entries}
    return sorted({each for one in audiences for each in one if each.startswith("family:")})


def _may_be_said_by(entry: Entry, *, own: str) -> bool:
    """Whether it counts here who says it: of keys and accounts only we ourselves speak."""
    return entry.origin == own or KINDS[entry.statement.kind].readers is not Readers.OWN


def _readers(entry: Entry, label: str) -> frozenset[str]:
    """Labels an entry is shown under; what is public is shown to parties as well."""
    audience = entry.statement.audience
    return audience | {label} if PUBLIC in audience else audience


def rebuild(own: PartyCode, progress: Progress | None = None) -> None:
    """Drop the index and all projections and fold them from the bodies.

    The caller holds the write lock. The result is the same as if nothing had
    been dropped.
    """
    models.Mention.objects.all().delete()
    bodies = models.Body.objects.order_by("origin", "seq")
    total, done, batch = bodies.count(), 0, []
    for row in bodies.iterator(chunk_size=BATCH):
        batch.append(entry_of(row))
        if len(batch) == BATCH:
            _index(batch)
            done, batch = done + len(batch), []
            if progress is not None:
                progress(done, total)
    _index(batch)
    _refold_frontiers()
    _refold_everything(own)
    if progress is not None:
        progress(total, total)


def _refold_frontiers() -> None:
    models.Frontier.objects.all().delete()
    origins = models.LogEntry.objects.values_list("origin", flat=True).distinct()
    for origin in sorted(set(origins)):
        frontier = Frontier()
        rows = models.LogEntry.objects.filter(origin=origin).order_by("seq")
        for committed in rows.values_list("commitment", flat=True).iterator(chunk_size=BATCH):
            frontier.append(bytes(committed))
        models.Frontier.objects.create(
            origin=origin, size=frontier.size, hashes=b"".join(frontier.hashes)
        )


def _refold_everything(own: PartyCode) -> None:
    for projection in PROJECTIONS:
        projection.model._default_manager.all().delete()
    # Accounts first: they say for which labels the rest is folded.
    for projection in sorted(PROJECTIONS, key=lambda p: p.subject != "account"):
        insert_rows(projection.model, _folded(projection, guest_labels(own)))


def _folded(projection: Projection, labels: Sequence[str]) -> Iterator[models.Seen]:
    """All rows of one projection, folded from everything we hold."""
    mentions = models.Mention.objects.filter(kind__in=sorted(projection.kinds))
    mentions = mentions.filter(subject__startswith=f"{projection.subject}:")
    subjects = sorted(set(mentions.values_list("subject", flat=True)))
    for chunk in chunked(subjects):
        found = entries_about(chunk, projection.kinds)
        for subject in chunk:
            yield from _rows_of(projection, subject, found.get(subject, ()), labels)


def derived_tables() -> tuple[type[Model], ...]:
    """Every table that is derived from the log."""
    return (models.Mention, models.Frontier, *dict.fromkeys(p.model for p in PROJECTIONS))


def table_digests() -> Mapping[str, str]:
    """A digest of every derived table, whatever the order its rows were written in.

    A table that cannot be read has the digest `unreadable`, so that it can be told
    apart from what it becomes when it is folded anew.
    """
    return {model._meta.db_table: _digest_of(model) for model in derived_tables()}


def _digest_of(model: type[Model]) -> str:
    try:
        return digest_of_rows(rows_kept(model))
    except (ValueError, TypeError, KeyError, AttributeError):
        return "unreadable"


def rows_kept(model: type[Model]) -> Iterator[str]:
    """The rows of a derived table as they are, without their row numbers.

    Raises:
        ValueError: a cell holds something that is no moment: read, it would look empty.
    """
    names = row_names(model)
    moments = [f.attname for f in model._meta.concrete_fields if isinstance(f, DateTimeField)]
    rows = model._default_manager.annotate(
        **{
            f"{name}_is_set": ExpressionWrapper(
                Q(**{f"{name}__isnull": False}), output_field=BooleanField()
            )
            for name in moments
        }
    )
    flags = [f"{name}_is_set" for name in moments]
    places = [names.index(name) for name in moments]
    for row in rows.values_list(*names, *flags).iterator(chunk_size=BATCH):
        told, is_set = row[: len(names)], row[len(names) :]
        if any(each and told[place] is None for place, each in zip(places, is_set, strict=True)):
            raise ValueError("not a moment")
        yield line_of_row(told)


def rows_due(own: PartyCode) -> Iterator[tuple[str, str]]:
    """The rows that projections should have, as (table, row), folded anew and not written.

    The index must be right already: subjects are found through it.
    """
    labels = guest_labels(own)
    for projection in PROJECTIONS:
        table, names = projection.model._meta.db_table, row_names(projection.model)
        for row in _folded(projection, labels):
            yield table, line_of_row([getattr(row, name) for name in names])


def row_names(model: type[Model]) -> list[str]:
    """The columns of a derived table that say something."""
    return [f.attname for f in model._meta.concrete_fields if f.attname != "id"]


def digest_of_rows(rows: Iterable[str]) -> str:
    """A digest that does not depend on the order of rows."""
    return sha256("\n".join(sorted(rows)).encode()).hexdigest()


def line_of_row(row: Iterable[object]) -> str:
    """One row as text, for comparing."""
    return json.dumps([_plain(value) for value in row], sort_keys=True)


def _plain(value: object) -> object:
    if isinstance(value, memoryview | bytes):
        return bytes(value).hex()
    if value is None or isinstance(value, int | list | dict):
        return value
    return str(value)
