"""Do the tour, the map and all other pages lead to things that exist?"""

import importlib
import re
from itertools import chain
from pathlib import Path

import pytest

from repatria.wiring.django_ready import ready

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = sorted(p for p in DOCS.rglob("*.md") if "_build" not in p.parts)
FUNCTION = re.compile(r"\[`(\w+)`\]\(((?:\.\./)+src/[\w/]+\.py)\)")
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[\w-]+)?\)")
NAMED_PATH = re.compile(r"`((?:src|tests|tools|bench|docs|examples|changelog\.d)/[\w./-]*)`")
GLOSSARY = (DOCS / "glossary.md").read_text("utf-8")
TEXTS = [*PAGES, ROOT / "README.md", ROOT / "CONTRIBUTING.md"]


def named_functions():
    return sorted(
        {
            (name, (page.parent / path).resolve().relative_to(ROOT / "src").as_posix())
            for page in PAGES
            for name, path in FUNCTION.findall(page.read_text("utf-8"))
        }
    )


@pytest.fixture(scope="module", autouse=True)
def _django():
    ready()


def test_every_function_a_page_names_can_be_imported():
    missing = [
        f"{path}: {name}"
        for name, path in named_functions()
        if not hasattr(importlib.import_module(path.removesuffix(".py").replace("/", ".")), name)
    ]

    assert missing == []


def test_tour_and_map_name_functions():
    for page in ("tour.md", "map.md"):
        assert len(FUNCTION.findall((DOCS / page).read_text("utf-8"))) >= 20


def test_every_link_leads_to_a_file():
    broken = [
        f"{text.relative_to(ROOT)}: {target}"
        for text in TEXTS
        for target in LINK.findall(text.read_text("utf-8"))
        if "://" not in target and not (text.parent / target).exists()
    ]

    assert broken == []


def test_every_path_a_page_names_exists():
    missing = [
        f"{text.relative_to(ROOT)}: {path}"
        for text in TEXTS
        for path in NAMED_PATH.findall(text.read_text("utf-8"))
        if not (ROOT / path).exists()
    ]

    assert missing == []


def test_every_package_has_its_sentence_in_the_tour():
    told = (DOCS / "tour.md").read_text("utf-8")
    packages = sorted(p.parent.name for p in (ROOT / "src" / "repatria").glob("*/__init__.py"))

    assert [name for name in packages if f"`{name}`" not in told] == []


def test_every_operation_is_in_the_tour_or_is_a_reading():
    """A verb that writes takes a desk first and gives a receipt or an id."""
    told = {name for name, _ in named_functions()}
    operations = ROOT / "src" / "repatria" / "operations"
    verbs = re.compile(
        r"^def ([a-z]\w+)\(\s*desk: Desk,[^)]*\) -> (?:Receipt|ManifestId)", re.MULTILINE
    )
    written = set(chain(*(verbs.findall(p.read_text("utf-8")) for p in operations.glob("*.py"))))

    assert written - told - {"answer_line", "grant_access"} == set()


def test_every_word_of_the_glossary_names_a_module_that_exists():
    rows = re.findall(r"^\| ([^|`]+) \|.*\| `([a-z_.]+)` \|$", GLOSSARY, re.MULTILINE)
    source = ROOT / "src" / "repatria"
    places = {word: source.joinpath(*module.split(".")) for word, module in rows}

    assert len(places) > 80
    assert [w for w, p in places.items() if not (p.is_dir() or p.with_suffix(".py").exists())] == []


def test_no_word_of_the_glossary_has_two_meanings():
    words = re.findall(r"^\| ([^|`-][^|]*) \|", GLOSSARY, re.MULTILINE)
    words = [word for word in words if word != "word"]

    assert len(words) == len(set(words))


def test_a_step_that_nobody_can_reach_by_page_or_command_is_said_to_be_missing():
    source = ROOT / "src" / "repatria"
    edges = [
        *source.glob("web/**/*.py"),
        *source.glob("cli/commands/*.py"),
        *source.glob("wiring/*.py"),
    ]
    reached = "\n".join(path.read_text("utf-8") for path in edges)
    steps = FUNCTION.findall((DOCS / "tour.md").read_text("utf-8").partition("## The steps")[2])
    verbs = {name for name, path in steps if "/operations/" in path}
    inner = {"statements_registering", "check_claims", "suggest_answers"}
    missing = (DOCS / "installation.md").read_text("utf-8").partition("## What is not there yet")[2]

    unreached = {verb for verb in verbs - inner if not re.search(rf"\b{verb}\b", reached)}

    assert unreached - {name for name, _ in FUNCTION.findall(missing)} == set()
