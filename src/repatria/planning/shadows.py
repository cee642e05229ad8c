"""Why is a level not higher?

Each rule is left out in turn and the level solved again, with everything above it
as good as in the plan: what it could be then is what the rule costs. Solved, not
read off the relaxation: in whole numbers a price of the relaxation can mislead.
"""

from dataclasses import dataclass

from repatria.planning.classes import Classes
from repatria.planning.reached import Climb
from repatria.planning.relaxing import with_floor
from repatria.planning.solvers import Ending, solve_integer


@dataclass(frozen=True, slots=True, kw_only=True)
class Shadow:
    """What a level could be without a rule.

    Attributes:
        rule: the rule that is left out.
        value: the level then.
        proven: whether that is known to be all.
    """

    rule: str
    value: int
    proven: bool


def what_binds(
    classes: Classes, reached: Climb, level_id: str, *, seconds: float = 10.0
) -> tuple[Shadow, ...]:
    """The rules without any one of which a level would be higher, dearest first.

    Args:
        classes: the question.
        reached: its plan.
        level_id: a level that counts; the lottery and coverage have no price.
        seconds: for each rule.

    Raises:
        ValueError: there is no such level that counts.
    """
    ids = [level.id for level in classes.instance.levels]
    if level_id not in ids or ids.index(level_id) in classes.spreads or not reached.levels:
        msg = f"{level_id} is not a level that counts"
        raise ValueError(msg)
    place = ids.index(level_id)
    program = classes.program
    for above in range(place):
        program = with_floor(program, classes, above, reached.levels[above].value)
    found = []
    for row, rule in enumerate(classes.instance.rules):
        answer = solve_integer(program.without_rows([row]), classes.gains[place], seconds=seconds)
        if answer.numbers is not None and answer.value > reached.levels[place].value:
            proven = answer.ending is Ending.OPTIMAL
            found.append(Shadow(rule=rule.id, value=answer.value, proven=proven))
    return tuple(sorted(found, key=lambda shadow: (-shadow.value, shadow.rule)))
