"""Power lost at the crossing: no acknowledged act is lost, none is half done, and it goes on.

A child process, forked with everything loaded, takes a manifest over the line on a
real database and says each act into a pipe once its operation has returned. It is
killed at some moment; the next child goes on where the log says it stopped.
"""

import os
import random
import shutil
import signal
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from conftest import QUICK_KEYS, forget
from counts import often
from repatria.handover import CrossingStatus, readiness_of
from repatria.ledger.kinds.consent_stated import Occasion
from repatria.ledger.kinds.crossing_recorded import CrossingEvent
from repatria.operations.crossing import record_crossing, state_consent
from repatria.operations.manifests import crossing_of, manifest_of
from repatria.terms import Role
from repatria.wiring.django_ready import ready
from repatria.wiring.installation import Installation
from repatria.wiring.verification import verify_path
from simulators.party import NORTH, Meeting, PartySimulator, ScriptedClock

ready()
pytestmark = pytest.mark.slow
KILLS = int(os.environ.get("REPATRIA_KILLS", often(3, 150)))
GIVEN = ("Aram", "Levon", "Davit", "Gagik", "Karo")
FAMILY = ("Modelyan", "Testyan", "Samplov", "Trialyan")
NOON = datetime(2030, 3, 2, 12, tzinfo=UTC)


def twenty_lines():
    """A list of twenty made-up persons; the same file is both claimed and held."""
    yield "No;Surname;Given name;Father name;Date of birth;Category;Captured on"
    for number in range(20):
        family, given = FAMILY[number // 5], GIVEN[number % 5]
        father, day = GIVEN[number // 4], number + 1
        birth = f"{day:02d}.0{number % 9 + 1}.1990"
        yield f"{number + 1};{family};{given};{father};{birth};soldier;2029"


@pytest.fixture(scope="module")
def at_the_line(empty_sqlite, tmp_path_factory):
    """The intermediary's installation with a signed manifest, everybody fit and willing."""
    folder = tmp_path_factory.mktemp("line") / "intermediary"
    folder.mkdir()
    shutil.copyfile(empty_sqlite, folder / "ledger.sqlite3")
    installation = Installation.create(
        folder, party="intermediary", title="Intermediary", tables_ready=True, **QUICK_KEYS
    )
    text = "\n".join(twenty_lines())
    with installation.open():
        clock = ScriptedClock()
        log, node = installation.log(), installation.node()
        neutral = PartySimulator(
            "intermediary", clock, log=log, node=node, keyring=installation.keyring
        )
        met = Meeting(tmp_path_factory.mktemp("lists"), neutral, clock)
        met.until_frozen(lists={"north holds": text, "south claims": text}).clear_everybody()
        assert len(met.persons_of(NORTH)) == 20
        for line in met.lines:
            met.check(line.person)
    installation.close()
    forget(installation.alias)
    return folder, met.manifest_id


def take_over_the_line(installation, manifest_id, acknowledge):
    """Everybody, person by person, from wherever the log says he stands."""
    log = installation.log()
    clock = ScriptedClock(NOON + timedelta(minutes=3 * log.head(installation.party).size))
    desk = installation.desk("ines", Role.INTERMEDIARY, clock=clock)
    for line in manifest_of(log, manifest_id).lines:
        who = {"manifest_id": manifest_id, "person": line.person}
        state = crossing_of(log, manifest_id, line.person).state
        if state is CrossingStatus.WAITING:
            record_crossing(desk, **who, event=CrossingEvent.DEPARTED)
            acknowledge("departed", line.person)
        if readiness_of(line.person, log.about(line.person), clock()).at_the_line is None:
            state_consent(desk, **who, willing=True, occasion=Occasion.AT_THE_LINE)
            acknowledge("asked", line.person)
        if state is not CrossingStatus.CROSSED:
            record_crossing(desk, **who, event=CrossingEvent.CROSSED)
            acknowledge("crossed", line.person)


def start(folder, manifest_id):
    """A child at work, and the pipe on which it acknowledges; it ends with the word `done`."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:  # pragma: no cover -- runs in the child, where coverage does not look
        try:
            os.close(read)
            installation = Installation.at(folder)
            with installation.open():
                take_over_the_line(
                    installation,
                    manifest_id,
                    lambda act, person: os.write(write, f"{act} {person}\n".encode()),
                )
            os.write(write, b"done -\n")
        except BaseException as error:  # noqa: BLE001 -- told to the test, then gone
            os.write(write, f"failed {type(error).__name__}\n".encode())
        finally:
            os._exit(0)
    os.close(write)
    return child, read


def acknowledged_before_the_kill(child, read, acts, turns):
    """What it acknowledged; it is killed some turns after so many acts."""
    said = b""
    while said.count(b"\n") < acts and (more := os.read(read, 1)):
        said += more
    for _ in range(turns):
        os.sched_yield()
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while more := os.read(read, 65536):
        said += more
    os.close(read)
    return [tuple(line.split()) for line in said.decode().splitlines()]


def acts_in_the_log(installation):
    """How often each act stands in the log; checks that each has its row."""
    from repatria.store.models import CrossingRow

    [report] = verify_path(installation.folder)
    assert report.holds, [str(fault) for fault in report.faults]
    with installation.open():
        log = installation.log()
        found = Counter()
        for entry in log.of_kind("crossing.recorded", "consent.stated"):
            said = entry.statement.content
            if said.get("occasion") != "interview":
                found[said.get("event", "asked"), said["person"]] += 1
        for act, person in found:
            row = CrossingRow.objects.get(seen_by="intermediary", subject=person)
            assert row.state == ("crossed" if ("crossed", person) in found else "departed"), act
            assert row.willing_at_the_line is (True if ("asked", person) in found else None), act
    return found


@pytest.mark.often
def test_the_crossing_survives_many_kills(at_the_line, tmp_path):
    prepared, manifest_id = at_the_line
    draw = random.Random(20231213)  # noqa: S311 -- when to kill
    kills = finished = 0
    while kills < KILLS:
        folder = tmp_path / f"run-{finished}"
        shutil.copytree(prepared, folder)
        installation = Installation.at(folder)
        acknowledged = set()
        while True:
            installation.close()
            child, read = start(folder, manifest_id)
            said = acknowledged_before_the_kill(
                child, read, draw.randint(1, 11), draw.randint(0, 2000)
            )
            kills += 1
            assert not [act for act, _ in said if act == "failed"]
            done = ("done", "-") in said
            acknowledged.update(set(said) - {("done", "-")})
            found = acts_in_the_log(installation)
            assert set(found.values()) == {1}
            assert acknowledged <= set(found)
            # Only the act at which it was killed may be there without its acknowledgement.
            assert len(set(found) - acknowledged) <= 1
            acknowledged = set(found)
            if done:
                break
        assert len(found) == 3 * 20 + 3
        forget(installation.alias)
        shutil.rmtree(folder)
        finished += 1
    assert finished >= 1
