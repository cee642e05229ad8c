"""What are the words about plans and schedules?"""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

# Why somebody is not in a plan, in a few words; the sentence beside it says the rest.
PLAN_REASONS: Mapping[str, object] = {
    "captured-later": _("those who go are longer in captivity"),
    "lottery": _("the lottery decided among equals"),
    "level-cost": _("somebody who comes first would stay"),
    "rules-conflict": _("with this person no plan keeps the rules"),
    "no-plan": _("there is no plan at all"),
    "category-excluded": _("a rule leaves out this category"),
    "captured-outside-the-time": _("captured outside the time agreed"),
    "excluded-by-name": _("left out by name"),
    "group-broken": _("somebody of the same group cannot go"),
    "life-not-confirmed": _("life is not confirmed"),
    "consent-refused": _("does not want to go"),
    "not-available": _("not available"),
    "retained-for-proceedings": _("kept for criminal proceedings or a sentence"),
    "in-another-plan": _("already on a frozen handover list"),
    "name-locked": _("promised through another channel"),
    "withdrawn": _("withdrawn from an earlier plan"),
    "not-settled": _("not settled in the time given"),
}
# Whose word it is that no plan does better at a level.
PROOFS: Mapping[str, object] = {
    "certificate": _("proven; certificate checked without a solver"),
    "solver": _("proven; the solver's word"),
    "none": _("not proven"),
}
# How a schedule ended.
SCHEDULES: Mapping[str, object] = {
    "optimal": _("proven: no schedule leaves anybody less far ahead"),
    "feasible": _("the best found; whether there is a better one is not known"),
    "infeasible": _("there is no such schedule"),
    "time-limit": _("nothing was found in the time given"),
}
OUTCOMES: Mapping[str, object] = {
    "holder": _("As the holders say"),
    "claimant": _("As the claimants say"),
    "dead": _("If those named do not live"),
}
TABLES: Mapping[str, Mapping[str, object]] = {
    "plan_reason": PLAN_REASONS,
    "proof": PROOFS,
    "schedule": SCHEDULES,
    "outcome": OUTCOMES,
}
