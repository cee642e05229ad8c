"""What is promised besides persons?

Medicine, access to places of detention, a corridor: part of what was agreed, and
nothing that is counted against a person. A promise is kept in the terms, said in
words, and has no row in the program; no plan is better or worse for it.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from repatria.planning.rule import Rule
from repatria.terms import PartyCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise(Rule):
    """A party gives something else, by a day.

    Attributes:
        from_party: who gives it.
        what: in the words of the agreement.
        due: the last day.
    """

    kind: ClassVar[str] = "promise"

    from_party: PartyCode
    what: str
    due: date

    def check(self) -> None:
        """Something is promised."""
        if not self.what.strip():
            msg = "a promise says what is given"
            raise ValueError(msg)

    def in_words(self) -> str:
        """Who gives what by when."""
        return f"{self.from_party} also gives, by {self.due.isoformat()}: {self.what}"
