"""Writes the golden terms of a version that has none yet: one rule of each of its kinds.

PYTHONPATH=src:tests python tests/golden/terms/write.py
"""

from dataclasses import replace
from datetime import date
from pathlib import Path

from repatria.ledger.canonical import encode
from repatria.planning import (
    AtMostNamed,
    Balance,
    CrossesAt,
    Demand,
    ExchangeDays,
    MostAhead,
    Promise,
    Share,
    SiteCapacity,
    terms_to_json,
)
from repatria.terms import Category
from simulators.party import NORTH, SOUTH, terms_for

HERE = Path(__file__).resolve().parent
BY = {"proposer": NORTH, "source": "meeting of 1 March"}
NAMED = ("person:north-a", "person:north-b")
VERSIONS = {
    "terms-2.json": (
        Share(
            id="share",
            from_party=NORTH,
            by="region",
            value="hills",
            limit="at-least",
            percent=30,
            **BY,
        ),
        Balance(
            id="worth",
            first=NORTH,
            second=SOUTH,
            tolerance=1,
            worth=((Category.SOLDIER, 1), (Category.CIVILIAN, 2)),
            **BY,
        ),
        AtMostNamed(id="one", ids=NAMED, maximum=1, **BY),
        Demand(id="asked", ids=NAMED, minimum=1, **BY),
        Promise(id="medicine", from_party=SOUTH, what="medicine", due=date(2030, 4, 1), **BY),
    ),
    "terms-3.json": (
        SiteCapacity(id="bridge", site="the bridge", per_day=40, **BY),
        SiteCapacity(id="second", site="the bridge", per_day=10, on=date(2030, 3, 5), **BY),
        CrossesAt(id="flies", from_party=NORTH, site="the airport", **BY),
        CrossesAt(
            id="walks", from_party=NORTH, site="the bridge", by="region", value="hills", **BY
        ),
        ExchangeDays(id="days", first_day=date(2030, 3, 4), last_day=date(2030, 3, 6), **BY),
        MostAhead(id="ahead", from_party=SOUTH, most=12, **BY),
    ),
}

if __name__ == "__main__":
    for name, rules in VERSIONS.items():
        written = encode(terms_to_json(replace(terms_for(), rules=rules)))
        (HERE / name).write_bytes(written)
