"""What does our own register count, of what the claims count?

Counted for the days and events of which claims speak, and for nothing else. The
register knows only what this desk was told. A day on which it is itself not
certain, who is held or who is what, gives no count: it could disprove nothing.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from repatria.handover import Manifest
from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.line_answered import LineAnswered
from repatria.ledger.kinds.list_line import ListLine
from repatria.ledger.kinds.list_submitted import ListSubmitted, Population
from repatria.ledger.kinds.person_registered import PersonRegistered
from repatria.ledger.log import Log
from repatria.operations.manifests import manifest_of
from repatria.operations.publicity import receipt_figures
from repatria.record import Claim, Measure, RegisterFigure, RegisterFigures
from repatria.record.claims import FLOWS, STOCKS
from repatria.register import CustodyEpisode, PersonRecord, fold_person
from repatria.terms import Category, LineId, ManifestId, PartialDate, PersonId

EVERYBODY = frozenset(Category)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """A stock of which a claim speaks."""

    measure: Measure
    population: str
    holder: str
    on: date
    categories: frozenset[Category]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Counted:
    """A person as far as counting goes; `populations` is whose person he is said to be."""

    record: PersonRecord
    populations: frozenset[str]
    categories: frozenset[Category]


def register_figures(log: Log, claims: Iterable[Claim]) -> RegisterFigures:
    """The counts that can be held against these claims, from the statements of one log.

    A stock is counted for the exact day of a claim, from custody: whose persons they are is
    told by the lists they stand on. A movement is counted from both receipts of a manifest,
    for claims whose event is the id of that manifest.

    Cost: one fold of each person known here, if a claim asks for a stock at all.
    """
    given = [c for c in claims if not c.wording]
    stocks = sorted(set(_asked(given)), key=repr)
    return RegisterFigures(figures=(*_stocks(log, stocks), *_movements(log, given)))


def _asked(claims: Iterable[Claim]) -> Iterator[_Asked]:
    for claim in claims:
        exact = claim.when.earliest == claim.when.latest
        if claim.measure in STOCKS and claim.holder and not claim.event and exact:
            yield _Asked(
                measure=claim.measure,
                population=claim.population,
                holder=claim.holder,
                on=claim.when.earliest,
                categories=claim.categories or EVERYBODY,
            )


def _stocks(log: Log, asked: Iterable[_Asked]) -> Iterator[RegisterFigure]:
    wanted = tuple(asked)
    persons = tuple(_persons(log)) if wanted else ()
    known = {population for person in persons for population in person.populations}
    for each in wanted:
        value = _count(persons, each)
        # Of people whom no list speaks of, a register counts nobody, which says nothing.
        if value is not None and each.population in known:
            yield RegisterFigure(
                measure=each.measure,
                population=each.population,
                holder=each.holder,
                categories=each.categories,
                as_of=PartialDate.on(each.on),
                value=value,
            )


def _count(persons: Iterable[_Counted], asked: _Asked) -> int | None:
    """How many; None when it is not certain of somebody."""
    total = 0
    for person in persons:
        if asked.population not in person.populations:
            continue
        holders = [_holds(e, asked.on) for e in person.record.custody.episodes]
        now = {
            episode.holder: holds
            for episode, holds in zip(person.record.custody.episodes, holders, strict=True)
            if holds is not False
        }
        held_by = {str(holder): holds for holder, holds in now.items()}
        if asked.holder not in held_by:
            continue
        fits = person.categories <= asked.categories
        apart = not person.categories & asked.categories
        if person.categories and apart and asked.categories != EVERYBODY:
            continue
        certain = asked.categories == EVERYBODY or (person.categories and fits)
        if (
            held_by[asked.holder] is None
            or len(now) > 1
            or len(person.populations) > 1
            or not certain
        ):
            return None
        total += 1
    return total


def _holds(episode: CustodyEpisode, on: date) -> bool | None:
    """Whether he was in these hands on a day; None when that is not certain."""
    if episode.since is not None and episode.since.earliest > on:
        return False
    if episode.ended_by is not None:
        if episode.until is None:
            return None
        if episode.until.latest < on:
            return False
        if episode.until.earliest <= on:
            return None
    return True if episode.since is not None and episode.since.latest <= on else None


def _persons(log: Log) -> Iterator[_Counted]:
    lists = {
        said.list_id: (entry.origin, said)
        for entry in log.of_kind("list.submitted")
        for said in [payload_of(entry, ListSubmitted)]
    }
    whose: dict[LineId, str] = {}
    for entry in log.of_kind("list.line"):
        line = payload_of(entry, ListLine)
        if line.list_id in lists:
            author, said = lists[line.list_id]
            whose[line.line_id] = str(said.to if said.population is Population.HELD else author)
    for person in sorted(_person_ids(log)):
        record = fold_person(person, log.about(person))
        yield _Counted(
            record=record,
            populations=frozenset(whose[line] for line in record.lines if line in whose),
            categories=frozenset(v.value for v in record.categories if not v.superseded),
        )


def _person_ids(log: Log) -> set[PersonId]:
    found = {payload_of(e, PersonRegistered).person for e in log.of_kind("person.registered")}
    answered = (payload_of(e, LineAnswered).person for e in log.of_kind("line.answered"))
    return found | {person for person in answered if person is not None}


def _movements(log: Log, claims: Iterable[Claim]) -> Iterator[RegisterFigure]:
    asked = {claim.event for claim in claims if claim.event and claim.measure in FLOWS}
    if not asked:
        return
    for each in sorted(_manifests(log).items()):
        if each[0] in asked:
            yield from _moved(log, *each)


def _manifests(log: Log) -> Mapping[str, Manifest]:
    subjects = {str(entry.statement.about[0]) for entry in log.of_kind("manifest.frozen")}
    return {subject: manifest_of(log, ManifestId(subject)) for subject in subjects}


def _moved(log: Log, event: str, manifest: Manifest) -> Iterator[RegisterFigure]:
    """Each direction that both sides signed for."""
    whose = {line.giver: str(line.receiver) for line in manifest.lines}
    for figure in receipt_figures(log, manifest, event=event, populations=whose).directions:
        if figure.handed_over and figure.received:
            yield RegisterFigure(
                measure=Measure.RELEASED,
                population=figure.population,
                holder=figure.holder,
                event=event,
                categories=EVERYBODY,
                value=figure.value,
            )
