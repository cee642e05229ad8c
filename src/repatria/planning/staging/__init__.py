"""On which day does who cross where, so that nobody is far ahead on trust?

Start with `read_staging` and `solve_staging`. `check_staging` counts a plan again
without a solver, `after_tranche` says what each party has when the exchange stops
there. Not here: who is in the package at all, and buses and crews.
"""

from repatria.planning.staging.checking import check_staging
from repatria.planning.staging.counting import Standing, after_tranche, exposures
from repatria.planning.staging.question import (
    FORMAT,
    Legs,
    Move,
    StagingQuestion,
    UnitClass,
    UnreadableStagingError,
    canonical,
)
from repatria.planning.staging.reading import read_staging, staging_from_json
from repatria.planning.staging.report import StagingPlan, plan_document
from repatria.planning.staging.solving import answer_staging, solve_staging

__all__ = [
    "FORMAT",
    "Legs",
    "Move",
    "StagingPlan",
    "StagingQuestion",
    "Standing",
    "UnitClass",
    "UnreadableStagingError",
    "after_tranche",
    "answer_staging",
    "canonical",
    "check_staging",
    "exposures",
    "plan_document",
    "read_staging",
    "solve_staging",
    "staging_from_json",
]
