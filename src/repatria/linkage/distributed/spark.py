"""How does a cluster compare two lists, with the same pairs and scores as one machine?

Four steps. Blocks of both lists are counted; what was counted goes to every worker. Left
names look for their nearest in the whole right list, and right names in the left.
Pairs meet their right records, then their left ones, and are weighed. The pairs, three
numbers each, are assigned one to one where the program was started, since any pair may
be a rival of any other.

Needs the extra `spark` and Java 17; see docs/matching.md.
"""

import os
import sys
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from shutil import which
from typing import TYPE_CHECKING, Any

from repatria.linkage.distributed.blocks import Counts, ListCounts, counted
from repatria.linkage.distributed.weighing import (
    carried,
    found_from_left,
    found_from_right,
    weighed,
)
from repatria.linkage.habits import HabitShift
from repatria.linkage.matching import (
    DEFAULTS,
    comes_first,
    in_order,
    proposed,
)
from repatria.linkage.model import MatchSettings, Profile
from repatria.linkage.scored_pairs import ScoredPairs, mirrored
from repatria.linkage.weighed import WeighedPairs

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

BLOCK = 2_000
"""Records in a block: a task takes seconds and some hundred megabytes."""


class NoSparkError(Exception):
    """Spark cannot be used here. Its message says what is missing."""


def require_spark() -> None:
    """Say what is missing before anything is read.

    Raises:
        NoSparkError: the extra is not installed, or there is no Java.
    """
    if find_spec("pyspark") is None:
        raise NoSparkError("Spark is not installed: pip install 'repatria[spark]'")
    if which("java") is None:
        raise NoSparkError("Spark needs Java 17 or later, and there is no program `java`")


def session_here(master: str = "local[*]") -> "SparkSession":
    """A session on this machine, or on the cluster whose address is given.

    Workers get every module from their own installation, which must be of this version.

    Raises:
        NoSparkError: Spark cannot be used here.
    """
    require_spark()
    from pyspark.sql import SparkSession  # noqa: PLC0415 -- optional, and slow to load

    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.maxResultSize": "0",
    }
    if master.startswith("local"):  # nothing is to be heard of it on the network
        settings |= {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
        # Spark asks nothing but this variable which Python its workers are; any other has not us.
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master(master).appName("repatria")
    for key, value in settings.items():
        builder = builder.config(key, value)
    session: SparkSession = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session


def score_lists_on_spark(
    session: "SparkSession",
    left: Sequence[Profile],
    right: Sequence[Profile],
    *,
    settings: MatchSettings = DEFAULTS,
    block: int = BLOCK,
) -> ScoredPairs:
    """The pairs of `matching.score_lists`, found and weighed by a cluster.

    Grounds are not kept: ask the embedded engine about single pairs.

    Args:
        session: of Spark.
        left, right: as for `score_lists`.
        settings: likewise.
        block: records in a block; changes nothing but time and memory.

    Raises:
        ValueError: two profiles of one list have the same id.
    """
    ones, others = in_order(left), in_order(right)
    if not ones or not others:
        return proposed(WeighedPairs.joined(()), (ones, others), settings, _no_grounds)
    if comes_first(others, ones):
        turned = _matched(session, others, ones, settings, block)
        return mirrored(turned)
    return _matched(session, ones, others, settings, block)


def _matched(
    session: "SparkSession",
    left: Sequence[Profile],
    right: Sequence[Profile],
    settings: MatchSettings,
    block: int,
) -> ScoredPairs:
    context = session.sparkContext
    ones, others = (_blocks(context, side, block) for side in (left, right))
    totals = _added_up(ones), _added_up(others)
    counts = context.broadcast(Counts.of(*totals))
    most = settings.neighbours

    from_left = ones.flatMap(lambda numbered: found_from_left(counts.value, numbered[0], most))
    on_their_way = others.cogroup(from_left).flatMap(
        lambda grouped: _carried(counts.value, grouped, most)
    )
    pairs = ones.cogroup(on_their_way).map(lambda grouped: _weighed(counts.value, grouped, most))
    table = WeighedPairs.joined(pairs.collect())
    counts.destroy()
    ones.unpersist()
    others.unpersist()
    return proposed(table, (left, right), settings, _no_grounds)


def _blocks(context: Any, profiles: Sequence[Profile], size: int) -> Any:
    """(number, records) of each block, kept for the second pass."""
    parts = [
        (number, tuple(profiles[start : start + size]))
        for number, start in enumerate(range(0, len(profiles), size))
    ]
    return context.parallelize(parts, len(parts)).persist()


def _added_up(blocks: Any) -> ListCounts:
    """The counts of a list, one block at a time."""
    totals = ListCounts()
    for each in blocks.map(lambda numbered: counted(numbered[1])).toLocalIterator():
        totals.add(each)
    return totals


def _carried(counts: Counts, grouped: Any, most: int) -> Iterator[tuple[int, Any]]:
    number, (records, found) = grouped
    pairs = [*found, found_from_right(counts, number, most)]
    return carried(counts, number, next(iter(records)), pairs)


def _weighed(counts: Counts, grouped: Any, most: int) -> WeighedPairs:
    number, (records, coming) = grouped
    return weighed(counts, number, next(iter(records)), coming, most)


def _no_grounds(_: int, _shift: HabitShift) -> tuple[()]:
    return ()
