import psycopg
import pytest
from django.db import connections

from repatria.store.append_only import FUNCTION, FUNCTION_NAME
from repatria.wiring.verification import verify_path

HARMLESS = FUNCTION.replace("CREATE", "CREATE OR REPLACE").partition("$$")[0]


@pytest.mark.postgresql
@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
@pytest.mark.parametrize(
    ("change", "code", "how_many"),
    [
        ("ALTER TABLE body DISABLE TRIGGER body_no_change", "trigger-differs", 1),
        ("DROP TRIGGER head_note_no_truncate ON head_note", "trigger-missing", 1),
        (f"{HARMLESS}$$ BEGIN RETURN NEW; END $$", "trigger-differs", 8),
    ],
    ids=["disabled", "dropped", "made harmless"],
)
def test_a_postgresql_trigger_that_no_longer_guards_is_named(north, change, code, how_many):
    settings = connections.databases[north.alias]
    assert FUNCTION_NAME in FUNCTION
    with psycopg.connect(
        host=settings["HOST"], user=settings["USER"], dbname=settings["NAME"]
    ) as plain:
        plain.execute(change)
    [report] = verify_path(north.folder)
    assert [fault.code for fault in report.faults] == [code] * how_many
    assert all(fault.place.startswith("north: database trigger ") for fault in report.faults)
