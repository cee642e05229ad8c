import pytest

from repatria.ledger.kinds.list_submitted import Population
from repatria.lists.reading import open_list_file
from repatria.operations.submission import submit_list
from repatria.terms import PartyCode, Role
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


@pytest.fixture
def lines(row_of, lists):
    """A function that gives the token of a line of either list, by number."""
    return lambda which, number: row_of(getattr(lists, which), number).subject[5:]


def decide(client, left, right, decision, **also):
    """Decide two lines, whether or not they were proposed."""
    form = {"decision": decision, "reason": "looked at", **also}
    return client.post(f"/review/lines/{left}/{right}/", form)


def test_evidence_is_kept_and_a_reference_must_be_held(nadia, pairs, log_size):
    first = pairs()[0]
    before = log_size()
    form = {"decision": "same", "reason": "papers", "evidence": "north/999999"}

    refused = nadia.post(f"/review/{first}/decide/", form)
    taken = nadia.post(f"/review/{first}/decide/", {**form, "evidence": "north/1\na letter\n\n"})

    assert refused.status_code == 409
    assert "named as evidence is not here" in refused.content.decode()
    assert taken.status_code == 303
    assert log_size() == before + 1
    page = nadia.get(f"/review/{first}/").content.decode()
    assert "<li><bdi>a letter</bdi></li>" in page


def test_a_decision_is_replaced_and_the_former_stays_to_be_read(nadia, pairs):
    first = pairs()[0]
    nadia.post(f"/review/{first}/decide/", {"decision": "same", "reason": "first look"})
    nadia.post(f"/review/{first}/decide/", {"decision": "not_same", "reason": "second look"})

    page = nadia.get(f"/review/{first}/").content.decode()

    assert page.index("second look") < page.rindex("first look")
    assert page.count("replaced since") == 1
    assert first in pairs("not_same")
    assert first not in pairs("same")


def test_two_lines_that_nobody_proposed_can_be_decided(nadia, lines, log_size):
    left, right = lines("asked", 5), lines("held", 4)
    before = log_size()
    page = nadia.get(f"/review/lines/{left}/{right}/").content.decode()
    assert "No comparison has proposed this pair" in page

    done = decide(nadia, left, right, "not_same")

    assert done.status_code == 303
    assert log_size() == before + 1
    assert (
        "No comparison has proposed" in nadia.get(f"/review/lines/{right}/{left}/").content.decode()
    )


def test_a_line_is_no_pair_with_itself_or_with_what_is_not_there(nadia, lines):
    line = lines("asked", 1)

    assert nadia.get(f"/review/lines/{line}/{line}/").status_code == 404
    assert nadia.get(f"/review/lines/{line}/north-nobody/").status_code == 404


def test_a_contradiction_is_shown_on_its_page_and_on_each_pair_until_it_is_gone(nadia, lines):
    held, one, other = lines("held", 1), lines("asked", 1), lines("asked", 4)
    decide(nadia, one, held, "same")
    assert "No decisions contradict" in nadia.get("/review/contradictions/").content.decode()
    decide(nadia, other, held, "same")
    decide(nadia, one, other, "not_same")

    page = nadia.get("/review/contradictions/").content.decode()
    pair = nadia.get(f"/review/lines/{one}/{held}/").content.decode()
    queue = nadia.get("/review/?decision=contradicted").content.decode()

    assert "yet a chain of decisions says that they are" in page
    assert "This contradicts other decisions" in pair
    assert "1 contradiction between decisions" in queue
    assert queue.count(">Look<") == 3

    decide(nadia, one, other, "same", reason="he stands there twice")
    assert "No decisions contradict" in nadia.get("/review/contradictions/").content.decode()


def test_two_lines_of_one_list_that_a_record_joins_are_a_contradiction(nadia, lines):
    held = lines("held", 1)
    decide(nadia, lines("asked", 1), held, "same")
    decide(nadia, lines("asked", 2), held, "same")

    page = nadia.get("/review/contradictions/").content.decode()

    assert "nobody has decided that one repeats the other" in page


