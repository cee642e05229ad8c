"""How does the reason why somebody stays read in the reader's own language?

What a party signed with its plan is a code, the rules it rests on, and an English
sentence with the numbers. A page says the same in its own language: by the code, with
the numbers of the sentence and the rules in its words. A sentence that is not known,
such as one of a newer version, is shown as it is, marked as English.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from repatria.planning.neutral import NEUTRAL_WORDS
from repatria.web.documents.written_terms import WrittenTerms
from repatria.web.plan_words import PLAN_REASONS
from repatria.web.rule_words import Sentence, apart

_ENGLISH = "en"
_TURN = re.compile(
    r"(?P<going>\d+) of (?P<equals>\d+) of equal standing go; those who go are "
    r"(?P<cause>longer in captivity|drawn earlier by lot among those held as long); "
    r"the turn of this person is (?P<turn>\d+)\."
)
_LEVEL = re.compile(
    r"With this person level (?P<level>\S+)(?: \(.*?\))? falls from (?P<held>\d+) to "
    r"(?P<value>\d+); (?P<ahead>\d+) of equal or higher standing go(?P<binding>; what holds it "
    r"down: .+)?\."
)
_BARRED = "Cannot be chosen: "
_PERSONS = re.compile(r"(?P<site>.+): (?P<persons>\d+) persons, room for (?P<room>\d+)")


def reason_sentence(reason: Mapping[str, Any], written: WrittenTerms | None) -> Sentence:
    """The reason in the language of the page; in English, marked so, where there are no words.

    Args:
        reason: code, rules and sentence, as a plan that was proposed has them.
        written: the terms of the plan in words, where they are at hand.
    """
    told = str(reason.get("sentence", ""))
    if (get_language() or _ENGLISH).startswith(_ENGLISH) or not told:
        return Sentence.of(told)
    rules = _rules(reason.get("rules", ()), written)
    for known, say in _SENTENCES:
        if (found := known(told)) is not None:
            return Sentence.of(say(found, rules, written))
    code = str(reason.get("code", ""))
    if told.startswith(_BARRED) and code in PLAN_REASONS:
        words = {"why": PLAN_REASONS[code], "rules": rules}
        return Sentence.of(_("Cannot be chosen: %(why)s; it rests on: %(rules)s.") % words)
    return Sentence.of(told, english=True)


def schedule_reason(told: str) -> Sentence:
    """Why there is no schedule, in the language of the page, or in English."""
    if (get_language() or _ENGLISH).startswith(_ENGLISH) or not told:
        return Sentence.of(told)
    words = {
        "somebody is ready only after the last tranche": _(
            "Somebody is ready only after the last day."
        ),
        "the agreed exposure and the capacities leave no schedule": _(
            "What was agreed about being ahead, and how many can cross, leave no schedule."
        ),
        "capacities and dates of readiness leave no schedule": _(
            "How many can cross, and who is ready when, leave no schedule."
        ),
    }
    if told in words:
        return Sentence.of(words[told])
    full = _PERSONS.fullmatch(told)
    if full is None:
        return Sentence.of(told, english=True)
    parts = {**full.groupdict(), "site": apart(full["site"])}
    return Sentence.of(_("At %(site)s there is room for %(room)s; persons: %(persons)s.") % parts)


def _rules(ids: Sequence[str], written: WrittenTerms | None) -> str:
    """Rules by name and in words; a source in law stands by itself."""
    known = {rule.id: rule.sentence for rule in written.rules} if written is not None else {}
    said = []
    for one in ids:
        words = known.get(one)
        in_words = f" ({words})" if words and not words.is_english else ""
        said.append(f"{apart(one)}{in_words}")
    return _("; ").join(said)


def _turn(found: re.Match[str], _rules: str, _written: WrittenTerms | None) -> str:
    longer = found["cause"].startswith("longer")
    cause = _("longer in captivity") if longer else _("drawn earlier among those held as long")
    words = {**found.groupdict(), "cause": cause}
    return (
        _(
            "Of %(equals)s of equal standing %(going)s go; those who go are %(cause)s; "
            "the turn of this person is %(turn)s."
        )
        % words
    )


def _level(found: re.Match[str], rules: str, written: WrittenTerms | None) -> str:
    known = written.level(found["level"]) if written is not None else ""
    words = {**found.groupdict(), "level": known or apart(found["level"]), "rules": rules}
    said = (
        _(
            "With this person fewer would be reached at this level: %(level)s: %(value)s "
            "instead of %(held)s. Of equal or higher standing go: %(ahead)s."
        )
        % words
    )
    if found["binding"] is None or not rules:
        return said
    return _("%(said)s What holds it down: %(rules)s.") % {"said": said, "rules": rules}


def _exactly(text: str) -> Callable[[str], str | None]:
    return lambda told: told if told == text else None


def _beginning(text: str) -> Callable[[str], str | None]:
    return lambda told: told if told.startswith(text) else None


_SENTENCES: Sequence[tuple[Callable[[str], Any], Callable[..., str]]] = (
    (_TURN.fullmatch, _turn),
    (_LEVEL.fullmatch, _level),
    (_exactly(NEUTRAL_WORDS), lambda *_given: _("Cannot be chosen: is not available.")),
    (_exactly("Is in the plan."), lambda *_given: _("Is in the plan.")),
    (
        _beginning("There is no plan: "),
        lambda _told, rules, _terms: (
            _("There is no plan: these rules cannot hold together: %(rules)s.") % {"rules": rules}
        ),
    ),
    (
        _beginning("With this person no plan exists; in the way stand: "),
        lambda _told, rules, _terms: (
            _("With this person no plan exists; in the way stand: %(rules)s.") % {"rules": rules}
        ),
    ),
    (
        _exactly(
            "Plans with and without this person are equal at every priority; the lottery decided."
        ),
        lambda *_given: _(
            "Plans with and without this person are equal at every priority; the lottery decided."
        ),
    ),
    (
        _exactly("The time given did not suffice to prove an answer."),
        lambda *_given: _("The time given did not suffice to prove an answer."),
    ),
)
