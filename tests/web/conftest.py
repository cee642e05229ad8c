"""North's installation after two lists have met, and browsers for who may look at it.

South asks about five synthetic persons; north holds four, among them three of
the five. The lists are compared, nothing is decided. Told once, copied for each test.
"""

import re
import shutil
from types import SimpleNamespace

import pytest

from conftest import QUICK_KEYS, forget
from repatria.ledger.kinds.list_submitted import Population
from repatria.lists.reading import open_list_file
from repatria.operations.access import introduce_peer
from repatria.operations.comparison import compare_lists
from repatria.operations.packages import send_package
from repatria.operations.receiving import take_in_package
from repatria.operations.submission import submit_list
from repatria.terms import PartyCode, Role
from repatria.wiring.accounts import open_account
from repatria.wiring.desks import installation_here
from repatria.wiring.django_ready import ready
from repatria.wiring.installation import Installation
from shared import made_once

# Test modules here import what needs Django's settings.
ready()

NORTH, SOUTH = PartyCode("north"), PartyCode("south")
PASSWORD = "made-up-for-tests"
HEADER = "No;Name;Father;Date of birth;Sex;Category;Date of capture;Reference"
ASKED = (
    "1;Aram Sintetyan;Suren;1990-05-17;male;soldier;2020-11-10;S-1",
    "2;Vardan Hnarovi;Levon;1985-03-02;male;civilian;2021-05-20;S-2",
    "3;Lusine Otarian;Karen;1970;female;civilian;2022-09-13;S-3",
    "4;Aram Sintetyan;Suren;1990-05-17;male;soldier;2020-11-10;S-4",
    "5;@Narek Uydurma;Tigran;1999-01-01;male;soldier;2022-09-14;S-5",
)
HELD = (
    "1;Aram Sintetyan;Suren;1990-05-17;male;soldier;2020-11-10;N-1",
    "2;Vardan Hnarovi;Levon;1985-03-02;male;civilian;2021-05-20;N-2",
    "3;Lusine Otarian;Karen;1970;female;civilian;2022-09-13;N-3",
    "4;Gor Mtatsvats;Armen;1980~;male;soldier;2022-09-13;N-4",
)
ACCOUNTS = {
    "nadia": (Role.REGISTRAR, NORTH),
    "nazim": (Role.NEGOTIATOR, NORTH),
    "samir": (Role.REGISTRAR, SOUTH),
    "tomas": (Role.MONITOR, None),
    "leyla": (Role.FAMILY, None),
    "mallory": (Role.OUTSIDER, None),
}


def _hand_in(installation, path, rows, population, to):
    path.write_text("\n".join((HEADER, *rows)) + "\n", "utf-8")
    file = open_list_file(path)
    with installation.open():
        return submit_list(
            installation.desk("clerk", Role.REGISTRAR),
            tuple(file.rows()),
            file.description,
            title=f"{installation.party} {population}",
            population=population,
            to=to,
        ).list_id


@pytest.fixture(scope="session")
def told(tmp_path_factory, empty_sqlite):
    """The folder of north's installation as every test finds it, and the ids of its lists."""
    return made_once(tmp_path_factory, "dialogue", lambda folder: _tell(folder, empty_sqlite))


def _tell(folder, empty_sqlite):
    at = {}
    for party in (NORTH, SOUTH):
        (folder / party).mkdir()
        shutil.copyfile(empty_sqlite, folder / party / "ledger.sqlite3")
        at[party] = Installation.create(
            folder / party, party=party, title=party.capitalize(), tables_ready=True, **QUICK_KEYS
        )
    for here, there in ((NORTH, SOUTH), (SOUTH, NORTH)):
        with at[here].open():
            peer = at[there]
            introduce_peer(
                at[here].desk("clerk", Role.REGISTRAR),
                party=there,
                title=peer.title,
                keyring=peer.keyring,
            )
    for name, (role, party) in ACCOUNTS.items():
        open_account(at[NORTH], name, PASSWORD, role, party)
    asked = _hand_in(at[SOUTH], folder / "asked.csv", ASKED, Population.CLAIMED, NORTH)
    with at[SOUTH].open():
        made = send_package(at[SOUTH].desk("clerk", Role.REGISTRAR), to=NORTH)
    with at[NORTH].open():
        take_in_package(at[NORTH].desk("clerk", Role.REGISTRAR), made.raw)
    held = _hand_in(at[NORTH], folder / "held.csv", HELD, Population.HELD, SOUTH)
    with at[NORTH].open():
        desk = at[NORTH].desk("clerk", Role.REGISTRAR)
        compare_lists(desk, left=asked, right=held)
        compare_lists(desk, left=asked, right=asked)
        package = send_package(desk, to=SOUTH).raw
    for installation in at.values():
        installation.close()
        forget(installation.alias)
    return SimpleNamespace(folder=folder, asked=asked, held=held, for_south=package)


@pytest.fixture
def lists(told):
    """The parts of list ids that stand in addresses."""
    return SimpleNamespace(asked=told.asked[5:], held=told.held[5:])


@pytest.fixture
def here(told, tmp_path, monkeypatch):
    """North's installation, open, a copy that the test may change."""
    from django.db import connections

    folder = tmp_path / "north"
    shutil.copytree(told.folder / "north", folder)
    monkeypatch.setenv("REPATRIA_HOME", str(folder))
    installation = installation_here()
    with installation.open():
        yield installation
    connections[installation.alias].close()
    del connections[installation.alias]
    del connections.databases[installation.alias]


@pytest.fixture
def browser(here):
    """A function that gives a browser in which somebody is logged in, or nobody."""
    from django.contrib.auth.models import User
    from django.test import Client

    def browse(name=None):
        client = Client()
        if name is not None:
            client.force_login(User.objects.get(username=name))
        return client

    return browse


@pytest.fixture
def nadia(browser):
    """The browser of north's registrar."""
    return browser("nadia")


@pytest.fixture
def log_size(here):
    """A function that gives how many statements north has made."""
    return lambda: here.log().head(NORTH).size


@pytest.fixture
def row_of(here):
    """A function that gives a line of the list south asked with, by number."""
    from repatria.store.queries.lists import all_lines
    from repatria.terms import ActorId, Viewer

    viewer = Viewer(actor=ActorId("a"), role=Role.REGISTRAR, party=NORTH)

    def find(list_token, number):
        rows = all_lines(viewer, f"list:{list_token}")
        return next(row for row in rows if row.number == number)

    return find


@pytest.fixture
def hidden():
    """A function that gives what a page's form sends along unseen, by name."""

    def value(answer, name):
        found = re.search(f'name="{name}" value="([^"]*)"', answer.content.decode())
        return found[1]

    return value
