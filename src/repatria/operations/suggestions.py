"""What could be answered to each line, from what was decided about matches?

Suggestions only: a registrar looks at them and answers. A line that somebody
has answered is left out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.custody_noted import CustodyNoted
from repatria.ledger.kinds.line_answered import AnswerCode, LineAnswered
from repatria.ledger.kinds.list_line import ListLine
from repatria.ledger.kinds.match_decided import MatchDecision
from repatria.ledger.kinds.person_registered import PersonRegistered
from repatria.ledger.statement import Entry
from repatria.operations.answers import Answer, released_earlier
from repatria.operations.decisions import decided_pairs, pairs_to_look_at_again
from repatria.operations.desk import Desk
from repatria.operations.records import current_lines
from repatria.terms import LineId, PersonId


def suggest_answers(desk: Desk, list_id: str) -> tuple[Answer, ...]:
    """An answer for each open line of a list, by number.

    Lines that were decided to be the same person as an earlier line, or as one of
    our records that an earlier line is, are duplicates of it; lines decided to be one
    of our records are held, or already released when our register says so; for the
    rest we hold nobody. Where decisions contradict each other, or were made when a line
    said other words, we are searching.
    """
    entries = desk.log.about(list_id)
    lines, answered = current_lines(entries), _answered(desk, entries)
    decided = decided_pairs(desk)
    persons = _our_persons(desk)
    groups = _groups(lines, _same_as(decided), persons)
    contradicted = {
        groups.get(left)
        for (left, right), decision in decided.items()
        if decision is MatchDecision.NOT_SAME and groups.get(left) == groups.get(right)
    }
    again = pairs_to_look_at_again(desk)
    contradicted |= {groups[record] for pair in again for record in pair if record in groups}
    found: dict[str, set[PersonId]] = {}
    for record, first in groups.items():
        if record in persons:
            found.setdefault(first, set()).add(persons[record])
    releases = _releases(desk, frozenset().union(*found.values()))
    suggested = []
    for line in sorted(lines.values(), key=lambda each: each.number):
        first = groups[line.line_id]
        if line.line_id in answered:
            continue
        if first in contradicted:
            suggested.append(Answer(line=line.line_id, code=AnswerCode.SEARCHING))
        elif first != line.line_id:
            suggested.append(
                Answer(line=line.line_id, code=AnswerCode.DUPLICATE, duplicate_of=LineId(first))
            )
        else:
            suggested.append(_for_person(line, sorted(found.get(first, ())), releases))
    return tuple(suggested)


def _answered(desk: Desk, entries: Iterable[Entry]) -> frozenset[LineId]:
    """The lines that we have answered."""
    return frozenset(
        payload_of(entry, LineAnswered).line_id
        for entry in entries
        if entry.statement.kind == "line.answered" and entry.origin == desk.party
    )


def _releases(desk: Desk, persons: Iterable[PersonId]) -> Mapping[str, CustodyNoted]:
    """The release each of these persons' entries tell of, where there is one."""
    said = desk.log.about_each(persons, "custody.noted")
    told = ((person, released_earlier(entries)) for person, entries in said.items())
    return {person: release for person, release in told if release is not None}


def _for_person(
    line: ListLine, found: Sequence[PersonId], releases: Mapping[str, CustodyNoted]
) -> Answer:
    answer = Answer(line=line.line_id, code=AnswerCode.NOT_HELD)
    if len(found) > 1:
        # Two of our records for one line: something was decided wrongly.
        return replace(answer, code=AnswerCode.SEARCHING)
    if not found:
        return answer
    release = releases.get(found[0])
    if release is not None:
        return replace(
            answer,
            code=AnswerCode.ALREADY_RELEASED,
            exchange=release.exchange,
            on=release.on,
        )
    return replace(answer, code=AnswerCode.HELD, person=found[0])


def _same_as(
    decided: Mapping[tuple[str, str], MatchDecision],
) -> Mapping[str, frozenset[str]]:
    """For each record, the records somebody decided are the same person."""
    out: dict[str, set[str]] = {}
    for (left, right), decision in decided.items():
        if decision is MatchDecision.SAME:
            out.setdefault(left, set()).add(right)
            out.setdefault(right, set()).add(left)
    return {record: frozenset(others) for record, others in out.items()}


def _groups(
    lines: Mapping[str, ListLine],
    same: Mapping[str, frozenset[str]],
    persons: Mapping[str, PersonId],
) -> Mapping[str, str]:
    """For each line, and each record of ours that is one of them, the first line of its person."""
    first_of: dict[str, str] = {}
    for line in sorted(lines.values(), key=lambda each: each.number):
        waiting = [str(line.line_id)]
        while waiting:
            record = waiting.pop()
            if record not in first_of:
                first_of[record] = line.line_id
                waiting.extend(r for r in same.get(record, ()) if r in lines or r in persons)
    return first_of


def _our_persons(desk: Desk) -> Mapping[str, PersonId]:
    """The person opened from each line of our own lists."""
    registered: Iterable[PersonRegistered] = (
        payload_of(entry, PersonRegistered)
        for entry in desk.log.of_kind("person.registered")
        if entry.origin == desk.party
    )
    return {r.line_id: r.person for r in registered if r.line_id is not None}
