"""What does a claim count, read from its words or from its columns?

Reading never changes a claim and never adds to it: where the words do not say
whose people, which event or which part, that stays open, and what is open is
not taken to be equal.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from repatria.record.claims import Bound, Claim, Measure, Span
from repatria.record.comparing.parties_named import Ways, party_key, ways_in
from repatria.record.comparing.words import (
    Aspect,
    aspect_of,
    bound_in,
    dates_in,
    dimensions_of,
    singling_out,
    speaks_of,
    standing_of,
    without_bounds,
    without_dates,
)
from repatria.terms import PartialDate

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_PART_OF_ID = re.compile(r"^(?:of|among|out of)\s+(?:the\s+)?([A-Za-z]+[-:]?\d+)\b")
_PART_OF_NUMBER = re.compile(r"^(?:of|among|out of)\s+(?:the|these|those)?\s*(\d[\d,]*)\b")
_PART_OF = re.compile(r"^(?:of|among|out of)\b|\bamong those\b", re.IGNORECASE)
_FORMULA = re.compile(r"\b(\d+)[- ](?:for|x)[- ](\d+)\b")
_ARTICLES = frozenset(["the", "a", "an", "our", "their", "its", "his", "her"])
_OPEN_END = re.compile(r"since|after|from|captured")
_ONE_DAY = re.compile(r"\b(?:that|same|the same) day\b", re.IGNORECASE)
_ASPECTS = {
    Measure.HELD: Aspect.HELD,
    Measure.REMAINING: Aspect.HELD,
    Measure.UNACKNOWLEDGED: Aspect.HELD,
    Measure.MISSING: Aspect.MISSING,
    Measure.ANNOUNCED: Aspect.PLANNED,
    Measure.RELEASED: Aspect.MOVED,
    Measure.RETURNED: Aspect.MOVED,
    Measure.LISTED: Aspect.LISTED,
    Measure.OTHER: Aspect.OTHER,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the words of a measure and a counting rule say, whoever used them."""

    aspect: Aspect
    marks: frozenset[str]
    standing: str
    ways: Ways
    frame: str
    topic: frozenset[str]
    rule: frozenset[str]
    whole: bool
    several: bool
    bound: str
    event: PartialDate | None
    since: bool
    part_of_id: str
    part_of_number: int | None
    partial: bool
    formula: int | None
    dimensions: Mapping[str, frozenset[str]]
    years: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Told:
    """A claim beside what its words say.

    Attributes:
        claim: as it was made.
        says: the reading of its words.
        id, value: of the claim.
        matter: of which it speaks; claims of different matters are never compared.
        event_key: the event by its key, where the claim names one.
        day, last_day: the first and the last day it can have been said.
        happened: the first and last day of the event it counts: as dated, or as said.
        order: by when it was surely said, then id: the same in whatever order claims come in.
        span: the numbers the speaker's words allow.
        utterance: who said it, and when: what was said together.
        whole: whether it counts everybody its measure speaks of.
        almost_whole: the same, or narrowed only to whom the holder acknowledges or does not.
    """

    claim: Claim
    says: Reading
    id: str
    value: int
    matter: str
    event_key: str
    day: date
    last_day: date
    happened: tuple[date, date]
    order: tuple[date, date, str]
    span: Span
    utterance: tuple[str, str]
    whole: bool
    almost_whole: bool


def told_of(claims: Iterable[Claim]) -> tuple[Told, ...]:
    """The claims with their readings, in order of saying."""
    return tuple(sorted((_told(claim) for claim in claims), key=lambda t: t.order))


def _told(claim: Claim) -> Told:
    says = reading_of(claim.wording, claim.category) if claim.wording else _from_columns(claim)
    span = claim.span
    says = _with_columns(says, claim)
    if says.bound and claim.bound is Bound.EXACTLY:
        span = claim.with_bound(Bound(says.bound)).span
    first, last = claim.said_on.earliest, claim.said_on.latest
    when = claim.as_of or says.event
    whole = says.whole and not says.partial
    return Told(
        claim=claim,
        says=says,
        id=claim.id,
        value=claim.value,
        matter=claim.matter,
        event_key=claim.event,
        day=first,
        last_day=last,
        happened=(when.earliest, when.latest) if when else (first, last),
        order=(last, first, claim.id),
        span=span,
        whole=whole,
        almost_whole=whole or not (says.partial or says.rule or says.several),
        utterance=(" ".join(claim.speaker.casefold().split()), str(claim.said_on)),
    )


