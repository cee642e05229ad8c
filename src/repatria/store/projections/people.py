"""Lists, lines, persons and pairs: who is named, and what was answered?"""

from collections.abc import Iterable, Sequence

from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.list_submitted import ListSubmitted
from repatria.ledger.kinds.match_decided import MatchDecided
from repatria.ledger.kinds.match_proposed import MatchProposed
from repatria.ledger.kinds.person_described import PersonDescribed, Property
from repatria.ledger.kinds.person_named import PersonNamed
from repatria.ledger.kinds.person_registered import PersonRegistered
from repatria.ledger.statement import Entry
from repatria.linkage.search import SearchPart, reference_part, search_parts
from repatria.lists import fold_line, status_of
from repatria.operations.decisions import REMEMBERED
from repatria.operations.records import words_of
from repatria.register import contradictions_in, current, display_name, fold_person
from repatria.store import models
from repatria.store.projections.projection import Projection
from repatria.terms import PersonId, PersonName

KEY_LENGTH = 64
LINE, ANSWERED = "line", "answered"


def list_rows(_subject: str, entries: Sequence[Entry]) -> Sequence[models.Seen]:
    """A list as last submitted."""
    last = entries[-1]
    submitted = payload_of(last, ListSubmitted)
    return [
        models.ListRow(
            author=last.origin,
            addressee=submitted.to,
            title=submitted.title,
            population=submitted.population,
            declared_lines=submitted.lines,
            digest=submitted.digest,
            recorded_at=last.statement.recorded_at,
        )
    ]


def line_rows(_subject: str, entries: Sequence[Entry]) -> Sequence[models.Seen]:
    """A line with its present answer."""
    state = fold_line(entries)
    if state is None:
        return []
    line, answer = state.line, state.current
    name = line.names[0]
    return [
        models.LineRow.folded(
            list_subject=line.list_id,
            author=state.by,
            number=line.number,
            name=name.text,
            script=str(name.script),
            father=line.father,
            birth=str(line.birth or ""),
            category=str(line.category or ""),
            captured_on=str(line.captured_on or ""),
            reference=line.reference,
            status=str(status_of(state)),
            changed=state.changed,
            person=(answer.payload.person or "") if answer else "",
            duplicate_of=(answer.payload.duplicate_of or "") if answer else "",
            answered_by=answer.by if answer else "",
            answer_ref=answer.ref if answer else "",
            ref=state.ref,
            words=words_of(line, state.by),
            observed=str(state.observed.code) if state.observed else "",
            upheld=state.upheld,
        )
    ]


def line_keys(_subject: str, entries: Sequence[Entry]) -> Sequence[models.Seen]:
    """The keys under which a line is found."""
    state = fold_line(entries)
    if state is None:
        return []
    return search_rows(LINE, state.line.names, [state.line.reference])


def answered_keys(_subject: str, entries: Sequence[Entry]) -> Sequence[models.Seen]:
    """The keys of a line once more, under which the person is found that it was answered with."""
    state = fold_line(entries)
    if state is None or state.current is None or not state.current.payload.person:
        return []
    return search_rows(ANSWERED, state.line.names, [state.line.reference])


def no_person_answered(entries: Sequence[Entry], moved: Sequence[Entry]) -> bool:
    """Whether no answer to a line names a person or ever did: by none of them is he found."""
    return not any(
        entry.statement.kind == "line.answered" and entry.statement.content.get("person")
        for entry in (*entries, *moved)
    )


def person_rows(subject: str, entries: Sequence[Entry]) -> Sequence[models.Seen]:
    """A person as the statements present him."""
    record = fold_person(PersonId(subject), entries)
    name = display_name(record)
    held = record.custody.episodes[-1] if record.custody.episodes else None
    return [
        models.PersonRow.folded(
            name=name.text if name else "",
            sorted_by=name.text.casefold()[:80] if name else "",
            script=str(name.script) if name else "",
            father=current(record.father) or "",
            birth=str(current(record.birth) or ""),
            category=str(current(record.categories) or ""),
            reference=current(record.reference) or "",
            holder=held.holder if held else "",
            custody=str(held.ended_by or "held") if held else "",
            captured_on=str(held.since or "") if held else "",
            health=current(record.health) or "",
            statements=len(entries),
            findings=len(contradictions_in(record)),
        )
    ]


