import pytest

from repatria.terms import PartyCode, Role
from repatria.wiring.accounts import WeakPasswordError, open_account
from repatria.wiring.desks import desk_for, installation_here, sits_here
from repatria.wiring.installation import NoInstallationError
from repatria.wiring.viewers import viewer_of_account

NORTH = PartyCode("north")


def test_an_account_has_the_role_it_was_given_last(north):
    open_account(north, "nadia", "long enough here", Role.REGISTRAR, NORTH)
    open_account(north, "nadia", "another long one", Role.NEGOTIATOR, NORTH)

    with north.open():
        from django.contrib.auth import authenticate

        viewer = viewer_of_account("nadia")
        assert (viewer.role, viewer.party) == (Role.NEGOTIATOR, NORTH)
        assert authenticate(username="nadia", password="long enough here") is None
        assert authenticate(username="nadia", password="another long one") is not None


def test_a_password_that_is_easy_to_guess_opens_nothing(north):
    with pytest.raises(WeakPasswordError, match="too short"):
        open_account(north, "nadia", "short", Role.REGISTRAR, NORTH)

    with north.open():
        assert viewer_of_account("nadia").role is Role.OUTSIDER


def test_a_viewer_of_the_party_sits_at_a_desk_here(north, monkeypatch):
    monkeypatch.setenv("REPATRIA_HOME", str(north.folder))
    open_account(north, "nadia", "long enough here", Role.REGISTRAR, NORTH)

    with north.open():
        desk = desk_for(viewer_of_account("nadia"))

    assert (desk.party, desk.actor, desk.role) == (NORTH, "nadia", Role.REGISTRAR)


@pytest.mark.parametrize(
    ("role", "party"), [(Role.REGISTRAR, PartyCode("south")), (Role.MONITOR, None)]
)
def test_nobody_else_writes_here(north, monkeypatch, role, party):
    from repatria.terms import NotVisible

    monkeypatch.setenv("REPATRIA_HOME", str(north.folder))
    open_account(north, "guest", "long enough here", role, party)

    with north.open():
        viewer = viewer_of_account("guest")
        assert not sits_here(viewer)
        with pytest.raises(NotVisible):
            desk_for(viewer)


def test_without_a_home_there_is_no_installation(monkeypatch):
    monkeypatch.delenv("REPATRIA_HOME", raising=False)

    with pytest.raises(NoInstallationError, match="names no installation"):
        installation_here()
