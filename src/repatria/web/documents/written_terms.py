"""How do written terms read in words?

Rule by rule, with who asked for it and on what it rests. Terms that this version
cannot read are shown as unreadable, never guessed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from repatria.planning import Terms, UnreadableTermsError, terms_from_json
from repatria.web.rule_words import Sentence, level_sentence, sentence_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Worded:
    """One rule or priority.

    Attributes:
        id: how plans and reasons call it.
        sentence: in words, without any name, in the language of the page where there are some.
        proposer: the party that asked for it; empty for a priority.
        source: on what it rests.
    """

    id: str
    sentence: Sentence
    proposer: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenTerms:
    """Terms in words; `readable` is False when this version cannot read them."""

    readable: bool
    as_of: str = ""
    nonce: str = ""
    rules: Sequence[Worded] = ()
    priorities: Sequence[Worded] = ()

    def level(self, level_id: str) -> Sentence:
        """What a level counts; empty when these terms do not name it."""
        known = (p.sentence for p in self.priorities if p.id == level_id)
        return next(known, Sentence.of(""))


def in_words(document: Mapping[str, Any]) -> WrittenTerms:
    """The terms of a document in words."""
    try:
        terms = terms_from_json(document)
    except UnreadableTermsError:
        return WrittenTerms(readable=False)
    return _worded(terms)


def _worded(terms: Terms) -> WrittenTerms:
    return WrittenTerms(
        readable=True,
        as_of=terms.as_of.isoformat(),
        nonce=terms.nonce,
        rules=[
            Worded(id=r.id, sentence=sentence_of(r), proposer=r.proposer, source=r.source)
            for r in terms.rules
        ],
        priorities=[
            Worded(id=p.id, sentence=level_sentence(p), source=p.source) for p in terms.priorities
        ],
    )
