"""Is what the README says to type what the machine does?"""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FIRST = (
    "python3 -m venv .venv && .venv/bin/pip install uv && .venv/bin/uv run --locked repatria demo"
)
SECOND = ".venv/bin/uv run --locked pytest"


def text_of(name):
    return (ROOT / name).read_text("utf-8")


def recipes():
    return set(re.findall(r"^([a-z]+)(?: \*\w+)?:", text_of("justfile"), re.MULTILINE))


def test_the_readme_has_exactly_two_commands():
    blocks = re.findall(r"```sh\n(.*?)```", text_of("README.md"), re.DOTALL)

    assert [block.strip() for block in blocks] == [FIRST, SECOND]


def test_a_clean_machine_runs_the_same_two_commands():
    typed = [line.removesuffix("\\").strip() for line in text_of(".ci/run").splitlines()]

    assert FIRST in typed
    assert SECOND in typed


def test_the_installation_page_begins_with_the_same_command():
    assert f"```sh\n{FIRST}\n```" in text_of("docs/installation.md")


def test_the_clean_machine_checks_everything():
    assert ".venv/bin/uv run --locked just check\n" in text_of(".ci/run")
    assert {"check", "test", "docs", "demo", "fmt", "cover"} <= recipes()


def test_the_page_for_contributors_names_recipes_that_exist():
    named = set(re.findall(r"just (\w+)", text_of("CONTRIBUTING.md")))

    assert named <= recipes()
    assert "check" in named