@lru_cache(maxsize=65_536)
def reading_of(measure: str, rule: str) -> Reading:
    """What these words say."""
    dated = dates_in(measure)
    event = next((when for when, end in dated if not end), None)
    bare = without_dates(measure)
    both = f"{measure} · {rule}"
    aspect = aspect_of(bare)
    firm = without_bounds(rule)
    bare_rule = without_dates(firm)
    rule_words = frozenset(_stems(" ".join(singling_out(_WORD.findall(bare_rule)))))
    standing = standing_of(measure) or standing_of(rule)
    number = _PART_OF_NUMBER.match(measure)
    same_id = None if number else _PART_OF_ID.match(measure)
    formula = _FORMULA.search(measure)
    marks = speaks_of(both) | ({"day"} if _ONE_DAY.search(measure) else frozenset())
    said_of_whom = {w for w in rule_words if _says_standing(w)}
    return Reading(
        aspect=aspect,
        marks=marks,
        standing=standing,
        ways=ways_in(measure, rule),
        frame=" ".join(_stems(measure)),
        topic=frozenset(_stems(bare)),
        rule=rule_words - said_of_whom if standing else rule_words,
        whole=not singling_out(_WORD.findall(firm)),
        several=bool(re.search(r"\+|\band\b|&", rule)),
        bound=bound_in(rule),
        event=event,
        since=any(_OPEN_END.match(end) for _, end in dated),
        part_of_id=same_id[1] if same_id else "",
        part_of_number=int(number[1].replace(",", "")) if number else None,
        partial=bool(_PART_OF.search(measure)),
        formula=int(formula[1]) if formula and formula[1] == formula[2] else None,
        dimensions=dimensions_of(rule),
        years=frozenset(when.year for when, _ in dates_in(rule)),
    )


def _with_columns(says: Reading, claim: Claim) -> Reading:
    """What the columns say more plainly than the words goes before the words."""
    if not (claim.wording and (claim.holder or claim.to_party or claim.event)):
        return says
    ways = Ways(
        people=says.ways.people,
        giver=party_key(claim.holder) if claim.holder else says.ways.giver,
        taker=party_key(claim.to_party) if claim.to_party else says.ways.taker,
    )
    return replace(says, ways=ways)


def _from_columns(claim: Claim) -> Reading:
    """The reading of a claim whose columns say what its words would."""
    rule = frozenset(map(str, claim.categories)) or frozenset(_stems(claim.category))
    text = f"{claim.measure.value} {claim.category}"
    ways = Ways(
        people=party_key(claim.population),
        giver=party_key(claim.holder) if claim.holder else "",
        taker=party_key(claim.to_party) if claim.to_party else "",
    )
    marks = speaks_of(text)
    if claim.measure is Measure.REMAINING:
        marks |= {"remaining"}
    return Reading(
        aspect=_ASPECTS[claim.measure],
        marks=marks,
        standing="hidden" if claim.measure is Measure.UNACKNOWLEDGED else standing_of(text),
        ways=ways,
        frame=f"{claim.measure.value}|{ways.people}|{ways.giver}|{ways.taker}|{claim.event}",
        topic=frozenset((ways.people,)),
        rule=rule,
        whole=not singling_out(_WORD.findall(claim.category)) and not claim.categories,
        several=False,
        bound="",
        event=claim.as_of if claim.event else None,
        since=False,
        part_of_id="",
        part_of_number=None,
        partial=False,
        formula=None,
        dimensions=dimensions_of(" ".join((claim.category, *claim.categories)).replace("_", " ")),
        years=frozenset(),
    )


def _says_standing(word: str) -> bool:
    return bool(
        re.search(r"acknowledg|confirm|official|disappear|forc|alleg|denied|^not$|^z$", word)
    )


def _stems(text: str) -> Iterable[str]:
    """The words without their endings, in order."""
    for word in _WORD.findall(text):
        if word.casefold() not in _ARTICLES:
            yield party_key(word)
