"""What would the other side find wrong with this list? Asked before it is signed.

The same check is made by whoever receives a list. It compares the lines with each
other and with every line that tells of a release or of a person held. It decides
nothing: what it found is written down for its own party, and answers that follow
from it are said only when somebody has looked at them.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.custody_noted import CustodyEvent
from repatria.ledger.kinds.line_answered import AnswerCode, LineAnswered
from repatria.ledger.kinds.list_checked import FoundCode, LineFound, ListChecked
from repatria.ledger.kinds.list_line import ListLine
from repatria.ledger.kinds.list_submitted import ListSubmitted, Population
from repatria.ledger.kinds.match_decided import MatchDecision
from repatria.ledger.statement import Entry, Ground
from repatria.linkage import Decision, score_lists, score_repeats
from repatria.lists import self_check
from repatria.lists.criteria import Criteria, Verdict, measured
from repatria.lists.reading import status_of
from repatria.operations.answers import Answer
from repatria.operations.clusters import Likeness, clusters
from repatria.operations.comparison import ENGINE
from repatria.operations.decisions import decided_pairs
from repatria.operations.desk import Desk
from repatria.operations.records import current_lines, profile_of, words_of
from repatria.terms import LineId, ListId, Objection, PersonId, Refusal, Role

Progress = Callable[[int, int], None]
_FOUND = {Verdict.OUTSIDE: FoundCode.OUTSIDE, Verdict.NOT_DECIDABLE: FoundCode.NOT_DECIDABLE}


@dataclass(frozen=True, slots=True, kw_only=True)
class ListCheck:
    """What a check found.

    Attributes:
        words: digest of the lines that were looked through.
        found: by line; a line can stand there more than once.
    """

    list_id: ListId
    lines: int
    words: str
    found: tuple[LineFound, ...]
    against: tuple[str, ...]

    def of(self, code: FoundCode) -> tuple[LineFound, ...]:
        """Those of one kind."""
        return tuple(found for found in self.found if found.code is code)


def words_of_list(lines: Iterable[ListLine], by: str) -> str:
    """A digest of all lines, by which is seen whether they are those that were checked."""
    said = sorted(f"{line.number} {line.line_id} {words_of(line, by)}" for line in lines)
    return sha256("\n".join(said).encode()).hexdigest()


def check_list(
    desk: Desk, list_id: str, *, criteria: Criteria | None = None, progress: Progress | None = None
) -> ListCheck:
    """What a check of a list finds, written down for our own party.

    Repeats are counted by person: of somebody entered three times, two lines repeat the
    first. Only the first of them is compared with what tells of releases and of persons held.

    Raises:
        Refusal: `role-may-not`, `list-unknown`.

    Cost: as comparing the list with itself and with those lines; 9,147 lines in seconds.
    """
    desk.require(Role.REGISTRAR, Role.INTERMEDIARY)
    entries = desk.log.about(list_id)
    lines, author = current_lines(entries), _author(entries)
    if not lines or author is None:
        raise Refusal(Objection(code="list-unknown", rule="check of a list", about=(list_id,)))
    decided = decided_pairs(desk)
    repeats = _repeats(lines, decided, progress)
    gone = {found.line_id for found in repeats}
    firsts = {key: line for key, line in lines.items() if key not in gone}
    ledger, held = _told_elsewhere(desk, list_id)
    check = ListCheck(
        list_id=ListId(list_id),
        lines=len(lines),
        words=words_of_list(lines.values(), author),
        found=(
            *repeats,
            *_known_lines(firsts, ledger, held, decided, progress),
            *_too_little(lines),
            *_outside(lines, criteria),
        ),
        against=tuple(sorted({line.list_id for line in (*ledger.values(), *held.values())})),
    )
    desk.log.append(
        (
            desk.state(
                ListChecked(
                    list_id=check.list_id,
                    words=check.words,
                    lines=check.lines,
                    found=check.found,
                    against=check.against,
                    engine=ENGINE,
                ),
                about=(check.list_id,),
                audience={desk.party},
                ground=Ground(basis="comparison", source=ENGINE),
            ),
        )
    )
    return check


def _author(entries: Iterable[Entry]) -> str | None:
    return next((e.origin for e in entries if e.statement.kind == "list.submitted"), None)


def _repeats(
    lines: Mapping[str, ListLine],
    decided: Mapping[tuple[str, str], MatchDecision],
    progress: Progress | None,
) -> Sequence[LineFound]:
    scored = score_repeats([profile_of(line) for line in lines.values()], progress=progress)
    likely = [
        Likeness(left=left, right=right, score=float(scored.score[at]))
        for at in range(len(scored))
        for left, right in [scored.ids(at)]
    ]
    here = {pair: said for pair, said in decided.items() if pair[0] in lines and pair[1] in lines}
    found = []
    for cluster in clusters(
        likely,
        same=[pair for pair, said in here.items() if said is MatchDecision.SAME],
        not_same=[pair for pair, said in here.items() if said is MatchDecision.NOT_SAME],
    ):
        first, *others = sorted(cluster.records, key=lambda record: lines[record].number)
        weakest = cluster.weakest.score if cluster.weakest else 1.0
        found += [
            LineFound(
                line_id=LineId(other),
                code=FoundCode.REPEAT,
                other=first,
                score_ppm=round(weakest * 1_000_000),
            )
            for other in others
        ]
    return sorted(found, key=lambda each: lines[each.line_id].number)


def _told_elsewhere(
    desk: Desk, list_id: str
) -> tuple[Mapping[str, ListLine], Mapping[str, ListLine]]:
    """Lines of other lists that tell of a release, and our own lines of persons we hold."""
    populations = {
        (entry.origin, said.list_id): said.population
        for entry in desk.log.of_kind("list.submitted")
        for said in [payload_of(entry, ListSubmitted)]
    }
    others = [
        entry
        for entry in desk.log.of_kind("list.line")
        if entry.statement.content.get("list_id") != list_id
    ]
    answered = _answered_released(desk)
    released, held = {}, {}
    origins = {entry.statement.about[0]: entry.origin for entry in others}
    for key, line in current_lines(others).items():
        if status_of(line.status)[0] is CustodyEvent.RELEASED or key in answered:
            released[key] = line
        elif (
            populations.get((origins[key], line.list_id)) is Population.HELD
            and origins[key] == desk.party
        ):
            held[key] = line
    return released, held


def _answered_released(desk: Desk) -> Collection[str]:
    """Lines that were answered as released earlier."""
    return {
        said.line_id
        for entry in desk.log.of_kind("line.answered")
        for said in [payload_of(entry, LineAnswered)]
        if said.code is AnswerCode.ALREADY_RELEASED
    }


def _known_lines(
    firsts: Mapping[str, ListLine],
    ledger: Mapping[str, ListLine],
    held: Mapping[str, ListLine],
    decided: Mapping[tuple[str, str], MatchDecision],
    progress: Progress | None,
) -> Iterator[LineFound]:
    """Lines whose person was released, or is held, by what other lines say."""
    others = {**ledger, **held}
    if not others:
        return
    scored = score_lists(
        [profile_of(line) for line in firsts.values()],
        [profile_of(line) for line in others.values()],
        progress=progress,
    )
    for at in range(len(scored)):
        line, other = scored.ids(at)
        said = decided.get((min(line, other), max(line, other)))
        linked = scored.decision(at) is Decision.LINK and said is not MatchDecision.NOT_SAME
        if linked or said is MatchDecision.SAME:
            yield LineFound(
                line_id=LineId(line),
                code=FoundCode.RELEASED if other in ledger else FoundCode.KNOWN,
                other=other,
                score_ppm=round(float(scored.score[at]) * 1_000_000),
            )


def _too_little(lines: Mapping[str, ListLine]) -> Iterator[LineFound]:
    for finding in self_check(tuple(lines.values())):
        if finding.code == "too-little-to-identify":
            yield LineFound(line_id=LineId(finding.about[0]), code=FoundCode.TOO_LITTLE)


def _outside(lines: Mapping[str, ListLine], criteria: Criteria | None) -> Iterator[LineFound]:
    for each in measured(lines.values(), criteria) if criteria is not None else ():
        yield LineFound(line_id=each.line_id, code=_FOUND[each.verdict], other=each.why)


def last_check(desk: Desk, list_id: str) -> ListChecked | None:
    """Our last check of the lines as they now are; None when they have changed since."""
    entries = desk.log.about(list_id)
    author = _author(entries)
    made = [
        payload_of(entry, ListChecked)
        for entry in entries
        if entry.statement.kind == "list.checked" and entry.origin == desk.party
    ]
    if not made or author is None:
        return None
    words = words_of_list(current_lines(entries).values(), author)
    return made[-1] if made[-1].words == words else None


def answers_from(desk: Desk, check: ListChecked | ListCheck) -> tuple[Answer, ...]:
    """The answers that follow from a check, for lines we have not answered; nothing is said.

    Repeats are duplicates; a released person was released in the exchange that his line
    names; a person on our own list is held. Of all others we hold nobody.
    """
    entries = desk.log.about(check.list_id)
    lines = current_lines(entries)
    answered = {
        payload_of(e, LineAnswered).line_id
        for e in entries
        if e.statement.kind == "line.answered" and e.origin == desk.party
    }
    told: dict[str, LineFound] = {}
    for found in check.found:
        if found.code in (FoundCode.REPEAT, FoundCode.RELEASED, FoundCode.KNOWN):
            told.setdefault(found.line_id, found)
    others = _lines_named(desk, told.values())
    persons = _persons_of(desk, others)
    return tuple(
        _answer(line, told.get(line.line_id), others, persons)
        for line in sorted(lines.values(), key=lambda each: each.number)
        if line.line_id not in answered
    )


def digest_of_answers(answers: Iterable[Answer]) -> str:
    """A digest by which is seen that the answers are those that were shown."""
    return sha256(repr(tuple(answers)).encode()).hexdigest()


def _lines_named(desk: Desk, found: Iterable[LineFound]) -> Mapping[str, ListLine]:
    wanted = [each.other for each in found if each.code is not FoundCode.REPEAT]
    entries = desk.log.about_each(wanted, "list.line")
    return current_lines(entry for said in entries.values() for entry in said)


def _persons_of(desk: Desk, lines: Mapping[str, ListLine]) -> Mapping[str, PersonId]:
    """The record of ours that was opened from each of these lines."""
    return {
        entry.statement.content["line_id"]: PersonId(entry.statement.content["person"])
        for entry in desk.log.of_kind("person.registered")
        if entry.origin == desk.party and entry.statement.content.get("line_id") in lines
    }


def _answer(
    line: ListLine,
    found: LineFound | None,
    others: Mapping[str, ListLine],
    persons: Mapping[str, PersonId],
) -> Answer:
    answer = Answer(line=line.line_id, code=AnswerCode.NOT_HELD)
    if found is None:
        return answer
    if found.code is FoundCode.REPEAT:
        return replace(answer, code=AnswerCode.DUPLICATE, duplicate_of=LineId(found.other))
    if found.code is FoundCode.RELEASED:
        _, on, exchange = status_of(others[found.other].status)
        return replace(answer, code=AnswerCode.ALREADY_RELEASED, on=on, exchange=exchange)
    person = persons.get(found.other)
    if person is None:
        return replace(answer, code=AnswerCode.SEARCHING)
    return replace(answer, code=AnswerCode.HELD, person=person)
