"""A list is frozen and changed on pages, by those whose act it is."""

from copy import copy

import pytest

from repatria.terms import Role
from small_exchange import Pages, forget_installation


@pytest.fixture
def accepted(played, tmp_path, monkeypatch):
    """The intermediary's pages when both parties have accepted the plan and nothing is frozen."""
    from repatria.operations.agreement import accept_plan

    exchange = copy(played("planned")).copied_to(tmp_path)
    for party in ("north", "south"):
        exchange.do(party, Role.NEGOTIATOR, accept_plan, plan_id=exchange.plan)
        exchange.pass_on(party, "intermediary")
    monkeypatch.setenv("REPATRIA_HOME", str(tmp_path / "intermediary"))
    here = exchange.at["intermediary"]
    with here.open():
        yield Pages(exchange, here)
    for each in exchange.at.values():
        forget_installation(each.alias)


@pytest.mark.slow
def test_a_plan_that_all_accepted_is_frozen_once_on_its_page(accepted):
    ines, plan = accepted.as_("ines"), accepted.exchange.plan
    page = ines.get(accepted.at("plan", plan)).content.decode()
    without = ines.post(accepted.at("plan-freeze", plan))
    frozen = ines.post(accepted.at("plan-freeze", plan), {"crossing_point": "The bridge"})
    again = ines.post(accepted.at("plan-freeze", plan), {"crossing_point": "The bridge"})

    assert accepted.at("plan-freeze", plan) in page
    assert without.status_code == 422
    assert frozen.status_code == 303
    assert "The bridge" in ines.get(frozen.url).content.decode()
    assert again.status_code == 409
    assert accepted.said("manifest.frozen") == 1


def test_a_plan_that_is_not_accepted_offers_no_freezing_and_refuses_it(open_pages):
    pages = open_pages("planned")
    ines, address = pages.as_("ines"), pages.at("plan-freeze", pages.exchange.plan)
    plan = ines.get(pages.at("plan", pages.exchange.plan)).content.decode()

    assert address not in plan
    assert ines.post(address, {"crossing_point": "The bridge"}).status_code == 409
    assert pages.as_("nadia").get(address).status_code == 404


def test_whoever_comes_next_is_proposed_by_the_terms(open_pages):
    pages = open_pages("frozen")
    ines, line = pages.as_("ines"), pages.lines("south")[0]
    address = pages.at("replace", pages.exchange.manifest, line.person)
    manifest = pages.at("manifest", pages.exchange.manifest)

    assert address in ines.get(manifest).content.decode()
    assert ines.post(address, {"reason": "he is tired"}).status_code == 422
    assert ines.post(address, {"reason": "refused"}).status_code == 303
    assert "does not want to go" in ines.get(manifest).content.decode()
    assert pages.said("substitution.proposed") == 1
