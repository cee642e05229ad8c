"""In which order could the persons of a plan cross, so that nobody is far ahead?

From a plan and its terms to the question that `planning.staging` answers, and back to
persons, days and sites. The seriously wounded and sick weigh nothing and go first,
then the others in need of protection. Whoever goes only together goes on one day.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import sha256
from math import gcd
from typing import Any

from repatria.ledger.kinds.schedule_proposed import ScheduleLine
from repatria.planning import (
    Candidate,
    CrossesAt,
    ExchangeDays,
    MostAhead,
    Ratio,
    SiteCapacity,
    Terms,
)
from repatria.planning.staging import (
    Legs,
    StagingPlan,
    StagingQuestion,
    UnitClass,
    answer_staging,
    canonical,
    plan_document,
    staging_from_json,
)
from repatria.planning.terms_question import groups_of
from repatria.terms import Objection, PartyCode, PersonId, Refusal

_FIRST, _SOON, _THEN = 0, 1, 2
ANY_SITE = "crossing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """Those who cross together: a family, or one person.

    Attributes:
        look: what the schedule looks at; equal units are interchangeable.
        persons: ids, sorted.
        turn: who of equal ones goes first.
    """

    look: UnitClass
    persons: tuple[str, ...]
    turn: tuple[date, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tranche:
    """One day of a schedule.

    Attributes:
        number: from 1.
        on: the day, where the terms name the days.
        crosses: how many leave whose hands, by party.
        places: the same for each site.
        ahead: by how much each party is ahead at most on that day, by party.
        stopped: what each party has when the exchange stops after it.
    """

    number: int
    on: str
    crosses: Mapping[str, int]
    places: Mapping[str, Mapping[str, int]]
    ahead: Mapping[str, int]
    stopped: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """A schedule for a plan.

    Attributes:
        status: `optimal`, `feasible`, `infeasible` or `time-limit`.
        reason: why there is none, in words.
        parties: who exchange.
        worth: how much one person counts, by who holds him.
        most_ahead: the greatest that any party is ever ahead; None without a schedule.
        proven: whether no schedule has less.
        tranches: day by day.
        document: as `planning.staging` made it, with its proofs.
        lines: who crosses on which day, where; empty without a schedule.
    """

    status: str
    reason: str
    parties: tuple[str, ...]
    worth: Mapping[str, int]
    most_ahead: int | None
    proven: bool
    tranches: tuple[Tranche, ...]
    document: Mapping[str, Any]
    lines: tuple[ScheduleLine, ...] = ()


def worth_of(going: Iterable[Candidate], terms: Terms) -> dict[str, int]:
    """How much one person counts, by who holds him, so that a kept agreement is even.

    As the one rule of "so many for so many" has it; without one, as the numbers of the
    plan have it between two parties; else everybody counts one.
    """
    counts = Counter(str(person.holder) for person in going if not person.outside_ratios)
    whole = [
        rule
        for rule in terms.rules
        if isinstance(rule, Ratio) and not rule.first_categories and not rule.second_categories
    ]
    if len(whole) == 1:
        # Three of one side for one of the other: the one is worth three.
        worth = {
            str(whole[0].first): whole[0].second_count,
            str(whole[0].second): whole[0].first_count,
        }
        if set(counts) <= set(worth):
            return worth
    if len(counts) == 2:
        (first, many), (second, few) = sorted(counts.items())
        shared = gcd(many, few)
        return {first: few // shared, second: many // shared}
    return dict.fromkeys(counts, 1)


def days_of(terms: Terms) -> tuple[date, ...]:
    """The days on which people cross; empty where the terms do not say."""
    for rule in terms.rules:
        if isinstance(rule, ExchangeDays):
            return tuple(rule.first_day + timedelta(days=n) for n in range(rule.count))
    return ()


def units_of(going: Iterable[Candidate], terms: Terms) -> tuple[Unit, ...]:
    """Those who cross together, in order of persons.

    A group that several parties hold is one unit in the hands of each.
    """
    people = tuple(going)
    worth = worth_of(people, terms)
    groups = groups_of(people, _about(people, terms))
    units: defaultdict[tuple[str, str, str], list[Candidate]] = defaultdict(list)
    for person in people:
        group = groups.get(person.id, person.id)
        units[group, str(person.holder), str(person.receiver)].append(person)
    return tuple(
        _unit(members, terms, worth)
        for members in sorted(units.values(), key=lambda each: min(p.id for p in each))
    )


def _about(people: Iterable[Candidate], terms: Terms) -> Terms:
    """The terms with the rules that speak of nobody else by name."""
    known = {person.id for person in people}
    rules = tuple(rule for rule in terms.rules if known.issuperset(rule.persons))
    return replace(terms, rules=rules)


def _unit(members: Sequence[Candidate], terms: Terms, worth: Mapping[str, int]) -> Unit:
    ids = tuple(sorted(person.id for person in members))
    first = min(members, key=lambda person: person.id)
    return Unit(
        look=UnitClass(
            holder=str(first.holder),
            claimant=str(first.receiver),
            site=_site_of(first, terms),
            tier=min(_tier(person, terms) for person in members),
            ready=0,
            value=sum(
                0 if person.outside_ratios else worth.get(str(person.holder), 1)
                for person in members
            ),
            size=len(members),
            count=1,
        ),
        persons=ids,
        turn=(
            min(person.held_since for person in members),
            sha256("\n".join((terms.nonce, *ids)).encode()).hexdigest(),
        ),
    )


def _site_of(person: Candidate, terms: Terms) -> str:
    for rule in terms.rules:
        if isinstance(rule, CrossesAt) and rule.speaks_of(person):
            return rule.site
    named = (rule.site for rule in terms.rules if isinstance(rule, SiteCapacity))
    return next(named, ANY_SITE)


def question_for(
    going: Iterable[Candidate],
    terms: Terms,
    *,
    per_day: int,
    days: int | None = None,
    most_ahead: int | None = None,
    simultaneous: bool = True,
) -> StagingQuestion:
    """The question in which order these persons cross.

    Args:
        going: the persons of a plan.
        terms: under which it was made; what they say of sites and days holds.
        per_day: persons who can cross in a day where the terms say nothing of the site.
        days: how many where the terms name none; None asks for the fewest.
        most_ahead: by how much each party may be ahead at most; None asks for the least.
        simultaneous: whether both sides hand over at the same moment.

    Raises:
        Refusal: `capacity-without-days`.
    """
    units = units_of(going, terms)
    parties = tuple(sorted({p for u in units for p in (u.look.holder, u.look.claimant)}))
    named = days_of(terms)
    return canonical(
        StagingQuestion(
            base=terms.id,
            parties=parties,
            tranches=len(named) or days,
            classes=tuple(unit.look for unit in units),
            capacity=per_day,
            site_capacity=_rooms(terms, named, per_day),
            agreed=_agreed(terms, parties, most_ahead),
            legs=Legs.SIMULTANEOUS if simultaneous else Legs.ALTERNATING,
        )
    )


def _rooms(terms: Terms, named: Sequence[date], per_day: int) -> dict[str, tuple[int, ...]]:
    """For each site of the terms how many can cross, day by day."""
    rules = [rule for rule in terms.rules if isinstance(rule, SiteCapacity)]
    strange = tuple(r.id for r in rules if r.on is not None and r.on not in named)
    if strange:
        raise Refusal(Objection(code="capacity-without-days", rule=strange[0], about=strange))
    found: dict[str, tuple[int, ...]] = {}
    for site in sorted({rule.site for rule in rules}):
        own = [rule for rule in rules if rule.site == site]
        always = min((rule.per_day for rule in own if rule.on is None), default=per_day)
        found[site] = tuple(
            min((rule.per_day for rule in own if rule.on == day), default=always)
            for day in named or (None,)
        )
    return found


def _agreed(terms: Terms, parties: Iterable[str], most_ahead: int | None) -> dict[str, int]:
    """By how much each party may be ahead: the least of what anybody asks for."""
    limits = {party: [] if most_ahead is None else [most_ahead] for party in parties}
    for rule in terms.rules:
        if isinstance(rule, MostAhead) and rule.from_party in limits:
            limits[rule.from_party].append(rule.most)
    return {party: min(each) for party, each in limits.items() if each}


def schedule_for(
    going: Iterable[Candidate],
    terms: Terms,
    question: StagingQuestion,
    *,
    seconds: float,
    report: Callable[[Schedule], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Schedule:
    """The best schedule, or why there is none; solved in a process that is killed in time.

    Args:
        going: the persons of a plan.
        terms: under which it was made.
        question: what `question_for` gave.
        seconds: hard limit.
        report: hears of a schedule before it is proven best.
        cancelled: asked a few times a second; True stops with what was found.
    """
    people = tuple(going)
    days = tuple(day.isoformat() for day in days_of(terms))

    def schedule_of(document: Mapping[str, Any]) -> Schedule:
        return schedule_in(
            document,
            worth=worth_of(people, terms),
            days=days,
            lines=lines_of(document, units_of(people, terms), days),
        )

    def tell(found: StagingPlan) -> None:
        if report is not None:
            report(schedule_of(plan_document(found)))

    document = answer_staging(question, seconds=seconds, cancelled=cancelled, on_progress=tell)
    return schedule_of(document)


def lines_of(
    document: Mapping[str, Any], units: Iterable[Unit], days: Sequence[str]
) -> tuple[ScheduleLine, ...]:
    """Who crosses on which day; of equal units those first who are held longest, then by lot."""
    if "schedule" not in document:
        return ()
    waiting: defaultdict[tuple[Any, ...], list[Unit]] = defaultdict(list)
    for unit in sorted(units, key=lambda each: each.turn):
        waiting[unit.look.look].append(unit)
    classes = staging_from_json(document["question"]).classes
    found: defaultdict[tuple[int, str, str, str], list[str]] = defaultdict(list)
    for move in document["schedule"]:
        each = classes[move["class"]]
        for _ in range(move["units"]):
            unit = waiting[each.look].pop(0)
            found[move["tranche"], each.site, each.holder, each.claimant] += unit.persons
    return tuple(
        ScheduleLine(
            day=tranche + 1,
            on=days[tranche] if tranche < len(days) else "",
            site=site,
            giver=PartyCode(holder),
            receiver=PartyCode(claimant),
            persons=tuple(PersonId(one) for one in sorted(ids)),
        )
        for (tranche, site, holder, claimant), ids in sorted(found.items())
    )


def schedule_in(
    document: Mapping[str, Any],
    *,
    worth: Mapping[str, int] | None = None,
    days: Sequence[str] = (),
    lines: tuple[ScheduleLine, ...] = (),
) -> Schedule:
    """The schedule that a document of `planning.staging` holds.

    Args:
        document: as it was solved.
        worth: how much one person counts; without it what the question says.
        days: in order, where the terms name them.
        lines: who crosses when.
    """
    parties = tuple(str(party) for party in document["question"]["parties"])
    levels = document["levels"]
    has_one = "schedule" in document
    return Schedule(
        status=str(document["status"]),
        reason=str(document.get("reason", "")),
        parties=parties,
        worth=worth if worth is not None else _worth_in(document),
        most_ahead=document.get("E"),
        proven=has_one and bool(levels) and bool(levels[0]["proven"]),
        tranches=tuple(_tranches(document, parties, days)) if has_one else (),
        document=document,
        lines=lines,
    )


def _worth_in(document: Mapping[str, Any]) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for each in document["question"]["unit_classes"]:
        found[each["holder"]] = max(found.get(each["holder"], 0), each["value"] // each["size"])
    return found


def _tranches(
    document: Mapping[str, Any], parties: tuple[str, ...], days: Sequence[str]
) -> Iterable[Tranche]:
    for number in range(document["T"]):
        lines = [line for line in document["schedule"] if line["tranche"] == number]
        places = {
            site: _by_holder([line for line in lines if line["site"] == site], parties)
            for site in sorted({line["site"] for line in lines})
        }
        yield Tranche(
            number=number + 1,
            on=days[number] if number < len(days) else "",
            crosses=_by_holder(lines, parties),
            places=places,
            ahead={party: document["exposure"][party][number] for party in parties},
            stopped=document["if_stopped_after"][number],
        )


def _by_holder(lines: Iterable[Mapping[str, Any]], parties: Iterable[str]) -> Mapping[str, int]:
    told = tuple(lines)
    return {
        party: sum(line["persons"] for line in told if line["holder"] == party) for party in parties
    }


def _tier(person: Candidate, terms: Terms) -> int:
    if person.outside_ratios:
        return _FIRST
    return _SOON if person.vulnerable(terms.as_of) else _THEN
