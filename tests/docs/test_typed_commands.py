"""Is every command that a page says to type one that the program has, with its options?"""

import re
from pathlib import Path

import pytest

from repatria.cli.main import app

ROOT = Path(__file__).resolve().parents[2]
PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    *(p for p in sorted((ROOT / "docs").rglob("*.md")) if "_build" not in p.parts),
]
# Between backquotes or on a line of its own in a block; a backslash goes on to the next line.
TYPED = re.compile(
    r"(?:`|^(?:\$ )?|&& |run --locked )(?:\.venv/bin/)?repatria ((?:\\\n|[^`\n#;|&])+)",
    re.MULTILINE,
)


def commands_on(page):
    """The words of each command on a page."""
    found = TYPED.findall(page.read_text("utf-8"))
    said = [each.replace("\\\n", " ").split() for each in found]
    # `repatria mark 2` is the first line of a file and no command.
    return [words for words in said if words and not (len(words) == 2 and words[1].isdigit())]


def what_is_not_there(words):
    """The words that name no command or option; none when the program would take them."""
    group, rest = app, list(words)
    while rest and rest[0] in list(group):
        group = group[rest.pop(0)]
    if group is app:
        return [] if words[0].startswith("-") or not words[0].islower() else [words[0]]
    options = (
        {
            name
            for argument in group.assemble_argument_collection(parse_docstring=False)
            for name in argument.names
        }
        | {"--help", "--version"}
        if group.default_command
        else {"--help"}
    )
    return [
        word for word in rest if word.startswith("--") and word.partition("=")[0] not in options
    ]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_command_on_a_page_is_there_with_its_options(page):
    wrong = {" ".join(words): what_is_not_there(words) for words in commands_on(page)}

    assert {said: missing for said, missing in wrong.items() if missing} == {}


def test_pages_say_many_commands():
    assert sum(len(commands_on(page)) for page in PAGES) > 100


def test_a_command_or_option_that_is_not_there_is_noticed():
    assert what_is_not_there(["rebuild", "--home", "here"]) == []
    assert what_is_not_there(["rebuilt"]) == ["rebuilt"]
    assert what_is_not_there(["plan", "check", "plan.json", "--nothing"]) == ["--nothing"]
