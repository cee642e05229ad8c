"""How fast is a ledger read, verified and mirrored?"""

import multiprocessing
import resource
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, nullcontext
from functools import partial
from hashlib import sha256
from pathlib import Path
from unittest import mock

import orjson
from appending import opened_log, raw_database, raw_rows, raw_write
from measuring import NORTH, SOUTH, Result, Setting, installation, lines, seconds

from repatria.ledger.statement import read_statement, speaker_in
from repatria.operations.access import introduce_peer
from repatria.operations.packages import send_package
from repatria.operations.receiving import take_in_package
from repatria.terms import Role
from repatria.wiring.installation import Installation

_BATCH = 1_000


def statements_read(setting: Setting) -> Iterator[Result]:
    """Statements read with every check, beside the bare parsing of their bytes."""
    bodies = [said.body for said in lines(setting.size(20_000))]

    def rate(read: Callable[[bytes], object]) -> float:
        def read_all() -> None:
            for body in bodies:  # nothing is kept: that would measure the memory
                read(body)

        return len(bodies) / seconds(read_all)

    for what, read in (
        ("statements read", partial(read_statement, place="here")),
        ("statements checked", partial(speaker_in, place="here")),
    ):
        ours, limit = [], []
        for _ in range(setting.runs):
            ours.append(rate(read))
            limit.append(rate(orjson.loads))
        yield Result(what=what, unit="/s", ours=ours, limit=limit)


def verification(setting: Setting) -> Iterator[Result]:
    """A whole log from the database, beside its hashes alone."""
    count, folder = setting.size(100_000), setting.folder / "north"
    with opened_log(folder, projections=False) as log:
        from repatria.store.verification import examine_log

        said = lines(count)
        for start in range(0, count, _BATCH):
            log.append(said[start : start + _BATCH])
        key = Installation.at(folder).keyring
        rows = [(salt, text.encode()) for _, salt, text in raw_rows(1_000)]
        leaf, node = bytes(33), bytes(65)

        def hashes_alone() -> None:
            for _ in range(count // len(rows)):
                for salt, body in rows:
                    sha256(b"repatria/statement/v1\n" + salt + body).digest()
                    sha256(leaf).digest()
                    sha256(node).digest()

        def verified() -> None:
            verdict = examine_log(NORTH, key, own_log=True)
            if not verdict.holds or verdict.bodies != count + 1:  # with the founding statement
                raise AssertionError(verdict.faults[:3])

        ours, limit = [], []
        for _ in range(setting.runs):
            limit.append(seconds(hashes_alone))
            ours.append(seconds(verified))
    yield Result(
        what=f"verify {count:,} statements", unit="s", ours=ours, limit=limit, target="<= 4"
    )


def mirroring(setting: Setting) -> Iterator[Result]:
    """A full package taken in by an installation that holds nothing yet."""
    count = setting.size(100_000)
    package = _package(setting.folder, count)
    rows = raw_rows(_BATCH)
    for projections in (False, True):
        ours, limit, peaks = [], [], []
        for run in range(min(setting.runs, 3)):
            # The one installation that the package is sealed for, before it holds anything.
            shutil.copytree(setting.folder / "peer", setting.folder / f"{projections}-{run}")
            south = Installation.at(setting.folder / f"{projections}-{run}")
            with multiprocessing.get_context("spawn").Pool(1) as child:
                took, peak = child.apply(_take_in, (south.folder, package, projections))
            ours.append(count / took)
            peaks.append(peak)
            with closing(raw_database(setting.folder / f"{projections}-{run}.raw")) as raw:
                took = seconds(
                    lambda raw=raw: [raw_write(raw, n, rows) for n in range(0, count, _BATCH)]
                )
            limit.append(count / took)
        how = "on" if projections else "off"
        yield Result(
            what=f"mirror {count:,}, projections {how}",
            unit="/s",
            ours=ours,
            limit=limit,
            target="" if projections else ">= 50,000/s",
        )
        yield Result(what="  its peak memory", unit="MB", ours=peaks, limit=[], target="<= 500 MB")


def _introduce(here: Installation, peer: Installation) -> None:
    with here.open():
        desk = here.desk("founder", Role.REGISTRAR)
        introduce_peer(desk, party=peer.party, title=peer.title, keyring=peer.keyring)


def _package(folder: Path, count: int) -> Path:
    """The file of a full package by north for south."""
    with opened_log(folder / "north", projections=False, guarded=False) as log:
        said = lines(count)
        for start in range(0, count, _BATCH):
            log.append(said[start : start + _BATCH])
    north = Installation.at(folder / "north")
    south = installation(folder / "peer", SOUTH)
    _introduce(north, south)
    _introduce(south, north)
    south.close()
    with north.open():
        raw = send_package(north.desk("founder", Role.REGISTRAR), to=SOUTH).raw
    north.close()
    path = folder / "package"
    path.write_bytes(raw)
    return path


def _take_in(folder: Path, package: Path, projections: bool) -> tuple[float, float]:
    """Seconds and megabytes at most, in a process that did nothing else."""
    here = Installation.at(folder)
    with here.open():
        import repatria.store.log  # noqa: F401 -- found before the clock runs

        desk = here.desk("founder", Role.REGISTRAR)
        raw = package.read_bytes()
        off = mock.patch("repatria.store.log.project")
        with nullcontext() if projections else off:
            took = seconds(lambda: take_in_package(desk, raw))
    here.close()
    return took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
