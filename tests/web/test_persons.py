import pytest


@pytest.fixture
def person(here):
    from repatria.store.queries.persons import all_persons
    from repatria.terms import ActorId, PartyCode, Role, Viewer

    viewer = Viewer(actor=ActorId("a"), role=Role.REGISTRAR, party=PartyCode("north"))
    return {row.reference: row.subject[7:] for row in all_persons(viewer)}


def test_it_works(nadia, person):
    page = nadia.get("/persons/").content.decode()
    one = nadia.get(f"/persons/{person['N-4']}/").content.decode()

    assert "4 persons" in page
    assert "about 1980" in one
    assert "gave a name" in one
    assert "<svg" in one
    assert "nobody neutral has said" in one


def test_the_other_party_does_not_see_it(browser, person):
    guest = browser("samir")

    assert "Gor Mtatsvats" not in guest.get("/persons/").content.decode()
    assert guest.get(f"/persons/{person['N-4']}/").status_code == 404


@pytest.mark.parametrize("name", ["tomas", "leyla", "mallory"])
def test_without_a_desk_there_is_no_person(browser, person, name):
    for address in ("", "export/", f"{person['N-4']}/"):
        assert browser(name).get(f"/persons/{address}").status_code == 404


def test_it_rejects_other_methods(nadia, person):
    assert nadia.delete("/persons/").status_code == 405
    assert nadia.post(f"/persons/{person['N-4']}/").status_code == 405


def test_names_are_found_in_another_script(nadia):
    page = nadia.post("/persons/", {"q": "Վարդան"}).content.decode()

    assert "Vardan Hnarovi" in page
    assert "1 person" in page


def test_persons_are_filtered_by_category_and_custody(nadia):
    civilians = nadia.get("/persons/?category=civilian").content.decode()
    free = nadia.get("/persons/?custody=released").content.decode()

    assert "2 persons" in civilians
    assert "Nobody fits" in free


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_persons_leave_as_a_file(nadia, form):
    answer = nadia.post("/persons/export/", {"format": form, "category": "civilian"})

    assert answer["Content-Disposition"] == f'attachment; filename="persons.{form}"'
    assert answer["Cache-Control"] == "no-store"
    assert len(answer.content) > 100
