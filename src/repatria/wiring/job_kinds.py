"""Which long work is there, and how is each begun again after a kill?

Every kind of work on lists writes once, at its end, and first looks whether that was done
already: a worker can be killed after it wrote and before it could say so. What is only
computed is in `plan_jobs`.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from repatria.ledger.kinds.list_submitted import Population
from repatria.ledger.statement import Entry
from repatria.linkage.expectation import costs_of
from repatria.lists.reading import open_list_file
from repatria.operations.answers import answer_lines
from repatria.operations.comparison import compare_lists
from repatria.operations.desk import Desk
from repatria.operations.list_check import (
    answers_from,
    check_list,
    digest_of_answers,
    last_check,
)
from repatria.operations.submission import list_titled, submit_list
from repatria.store.jobs import Job
from repatria.terms import ListId, NotVisible, Objection, PartyCode, Refusal
from repatria.wiring.jobs import Result, Told, Work
from repatria.wiring.plan_jobs import PLAN_KINDS
from repatria.wiring.uploads import forget_upload, kept_upload

AT_ONCE, AT_ONCE_BYTES = 500, 200_000
"""What is smaller than this is done while the page waits: lines, and bytes of a file."""

LIST_CHECK, LIST_ANSWERS, LIST_COMPARE, LIST_IMPORT = (
    "list-check", "list-answers", "list-compare", "list-import",
)  # fmt: skip


def _said_since(desk: Desk, subject: str, kind: str, since: datetime) -> list[Entry]:
    return [
        entry
        for entry in desk.log.about(subject)
        if entry.statement.kind == kind
        and entry.origin == desk.party
        and entry.statement.recorded_at >= since
    ]


def _check(desk: Desk, job: Job, told: Told) -> Result:
    made = _said_since(desk, job.about, "list.checked", job.asked_at) if job.attempts > 1 else []
    if not made:
        found = check_list(desk, job.about, progress=told.at_stage("comparing"))
        return {"count": found.lines}
    return {"count": made[-1].statement.content["lines"]}


def _answers(desk: Desk, job: Job, told: Told) -> Result:
    if job.attempts > 1:
        said = _said_since(desk, job.about, "line.answered", job.asked_at)
        if said:
            return {"count": len(said)}
    told.at_stage("reading")
    last = last_check(desk, job.about)
    every = answers_from(desk, last) if last is not None else ()
    if digest_of_answers(every) != job.asked["digest"]:
        rule = "what is said is what was shown"
        raise Refusal(Objection(code="list-digest-differs", rule=rule, about=(job.about,)))
    chosen = [answer for answer in every if answer.code in job.asked["codes"]]
    answer_lines(desk, chosen, progress=told.at_stage("answering"))
    return {"count": len(chosen)}


def _compare(desk: Desk, job: Job, told: Told) -> Result:
    progress = told.at_stage("comparing")
    right = job.asked["right"]
    receipt = compare_lists(
        desk, left=job.about, right=right, costs=costs_of(job.asked["care"]), progress=progress
    )
    return {"count": receipt.size - receipt.first, "right": right}


def _import(desk: Desk, job: Job, told: Told) -> Result:
    asked = job.asked
    population = Population(asked["population"])
    try:
        path = kept_upload(asked["digest"])
    except NotVisible:
        known = list_titled(desk, asked["title"], population)
        if job.attempts > 1 and known is not None:
            return {"count": _lines_of(desk, known), "list": known}
        raise
    file = open_list_file(path)
    rows = tuple(file.rows(told.at_stage("reading")))
    done = submit_list(
        desk,
        rows,
        replace(file.description, name=asked["filename"]),
        title=asked["title"],
        population=population,
        to=PartyCode(asked["to"]),
        progress=told.at_stage("writing"),
    )
    forget_upload(path.name)
    return {"count": _lines_of(desk, done.list_id), "list": done.list_id}


def _lines_of(desk: Desk, list_id: ListId) -> int:
    said = desk.log.about(list_id)
    return len({e.statement.about[0] for e in said if e.statement.kind == "list.line"})


KINDS: Mapping[str, Work] = {
    LIST_CHECK: _check,
    LIST_ANSWERS: _answers,
    LIST_COMPARE: _compare,
    LIST_IMPORT: _import,
    **PLAN_KINDS,
}
