"""Who is ahead after each tranche, and what does everybody have if it stops there?

Plain whole numbers: this is read by people who check a plan by hand.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from repatria.planning.staging.question import Move, StagingQuestion


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What one party has given and received when the exchange stops.

    Attributes:
        party: whose.
        given_persons, received_persons: all persons, the wounded and sick too.
        given_value, received_value: as the parties count.
        still_held_persons: of those it was to hand over, how many it still holds.
        still_awaited_persons: of those it was to receive, how many have not come.
    """

    party: str
    given_persons: int
    received_persons: int
    given_value: int
    received_value: int
    still_held_persons: int
    still_awaited_persons: int

    @property
    def exposure(self) -> int:
        """Value handed over minus value received; negative when it is behind."""
        return self.given_value - self.received_value


def after_tranche(
    question: StagingQuestion, moves: Iterable[Move], last: int
) -> tuple[Standing, ...]:
    """Where each party stands when tranche `last` was the last one; -1 is before the first."""
    given = dict.fromkeys(question.parties, (0, 0))
    received = dict.fromkeys(question.parties, (0, 0))
    for move in moves:
        each = question.classes[move.unit_class]
        if move.tranche <= last:
            persons, value = move.count * each.size, move.count * each.value
            given[each.holder] = _plus(given[each.holder], persons, value)
            received[each.claimant] = _plus(received[each.claimant], persons, value)
    to_give, to_come = dict.fromkeys(question.parties, 0), dict.fromkeys(question.parties, 0)
    for each in question.classes:
        to_give[each.holder] += each.count * each.size
        to_come[each.claimant] += each.count * each.size
    return tuple(
        Standing(
            party=party,
            given_persons=given[party][0],
            received_persons=received[party][0],
            given_value=given[party][1],
            received_value=received[party][1],
            still_held_persons=to_give[party] - given[party][0],
            still_awaited_persons=to_come[party] - received[party][0],
        )
        for party in question.parties
    )


def exposures(
    question: StagingQuestion, moves: Iterable[Move], tranches: int
) -> dict[str, list[int]]:
    """For each party and tranche the most it is ahead during that tranche.

    With simultaneous legs that is at the end of the tranche, else right after the
    party's own leg, before those who come later have handed over.
    """
    steps = {party: [0] * tranches for party in question.parties}
    late = {party: [0] * tranches for party in question.parties}
    for move in moves:
        each = question.classes[move.unit_class]
        value = move.count * each.value
        steps[each.holder][move.tranche] += value
        steps[each.claimant][move.tranche] -= value
        if not question.goes_before(each.holder, each.claimant, move.tranche):
            late[each.claimant][move.tranche] += value
    peaks: dict[str, list[int]] = {}
    for party in question.parties:
        ahead, peaks[party] = 0, []
        for step, owed in zip(steps[party], late[party], strict=True):
            ahead += step
            peaks[party].append(ahead + owed)
    return peaks


def level_values(question: StagingQuestion, moves: Iterable[Move], tranches: int) -> dict[str, int]:
    """The value of each level: the greatest exposure, then for each tier how late it goes."""
    moves = tuple(moves)
    peaks = exposures(question, moves, tranches)
    values = {"E": max([0, *(most for row in peaks.values() for most in row)])}
    for tier in question.tiers:
        values[tier_level(tier)] = sum(
            move.tranche * move.count * question.classes[move.unit_class].size
            for move in moves
            if question.classes[move.unit_class].tier == tier
        )
    return values


def tier_level(tier: int) -> str:
    """The name of the level that lets a tier go early."""
    return f"tier{tier}-earliest"


def _plus(sums: tuple[int, int], persons: int, value: int) -> tuple[int, int]:
    return sums[0] + persons, sums[1] + value
