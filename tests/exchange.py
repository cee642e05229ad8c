"""The demo's own story, told once for a whole run of tests, as far as a test needs it.

`finished_exchange` is what the command leaves behind, and read only; `story_at` gives
a copy of one's own of the story at an earlier moment, its keys cheap to open.
"""

import io
import shutil
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, fields

import pytest

from conftest import CHEAP, forget
from repatria.cli import demo
from repatria.cli.main import app
from repatria.cli.story import Story
from repatria.wiring.accounts import open_account
from repatria.wiring.installation import Installation
from repatria.wiring.passphrases import keep_opened, node_secrets_with
from shared import made_once


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str


def copy_of(workspace, target):
    """A copy of a workspace that a test may change."""
    shutil.copytree(workspace, target)
    return target


def _tell_by_command(workspace):
    out, err = io.StringIO(), io.StringIO()
    words = ["demo", "--workspace", str(workspace), "--no-serve", "--json"]
    with redirect_stdout(out), redirect_stderr(err):
        code = app(words, result_action="return_value")
    return workspace, Ended(code, out.getvalue(), err.getvalue())


@pytest.fixture(scope="session")
def finished_exchange(tmp_path_factory):
    """The workspace of a whole exchange and how the command that told it ended; read only."""
    workspace, ended = made_once(
        tmp_path_factory, "finished", lambda folder: _tell_by_command(folder / "workspace")
    )
    open_keys(workspace)
    yield workspace, ended
    for party in ("north", "south", "intermediary"):
        forget(Installation.at(workspace / party).alias)


def open_keys(workspace):
    """Open the keys of a told story: whichever process told it, this one may use them."""
    for party in ("north", "south", "intermediary"):
        path = workspace / party / "node.key"
        keep_opened(path, node_secrets_with(path, demo.PASSWORD))


def _say_nothing(_sentence, _by):
    pass


def _listed(folder):
    story = Story(
        workspace=folder,
        examples=demo.find_examples(),
        passphrase=demo.PASSWORD,
        tell=_say_nothing,
        cost=CHEAP,
    )
    story.create_installations()
    for place, name, role, party, title in demo.ACCOUNTS:
        open_account(
            story.installations[place],
            name=name,
            password=demo.PASSWORD,
            role=role,
            party=party,
            title=title,
            clock=story.clock,
        )
    story.import_lists()
    story.carry_packages()
    return story


def _answer(story):
    story.match_names()
    story.answer_lists()
    story.carry_packages()


def _make_ready(story):
    story.agree_on_terms()
    story.plan()
    story.freeze()
    story.examine(valid_days=3650)
    story.interview()
    story.check_gate()


# Each moment, the one before it, and what happens in between.
MOMENTS = {
    "listed": (None, None),
    "answered": ("listed", _answer),
    "at the line": ("answered", _make_ready),
}


@pytest.fixture(scope="session")
def story_at(tmp_path_factory):
    """A function that gives the story at a moment, in a folder of one's own: (moment, folder)."""

    def told(moment):
        before, happens = MOMENTS[moment]

        def make(folder):
            if before is None:
                story = _listed(folder)
            else:
                story = copied(before, folder)
                happens(story)
            for installation in story.installations.values():
                installation.close()
                forget(installation.alias)
            return story

        return made_once(tmp_path_factory, moment.replace(" ", "-"), make)

    def copied(moment, folder, kind=Story):
        story = told(moment)
        shutil.copytree(story.workspace, folder, dirs_exist_ok=True)
        open_keys(folder)
        story.workspace = folder
        story.installations = {
            party: Installation.at(folder / party) for party in story.installations
        }
        return kind(**{field.name: getattr(story, field.name) for field in fields(Story)})

    return copied
