import pytest

from repatria.web.review.waterfall import waterfall_of


@pytest.fixture
def pairs(here):
    from repatria.store.queries.pairs import pairs as pairs_of
    from repatria.terms import ActorId, PartyCode, Role, Viewer

    viewer = Viewer(actor=ActorId("a"), role=Role.REGISTRAR, party=PartyCode("north"))
    return lambda decision="undecided": [
        row.subject[5:] for row in pairs_of(viewer, decision=decision).rows
    ]


def test_it_works(nadia, pairs, log_size):
    first = pairs()[0]
    before = log_size()
    page = nadia.get(f"/review/{first}/").content.decode()
    assert "Grounds for and against" in page
    assert "the names sound the same" in page

    done = nadia.post(f"/review/{first}/decide/", {"decision": "same", "reason": "all agrees"})

    assert done.status_code == 303
    assert done["Location"] == f"/review/{pairs()[0]}/"
    assert first not in pairs()
    assert first in pairs("same")
    assert log_size() == before + 1


def test_the_other_party_does_not_see_it(browser, pairs):
    guest = browser("samir")

    assert "No pair waits" in guest.get("/review/").content.decode()
    assert guest.get(f"/review/{pairs()[0]}/").status_code == 404
    assert guest.post(f"/review/{pairs()[0]}/decide/").status_code == 404


def test_it_rejects_get(nadia, pairs):
    assert nadia.get(f"/review/{pairs()[0]}/decide/").status_code == 405


def test_a_refusal_shows_the_rule(nadia, pairs, log_size):
    before = log_size()

    answer = nadia.post(f"/review/{pairs()[0]}/decide/", {"decision": "same", "reason": " "})
    page = answer.content.decode()

    assert answer.status_code == 409
    assert "Write down the reason" in page
    assert "clerical review" in page
    assert log_size() == before


def test_a_form_without_a_decision_is_shown_again(nadia, pairs):
    answer = nadia.post(f"/review/{pairs()[0]}/decide/", {"reason": "so"})

    assert answer.status_code == 422


def test_the_queue_is_filtered_by_decision(nadia, pairs):
    first = pairs()[0]
    nadia.post(f"/review/{first}/decide/", {"decision": "not_same", "reason": "other father"})

    decided = nadia.get("/review/?decision=not_same").content.decode()
    everything = nadia.get("/review/?decision=all").content.decode()
    strange = nadia.get("/review/?decision=strange").content.decode()

    assert first in decided
    assert first in everything
    assert first not in strange


def test_the_last_decision_leads_back_to_the_queue(nadia, pairs):
    while pairs():
        done = nadia.post(
            f"/review/{pairs()[0]}/decide/", {"decision": "cannot_tell", "reason": "too little"}
        )

    assert done["Location"] == "/review/"
    assert "No pair waits" in nadia.get("/review/").content.decode()


def test_each_ground_begins_where_the_one_before_ended():
    drawn = waterfall_of(
        [
            {"field": "name", "weight_millibits": 8000},
            {"field": "sex", "weight_millibits": 0},
            {"field": "birth", "weight_millibits": -3000},
        ]
    )

    first, second = drawn.steps
    assert first.x == drawn.zero_x
    assert first.x + first.width == second.x + second.width
    assert second.x == drawn.end_x
    assert drawn.total_millibits == 5000


def test_nothing_is_drawn_when_nothing_weighs():
    assert waterfall_of([{"field": "sex", "weight_millibits": 0}]) is None
