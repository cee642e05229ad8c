"""Who is exchanged for whom?

Start with `solve`: candidates and signed `Terms` in, a `Plan` out. `why_not`
answers for one person, `objections_to` checks a plan without a solver,
`substitute` plans again when somebody drops out. Not here: who may see a plan,
tranches and transport, and the remains of the dead.
"""

from repatria.planning.agreement import Priority, PriorityKind, Terms, standard_priorities
from repatria.planning.candidates import Candidate, HealthClass
from repatria.planning.counts import (
    AtMostNamed,
    CapturedTotal,
    CategoryTotal,
    Demand,
    Include,
    Ratio,
    Total,
)
from repatria.planning.crossings import CrossesAt, ExchangeDays, MostAhead, SiteCapacity
from repatria.planning.documents import UnreadableTermsError, terms_from_json, terms_to_json
from repatria.planning.eligibility import (
    CapturedBetween,
    CategoryExcluded,
    CategoryOnly,
    Exclude,
    Together,
    UnknownRule,
)
from repatria.planning.explanation import why_not, why_not_each
from repatria.planning.plan import (
    LevelResult,
    Plan,
    PlanStatus,
    UnreadablePlanError,
    plan_from_json,
    plan_to_json,
)
from repatria.planning.promises import Promise
from repatria.planning.proportions import Balance, Share
from repatria.planning.reasons import Reason
from repatria.planning.rule import Rule
from repatria.planning.selection import replan, solve, substitute
from repatria.planning.solvers import SolverFaultError
from repatria.planning.verification import objections_to

__all__ = [
    "AtMostNamed",
    "Balance",
    "Candidate",
    "CapturedBetween",
    "CapturedTotal",
    "CategoryExcluded",
    "CategoryOnly",
    "CategoryTotal",
    "CrossesAt",
    "Demand",
    "ExchangeDays",
    "Exclude",
    "HealthClass",
    "Include",
    "LevelResult",
    "MostAhead",
    "Plan",
    "PlanStatus",
    "Priority",
    "PriorityKind",
    "Promise",
    "Ratio",
    "Reason",
    "Rule",
    "Share",
    "SiteCapacity",
    "SolverFaultError",
    "Terms",
    "Together",
    "Total",
    "UnknownRule",
    "UnreadablePlanError",
    "UnreadableTermsError",
    "objections_to",
    "plan_from_json",
    "plan_to_json",
    "replan",
    "solve",
    "standard_priorities",
    "substitute",
    "terms_from_json",
    "terms_to_json",
    "why_not",
    "why_not_each",
]
