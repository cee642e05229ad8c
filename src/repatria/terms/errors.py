"""What can go wrong, and whose matter is it?

    RepatriaError
    |- Refusal          a rule forbids the act: every objection at once
    |- IntegrityError   bytes are not what was signed: stop, keep them, alert
    `- NotVisible       unknown or not yours, which look the same

A `Finding` is not an error but a returned value: something for a person to look
at. A bug is a `ValueError`. The text of none of these ever holds a name, a date
of birth, a place or a health fact.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class RepatriaError(Exception):
    """Base of everything the program says no with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """One reason why an act may not be done.

    Attributes:
        code: stable, lower-case with hyphens; explained in `docs/objections.md`.
        rule: where the rule comes from (treaty article, term, procedure).
        about: ids of the subjects concerned; never names.
    """

    code: str
    rule: str
    about: tuple[str, ...] = ()


class Refusal(RepatriaError):  # noqa: N818 -- named by the design: saying no is an answer
    """An act was refused; nothing was written.

    Attributes:
        objections: all of them, not just the first; never empty.
    """

    def __init__(self, *objections: Objection) -> None:
        if not objections:
            msg = "a refusal needs at least one objection"
            raise ValueError(msg)
        self.objections = objections
        super().__init__("; ".join(sorted({o.code for o in objections})))

    @classmethod
    def unless_empty(cls, objections: Iterable[Objection]) -> None:
        """Raise a refusal holding all objections, or do nothing if there are none."""
        found = tuple(objections)
        if found:
            raise cls(*found)


class IntegrityError(RepatriaError):
    """Bytes are not what was signed or committed to.

    Attributes:
        place: where, in words a duty officer can look up
            (`north/17 body`, `checkpoint 40`, `package signature`).
        code: stable, lower-case with hyphens.
    """

    def __init__(self, place: str, code: str) -> None:
        self.place = place
        self.code = code
        super().__init__(f"{place}: {code}")


class NotVisible(RepatriaError):  # noqa: N818 -- named by the design: it is an answer, not a fault
    """There is no such thing, or it is not yours: the answer is the same."""


class Severity(StrEnum):
    """How much a finding matters to the person who reads the work list."""

    NOTE = "note"
    WARNING = "warning"
    CONTRADICTION = "contradiction"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that a person should look at; returned, never raised.

    Attributes:
        code: stable, lower-case with hyphens; explained in `docs/objections.md`.
        severity: how it is sorted on a work list.
        about: ids of the subjects or statements concerned.
        where: place in a source file or table, if it came from one.
        values: figures and ids for the sentence that shows it; never a name.
    """

    code: str
    severity: Severity
    about: tuple[str, ...] = ()
    where: str = ""
    values: Mapping[str, str | int] = field(default_factory=dict)
