"""How much does each agreement and each conflict weigh?

Weights are log2 of how much likelier the observation is when both records
speak of one person than when they do not; they add up. All figures stand
here, none in the code that uses them.

Source: Fellegi and Sunter 1969, section 2; the form of the name weight is this
project's, its figures a logistic regression on development lists, rounded,
with `aligned` and `father_as_self` set by judgement beside it.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class NameWeights:
    """Figures of the name comparison.

    Attributes:
        shortfall: bits taken per bit that an agreeing part falls short of the expected.
        aligned: bits given per agreeing part beyond its surprise, since namesakes, which the
            surprise counts already, are set against each other once more as rivals.
        conflict: bits taken when both names have a part that nothing agrees with.
        unmatched: bits taken per part that the other name leaves out.
        father_as_self: bits taken when a shown patronymic agrees with a given or family name:
            enough that only a very rare name is aligned so, since sons bear their fathers' names.
        father_conflict: bits taken when both show a patronymic and they differ.
        least_bits, furthest: with fewer bits, or a greater shortfall, nothing agrees.
        form: bits taken where a short form stands for a full one: about one person in thirty.
        initial_bits, initial_shortfall: counted for an initial and the name it begins.
        imagined: size of the imagined population that smooths counts in short lists.
        trusted: share of the bits of a sound that counts against that population.
        least_gain: what parts that sound alike give at least when names are aligned.
    """

    shortfall: float = 0.5
    aligned: float = 1.0
    conflict: float = 5.5
    unmatched: float = 1.3
    father_as_self: float = 5.0
    father_conflict: float = 6.0
    least_bits: float = 1.0
    furthest: float = 20.0
    form: float = 8.0
    initial_bits: float = 3.0
    initial_shortfall: float = 1.0
    imagined: float = 100.0
    trusted: float = 0.75
    agreeing: float = 8.0
    least_gain: float = 0.05


NAME_WEIGHTS = NameWeights()
