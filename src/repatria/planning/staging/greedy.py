"""Is there at least some schedule, when time has ended before a good one was found?

Each unit goes in the first tranche in which there is room at its site, the large
ones of a tier first. How far anybody is ahead is not looked at, only counted.
"""

import numpy as np

from repatria.planning.solvers.program import Whole
from repatria.planning.staging.building import StagingModel
from repatria.planning.staging.counting import exposures


def first_schedule(model: StagingModel) -> Whole | None:
    """A schedule that keeps capacities and agreed exposures; None when this way finds none."""
    question, tranches = model.question, model.tranches
    numbers = np.zeros(model.program.size, dtype=np.int64)
    starts = np.searchsorted(model.unit_class, np.arange(len(question.classes)))
    room = {site: [question.room(site, t) for t in range(tranches)] for site in question.sites}
    order = sorted(
        range(len(question.classes)),
        key=lambda k: (question.classes[k].tier, -question.classes[k].size, k),
    )
    for k in order:
        each, left = question.classes[k], question.classes[k].count
        for tranche in range(each.ready, tranches):
            going = min(left, room[each.site][tranche] // each.size)
            room[each.site][tranche] -= going * each.size
            numbers[int(starts[k]) + tranche - each.ready] = going
            left -= going
        if left:
            return None
    peaks = exposures(question, model.moves_in(numbers), tranches)
    kept = all(max(peaks[party]) <= most for party, most in question.agreed.items())
    return numbers if kept else None
