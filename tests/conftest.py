"""What every test may ask for: installations on either database, made quickly.

Tables are made once in a test process and copied afterwards. `north`, `south` and
`intermediary` are on SQLite unless a folder's conftest, or a test by indirect
parametrisation of `database_kind`, says otherwise.
"""

import os
import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, is_hypothesis_test, settings

from counts import often
from postgresql import NoServerError, running_server
from repatria.ledger.signing import SigningKey
from repatria.operations.access import introduce_peer
from repatria.terms import PartyCode, Role
from repatria.wiring.django_ready import migrate_database, ready, write_empty_database
from repatria.wiring.installation import Installation
from repatria.wiring.keyfile import Cost
from repatria.wiring.root_keys import Roots
from scratch import write_in_memory
from shared import made_once
from statements import counted_bytes

write_in_memory()

settings.register_profile(
    "repatria",
    max_examples=int(os.environ.get("REPATRIA_EXAMPLES", often(10, 100))),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("repatria")

# Tests start hundreds of processes, which would each compile the program and its libraries anew
# where an environment keeps no bytecode; it is kept beside pytest's own notes.
BYTECODE = Path(__file__).parents[1] / ".pytest_cache" / "bytecode"
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
os.environ["PYTHONPYCACHEPREFIX"] = str(BYTECODE)

MORNING = datetime(2030, 3, 1, 8, tzinfo=UTC)
# Keys in tests protect nothing: opening them costs next to nothing.
CHEAP = Cost(memory_kib=8, iterations=1, lanes=1)
PASSPHRASE = os.environ.setdefault("REPATRIA_PASSPHRASE", "a passphrase for tests")
QUICK_KEYS = {
    "passphrase": PASSPHRASE,
    # The same wherever this is imported, so that tests can sign with it.
    "roots": Roots(keys=(SigningKey(b"the root key of all the tests .."),), threshold=1),
    "cost": CHEAP,
}
BOTH_DATABASES = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items):
    """A law over generated examples is tried more often in the continuous run; long tests begin."""
    for item in items:
        if is_hypothesis_test(getattr(item, "obj", None)):
            item.add_marker(pytest.mark.often)
    outcome = yield
    if "PYTEST_XDIST_WORKER" in os.environ:
        items[:] = _long_ones_first(items)
    return outcome


def _long_ones_first(items):
    """The same tests: modules with long tests before the others, in both halves of them.

    Each of two processes begins with one half and takes from the other's end when its own is
    done, so that a run does not end with one long test and an idle processor.
    """
    modules = {}
    for item in items:
        modules.setdefault(item.path, []).append(item)
    ordered = sorted(modules.values(), key=lambda tests: not any(map(_is_long, tests)))
    return [test for half in (0, 1) for tests in ordered[half::2] for test in tests]


def _is_long(item):
    return any(item.get_closest_marker(name) for name in ("slow", "browser"))


def pytest_sessionfinish():
    """What was compiled of temporary checkouts is of no use to the next run."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        shutil.rmtree(BYTECODE / Path(tempfile.gettempdir()).relative_to("/"), ignore_errors=True)


@pytest.fixture(scope="session", autouse=True)
def _passwords_cost_next_to_nothing():
    """Passwords of made-up accounts protect nothing either; what is shipped is tested apart."""
    ready()
    from django.conf import settings

    settings.PASSWORD_HASHERS = [
        "passwords.QuickHasher",
        *settings.PASSWORD_HASHERS,
    ]


@pytest.fixture(scope="session")
def postgresql_server():
    """A running PostgreSQL server; skips with what to install when there is none."""
    try:
        with running_server() as server:
            yield server
    except NoServerError as missing:
        pytest.skip(str(missing))


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory):
    """A database file with all tables and no rows, to be copied."""
    return made_once(tmp_path_factory, "template", _make_empty_sqlite)


def _make_empty_sqlite(folder):
    return write_empty_database(folder / "ledger.sqlite3")


@pytest.fixture(scope="session")
def empty_postgresql(postgresql_server):
    """The name of a database with all tables and no rows, to be copied."""
    from repatria.store.database import define, opened, postgres_settings

    ready()
    address = postgresql_server.create()
    define("template-postgresql", postgres_settings(address))
    with opened("template-postgresql"):
        migrate_database("template-postgresql")
    forget("template-postgresql")
    return address["NAME"]


def forget(alias):
    """Close a database and let this process know it no more."""
    from django.db import connections

    if alias in connections.databases:
        connections[alias].close()
        del connections[alias]
        del connections.databases[alias]


@pytest.fixture
def database_kind(request):
    """`sqlite` or `postgresql`."""
    return getattr(request, "param", "sqlite")


@pytest.fixture
def make_installation(tmp_path, request):
    """A function that makes installations in `tmp_path`: (party, kind, folder name)."""
    made, dropped = [], []

    def make(party, kind="sqlite", name=None):
        folder = tmp_path / (name or party)
        postgresql = None
        if kind == "postgresql":
            server = request.getfixturevalue("postgresql_server")
            postgresql = server.create(request.getfixturevalue("empty_postgresql"))
            dropped.append((server, postgresql["NAME"]))
        else:
            folder.mkdir()
            shutil.copyfile(request.getfixturevalue("empty_sqlite"), folder / "ledger.sqlite3")
        installation = Installation.create(
            folder,
            party=PartyCode(party),
            title=party.capitalize(),
            postgresql=postgresql,
            tables_ready=True,
            **QUICK_KEYS,
        )
        made.append(installation)
        return installation

    yield make
    for installation in made:
        forget(installation.alias)
    for server, name in dropped:
        server.drop(name)


@pytest.fixture
def north(make_installation, database_kind):
    """The installation of north."""
    return make_installation("north", database_kind)


@pytest.fixture
def south(make_installation, database_kind):
    """The installation of south."""
    return make_installation("south", database_kind)


@pytest.fixture
def intermediary(make_installation, database_kind):
    """The installation of the neutral intermediary."""
    return make_installation("intermediary", database_kind)


@pytest.fixture
def clock():
    """A clock that goes on by a minute whenever it is read."""
    minutes = count()
    return lambda: MORNING + timedelta(minutes=next(minutes))


@pytest.fixture
def desk(clock):
    """A function that gives a desk in an open installation: (installation, role).

    Its random bytes are the same in every run, and never the same twice within one.
    """
    entropy = counted_bytes("desks")

    def sit(installation, role=Role.REGISTRAR, actor=None):
        account = actor or f"{installation.party}-{role}"
        return installation.desk(account, role, clock=clock, entropy=entropy)

    return sit


@pytest.fixture
def acquaint(desk):
    """A function that introduces installations to each other, each to all."""

    def meet(*installations):
        for here in installations:
            with here.open():
                for there in installations:
                    if there is not here:
                        introduce_peer(
                            desk(here), party=there.party, title=there.title, keyring=there.keyring
                        )

    return meet
