"""The pages of a plan of very many persons ask the database as often as those of few."""

import os
import time

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from counts import often
from repatria.ledger.kinds.plan_proposed import PlanProposed
from repatria.ledger.statement import Ground
from repatria.operations.agreement import digest_of_plan, latest_terms
from repatria.store import models
from repatria.store.database import current
from repatria.terms import Role

REASON = {
    "code": "level-cost",
    "rules": ["r1"],
    "sentence": "With this person level total (all who go home) falls from 5000 to 4999; "
    "5000 of equal or higher standing go; what holds it down: r1 (exactly 2 from north).",
}


def many(pages, number):
    """A plan of so many made-up persons, half of whom go, written down and projected."""
    persons = [f"person:{('north', 'south')[n % 2]}-many{n}" for n in range(number)]
    selected, left_out = (
        tuple(sorted(persons[: number // 2])),
        tuple(sorted(persons[number // 2 :])),
    )
    desk = pages.installation.desk("ines", Role.INTERMEDIARY)
    terms, _entry = latest_terms(desk.log, pages.exchange.terms_id)
    said = PlanProposed(
        plan_id="plan:intermediary-many",
        terms_id=terms.terms_id,
        terms_digest=terms.digest,
        status="optimal",
        selected=selected,
        left_out=left_out,
        levels=({"id": "total", "value": len(selected), "bound": len(selected), "proven": True},),
        reasons=dict.fromkeys(left_out, REASON),
        digest=digest_of_plan(terms.digest, selected),
    )
    desk.log.append(
        [
            desk.state(
                said,
                about=(said.plan_id, *selected),
                audience=desk.with_parties("north", "south"),
                ground=Ground(basis="computation"),
            )
        ]
    )
    models.PersonRow.objects.filter(subject__in=persons).delete()
    models.PersonRow.objects.bulk_create(
        [
            models.PersonRow(
                seen_by="intermediary",
                subject=one,
                name=f"Samplyan Vahe {place}",
                sorted_by=f"samplyan vahe {place}",
                script="Latn",
                father="",
                birth="1990",
                category=("soldier", "civilian")[place % 2],
                reference=f"R{place}",
                holder=one.partition(":")[2].partition("-")[0],
                custody="held",
                captured_on="2029-01-02",
                health="fit",
                statements=1,
                findings=0,
            )
            for place, one in enumerate(persons)
        ],
        batch_size=500,
    )
    models.LineRow.objects.bulk_create(
        [
            models.LineRow(
                seen_by="intermediary",
                subject=f"line:south-many{place}",
                list_subject="list:south-many",
                author=("south", "north")[place % 2],
                number=place + 1,
                name=f"Samplyan Vahe {place}",
                script="Latn",
                father="",
                birth="1990",
                category="",
                captured_on="",
                reference="",
                status="held",
                person=one,
                duplicate_of="",
                answered_by=("north", "south")[place % 2],
                answer_ref="north/1",
                ref=f"south/{place}",
                words="",
            )
            for place, one in enumerate(persons)
        ],
        batch_size=500,
    )
    return said.plan_id, left_out[0]


def seen(client, address, **data):
    """How often the database was asked, and after how many seconds the page was there."""
    ask = client.post if data else client.get
    ask(address, data) if data else ask(address)
    with CaptureQueriesContext(connections[current()]) as asked:
        begun = time.perf_counter()
        response = ask(address, data) if data else ask(address)
        response.content  # noqa: B018 -- to the last byte
        taken = time.perf_counter() - begun
    return len(asked), taken


@pytest.mark.often
@pytest.mark.slow
def test_pages_of_a_large_plan_ask_the_database_as_often_as_those_of_a_small_one(open_pages):
    pages = open_pages("planned")
    client = pages.as_("ines")
    few, _stays = many_pages(pages, pages.exchange.plan, None)
    plan, one = many(pages, often(600, 10_000))
    large, _one = many_pages(pages, plan, one)
    for name, address in large.items():
        queries, taken = seen(client, address)
        if os.environ.get("REPATRIA_TELL"):
            print(f"{name}: {taken * 1000:.0f} ms, {queries} queries")
        assert queries <= seen(client, few[name])[0] + 4
    for asked in ({"going": "staying"}, {"q": "R17"}, {"holder": "north", "category": "soldier"}):
        queries, taken = seen(client, large["plan"], **asked)
        if os.environ.get("REPATRIA_TELL"):
            print(f"plan {asked}: {taken * 1000:.0f} ms, {queries} queries")
        assert queries <= seen(client, few["plan"], **asked)[0] + 4


def many_pages(pages, plan, stays):
    from repatria.operations.agreement import plan_of

    stays = stays or plan_of(pages.installation.log(), plan)[0].left_out[0]
    return {
        "plan": pages.at("plan", plan),
        "why": pages.at("plan-why", plan, stays),
        "schedule": pages.at("plan-schedule", plan),
    }, stays
