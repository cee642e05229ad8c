"""How fast is a person found among a hundred thousand, and are the pages as quick?

Usage: run.py [--persons 100000] [--each 40] [--folder /tmp/bench-search] [--on sqlite,postgresql]
    [--only search|pages] [--pages due] [--postgresql postgresql://USER@HOST/EMPTY-DATABASE]
The installation is made once and kept in the folder, on SQLite. PostgreSQL is started
from its binaries, or is the one whose address is given, and gets the same rows, copied,
or is filled anew if there are none. A database at an address is left as it then is.
Where the machine is shared look at the time of the processor; of PostgreSQL's own
processes it says nothing.
"""

import argparse
import os
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median, quantiles

HERE = Path(__file__).parent
sys.path += [str(HERE), str(HERE.parents[1] / "tests")]

from people import people  # noqa: E402 -- beside this file
from queries import queries  # noqa: E402 -- beside this file

TARGETS = {"search": 100, "page": 200}


def main() -> None:
    """Measure what is asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--persons", type=int, default=100_000)
    parser.add_argument("--each", type=int, default=40)
    parser.add_argument("--folder", type=Path, default=Path("/tmp/bench-search"))  # noqa: S108
    parser.add_argument("--on", default="sqlite,postgresql")
    parser.add_argument("--postgresql", default="", help="address of an empty database")
    parser.add_argument("--only", choices=["search", "pages"])
    parser.add_argument("--pages", default="", help="only pages with this in their name")
    asked = parser.parse_args()
    os.environ.setdefault("REPATRIA_PASSPHRASE", "a passphrase for measuring")
    for database in asked.on.split(","):
        print(f"\n{database}, {asked.persons:,} persons")
        with {"sqlite": on_sqlite, "postgresql": on_postgresql}[database](asked):
            if asked.only != "pages":
                searches(asked)
            if asked.only != "search":
                pages(asked)


@contextmanager
def on_sqlite(asked: argparse.Namespace) -> Iterator[None]:
    """The installation on a database file, made if it is not there."""
    from repatria.wiring.installation import Installation

    folder = asked.folder / f"sqlite-{asked.persons}"
    if (folder / "done").exists():
        here = Installation.at(folder)
    else:
        here = _filled(folder, asked.persons, None)
        (folder / "done").touch()
    with _opened(here):
        yield


@contextmanager
def on_postgresql(asked: argparse.Namespace) -> Iterator[None]:
    """The installation on a PostgreSQL server: the one at an address, or one started for it."""
    with _empty_database(asked.postgresql) as address:
        folder = asked.folder / f"postgresql-{os.getpid()}"
        source = asked.folder / f"sqlite-{asked.persons}"
        if (source / "done").exists():
            from copying import copied
            from filling import installation

            here = installation(folder, address)
            copied(source / "ledger.sqlite3", address)
        else:
            here = _filled(folder, asked.persons, address)
        with _opened(here):
            from django.db import connections

            with connections[here.alias].cursor() as cursor:
                cursor.execute("VACUUM ANALYZE")  # what autovacuum does within minutes
            yield


@contextmanager
def _empty_database(named: str) -> Iterator[dict[str, str]]:
    """The address of a database as it stands in `installation.json`."""
    if named:
        from psycopg.conninfo import conninfo_to_dict

        parts = {key.upper(): str(value) for key, value in conninfo_to_dict(named).items()}
        yield {"NAME": parts.pop("DBNAME"), **parts}
        return
    from postgresql import running_server

    with running_server() as server:
        yield server.create()


def _filled(folder: Path, count: int, postgresql: dict[str, str] | None):
    from filling import filled

    started = time.perf_counter()
    here = filled(folder, count, postgresql)
    print(f"made in {time.perf_counter() - started:.0f} s")
    return here


@contextmanager
def _opened(here) -> Iterator[None]:
    os.environ["REPATRIA_HOME"] = str(here.folder)
    from repatria.wiring.desks import installation_here

    with installation_here().open():
        yield


def searches(asked: argparse.Namespace) -> None:
    """The query behind the page of persons, and behind a list, for each kind of search."""
    from repatria.store.queries.lists import lines
    from repatria.store.queries.persons import persons
    from repatria.terms import ActorId, PartyCode, Role, Viewer

    viewer = Viewer(actor=ActorId("nadia"), role=Role.REGISTRAR, party=PartyCode("north"))
    wanted = list(queries(people(asked.persons), asked.each))
    persons(viewer, search="Aram")  # what is loaded once is not measured
    for what, find in (
        ("persons", lambda text: persons(viewer, search=text)),
        ("persons, held", lambda text: persons(viewer, search=text, custody="held")),
        ("lines of a list", lambda text: lines(viewer, "list:held", search=text)),
    ):
        took: dict[str, list[Took]] = defaultdict(list)
        lost: dict[str, int] = defaultdict(int)
        for kind, text, number in wanted:
            page, spent = timed(partial(find, text))
            took[kind].append(spent)
            if what == "persons" and number >= 0:
                lost[kind] += all(row.subject != f"person:p{number}" for row in page.rows)
        for kind, each in took.items():
            note = f"  not on the first page: {lost[kind]} of {len(each)}" if kind in lost else ""
            report(f"  {kind}", each, note)
        report(what, [one for each in took.values() for one in each], target=TARGETS["search"])


def pages(asked: argparse.Namespace) -> None:
    """The pages, through Django's test client, templates and all."""
    from django.contrib.auth.models import User
    from django.test import Client

    from repatria.store.queries.kept import forget

    browser = Client()
    browser.force_login(User.objects.get(username="nadia"))
    everybody = people(asked.persons)
    wanted = [text for _, text, _ in queries(everybody, max(asked.each // 5, 1))]
    some = everybody[:: max(len(everybody) // 40, 1)]

    def posted(address: str, **also: str) -> list[Callable[[], object]]:
        return [lambda text=text: browser.post(address, {"q": text, **also}) for text in wanted]

    def got(*addresses: str) -> list[Callable[[], object]]:
        return [lambda address=address: browser.get(address) for address in addresses]

    def anew(*addresses: str) -> list[Callable[[], object]]:
        return [
            lambda address=address: (forget(), browser.get(address))[1] for address in addresses
        ]

    for what, calls in (
        ("persons, no search", got(*["/persons/"] * 20)),
        ("persons, page 1000", got(*["/persons/?page=1000"] * 20)),
        ("persons, filter", got(*["/persons/?custody=released"] * 20)),
        ("persons, searched and filtered", posted("/persons/", custody="held")),
        ("one person", got(*[f"/persons/p{one.number}/" for one in some])),
        ("list, no search", got(*["/lists/held/"] * 20)),
        ("list, searched and filtered", posted("/lists/held/", status="listed")),
        ("all lists", got(*["/lists/"] * 20)),
        ("work queue", got(*["/"] * 20)),
        ("pairs to review", got(*["/review/"] * 10)),
        ("pairs to review, searched", posted("/review/")[:20]),
        ("pairs to review, after a write", anew(*["/review/"] * 10)),
        ("due, after a write", anew(*["/due/"] * 10)),
        ("persons, after a write", anew(*["/persons/"] * 10)),
        ("list, after a write", anew(*["/lists/held/"] * 10)),
        ("one pair", got(*[f"/review/p{number}/" for number in range(1, 41)])),
        ("due", got(*["/due/"] * 20)),
        ("due, page 1000", got(*["/due/?page=1000"] * 20)),
        ("due, one duty", got(*["/due/?duty=registration"] * 20)),
        ("due, searched", posted("/due/")[:40]),
        ("packets", got(*["/packets/"] * 20)),
        ("packets, searched and filtered", posted("/packets/", state="sealed")[:40]),
        ("health", got(*["/health/"] * 20)),
        ("health, report overdue", got(*["/health/?overdue=health_report"] * 20)),
        ("health, searched", posted("/health/")[:40]),
    ):
        if asked.pages not in what:
            continue
        took = []
        for at, call in enumerate(calls[:1] + calls):
            answer, spent = timed(call)
            if answer.status_code != 200:
                raise AssertionError((what, answer.status_code))
            if at:  # the first time templates are read
                took.append(spent)
        report(what, took, target=TARGETS["page"])


Took = tuple[float, float]


def timed(work: Callable[[], object]) -> tuple[object, Took]:
    """What a work gives, with its milliseconds by the clock and of this process."""
    clock, processor = time.perf_counter(), time.process_time()
    given = work()
    spent = time.perf_counter() - clock, time.process_time() - processor
    return given, (1_000 * spent[0], 1_000 * spent[1])


def report(what: str, took: list[Took], note: str = "", target: int | None = None) -> None:
    """One line: median and 95th percentile, by the clock and of this process."""
    figures = []
    for at, name in enumerate(("clock", "processor")):
        each = [one[at] for one in took]
        high = quantiles(each, n=20, method="inclusive")[-1] if len(each) > 1 else each[0]
        figures.append(f"{name} p50 {median(each):7.1f} p95 {high:7.1f}")
    verdict = "" if target is None else f"  target p95 {target} ms"
    print(f"{what:34} {'  '.join(figures)} ms{verdict}{note}", flush=True)


if __name__ == "__main__":
    main()
