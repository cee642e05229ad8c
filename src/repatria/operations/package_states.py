"""How does it stand with a package that waits, and what should a person do next?

Each state has one plain sentence and one for what to do. Pages translate them,
commands print them as they are; `%(party)s` is whoever made the package.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class PackageState(StrEnum):
    """How it stands with a package file."""

    WAITING = "waiting"
    NOTHING_NEW = "nothing_new"
    TAKEN_IN = "taken_in"
    REFUSED = "refused"
    REVOKED = "revoked"
    EXPIRED = "expired"
    GAP = "gap"
    FORK = "fork"
    FROZEN = "frozen"
    SET_BACK = "set_back"
    STRANGER = "stranger"
    NOT_FOR_US = "not_for_us"
    DAMAGED = "damaged"

    @property
    def may_be_accepted(self) -> bool:
        """Whether taking it in would be done."""
        return self in (PackageState.WAITING, PackageState.REFUSED)

    @property
    def may_be_removed(self) -> bool:
        """Whether the file is of no use any more; what is evidence is never removed here."""
        return self in _OF_NO_USE


_OF_NO_USE = frozenset(
    {
        PackageState.NOTHING_NEW,
        PackageState.TAKEN_IN,
        PackageState.REFUSED,
        PackageState.REVOKED,
        PackageState.EXPIRED,
        PackageState.NOT_FOR_US,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A state in words.

    Attributes:
        word: two or three words, for a table.
        sentence: what is the matter.
        next: what to do.
    """

    word: str
    sentence: str
    next: str


STATE_WORDS: Mapping[PackageState, Wording] = {
    PackageState.WAITING: Wording(
        word="waits",
        sentence="The package passed every check and waits for somebody to take it in.",
        next="Look at what it brings, then take it in or refuse it with a reason.",
    ),
    PackageState.NOTHING_NEW: Wording(
        word="nothing new",
        sentence="All that it brings is here already, and it is the same.",
        next="Nothing needs to be done; the file can be removed.",
    ),
    PackageState.TAKEN_IN: Wording(
        word="taken in",
        sentence="It was taken in before.",
        next="Nothing needs to be done; the file holds readable statements and should be removed.",
    ),
    PackageState.REFUSED: Wording(
        word="refused",
        sentence="Somebody here refused it.",
        next="It can still be taken in, or the file removed.",
    ),
    PackageState.REVOKED: Wording(
        word="taken back",
        sentence="%(party)s has taken it back.",
        next="Do not use it. Ask %(party)s for a new one, and remove the file.",
    ),
    PackageState.EXPIRED: Wording(
        word="too late",
        sentence="%(party)s did not want it taken in any more by now.",
        next="Ask %(party)s for a new one, and remove the file.",
    ),
    PackageState.GAP: Wording(
        word="an earlier one is missing",
        sentence="It goes on from a place that has not been reached here.",
        next="Take in the earlier package first, or ask %(party)s for one that begins earlier.",
    ),
    PackageState.FORK: Wording(
        word="two stories",
        sentence="%(party)s told two stories about its log: this one is not the one told before.",
        next="Write the evidence down: the log is then frozen, and everybody is told.",
    ),
    PackageState.FROZEN: Wording(
        word="log is frozen",
        sentence="%(party)s told two stories before, so nothing of its log is taken in any more.",
        next="Look at the evidence, and speak with %(party)s and the intermediary.",
    ),
    PackageState.SET_BACK: Wording(
        word="our own log is shorter",
        sentence="%(party)s holds more of our own log than is here, or something else.",
        next="Write nothing. Ask %(party)s to give our log back, then: repatria heal",
    ),
    PackageState.STRANGER: Wording(
        word="from a stranger",
        sentence="Its sender was never introduced here, so nothing shows who made it.",
        next="Meet the sender, compare fingerprints, and introduce it first.",
    ),
    PackageState.NOT_FOR_US: Wording(
        word="not for us",
        sentence="No key here fits: it is meant or sealed for somebody else.",
        next="Hand it on unopened, and remove the file.",
    ),
    PackageState.DAMAGED: Wording(
        word="damaged",
        sentence="It is not what its sender signed, so nothing of it is believed.",
        next="Keep the file, tell whoever keeps this installation, and ask for it again.",
    ),
}
