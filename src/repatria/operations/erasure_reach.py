"""What hangs on a person: lines, pairs, requests; and does an open handover need him?

A name stands not only in a person's own statements: the line it came from holds it,
a line that repeats that line, the pair that compared the two, the family's request.
Whoever else is named by one of these is not followed.
"""

from collections.abc import Iterable, Iterator

from repatria.handover import TerminalState, closing_reconciliation, compare_receipts
from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.line_answered import LineAnswered
from repatria.ledger.kinds.manifest_frozen import ManifestFrozen
from repatria.ledger.log import Log
from repatria.ledger.statement import Entry
from repatria.lists import fold_line
from repatria.operations.manifests import crossing_of, manifest_of
from repatria.terms import LineId, PersonId
from repatria.terms.ids import subject_kind

_ANSWERED, _REGISTERED = "line.answered", "person.registered"


def everything_about(log: Log, subjects: Iterable[str]) -> tuple[frozenset[str], tuple[Entry, ...]]:
    """The subjects themselves with all that hangs on them, and every entry about any of these.

    An entry that is about several of them comes once.
    """
    reached = set(subjects)
    for subject in sorted(reached):
        if subject_kind(subject) == "person":
            reached |= set(_lines_of(log, PersonId(subject))) | set(_requests_of(log, subject))
    reached |= _repeating(log, {s for s in reached if subject_kind(s) == "line"})
    found: dict[str, Entry] = {}
    for subject in sorted(reached):
        for entry in log.about(subject):
            if entry.statement.about[0] in reached or _is_pair(entry) or _names_him(entry, reached):
                found[entry.ref] = entry
    return frozenset(reached), tuple(found.values())


def _is_pair(entry: Entry) -> bool:
    return entry.statement.kind in ("match.proposed", "match.decided")


def _names_him(entry: Entry, reached: set[str]) -> bool:
    """Whether a person stands in an entry that is first of all about something else."""
    return any(subject_kind(s) == "person" and s in reached for s in entry.statement.about)


def _lines_of(log: Log, person: PersonId) -> Iterator[str]:
    """Lines the record was opened from, and lines whose present answer names it."""
    for entry in log.about(person):
        lines = [s for s in entry.statement.about if subject_kind(s) == "line"]
        if entry.statement.kind == _REGISTERED:
            yield from lines
        elif entry.statement.kind == _ANSWERED:
            yield from (line for line in lines if _answered_with(log, line) == person)


def _answered_with(log: Log, line: str) -> str | None:
    state = fold_line(log.about(line))
    return state.current.payload.person if state is not None and state.current else None


def _requests_of(log: Log, person: str) -> Iterator[str]:
    for entry in log.about(person):
        if entry.statement.kind == "family.notified":
            yield entry.statement.about[0]


def _repeating(log: Log, lines: set[str]) -> set[str]:
    """Lines whose present answer says that they repeat one of these."""
    if not lines:
        return set()
    said = (payload_of(e, LineAnswered) for e in log.of_kind(_ANSWERED))
    asked = {a.line_id for a in said if a.duplicate_of in lines}
    return {line for line in asked if _repeats(log, line) in lines}


def _repeats(log: Log, line: LineId) -> str | None:
    state = fold_line(log.about(line))
    return state.current.payload.duplicate_of if state is not None and state.current else None


def open_manifests(log: Log, persons: Iterable[str]) -> frozenset[str]:
    """Ids of the persons who are on a frozen manifest and have not come to an end there."""
    wanted = frozenset(persons)
    found: set[str] = set()
    frozen = (payload_of(e, ManifestFrozen).manifest_id for e in log.of_kind("manifest.frozen"))
    for manifest_id in dict.fromkeys(frozen):
        manifest = manifest_of(log, manifest_id)
        named = wanted.intersection(manifest.persons)
        if not named:
            continue
        states = {
            person: crossing_of(log, manifest_id, person)
            for person in manifest.persons
            if person in named
        }
        said = log.about(manifest_id)
        comparison = compare_receipts(manifest, said)
        found.update(
            line.person
            for line in closing_reconciliation(manifest, states, comparison, said)
            if line.person in named and line.state is TerminalState.OPEN
        )
    return frozenset(found)