def person_keys(_subject: str, entries: Sequence[Entry]) -> Sequence[models.Seen]:
    """The keys under which a person is found, from every name and number given to him."""
    names, references = [], []
    for entry in entries:
        match entry.statement.kind:
            case "person.named":
                names.append(payload_of(entry, PersonNamed).name)
            case "person.registered":
                references.append(payload_of(entry, PersonRegistered).reference)
            case "person.described":
                described = payload_of(entry, PersonDescribed)
                if described.property is Property.REFERENCE:
                    references.append(described.value)
            case _:
                pass
    return search_rows("person", names, references)


def search_rows(
    about: str, names: Iterable[PersonName], references: Iterable[str]
) -> list[models.SearchKey]:
    """The keys under which a record is found by these names and references."""
    parts = {
        SearchPart(part.key[:KEY_LENGTH], part.sound, part.script)
        for part in (
            *(part for name in names for part in search_parts(name)),
            *(reference_part(reference) for reference in references if reference.strip()),
        )
    }
    return [
        models.SearchKey.folded(
            about=about, key=part.key, sound=part.sound, script=str(part.script)
        )
        for part in sorted(parts)
    ]


def pair_rows(subject: str, entries: Sequence[Entry]) -> Sequence[models.Seen]:
    """A pair as last proposed, with the decision that now stands.

    A decision that was carried over from this pair to another names this one too.
    """
    own = [e for e in entries if e.statement.about[0] == subject]
    proposals = [e for e in own if e.statement.kind == "match.proposed"]
    decisions = [e for e in own if e.statement.kind == "match.decided"]
    proposed = payload_of(proposals[-1], MatchProposed) if proposals else None
    decided = payload_of(decisions[-1], MatchDecided) if decisions else None
    either = proposed or decided
    if either is None:
        return []
    return [
        models.PairRow(
            left=either.left,
            right=either.right,
            score_ppm=proposed.score_ppm if proposed else 0,
            weight_millibits=proposed.weight_millibits if proposed else 0,
            proposed=proposed.decision if proposed else "",
            comparisons=[dict(c) for c in proposed.comparisons] if proposed else [],
            decision=str(decided.decision) if decided else "",
            reason=decided.reason if decided else "",
            decided_by=decisions[-1].statement.actor if decided else "",
            evidence=list(decided.evidence) if decided else [],
            remembered=bool(decided) and decisions[-1].statement.ground.basis == REMEMBERED,
            left_words=decided.left_words if decided else "",
            right_words=decided.right_words if decided else "",
        )
    ]


_PERSON_KINDS = frozenset(
    {
        "person.registered",
        "person.named",
        "person.described",
        "person.categorised",
        "custody.noted",
        "life.stated",
        "health.classed",
        "line.answered",
        "crossing.recorded",
        "receipt.given",
    }
)

PROJECTIONS = (
    Projection(
        model=models.ListRow,
        subject="list",
        kinds=frozenset({"list.submitted"}),
        rows=list_rows,
    ),
    Projection(
        model=models.LineRow,
        subject="line",
        kinds=frozenset({"list.line", "line.answered", "line.observed", "line.upheld"}),
        rows=line_rows,
    ),
    Projection(
        model=models.SearchKey,
        subject="line",
        kinds=frozenset({"list.line"}),
        rows=line_keys,
        about=LINE,
    ),
    Projection(
        model=models.SearchKey,
        subject="line",
        kinds=frozenset({"list.line", "line.answered"}),
        rows=answered_keys,
        unmoved=no_person_answered,
        about=ANSWERED,
    ),
    Projection(model=models.PersonRow, subject="person", kinds=_PERSON_KINDS, rows=person_rows),
    Projection(
        model=models.SearchKey,
        subject="person",
        kinds=frozenset({"person.named", "person.described", "person.registered"}),
        rows=person_keys,
    ),
    Projection(
        model=models.PairRow,
        subject="pair",
        kinds=frozenset({"match.proposed", "match.decided"}),
        rows=pair_rows,
    ),
)
