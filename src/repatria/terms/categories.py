"""Which closed sets of words describe a person?

A category is what somebody asserts, never what a person is: it always travels
inside a statement with a speaker.
"""

from enum import StrEnum


class Category(StrEnum):
    """What a speaker says the person is, for the purpose of an agreement.

    Source: GC III art. 4; GC IV art. 4; the figures of domain practice
    ("41 soldiers, 6 civilians, 8 political leaders").
    """

    SOLDIER = "soldier"
    CIVILIAN = "civilian"
    POLITICAL_LEADER = "political_leader"
    MEDICAL_OR_RELIGIOUS = "medical_or_religious"
    OTHER = "other"


class LifeStatus(StrEnum):
    """What a speaker says about life and death; always a claim with a method."""

    ALIVE = "alive"
    DEAD = "dead"
    UNKNOWN = "unknown"


class Sex(StrEnum):
    """As written in the source."""

    MALE = "male"
    FEMALE = "female"
