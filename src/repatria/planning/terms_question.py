"""How do signed terms and candidates become a question for the engine?

Terms are in the words of the agreement; the engine takes a table and rows of
whole numbers. Each rule that counts becomes a column of coefficients, so that
every kind of rule, known today or not, is counted in one place: its own
`coefficient`. The seriously wounded and sick have coefficient 0 there.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from repatria.planning.agreement import KEPT, LOTTERIES, PriorityKind, Terms
from repatria.planning.bars import check_understood, find_bars
from repatria.planning.candidates import Bar, Candidate
from repatria.planning.eligibility import Together
from repatria.planning.instance import (
    FORMAT,
    CountRule,
    Instance,
    Level,
    LevelKind,
    Term,
    Value,
)
from repatria.planning.ties import with_ties


def question_of(
    people: tuple[Candidate, ...],
    terms: Terms,
    *,
    previous: frozenset[str] = frozenset(),
    withdrawn: frozenset[str] = frozenset(),
) -> Instance:
    """The question that these persons and terms ask.

    Args:
        people: each once, in any order.
        terms: what is agreed.
        previous: persons to keep in the plan where possible, before all else.
        withdrawn: persons who can no longer go.

    Raises:
        Refusal: a rule is of an unknown kind or names an unknown person.
    """
    people = with_ties(people, terms)
    by_id = {person.id: person for person in people}
    check_understood(by_id, terms)
    bars = find_bars(by_id, terms, withdrawn)
    columns = _columns(people, terms, bars)
    rules = []
    for rule in terms.rules:
        if rule.bounds is None:
            continue
        column = f"in {rule.id}"
        columns[column] = [rule.coefficient(person) for person in people]
        rules.append(
            CountRule(
                id=rule.id,
                terms=(Term(factor=1, column=column),),
                lower=rule.bounds[0],
                upper=rule.bounds[1],
                proposer=rule.proposer,
                source=rule.source,
                words=rule.in_words(),
            )
        )
    levels = _levels(people, terms, previous, columns)
    return Instance(
        id=terms.id,
        as_of=terms.as_of.isoformat(),
        parties=tuple(sorted({party for p in people for party in (p.holder, p.receiver)})),
        columns=columns,
        rules=tuple(rules),
        levels=levels,
        nonce=terms.nonce,
    )


def _columns(
    people: tuple[Candidate, ...], terms: Terms, bars: Mapping[str, tuple[Bar, ...]]
) -> dict[str, Sequence[Value]]:
    groups = groups_of(people, terms)
    return {
        "id": [person.id for person in people],
        "holder": [str(person.holder) for person in people],
        "claimant": [str(person.receiver) for person in people],
        "category": [person.category.value for person in people],
        "health": [person.health.value for person in people],
        "days": [_days(person, terms) for person in people],
        "region": [person.region for person in people],
        "unit": [person.unit for person in people],
        "unconditional": [person.outside_ratios for person in people],
        "vulnerable": [person.vulnerable(terms.as_of) for person in people],
        "demanded": [bool(person.demanded_by) for person in people],
        "family": [groups.get(person.id) for person in people],
        "barred": [bars[person.id][0].code if person.id in bars else "" for person in people],
    }


def _days(person: Candidate, terms: Terms) -> int:
    return 0 if person.captured_on is None else max(0, (terms.as_of - person.held_since).days)


def groups_of(people: tuple[Candidate, ...], terms: Terms) -> dict[str, str]:
    """Who goes only with whom: the first id of his group, by person."""
    by_id = {person.id: person for person in people}
    group_of = {person.id: {person.id} for person in people}
    for rule in terms.rules:
        if not isinstance(rule, Together):
            continue
        bound = [one for one in rule.ids if rule.binds(by_id[one])]
        merged = set[str]().union(*(group_of[one] for one in bound))
        for one in merged:
            group_of[one] = merged
    return {one: min(group) for one, group in group_of.items() if len(group) > 1}


def _levels(
    people: tuple[Candidate, ...],
    terms: Terms,
    previous: frozenset[str],
    columns: dict[str, Sequence[Value]],
) -> tuple[Level, ...]:
    levels = []
    if previous:
        columns[KEPT] = [person.id in previous for person in people]
        levels.append(
            Level(
                id=KEPT,
                kind=LevelKind.COUNT,
                select={KEPT: True},
                words="those of the earlier plan",
            )
        )
    for priority in terms.priorities:
        if priority.kind is PriorityKind.COVERAGE:
            kind, select, by = LevelKind.MAXMIN, {}, priority.by
        else:
            column = f"at {priority.id}"
            columns[column] = [bool(priority.gain(person, terms.as_of)) for person in people]
            kind, select, by = LevelKind.COUNT, {column: True}, ""
        levels.append(
            Level(
                id=priority.id,
                kind=kind,
                select=select,
                by=by,
                words=priority.in_words(),
                source=priority.source,
            )
        )
    return (*levels, *(Level(id=lottery, kind=LevelKind.HASH) for lottery in LOTTERIES))


def question_to_json(question: Instance) -> dict[str, Any]:
    """A question as a `px/0` document, which `certificate_check` reads without this program."""
    names = list(question.columns)
    rows = zip(*question.columns.values(), strict=True)
    return {
        "format": FORMAT,
        "id": question.id,
        "as_of": question.as_of,
        "parties": list(question.parties),
        "nonce": question.nonce,
        "rules": [
            {
                "id": rule.id,
                "proposer": rule.proposer,
                "source": rule.source,
                "text": rule.words,
                "terms": [_term(term) for term in rule.terms],
                "lo": rule.lower,
                "hi": rule.upper,
            }
            for rule in question.rules
        ],
        "priorities": [
            {
                "id": level.id,
                "kind": level.kind.value,
                "select": dict(level.select),
                "by": level.by,
                "text": level.words,
                "source": level.source,
            }
            for level in question.levels
        ],
        "person_columns": names,
        "persons": [list(row) for row in rows],
    } | ({"cycle_cap": question.cycle_cap} if question.cycle_cap else {})


def _term(term: Term) -> list[Any]:
    select = {k: list(v) if isinstance(v, tuple) else v for k, v in term.select.items()}
    if not term.column:
        return [term.factor, select]
    return [term.column if term.factor > 0 else f"-{term.column}", select]
