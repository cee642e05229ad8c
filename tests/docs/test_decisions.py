"""Are decisions, dependencies and the changelog complete?"""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DECISIONS = ROOT / "docs" / "decisions"
PARTS = ("**Status**", "## Context", "## Options", "## Outcome", "## Consequences")

UNUSED = "not imported by the program"
# Where a package is imported, or named in settings, under another name than its own.
MODULE = {
    "django-csp": "csp",
    "django-ninja": "ninja",
    "psycopg": "postgresql",
    "text2num": "text_to_num",
}


def plain(name):
    return re.split(r"[\[<>=~! ]", name)[0].lower()


def declared():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = [each for extra in project["optional-dependencies"].values() for each in extra]
    return {plain(each) for each in [*project["dependencies"], *extras]}


def rows():
    text = (DECISIONS / "0012-dependencies.md").read_text("utf-8")
    return dict(re.findall(r"^\| ([a-z][a-z0-9-]*) \| (\d[\w.]*) \|", text, re.MULTILINE))


def test_every_decision_has_all_parts_and_fits_a_page():
    for path in sorted(DECISIONS.glob("0*.md")):
        text = path.read_text("utf-8")

        assert [part for part in PARTS if part not in text] == [], path.name
        assert text.startswith(f"# {path.name[:4]} "), path.name
        assert len(text.splitlines()) < 80, path.name


def test_every_decision_is_in_the_index():
    index = (DECISIONS / "index.md").read_text("utf-8")

    assert [p.name for p in sorted(DECISIONS.glob("0*.md")) if f"({p.name})" not in index] == []


def test_every_dependency_of_the_program_is_a_decision():
    assert declared() == rows().keys()


def test_the_versions_written_down_are_the_locked_ones():
    locked = {}
    for package in tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))["package"]:
        locked.setdefault(package["name"], set()).add(package.get("version"))

    assert {name: v for name, v in rows().items() if v not in locked[name]} == {}


def test_a_dependency_is_used_where_it_is_not_said_to_be_unused():
    source = "\n".join(p.read_text("utf-8") for p in (ROOT / "src").rglob("*.py"))
    text = (DECISIONS / "0012-dependencies.md").read_text("utf-8")
    lines = re.findall(r"^\| ([a-z][a-z0-9-]*) \| (\d.*)$", text, re.MULTILINE)
    told = {name: UNUSED not in rest for name, rest in lines}
    used = {
        name: re.search(rf"\b{MODULE.get(name, name.replace('-', '_'))}\b", source) is not None
        for name in told
    }

    assert told == used


def test_every_fragment_of_the_changelog_is_of_a_known_kind():
    folder = ROOT / "changelog.d"
    kinds = set(
        re.findall(r"^\| `(\w+)` \|", (folder / "README.md").read_text("utf-8"), re.MULTILINE)
    )
    fragments = [path for path in folder.glob("*.md") if path.name != "README.md"]

    assert kinds == {"added", "changed", "fixed", "security", "format"}
    assert [p.name for p in fragments if p.name.split(".")[-2] not in kinds] == []
    assert [p.name for p in fragments if not p.read_text("utf-8").strip()] == []
