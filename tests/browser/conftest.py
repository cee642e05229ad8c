"""A real browser on real servers: the demo's own story, told as far as a test needs it."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest

from exchange import tell_exchange
from repatria.cli import demo
from repatria.cli.cast import INTERMEDIARY, NORTH
from repatria.cli.story import Story
from repatria.wiring.accounts import open_account

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = [
    "--no-sandbox",  # the tests may run as root
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def chromium():
    """A browser; skips with what to install when there is none."""
    if CHROMIUM is None:
        pytest.skip("no chromium: install Debian's package `chromium` to run the browser tests")
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread; Django must be told that we know.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


def free_port():
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def served(folder: Path, port=None):
    """The pages of an installation; gives their address."""
    port = port or free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "repatria.cli.server", str(port)],
        env={
            **os.environ,
            "REPATRIA_HOME": str(folder),
            "REPATRIA_PASSPHRASE": demo.PASSWORD,
        },
    )
    address = f"http://localhost:{port}"
    try:
        _wait_for(address, server)
        yield address
    finally:
        server.terminate()
        server.wait(20)


@pytest.fixture
def free():
    """Gives a port on which nobody listens."""
    return free_port


@pytest.fixture
def playwright_with(chromium):
    """A function that starts another browser, with these arguments besides."""

    @contextmanager
    def start(*arguments):
        browser = chromium.browser_type.launch(
            executable_path=CHROMIUM, args=[*ARGUMENTS, *arguments]
        )
        yield browser
        browser.close()

    return start


@pytest.fixture
def serving(chromium):
    """A function that serves the pages of an installation for as long as its context lasts."""
    return served


def _wait_for(address: str, server: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if server.poll() is not None:
            pytest.fail("the server ended at once")
        try:
            urllib.request.urlopen(f"{address}/login/", timeout=5).close()  # noqa: S310 -- our own
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
        else:
            return
    pytest.fail("the server did not answer within a minute")


def _story(workspace: Path) -> Story:
    return Story(
        workspace=workspace,
        examples=demo.find_examples(),
        passphrase=demo.PASSWORD,
        tell=lambda _sentence, _by: None,
    )


def _accounts(story: Story, *names: str) -> None:
    for place, name, role, party, title in demo.ACCOUNTS:
        if name in names:
            open_account(
                story.installations[place],
                name=name,
                password=demo.PASSWORD,
                role=role,
                party=party,
                title=title,
                clock=story.clock,
            )


@pytest.fixture(scope="session")
def north_with_pairs(chromium, tmp_path_factory):
    """North, where the comparison has proposed pairs and nobody has decided."""
    from repatria.operations.comparison import compare_lists

    story = _story(tmp_path_factory.mktemp("pairs"))
    story.create_installations()
    _accounts(story, "nadia")
    story.import_lists()
    story.carry_packages()
    with story.at(NORTH) as desk:
        compare_lists(desk, left=story.lists["s-claims"], right=story.lists["n-holds"])
    for installation in story.installations.values():
        installation.close()
    with served(story.workspace / NORTH) as address:
        yield address


@pytest.fixture(scope="session")
def intermediary_at_the_line(chromium, tmp_path_factory):
    """The intermediary on the morning of the crossing: all are cleared and want to go."""
    story = story_at_the_line(tmp_path_factory.mktemp("line"))
    with served(story.workspace / INTERMEDIARY) as address:
        yield address


@pytest.fixture(scope="session")
def folder_at_the_line(chromium, tmp_path_factory):
    """The folder of the same, to be served, stopped and served again."""
    return story_at_the_line(tmp_path_factory.mktemp("line-again")).workspace / INTERMEDIARY


def story_at_the_line(workspace):
    """The story until everybody is checked at the gate, with its installations closed."""
    story = _story(workspace)
    story.create_installations()
    _accounts(story, "ines")
    story.import_lists()
    story.carry_packages()
    story.match_names()
    story.answer_lists()
    story.carry_packages()
    story.agree_on_terms()
    story.plan()
    story.freeze()
    story.examine(valid_days=3650)
    story.interview()
    story.check_gate()
    for installation in story.installations.values():
        installation.close()
    return story


@pytest.fixture(scope="session")
def finished_at_the_intermediary(chromium, tmp_path_factory):
    """The intermediary after the whole exchange, with guests of both parties."""
    workspace = tmp_path_factory.mktemp("finished") / "exchange"
    tell_exchange(workspace)
    with served(workspace / INTERMEDIARY) as address:
        yield address


@pytest.fixture
def page(chromium):
    """A page in a fresh browser context; fails on any error the browser reports."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(10_000)
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda message: complaints.append(message.text) if message.type == "error" else None,
    )
    page.complaints = complaints
    yield page
    context.close()


@pytest.fixture
def told():
    """The story told until every line is answered, with north served meanwhile."""

    @contextmanager
    def begin(kind, folder, *names):
        story = kind(
            workspace=folder,
            examples=demo.find_examples(),
            passphrase=demo.PASSWORD,
            tell=lambda _sentence, _by: None,
        )
        story.create_installations()
        _accounts(story, *names)
        story.import_lists()
        story.carry_packages()
        story.match_names()
        story.answer_lists()
        story.carry_packages()
        with served(story.workspace / NORTH) as address:
            yield story, address

    return begin
