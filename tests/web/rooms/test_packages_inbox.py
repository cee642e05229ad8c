"""The inbox: what waits is looked at first, and taken in, refused or removed by separate acts."""

import shutil
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from conftest import forget
from repatria.operations.packages import return_log, revoke_package, send_package
from repatria.terms import PartyCode, Role
from repatria.wiring.installation import Installation

NORTH = PartyCode("north")


@pytest.fixture
def south(told, tmp_path, here):
    """South's installation as it was when north last heard of it, a copy."""
    shutil.copytree(told.folder / "south", tmp_path / "south")
    installation = Installation.at(tmp_path / "south")
    yield SimpleNamespace(
        installation=installation, do=lambda operation, **rest: _do(installation, operation, rest)
    )
    forget(installation.alias)


def _do(installation, operation, rest):
    with installation.open():
        return operation(installation.desk("clerk", Role.REGISTRAR), **rest)


@pytest.fixture
def drop(here):
    """A function that puts bytes into north's inbox as somebody with a stick does."""

    def put(raw, name="from-a-stick.repatria"):
        (here.folder / "inbox" / name).write_bytes(raw)

    return put


@pytest.fixture
def upload(nadia):
    """A function that uploads bytes and gives the address of the page that follows."""

    def send(raw):
        answer = nadia.post("/packages/inbox/upload/", {"file": SimpleUploadedFile("p", raw)})
        assert answer.status_code == 303
        return answer["Location"]

    return send


def test_it_works(nadia, upload, south, log_size):
    made, before = south.do(send_package, to=NORTH), log_size()

    address = upload(made.raw)
    page = nadia.get(address).content.decode()
    assert "A package from" in page
    assert "The package passed every check" in page
    assert south.installation.keyring.fingerprint in page
    assert log_size() == before
    done = nadia.post(f"{address}accept/", follow=True).content.decode()

    assert "Taken in:" in done
    assert "The file was removed." in done
    assert log_size() == before + 2
    assert nadia.get(address).status_code == 404
    assert "taken in from" in nadia.get("/packages/passed/").content.decode()


def test_the_other_party_does_not_see_it(browser, drop, south):
    made = south.do(send_package, to=NORTH)
    drop(made.raw)
    guest = browser("samir")

    for act in ("", "accept/", "refuse/", "remove/"):
        address = f"/packages/inbox/{made.digest}/{act}"
        assert guest.get(address).status_code == 404 or act
        assert guest.post(address).status_code in (404, 405)
    assert guest.get("/packages/inbox/").status_code == 404
    assert guest.post("/packages/inbox/upload/").status_code == 404


def test_a_page_that_looks_rejects_post_and_an_act_rejects_get(nadia, drop, south):
    made = south.do(send_package, to=NORTH)
    drop(made.raw)

    assert nadia.post(f"/packages/inbox/{made.digest}/").status_code == 405
    for act in ("accept", "refuse", "remove"):
        assert nadia.get(f"/packages/inbox/{made.digest}/{act}/").status_code == 405


@pytest.mark.parametrize(
    "digest", ["0" * 64, "f" * 63, "installation", "node", "A" * 64, "from-a-stick"]
)
def test_a_digest_that_nobody_has_is_not_found(nadia, drop, digest):
    drop(b"anything")

    assert nadia.get(f"/packages/inbox/{digest}/").status_code == 404
    for act in ("accept", "refuse", "remove"):
        assert nadia.post(f"/packages/inbox/{digest}/{act}/", {"reason": "x"}).status_code == 404
    assert nadia.get(f"/packages/outbox/{digest}/").status_code == 404
    assert nadia.get(f"/packages/outbox/{digest}/file/").status_code == 404


@pytest.mark.parametrize(
    "path", ["..%2f..%2fnode.key", "..", "%2e%2e", "..%5cnode.key", "..%2Finstallation.json"]
)
def test_no_digest_leads_out_of_the_folder(nadia, path):
    for room in ("inbox", "outbox"):
        assert nadia.get(f"/packages/{room}/{path}/").status_code == 404
    assert nadia.post(f"/packages/inbox/{path}/remove/").status_code == 404


def test_a_link_in_the_inbox_is_not_followed(nadia, here, tmp_path):
    secret = tmp_path / "elsewhere.repatria"
    secret.write_bytes(b"something else")
    (here.folder / "inbox" / "link.repatria").symlink_to(secret)

    assert "link.repatria" not in nadia.get("/packages/inbox/").content.decode()


def test_an_upload_is_kept_for_its_owner_only(upload, here, south):
    upload(south.do(send_package, to=NORTH).raw)
    [path] = (here.folder / "inbox").glob("*.repatria")

    assert path.stat().st_mode & 0o077 == 0


