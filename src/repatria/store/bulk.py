"""How are many rows written, or found by their subjects, at once and quickly?

Django's `bulk_create` spends four times as long building one statement as the
database spends writing; `executemany` over the same columns does not. Column
values are prepared by the fields that need it (JSON, moments), as Django does.
Table and column names come from the models, never from data.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from operator import itemgetter
from typing import Any

from django.db import connections, models

from repatria.store.database import current
from repatria.store.direct import driver_cursor

_PLAIN = (
    models.CharField,
    models.TextField,
    models.IntegerField,
    models.BooleanField,
    models.BinaryField,
)
_AS_THEY_ARE = frozenset({str, int, bool, type(None)})
Values = Sequence[Any]


def insert_rows(model: type[models.Model], rows: Iterable[models.Model]) -> None:
    """Write model instances that are not in the table yet; automatic ids are left to it.

    Runs in the caller's transaction. Nothing is read back into the instances.
    """
    names = tuple(field.attname for field in _written(model))
    told = map(itemgetter(*names), map(vars, rows))
    insert_values(model, names, map(_preparer_of_rows(model), told))


def insert_values(
    model: type[models.Model], names: tuple[str, ...], rows: Iterable[Sequence[Any]]
) -> None:
    """Write rows given as values of the named columns, plain types only."""
    with driver_cursor(current()) as (cursor, mark):
        cursor.executemany(_insertion(model, names, mark), list(rows))


def subjects_known(model: type[models.Model], subjects: Sequence[str]) -> set[str]:
    """Those of the subjects that a table has rows about; at most a chunk at a time."""
    if not subjects:
        return set()
    with driver_cursor(current()) as (cursor, mark):
        cursor.execute(
            f"SELECT DISTINCT subject FROM {_table(model)} "  # noqa: S608 -- of the model
            f"WHERE subject IN ({_marks(mark, len(subjects))})",
            tuple(subjects),
        )
        return {row[0] for row in cursor.fetchall()}


def delete_subjects(
    model: type[models.Model],
    subjects: Sequence[str],
    labels: Sequence[str],
    also: Iterable[tuple[str, str]] = (),
    *,
    about: str = "",
) -> None:
    """Remove a derived table's rows about these subjects; at most a chunk at a time.

    The index begins with the label: without it every row of the table would be looked at.

    Args:
        model: its table.
        subjects: whose rows are removed.
        labels: for which every subject can have been folded.
        also: further labels, each with the one subject that was folded for it.
        about: only rows that have this in their column `about`, if not empty.
    """
    table = _table(model)
    with driver_cursor(current()) as (cursor, mark):
        only, with_it = (f" AND about = {mark}", (about,)) if about else ("", ())
        cursor.execute(
            f"DELETE FROM {table} WHERE seen_by IN ({_marks(mark, len(labels))}) "  # noqa: S608 -- of the model
            f"AND subject IN ({_marks(mark, len(subjects))}){only}",
            (*labels, *subjects, *with_it),
        )
        cursor.executemany(
            f"DELETE FROM {table} WHERE seen_by = {mark} AND subject = {mark}{only}",  # noqa: S608 -- of the model
            [(*pair, *with_it) for pair in also],
        )


@cache
def _written(model: type[models.Model]) -> tuple["models.Field[Any, Any]", ...]:
    return tuple(f for f in model._meta.concrete_fields if not isinstance(f, models.AutoField))


@cache
def _insertion(model: type[models.Model], names: tuple[str, ...], mark: str) -> str:
    columns = {field.attname: field.column for field in model._meta.concrete_fields}
    quoted = ", ".join(f'"{columns[name]}"' for name in names)
    return f"INSERT INTO {_table(model)} ({quoted}) VALUES ({_marks(mark, len(names))})"  # noqa: S608 -- of the model


def _table(model: type[models.Model]) -> str:
    return f'"{model._meta.db_table}"'


def _marks(mark: str, count: int) -> str:
    return ", ".join([mark] * count)


def _preparer_of_rows(model: type[models.Model]) -> Callable[[Values], Values]:
    """What makes of the values of a row, as a fold gave them, those that the driver takes."""
    fields = _written(model)
    prepare = [_preparer(field) for field in fields]
    all_plain = all(isinstance(field, _PLAIN) for field in fields)

    def prepared(row: Values) -> Values:
        if all_plain and _AS_THEY_ARE.issuperset(map(type, row)):
            return row
        return [ready(value) for ready, value in zip(prepare, row, strict=True)]

    return prepared


def _preparer(field: "models.Field[Any, Any]") -> Callable[[Any], Any]:
    if isinstance(field, _PLAIN):
        return _plain
    connection = connections[current()]
    return lambda value: field.get_db_prep_save(value, connection)


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, str) else value  # an enum, as the text it is
