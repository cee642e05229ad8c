"""Inbox, outbox and a fork in a real browser: acted on, by keyboard, on a phone, in Arabic."""

import os
import re
import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

import patience
from conftest import forget
from counts import FULL
from repatria.cli.cast import NORTH, SOUTH
from repatria.cli.demo import PASSWORD
from repatria.ledger.fork import read_evidence
from repatria.ledger.keyring import read_keyring
from repatria.operations.access import grant_access
from repatria.operations.packages import return_log, revoke_package, send_package
from repatria.terms import ActorId, Role
from two_stories import copied

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def _say(installation, account):
    with installation.open():
        desk = installation.desk("clerk", Role.REGISTRAR)
        grant_access(desk, account=ActorId(account), role=Role.REGISTRAR, party=SOUTH)


def _send(installation, operation=send_package):
    with installation.open():
        return operation(installation.desk("clerk", Role.REGISTRAR), to=NORTH)


@pytest.fixture(scope="module")
def module_environment():
    """Variables of the environment, as long as this module's tests run."""
    with pytest.MonkeyPatch.context() as patch:
        yield patch


@pytest.fixture(scope="module")
def correspondence(chromium, story_at, tmp_path_factory, module_environment):
    """North and what lies in its inbox: a package, a log given back, a fork, something damaged."""
    folder = tmp_path_factory.mktemp("correspondence")
    story = story_at("listed", folder)
    north, south = story.installations[NORTH], story.installations[SOUTH]
    twin = copied(south, folder / "twin")
    module_environment.setenv("REPATRIA_PASSPHRASE", PASSWORD)  # the copy's keys are not open yet
    shutil.rmtree(north.folder / "inbox")
    (north.folder / "inbox").mkdir()
    _say(south, "one")
    _say(twin, "other")
    made = {"waits": _send(south).raw, "returned": _send(south, return_log).raw}
    made["two-stories"] = _send(twin).raw
    made["damaged"] = made["waits"][:-1] + bytes([made["waits"][-1] ^ 1])
    made["no-package"] = b"something else"
    for each, raw in made.items():
        (north.folder / "inbox" / f"{each}.repatria").write_bytes(raw)
    with north.open():
        desk = north.desk("clerk", Role.REGISTRAR)
        first = send_package(desk, to=SOUTH)
        revoke_package(desk, digest=first.digest, reason="made from a wrong list")
        (north.folder / "outbox" / f"north-to-south-{first.digest[:12]}.repatria").write_bytes(
            first.raw
        )
    for installation in (*story.installations.values(), twin):
        installation.close()
    forget(twin.alias)
    return north


@pytest.fixture
def north(correspondence, tmp_path):
    """A copy of that installation, which a test may change."""
    shutil.copytree(correspondence.folder, tmp_path / "north")
    return tmp_path / "north"


@pytest.fixture
def address(north, serving):
    """Its pages."""
    with serving(north) as at:
        yield at


def entered(chromium, address, *, width=1280, language="en"):
    """A page after logging in."""
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, locale=language, bypass_csp=True
    )
    page = context.new_page()
    page.set_default_timeout(patience.MILLISECONDS)
    page.goto(f"{address}/login/")
    page.locator("input[name=username]").fill("nadia")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button").first.click()
    page.wait_for_url(f"{address}/")
    return page


def previews(page, address):
    """The page of each file in the inbox, by the file's name."""
    page.goto(f"{address}/packages/inbox/")
    rows = page.locator("main tbody tr")
    found = {}
    for number in range(rows.count()):
        name = rows.nth(number).locator("th .said-by").inner_text()
        found[name.removesuffix(".repatria")] = (
            rows.nth(number).locator("th a").get_attribute("href")
        )
    return found


def note_the_fork(page, address):
    """Take in one story, then write down that there are two."""
    at = previews(page, address)
    page.goto(address + at["waits"])
    page.locator(f"form[action='{at['waits']}accept/'] button").click()
    page.goto(address + at["two-stories"])
    page.locator(f"form[action='{at['two-stories']}accept/'] button").click()
    page.wait_for_url(f"{address}/packages/forks/south/")


