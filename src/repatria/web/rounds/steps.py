"""How far has each party come in a round, as a row of steps and as a sentence?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a party.

    Attributes:
        words: what is done in it.
        state: `done`, `now` or `waiting`.
    """

    words: str
    state: str

    @property
    def spoken(self) -> str:
        """The state in words, for somebody who does not see the mark."""
        return {"done": _("done"), "now": _("next"), "waiting": _("not yet")}[self.state]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartySteps:
    """The row of one party.

    Attributes:
        stand: what the round says of it.
        sentence: where it stands, in words.
    """

    stand: Mapping[str, Any]
    steps: Sequence[Step]
    sentence: str


def steps_of(row: Any) -> list[PartySteps]:
    """A row of steps for each party."""
    both = all(stand["committed"] for stand in row.stands)
    return [
        PartySteps(stand=stand, steps=_steps(row, stand, both=both), sentence=_sentence(row, stand))
        for stand in row.stands
    ]


def _steps(row: Any, stand: Mapping[str, Any], *, both: bool) -> tuple[Step, ...]:
    done = [(_("committed"), stand["committed"])]
    if row.with_intermediary:
        # Once its list was revealed it was checked, whatever was amended since.
        done.append((_("checked by the intermediary"), row.confirmed or stand["done"]))
    else:
        done.append((_("both committed"), both))
    if row.reveals != "private":
        done.append((_("revealed"), stand["done"]))
    return tuple(_in_turn(done))


def _in_turn(done: Sequence[tuple[str, bool]]) -> Iterator[Step]:
    following = "now"
    for words, is_done in done:
        yield Step(words=words, state="done" if is_done else following)
        if not is_done:
            following = "waiting"


def _sentence(row: Any, stand: Mapping[str, Any]) -> str:
    if stand["faults"]:
        return ngettext(
            "%(count)d revealed slot is not what was committed to.",
            "%(count)d revealed slots are not what was committed to.",
            stand["faults"],
        ) % {"count": stand["faults"]}
    if not stand["committed"]:
        return _("Has not committed to a list yet.")
    if stand["done"] and stand["unmatched"] is not None:
        return _("%(shown)d persons shown, as committed; %(hidden)d others stay hidden.") % {
            "shown": stand["persons"],
            "hidden": stand["unmatched"],
        }
    if stand["done"]:
        return ngettext(
            "The whole list is shown, %(count)d person, as committed.",
            "The whole list is shown, %(count)d persons, as committed.",
            stand["persons"],
        ) % {"count": stand["persons"]}
    if stand["revealed"]:
        return _("%(opened)d of %(slots)d slots are opened, as committed.") % {
            "opened": stand["opened"],
            "slots": stand["slots"],
        }
    if stand["entries"] is not None:
        return ngettext(
            "Committed to a list of %(count)d person; the other party cannot read it.",
            "Committed to a list of %(count)d persons; the other party cannot read it.",
            stand["entries"],
        ) % {"count": stand["entries"]}
    return _("Committed to a list of at most %(slots)d persons, hidden from you.") % {
        "slots": min(stand["slots"], row.max_entries)
    }
