"""How do the parties of the story agree on whom to exchange?"""

from datetime import UTC, datetime

from repatria.cli.cast import INTERMEDIARY, NORTH, SOUTH, TERMS_ID, story_terms, to_and_between
from repatria.cli.story.stage import Stage
from repatria.operations.agreement import accept_plan, accept_terms, plan_exchange, propose_terms
from repatria.terms import Role


class Agreement(Stage):
    """From terms to an accepted plan."""

    __slots__ = ()

    def agree_on_terms(self) -> None:
        """Terms are proposed by the intermediary and accepted by both parties."""
        self.clock.turn_to(datetime(2023, 12, 7, 9, 0, tzinfo=UTC))
        with self.at(INTERMEDIARY, Role.NEGOTIATOR) as desk:
            propose_terms(desk, story_terms(), parties=(NORTH, SOUTH))
        self.carry_packages((INTERMEDIARY, NORTH), (INTERMEDIARY, SOUTH))
        for party in (NORTH, SOUTH):
            with self.at(party, Role.NEGOTIATOR) as desk:
                accept_terms(desk, terms_id=TERMS_ID)
        self.carry_packages(*to_and_between())
        for rule in story_terms().rules:
            self.tell(f"term: {rule.in_words()}", "propose_terms, accept_terms")

    def plan(self) -> None:
        """A plan is solved under the terms, proven optimal, and accepted."""
        with self.at(INTERMEDIARY, Role.NEGOTIATOR) as desk:
            plan = plan_exchange(desk, terms_id=TERMS_ID, parties=(NORTH, SOUTH))
        self.plan_id = plan.plan_id
        proven = all(level["proven"] for level in plan.levels)
        self.tell(
            f"plan: {len(plan.selected)} persons go, {len(plan.left_out)} stay; "
            f"{len(plan.levels)} levels, {'all proven' if proven else 'not all proven'} optimal",
            "plan_exchange",
        )
        shown: set[str] = set()
        for reason in plan.reasons.values():
            if reason["code"] not in shown:
                shown.add(reason["code"])
                self.tell(f"why somebody stays ({reason['code']}): {reason['sentence']}", "why_not")
        self.carry_packages((INTERMEDIARY, NORTH), (INTERMEDIARY, SOUTH))
        for party in (NORTH, SOUTH):
            with self.at(party, Role.NEGOTIATOR) as desk:
                accept_plan(desk, plan_id=plan.plan_id)
        self.carry_packages(*to_and_between())