def test_a_form_without_a_file_says_so(nadia):
    answer = nadia.post("/packages/inbox/upload/", follow=True)

    assert "Choose a package file first." in answer.content.decode()


def test_refusing_needs_a_reason_and_writes_it_down(nadia, drop, south, log_size):
    made, before = south.do(send_package, to=NORTH), log_size()
    drop(made.raw)
    address = f"/packages/inbox/{made.digest}/"

    without = nadia.post(f"{address}refuse/", {"reason": " "})
    assert (without.status_code, log_size()) == (422, before)
    nadia.post(f"{address}refuse/", {"reason": "<b>not now</b>"})

    assert log_size() == before + 1
    page = nadia.get(address).content.decode()
    assert "Somebody here refused it." in page
    assert "&lt;b&gt;not now&lt;/b&gt;" in page
    assert nadia.post(f"{address}accept/").status_code == 303
    assert log_size() == before + 3


def test_a_file_is_removed_only_when_it_is_of_no_use(nadia, drop, here, south):
    made = south.do(send_package, to=NORTH)
    drop(made.raw)
    drop(b"nobody signed this", "garbage.repatria")
    waits = f"/packages/inbox/{made.digest}/"

    assert nadia.post(f"{waits}remove/").status_code == 409
    nadia.post(f"{waits}accept/")
    drop(made.raw)
    assert "It was taken in before." in nadia.get(waits).content.decode()
    assert nadia.post(f"{waits}remove/").status_code == 303
    assert [p.name for p in (here.folder / "inbox").glob("*.repatria")] == ["garbage.repatria"]


def test_a_damaged_file_is_named_and_stays(nadia, drop, here, south, log_size):
    raw, before = bytearray(south.do(send_package, to=NORTH).raw), log_size()
    raw[-1] ^= 1
    drop(bytes(raw))

    page = nadia.get("/packages/inbox/").content.decode()
    [address] = {part.split('"')[0] for part in page.split('href="') if len(part) > 80 and
                 part.startswith("/packages/inbox/")}  # fmt: skip
    looked = nadia.get(address).content.decode()

    assert "damaged" in page
    assert "It was sealed for us, and changed or cut off on the way." in looked
    assert "Keep the file" in looked
    assert nadia.post(f"{address}accept/").status_code == 409
    assert nadia.post(f"{address}remove/").status_code == 409
    assert (here.folder / "inbox" / "from-a-stick.repatria").exists()
    assert log_size() == before


def test_a_package_taken_back_in_time_is_not_taken_in(nadia, drop, south):
    first = south.do(send_package, to=NORTH)
    south.do(revoke_package, digest=first.digest, reason="made too early")
    nadia_gets = south.do(send_package, to=NORTH)
    drop(nadia_gets.raw)
    nadia.post(f"/packages/inbox/{nadia_gets.digest}/accept/")
    drop(first.raw, "first.repatria")

    page = nadia.get(f"/packages/inbox/{first.digest}/").content.decode()

    # It brings nothing that the next one did not bring.
    assert "All that it brings is here already" in page


def test_a_log_given_back_is_shown_and_heals_nothing(nadia, drop, told, south, log_size):
    south.do(_take_in, raw=told.for_south)
    made = south.do(return_log, to=NORTH)
    drop(made.raw)
    before = log_size()

    page = nadia.get(f"/packages/inbox/{made.digest}/").content.decode()
    done = nadia.post(f"/packages/inbox/{made.digest}/accept/", follow=True).content.decode()

    assert "It gives our own log back" in page
    assert "repatria heal" in page
    assert "That healed nothing" in done
    assert log_size() == before + 2


def _take_in(desk, *, raw):
    from repatria.operations.receiving import take_in_package

    return take_in_package(desk, raw)


def test_the_list_is_searched_filtered_and_taken_away(nadia, drop, south):
    drop(south.do(send_package, to=NORTH).raw, "named-well.repatria")
    drop(b"nobody signed this", "garbage.repatria")

    found = nadia.get("/packages/inbox/", {"q": "NAMED"}).content.decode()
    damaged = nadia.get("/packages/inbox/", {"state": "damaged"}).content.decode()
    nothing = nadia.get("/packages/inbox/", {"q": "no such"}).content.decode()
    table = nadia.post("/packages/inbox/export/", {"format": "csv", "state": "damaged"})

    assert "named-well" in found
    assert "garbage" not in found
    assert "garbage" in damaged
    assert "named-well" not in damaged
    assert "No file fits" in nothing
    assert table.content.decode().count("\r\n") == 2
    assert "garbage.repatria" in table.content.decode()


def test_an_empty_inbox_says_what_to_do(nadia):
    assert "Nothing waits. Bring a file in below" in nadia.get("/packages/inbox/").content.decode()
