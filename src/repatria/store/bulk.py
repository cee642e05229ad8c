"""How are many rows written, or found by their subjects, at once and quickly?

Django's `bulk_create` spends four times as long building one statement as the
database spends writing; `executemany` over the same columns does not. Column
values are prepared by the fields that need it (JSON, moments), as Django does.
Table and column names come from the models, never from data.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
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


def insert_rows(model: type[models.Model], rows: Iterable[models.Model]) -> None:
    """Write model instances that are not in the table yet; automatic ids are left to it.

    Runs in the caller's transaction. Nothing is read back into the instances.
    """
    fields = _written(model)
    prepare = [(field.attname, _preparer(field)) for field in fields]
    insert_values(
        model,
        tuple(field.attname for field in fields),
        ([ready(getattr(row, name)) for name, ready in prepare] for row in rows),
    )


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


def delete_subjects(model: type[models.Model], subjects: Sequence[str]) -> None:
    """Remove a derived table's rows about these subjects; at most a chunk at a time."""
    with driver_cursor(current()) as (cursor, mark):
        cursor.execute(
            f"DELETE FROM {_table(model)} "  # noqa: S608 -- of the model
            f"WHERE subject IN ({_marks(mark, len(subjects))})",
            tuple(subjects),
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


def _preparer(field: "models.Field[Any, Any]") -> Callable[[Any], Any]:
    if isinstance(field, _PLAIN):
        return _plain
    connection = connections[current()]
    return lambda value: field.get_db_prep_save(value, connection)


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, str) else value
