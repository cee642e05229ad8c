"""Is the source laid out as its readers expect?"""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "repatria"
MODULES = sorted(p for p in SOURCE.rglob("*.py") if "migrations" not in p.parts)
EMPTY_WORDS = frozenset(
    {"common", "data", "handler", "handlers", "helper", "helpers", "info", "manager", "managers",
     "misc", "service", "services", "util", "utils"}
)  # fmt: skip
# What is long because it is a table, or one story told from beginning to end.
MAY_BE_LONG: frozenset[str] = frozenset()
MOST_LINES = 400


def relative(path):
    return path.relative_to(SOURCE).as_posix()


@pytest.fixture(scope="module")
def trees():
    return {relative(path): ast.parse(path.read_text("utf-8")) for path in MODULES}


def test_no_module_has_a_name_that_says_nothing():
    named = {part for path in MODULES for part in path.relative_to(SOURCE).with_suffix("").parts}

    assert named & EMPTY_WORDS == set()


def test_every_module_says_what_it_answers(trees):
    silent = [name for name, tree in trees.items() if not ast.get_docstring(tree)]

    assert silent == []


def test_every_folder_with_modules_is_a_package():
    folders = {path.parent for path in MODULES}

    assert [relative(f) for f in sorted(folders) if not (f / "__init__.py").exists()] == []


def test_no_module_is_too_long_to_be_read_at_once():
    long = {
        relative(path) for path in MODULES if len(path.read_text("utf-8").splitlines()) > MOST_LINES
    }

    assert long - MAY_BE_LONG == set()


def test_nothing_is_left_to_be_done_later():
    marks = re.compile(r"\b(TODO|FIXME|XXX)\b")

    assert [relative(path) for path in MODULES if marks.search(path.read_text("utf-8"))] == []


def test_what_a_base_class_leaves_open_every_class_below_it_fills(trees):
    classes = {
        node.name: node
        for tree in trees.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    }
    says_so = {relative(p) for p in MODULES if "NotImplementedError" in p.read_text("utf-8")}
    open_methods = {
        (node.name, method.name)
        for node in classes.values()
        for method in node.body
        if isinstance(method, ast.FunctionDef) and _is_left_open(method)
    }
    below = {name: _above(classes, name) for name in classes}
    taken_further = {name for above in below.values() for name in above[1:]}
    unfilled = [
        (name, method)
        for base, method in open_methods
        for name, above in below.items()
        if base in above[1:]
        and name not in taken_further
        and method not in _filled(classes, above[: above.index(base)])
    ]
    elsewhere = [
        name
        for name, tree in trees.items()
        if name in says_so
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        and _is_left_open(node)
        and node.name not in {method for _, method in open_methods}
    ]

    assert unfilled == []
    assert elsewhere == []


def _above(classes, name):
    """The class and those above it, nearest first."""
    bases = [b.id for b in classes[name].bases if isinstance(b, ast.Name) and b.id in classes]
    return [name, *(each for base in bases for each in _above(classes, base))]


def _filled(classes, names):
    return {m.name for n in names for m in classes[n].body if isinstance(m, ast.FunctionDef)}


def _is_left_open(function):
    return any(
        isinstance(node, ast.Raise) and "NotImplementedError" in ast.unparse(node)
        for node in ast.walk(function)
    )


def test_what_is_tried_more_often_in_full_is_marked_so():
    tests = {path: path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py")}
    asks = {
        path
        for path, text in tests.items()
        if re.search(r"^from counts import", text, re.MULTILINE)
    }
    # A law over generated examples is marked by itself.
    marked = {path for path in asks if "mark.often" in tests[path] or "@given" in tests[path]}

    assert asks, "nothing asks how often"
    assert asks == marked
