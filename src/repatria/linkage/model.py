"""What goes into a comparison of two lists, and what comes out?

A candidate pair is an opinion with its grounds, never a fact: who is who is
decided by a person, or by a rule that a person set.
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from repatria.terms import PartialDate, PersonName, Sex


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What one record says about a person, as far as it helps to know who is meant.

    Attributes:
        id: unique within its list.
        names: every name the record gives, at least one; the best agreement of any counts.
        birth, sex, captured_on: None when nobody has said.
        father: the father's name where it stands apart, else empty.
        place_of_birth: as written, else empty.
    """

    id: str
    names: tuple[PersonName, ...]
    birth: PartialDate | None = None
    sex: Sex | None = None
    father: str = ""
    captured_on: PartialDate | None = None
    place_of_birth: str = ""

    def __post_init__(self) -> None:
        if not self.names:
            msg = "a profile needs at least one name"
            raise ValueError(msg)


class Decision(StrEnum):
    """What the engine proposes for a pair. Source: Fellegi and Sunter 1969, decisions A1 to A3."""

    LINK = "link"
    POSSIBLE = "possible"
    NON_LINK = "non_link"


class Agreement(StrEnum):
    """How far two values agree, from the same to the opposite."""

    EXACT = "exact"
    CLOSE = "close"
    PARTIAL = "partial"
    MISSING = "missing"
    CONFLICT = "conflict"


class Field(StrEnum):
    """Which part of the profiles a comparison is about.

    The last two are about the lists: what was expected before anything was compared, and what
    other pairs of the same records take away.
    """

    NAME = "name"
    PATRONYMIC = "patronymic"
    BIRTH = "birth"
    SEX = "sex"
    CAPTURED_ON = "captured_on"
    PLACE_OF_BIRTH = "place_of_birth"
    PRIOR = "prior"
    RIVALS = "rivals"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One ground for or against a pair; all of them add up to the log2 odds of its score.

    Attributes:
        left, right: the values as written; empty where a side says nothing.
        match_weight: log2 of how much likelier this agreement is for one person than for two; of
            what the lists say, by how much it moves the log2 odds.
        code: stable, lower-case with hyphens; see `explanations.sentence`.
        values: figures for the sentence that shows it.
    """

    field: Field
    left: str
    right: str
    agreement: Agreement
    match_weight: float
    code: str
    values: Mapping[str, str | int | float] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidatePair:
    """Two records that may speak of one person.

    Attributes:
        score: the probability that both speak of one person, given the two lists.
        match_weight: sum of the weights of the comparisons of the two records, log2, before prior
            odds, rivals and doubts.
    """

    left_id: str
    right_id: str
    score: float
    match_weight: float
    decision: Decision
    comparisons: tuple[Comparison, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchSettings:
    """What whoever runs a comparison may choose.

    Attributes:
        link_at: a pair assigned one to one is a link from this score on.
        possible_at: below it a pair is a non-link.
        show_at: pairs below it are not returned at all.
        expected_share: which part of the shorter list is expected on the other one.
        neighbours: how many records of the other list each record is compared with at most.
    """

    link_at: float = 0.84
    possible_at: float = 0.1
    show_at: float = 0.01
    expected_share: float = 0.5
    neighbours: int = 20

    def __post_init__(self) -> None:
        if not 0 < self.show_at <= self.possible_at <= self.link_at <= 1:
            msg = "thresholds must rise from show_at over possible_at to link_at, within (0, 1]"
            raise ValueError(msg)
        if not 0 < self.expected_share < 1 or self.neighbours < 1:
            msg = "expected_share lies between 0 and 1, and neighbours is at least 1"
            raise ValueError(msg)
