"""Which statements do we hold about this, as ledger entries?

The index `Mention` finds them; the bodies are read again from their bytes. The
order is by origin and place: never by a clock, never by arrival.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from weakref import WeakValueDictionary

from repatria.ledger.statement import Entry, Statement, reread_statement
from repatria.store import models
from repatria.store.database import current
from repatria.store.direct import tables
from repatria.terms import IntegrityError, PartyCode

CHUNK = 800  # below SQLite's oldest limit of 999 variables a query


def entry_of(row: models.Body) -> Entry:
    """The ledger entry in a body row."""
    return _entry(row.origin, row.seq, row.text)


def _entry(origin: str, seq: int, text: str) -> Entry:
    try:
        statement = _in_use.get(text) or _statement_of(text)
    except IntegrityError as fault:
        raise IntegrityError(f"{origin}/{seq}", fault.code) from None
    return Entry(PartyCode(origin), seq, statement)


# Whatever somebody still holds is not read again, however much of it there is: a long list is
# judged and then folded from the same statements.
_in_use: WeakValueDictionary[str, Statement] = WeakValueDictionary()


def _statement_of(text: str) -> Statement:
    statement = _in_use[text] = _statement_in(text)
    return statement


def remember_written(text: str, statement: Statement) -> None:
    """A statement that was just written in these words is not read again while it is in use."""
    _in_use[text] = statement


@lru_cache(maxsize=32_768)
def _statement_in(text: str) -> Statement:
    """The statement in a body; the same text is the same statement, so it is read once.

    Whoever erases a body must also call `forget_statements`.
    """
    return reread_statement(text, place="body")


def forget_statements() -> None:
    """Let go of every statement kept in memory."""
    _statement_in.cache_clear()
    _in_use.clear()


def chunked(items: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """The items in tuples small enough for one query."""
    iterator = iter(items)
    while chunk := tuple(islice(iterator, CHUNK)):
        yield chunk


def entries_about(
    subjects: Iterable[str], kinds: Iterable[str] | None = None
) -> Mapping[str, Sequence[Entry]]:
    """Entries by subject; a subject nothing was said about is absent.

    Args:
        subjects: ids; may be many.
        kinds: only these kinds; all when None.
    """
    wanted: dict[tuple[str, int], list[str]] = defaultdict(list)
    only = None if kinds is None else tuple(kinds)
    with tables(current()) as here:
        for chunk in chunked(subjects):
            for origin, seq, subject in here.mentions(chunk, only):
                wanted[origin, seq].append(subject)
    found: dict[str, list[Entry]] = {}
    for entry in _read(wanted):
        for subject in wanted[entry.origin, entry.seq]:
            found.setdefault(subject, []).append(entry)
    return found


def entries_of_kind(*kinds: str) -> tuple[Entry, ...]:
    """All entries of these kinds."""
    rows = models.Mention.objects.filter(kind__in=kinds, main=True)
    return tuple(_read(list(rows.values_list("origin", "seq"))))


def entries_at(places: Iterable[tuple[str, int]]) -> tuple[Entry, ...]:
    """The entries at these places that are held."""
    return tuple(_read(sorted(set(places))))


def _read(places: Iterable[tuple[str, int]]) -> Iterator[Entry]:
    """The entries at these places, by origin and place."""
    by_origin: dict[str, list[int]] = defaultdict(list)
    for origin, seq in places:
        by_origin[origin].append(seq)
    for origin in sorted(by_origin):
        seqs = sorted(by_origin[origin])
        if len(seqs) > CHUNK and seqs[-1] - seqs[0] < 2 * len(seqs):
            # Dense: one range is read faster than many lists of places.
            wanted = frozenset(seqs)
            for row in _texts_between(origin, seqs[0], seqs[-1]):
                if row[0] in wanted:
                    yield _entry(origin, *row)
            continue
        for start in range(0, len(seqs), CHUNK):
            with tables(current()) as here:
                texts = here.texts(origin, seqs[start : start + CHUNK])
            for row in texts:
                yield _entry(origin, *row)


def _texts_between(origin: str, first: int, last: int) -> Iterator[tuple[int, str]]:
    """Texts of a range, a chunk of places at a time: never all in memory."""
    for start in range(first, last + 1, 4 * CHUNK):
        with tables(current()) as here:
            texts = here.texts_between(origin, start, min(start + 4 * CHUNK - 1, last))
        yield from texts