def test_repeats_are_shown_in_groups_and_never_against_a_decision(nadia, lists, lines):
    page = nadia.get(f"/lists/{lists.asked}/repeats/").content.decode()
    assert "1 of 5 lines repeats another" in page
    assert "Weakest link" in page

    decide(nadia, lines("asked", 1), lines("asked", 4), "not_same")

    assert "No repeats were found" in nadia.get(f"/lists/{lists.asked}/repeats/").content.decode()


def test_a_name_is_searched_in_any_script_and_never_by_address(nadia):
    found = nadia.post("/review/", {"q": "Օտարյան Լուսինե"}).content.decode()
    nobody = nadia.post("/review/", {"q": "Nobody Atall"}).content.decode()

    assert "Lusine Otarian" in found
    assert "Vardan Hnarovi" not in found
    assert "No pair fits" in nobody


def test_the_queue_says_how_many_links_are_expected_to_be_wrong(nadia, lists):
    page = nadia.get(f"/review/?list={lists.asked}&other={lists.held}").content.decode()

    assert "that the comparison takes for one person" in page
    assert "expected to be wrong" in page


def test_the_queue_says_what_a_decision_would_settle(nadia):
    assert "other pair" in nadia.get("/review/").content.decode()


def test_the_pairs_leave_as_a_file_as_they_are_shown(nadia, pairs):
    first = pairs()[0]
    nadia.post(f"/review/{first}/decide/", {"decision": "same", "reason": "=1+1"})

    file = nadia.post("/review/export/", {"decision": "same", "format": "csv"})

    rows = file.content.decode("utf-8-sig").splitlines()
    assert len(rows) == 2
    assert first in rows[1]
    assert "'=1+1" in rows[1]


def test_a_list_handed_in_twice_is_no_second_source(nadia, here, lines, told, row_of):
    file = open_list_file(told.folder / "held.csv")
    copy = submit_list(
        here.desk("clerk", Role.REGISTRAR),
        tuple(file.rows()),
        file.description,
        title="the same file under another title",
        population=Population.HELD,
        to=PartyCode("south"),
    ).list_id
    copied = row_of(copy[5:], 1).subject[5:]
    page = nadia.get(f"/review/lines/{lines('held', 1)}/{copied}/").content.decode()
    other = nadia.get(f"/review/lines/{lines('asked', 1)}/{lines('held', 4)}/").content.decode()
    within = nadia.get(f"/review/lines/{lines('asked', 1)}/{lines('asked', 4)}/").content.decode()

    assert "Both lines go back to one source" in page
    assert "Both lines go back to one source" not in other
    assert "Both lines go back to one source" not in within


def test_what_the_score_holds_beside_the_grounds_is_the_last_step():
    drawn = waterfall_of([{"field": "name", "weight_millibits": 8000}], score_ppm=500_000)

    assert [step.millibits for step in drawn.steps] == [8000, -8000]
    assert drawn.steps[-1].field == "rest"
    assert drawn.end_x == drawn.zero_x


def test_a_comparison_that_says_what_it_knew_beforehand_is_drawn_as_it_is():
    grounds = [
        {"field": "name", "weight_millibits": 8000},
        {"field": "prior", "weight_millibits": -6000},
    ]

    assert [step.field for step in waterfall_of(grounds, score_ppm=999_000).steps] == [
        "name",
        "prior",
    ]


def test_a_picture_from_right_to_left_is_the_mirror_of_the_other():
    grounds = [
        {"field": "name", "weight_millibits": 8000},
        {"field": "birth", "weight_millibits": -3000},
    ]
    there, back = waterfall_of(grounds), waterfall_of(grounds, mirrored=True)

    for step, mirrored in zip(there.steps, back.steps, strict=True):
        assert mirrored.x == there.width - step.x - step.width
    assert back.words_x == there.width - there.words_x


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
