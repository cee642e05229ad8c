"""Whose remains are in a container, and who may say so?

Containers and persons are many to many. The giver's word is a claim; only the laboratory
of the party that received a container identifies whom it holds. Containers are counted
as containers: how many persons they are is known only of those identified.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.remains_examined import LaboratoryResult, RemainsExamined
from repatria.ledger.kinds.remains_passed import RemainsPassed
from repatria.ledger.kinds.remains_recorded import RemainsRecorded
from repatria.ledger.order import in_order, taken_back
from repatria.ledger.statement import Entry
from repatria.terms import Finding, PersonId, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Remains:
    """One container by all that was said of it.

    Attributes:
        said_to_be: whom the giver named; a claim.
        receiver: who last said that it received it; empty while nobody did.
        persons: whom the receiver's laboratory found in it.
        ruled_out: whom it found not to be in it.
        findings: `remains-of-another`, `second-test-due`, `laboratory-not-receiving`.
    """

    remains: str
    label: str
    holder: str
    said_to_be: frozenset[PersonId]
    receiver: str
    persons: frozenset[PersonId]
    ruled_out: frozenset[PersonId]
    findings: tuple[Finding, ...]

    @property
    def is_identified(self) -> bool:
        """Whether the receiver's laboratory names at least one person."""
        return bool(self.persons)


def fold_remains(remains: str, entries: Iterable[Entry]) -> Remains | None:
    """A container by all that was said of it; None when it was never recorded.

    A step of custody counts when the receiver says it: nobody hands over by his own word.

    Source: GC III art. 120; GC I art. 16-17.
    """
    said = in_order(entries)
    gone = taken_back(said)
    said = tuple(entry for entry in said if entry.ref not in gone)
    recorded = [
        payload_of(entry, RemainsRecorded)
        for entry in said
        if entry.statement.kind == "remains.recorded"
        and payload_of(entry, RemainsRecorded).remains == remains
    ]
    if not recorded:
        return None
    receiver = _receiver(remains, said)
    results: dict[PersonId, LaboratoryResult] = {}
    found: list[Finding] = []
    for entry in said:
        if entry.statement.kind != "remains.examined":
            continue
        result = payload_of(entry, RemainsExamined)
        if result.remains != remains:
            continue
        if entry.origin != receiver:
            found.append(_finding("laboratory-not-receiving", remains, entry.ref))
            continue
        results[result.person] = result.result
        if result.second_test_due:
            found.append(_finding("second-test-due", remains, entry.ref))
    named = frozenset(person for each in recorded for person in each.said_to_be)
    persons = frozenset(p for p, result in results.items() if result is LaboratoryResult.IS)
    ruled_out = frozenset(p for p, result in results.items() if result is LaboratoryResult.IS_NOT)
    if named & ruled_out or (named and persons - named):
        found.append(_finding("remains-of-another", remains))
    return Remains(
        remains=remains,
        label=recorded[-1].label,
        holder=receiver or recorded[-1].holder,
        said_to_be=named,
        receiver=receiver,
        persons=persons,
        ruled_out=ruled_out,
        findings=tuple(found),
    )


def _receiver(remains: str, said: Iterable[Entry]) -> str:
    receiver = ""
    for entry in said:
        if entry.statement.kind == "remains.passed":
            step = payload_of(entry, RemainsPassed)
            if step.remains == remains and step.receiver == entry.origin:
                receiver = step.receiver
    return receiver


@dataclass(frozen=True, slots=True, kw_only=True)
class RemainsCount:
    """Counts that never mix: containers, and persons identified.

    Attributes:
        containers: however many persons they hold.
        identified_containers: of these, with at least one person identified.
        persons: identified, each once, however many containers hold parts of him.
        shared: containers with more than one person identified.
    """

    containers: int
    identified_containers: int
    persons: int
    shared: int

    @property
    def unidentified_containers(self) -> int:
        """Containers of which nobody knows whose remains they hold: no number of persons."""
        return self.containers - self.identified_containers


def count_remains(found: Iterable[Remains]) -> RemainsCount:
    """Containers and identified persons, each counted as what it is."""
    each = list(found)
    return RemainsCount(
        containers=len(each),
        identified_containers=sum(one.is_identified for one in each),
        persons=len({person for one in each for person in one.persons}),
        shared=sum(len(one.persons) > 1 for one in each),
    )


def containers_of(person: PersonId, found: Iterable[Remains]) -> Mapping[str, bool]:
    """The containers that concern a person; whether he was identified in each."""
    return {
        one.remains: person in one.persons
        for one in found
        if person in one.persons | one.said_to_be | one.ruled_out
    }


def _finding(code: str, remains: str, *refs: str) -> Finding:
    return Finding(code=code, severity=Severity.CONTRADICTION, about=(remains, *refs))
