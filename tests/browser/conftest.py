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

import patience
from exchange import copy_of, finished_exchange, story_at
from repatria.cli import demo
from repatria.cli.cast import INTERMEDIARY, NORTH
from repatria.wiring.django_ready import ready

ready()

__all__ = ["finished_exchange", "story_at"]

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
    from playwright.sync_api import expect, sync_playwright

    # Playwright keeps an event loop in this thread; Django must be told that we know.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    expect.set_options(timeout=patience.MILLISECONDS)
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
        server.wait(60)


@pytest.fixture
def free():
    """Gives a port on which nobody listens."""
    return free_port


@pytest.fixture
def serving(chromium):
    """A function that serves the pages of an installation for as long as its context lasts."""
    return served


def _wait_for(address: str, server: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 180  # of a machine that does much else
    while time.monotonic() < deadline:
        if server.poll() is not None:
            pytest.fail("the server ended at once")
        try:
            urllib.request.urlopen(f"{address}/login/", timeout=5).close()  # noqa: S310 -- our own
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
        else:
            return
    pytest.fail("the server did not answer within three minutes")


@pytest.fixture(scope="session")
def north_with_pairs(chromium, story_at, tmp_path_factory):
    """North, where the comparison has proposed pairs and nobody has decided."""
    from repatria.operations.comparison import compare_lists

    story = story_at("listed", tmp_path_factory.mktemp("pairs"))
    with story.at(NORTH) as desk:
        compare_lists(desk, left=story.lists["s-claims"], right=story.lists["n-holds"])
    story.installations[NORTH].close()
    with served(story.workspace / NORTH) as address:
        yield address


@pytest.fixture(scope="session")
def intermediary_at_the_line(chromium, story_at, tmp_path_factory):
    """The intermediary on the morning of the crossing: all are cleared and want to go."""
    story = story_at("at the line", tmp_path_factory.mktemp("line"))
    with served(story.workspace / INTERMEDIARY) as address:
        yield address


@pytest.fixture(scope="session")
def folder_at_the_line(chromium, story_at, tmp_path_factory):
    """The folder of the same, to be served, stopped and served again."""
    return story_at("at the line", tmp_path_factory.mktemp("again")).workspace / INTERMEDIARY


@pytest.fixture(scope="session")
def finished_at_the_intermediary(chromium, finished_exchange, tmp_path_factory):
    """The intermediary after the whole exchange, with guests of both parties."""
    folder = tmp_path_factory.mktemp("finished") / INTERMEDIARY
    with served(copy_of(finished_exchange[0] / INTERMEDIARY, folder)) as address:
        yield address


@pytest.fixture
def page(chromium):
    """A page in a fresh browser context; fails on any error the browser reports."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(patience.MILLISECONDS)
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
def told(story_at):
    """The story told until every line is answered, with north served meanwhile."""

    @contextmanager
    def begin(kind, folder):
        story = story_at("answered", folder, kind)
        with served(story.workspace / NORTH) as address:
            yield story, address

    return begin
