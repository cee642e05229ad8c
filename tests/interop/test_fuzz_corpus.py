"""What the fuzzer once found interesting, again: only documented errors, and both agree."""

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "tests" / "fuzz_corpus"


def loaded():
    spec = importlib.util.spec_from_file_location("fuzz", ROOT / "tools" / "fuzz.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


fuzz = loaded()


def test_every_target_has_a_corpus_and_no_corpus_is_without_a_target():
    assert {path.name for path in CORPUS.iterdir()} == set(fuzz.TARGETS)


@pytest.mark.parametrize("name", fuzz.TARGETS)
def test_the_corpus_holds_no_surprise(name):
    inputs = sorted((CORPUS / name).iterdir())

    assert inputs
    for path in inputs:
        fuzz.TARGETS[name](path.read_bytes())


def test_a_target_tells_when_the_two_programs_differ():
    def holds():
        return None

    def does_not_hold():
        raise fuzz.theirs.Fault("here", "not-canonical")

    with pytest.raises(AssertionError):
        fuzz._same(holds, does_not_hold)


def test_a_target_lets_a_foreign_error_escape():
    def breaks():
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fuzz._only(breaks)