def test_a_package_is_looked_at_taken_in_and_a_fork_is_shown_and_checked(
    chromium, address, correspondence, tmp_path
):
    page = entered(chromium, address)
    at = previews(page, address)
    page.goto(address + at["waits"])
    expect(page.get_by_text("The package passed every check")).to_be_visible()
    page.get_by_role("button", name="Take it in").click()
    expect(page.get_by_role("status")).to_contain_text("Taken in:")

    page.goto(address + at["two-stories"])
    expect(page.get_by_text("told two stories about its log")).to_be_visible()
    page.get_by_role("button", name="Write the evidence down").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("told two stories about its log")
    expect(page.locator("svg.fork-picture")).to_be_visible()
    with page.expect_download() as fetched:
        page.get_by_role("link", name=re.compile("Take the evidence away")).click()
    fetched.value.save_as(tmp_path / "south.fork")
    keyring = (correspondence.folder.parent / "south" / "south.keyring").read_text()
    assert read_evidence((tmp_path / "south.fork").read_bytes(), read_keyring(keyring))
    page.goto(f"{address}/packages/")
    expect(page.locator("main .status", has_text="log is frozen")).to_be_visible()


def test_a_package_is_refused_by_keyboard_alone(chromium, address):
    page = entered(chromium, address)
    page.goto(address + previews(page, address)["waits"])
    reached = []
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.name || ''"))
        if reached[-1] == "reason":
            break
    assert reached[-1] == "reason"
    page.keyboard.type("the list was to come by the intermediary")
    page.keyboard.press("Enter")

    expect(page.get_by_role("status")).to_contain_text("Refused.")
    expect(page.locator("main tbody")).to_contain_text("the list was to come by the intermediary")


@pytest.mark.often
@pytest.mark.parametrize(
    ("widths", "language"), [((1280, 390), "en"), ((390,), "ar")], ids=["english", "arabic"]
)
def test_no_page_of_packages_has_a_violation_or_is_too_wide(chromium, address, widths, language):
    page = entered(chromium, address, language=language)
    at = previews(page, address)
    looked_at = ["/packages/", "/packages/inbox/", "/packages/outbox/", "/packages/passed/"]
    looked_at += [*at.values()]
    page.goto(f"{address}/packages/outbox/")
    looked_at += page.locator("main tbody th a[href*='/outbox/']").evaluate_all(
        "all => all.slice(0, 1).map(a => a.pathname)"
    )
    wrong = _found_on(page, address, looked_at, widths)
    page.set_viewport_size({"width": 1280, "height": 900})
    note_the_fork(page, address)
    after = ["/packages/forks/south/", "/packages/", at["two-stories"]]
    wrong |= _found_on(page, address, after, widths)
    assert len(looked_at) == 10
    assert wrong == {}


def _found_on(page, address, paths, widths):
    found = {}
    for path in paths:
        page.goto(address + path)
        for width in widths:
            page.set_viewport_size({"width": width, "height": 900})
            _picture(page, path, width)
            language = page.evaluate("document.documentElement.lang")
            # Wide or narrow, English or Arabic, a page has the same parts.
            looks = FULL or (width, language) == (1280, "en")
            violations = Axe().run(page).response["violations"] if looks else ()
            wrong = [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in violations]
            over = page.evaluate("document.documentElement.scrollWidth") - width
            if over > 0:
                wrong.append(f"{over} px too wide")
            if wrong:
                found[path, width] = wrong
    return found


def _picture(page, path, width):
    """A picture of the page, when somebody wants to look: REPATRIA_PICTURES names a folder."""
    folder = os.environ.get("REPATRIA_PICTURES")
    if folder:
        name = re.sub(r"[^a-z0-9]+", "-", path[:40]).strip("-")
        language = page.evaluate("document.documentElement.lang")
        page.screenshot(path=f"{folder}/{language}-{width}-{name}.png", full_page=True)
