"""The story of a fork: two copies sign, both packages arrive, anybody can check it."""

import re

import pytest

from conftest import forget
from repatria.ledger.fork import read_evidence
from repatria.ledger.kinds.custody_noted import CustodyEvent, CustodyNoted
from repatria.ledger.statement import Ground
from repatria.operations.packages import send_package
from repatria.operations.receiving import take_in_package
from repatria.terms import IntegrityError, PartyCode, PersonId, Role
from repatria.wiring.installation import Installation
from two_stories import copied

NORTH = PartyCode("north")


def says(installation, number):
    """A statement of an installation about a made-up person, for everybody."""
    with installation.open():
        desk = installation.desk("clerk", Role.REGISTRAR)
        person = PersonId(f"person:p{number}")
        held = CustodyNoted(person=person, event=CustodyEvent.HELD, holder=desk.party)
        desk.log.append(
            [
                desk.state(
                    held,
                    about=(person,),
                    audience=desk.with_parties(NORTH),
                    ground=Ground(basis="register"),
                )
            ]
        )


def package_of(installation):
    """A package of an installation for north."""
    with installation.open():
        return send_package(installation.desk("clerk", Role.REGISTRAR), to=NORTH)


@pytest.fixture
def two_souths(told, tmp_path, here):
    """South's installation twice, after both copies have said something of their own."""
    one = copied(Installation.at(told.folder / "south"), tmp_path / "one")
    other = copied(one, tmp_path / "other")
    says(one, 1)
    says(other, 2)
    says(other, 3)
    yield one, other
    for installation in (one, other):
        forget(installation.alias)


@pytest.fixture
def forked(two_souths, here, nadia):
    """North has taken in one story, and the package with the other was accepted too."""
    one, other = two_souths
    first, second = package_of(one), package_of(other)
    for made in (first, second):
        (here.folder / "inbox" / f"{made.digest}.repatria").write_bytes(made.raw)
    nadia.post(f"/packages/inbox/{first.digest}/accept/")
    return second


def test_it_is_seen_before_it_is_noted(nadia, forked, log_size):
    before = log_size()

    page = nadia.get(f"/packages/inbox/{forked.digest}/").content.decode()

    assert "told two stories about its log" in page
    assert "Write the evidence down" in page
    assert "Take it in<" not in page
    assert nadia.get("/packages/forks/south/").status_code == 404
    assert log_size() == before


def test_it_works(nadia, forked, two_souths, here, log_size):
    before = log_size()
    answer = nadia.post(f"/packages/inbox/{forked.digest}/accept/")

    assert (answer.status_code, answer["Location"]) == (303, "/packages/forks/south/")
    assert log_size() == before + 1
    page = nadia.get("/packages/forks/south/").content.decode()
    assert "South\u2069 told two stories about its log" in page
    assert "fork-picture" in page
    assert "QR code of the evidence" in page
    assert "log is frozen" in nadia.get("/packages/").content.decode()
    roots = set(re.findall(r"([0-9a-f]{12})…", page))
    assert len(roots) >= 2
    waits = nadia.get(f"/packages/inbox/{forked.digest}/").content.decode()
    assert "See what shows it" in waits
    assert (here.folder / "inbox" / f"{forked.digest}.repatria").exists()
    assert nadia.post(f"/packages/inbox/{forked.digest}/remove/").status_code == 409


def test_the_evidence_is_checked_with_the_key_alone(nadia, forked, two_souths):
    nadia.post(f"/packages/inbox/{forked.digest}/accept/")
    file = nadia.get("/packages/forks/south/evidence/")

    assert 'filename="south.fork"' in file["Content-Disposition"]
    assert len(file.content) < 1024
    assert read_evidence(file.content, two_souths[0].public_key)
    with pytest.raises(IntegrityError):
        read_evidence(bytes([*file.content[:-1], file.content[-1] ^ 1]), two_souths[0].public_key)


def test_the_other_party_does_not_see_it(browser, nadia, forked):
    nadia.post(f"/packages/inbox/{forked.digest}/accept/")

    for name in ("samir", "tomas", "leyla", "mallory"):
        assert browser(name).get("/packages/forks/south/").status_code == 404
        assert browser(name).get("/packages/forks/south/evidence/").status_code == 404


def test_it_rejects_post(nadia):
    assert nadia.post("/packages/forks/south/").status_code == 405
    assert nadia.post("/packages/forks/south/evidence/").status_code == 405


@pytest.mark.parametrize("party", ["north", "nobody", "south"])
def test_who_told_one_story_has_no_such_page(nadia, party):
    assert nadia.get(f"/packages/forks/{party}/").status_code == 404
    assert nadia.get(f"/packages/forks/{party}/evidence/").status_code == 404


def test_packages_still_go_to_the_party_and_nothing_of_its_log_comes_in(
    nadia, forked, two_souths, here
):
    nadia.post(f"/packages/inbox/{forked.digest}/accept/")
    later = package_of(two_souths[0])
    (here.folder / "inbox" / "later.repatria").write_bytes(later.raw)

    assert nadia.post(f"/packages/inbox/{later.digest}/accept/").status_code == 409
    address = nadia.post("/packages/make/", {"to": "south"})["Location"]
    raw = nadia.get(f"{address}file/").content
    with two_souths[0].open():
        taken = take_in_package(two_souths[0].desk("clerk", Role.REGISTRAR), raw)
    assert taken.new
