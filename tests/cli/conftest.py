"""The command line, called in this process."""

import io

import pytest
from rich.console import Console

from exchange import Ended, finished_exchange
from repatria.cli.main import app
from repatria.wiring.django_ready import ready
from repatria.wiring.installation import Installation

ready()

__all__ = ["finished_exchange"]

HEADINGS = "No;Surname;Given name;Father name;Date of birth\n"
LINES = "1;Modelyan;Aram;Karo;05.02.1991\n2;Testyan;Levon;Vahe;17.07.1993\n"


@pytest.fixture
def repatria(capsys, monkeypatch):
    """A function that runs a command; gives its exit code and what it printed."""
    monkeypatch.delenv("REPATRIA_HOME", raising=False)

    def run(*tokens):
        capsys.readouterr()
        printed = Console(file=io.StringIO(), width=100)
        try:
            code = app(
                [str(token) for token in tokens],
                result_action="return_value",
                console=printed,
                error_console=printed,
            )
        except SystemExit as stop:
            code = stop.code
        said = capsys.readouterr()
        return Ended(code or 0, said.out + printed.file.getvalue(), said.err)

    return run


@pytest.fixture
def home(make_installation):
    """The folder of an installation of north."""
    return make_installation("north").folder


@pytest.fixture
def head():
    """A function that gives the head of the log in a folder."""

    def look(folder):
        installation = Installation.at(folder)
        with installation.open():
            checkpoint = installation.log().head(installation.party)
        return checkpoint.size, checkpoint.root

    return look


@pytest.fixture
def list_file(tmp_path):
    """A list of two lines in a file."""
    path = tmp_path / "list.csv"
    path.write_text(HEADINGS + LINES, "utf-8")
    return path
