"""`erase` shows, asks, and erases; `erasures` says who has answered."""

import io
import json

import pytest

from repatria.cli.commands.running import erase_again
from repatria.terms import Role
from repatria.wiring.installation import Installation
from statements import named, noted


@pytest.fixture
def kept(home):
    """North's folder, with two persons in it."""
    here = Installation.at(home)
    with here.open():
        here.desk("clerk", Role.REGISTRAR).log.append([named(1), noted(1), named(2)])
    here.close()
    return home


@pytest.fixture
def erase(repatria, kept):
    """A function that runs `erase` about the first person."""

    def run(*options):
        return repatria(
            "erase", "--about", "person:p1", "--reason", "court-order", "--home", kept, *options
        )

    return run


def bodies(home):
    here = Installation.at(home)
    with here.open():
        return [e.ref for n in (1, 2) for e in here.log().about(f"person:p{n}")]


def test_a_dry_run_shows_what_would_go_and_writes_nothing(erase, kept, head):
    before = head(kept)
    ended = erase("--dry-run")
    assert ended.code == 0
    assert "our own statements, erased everywhere: 2" in ended.err
    assert "  person.named: 1" in ended.err
    assert "nothing was written" in ended.err
    assert head(kept) == before


@pytest.mark.parametrize(("typed", "code", "left"), [("3", 1, 3), ("", 1, 3), ("2", 0, 1)])
def test_the_number_is_typed_before_anything_goes(erase, kept, monkeypatch, typed, code, left):
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{typed}\n"))
    assert erase().code == code
    assert len(bodies(kept)) == left


def test_it_goes_without_asking_when_told_to_and_says_what_was_cleaned(erase, kept, repatria):
    ended = erase("--yes")
    assert ended.code == 0
    assert "nothing that this program knows of is left on this machine" in ended.err
    assert bodies(kept) == ["north/3"]
    assert repatria("verify", kept).code == 0
    assert "all derived tables were as the log says" in repatria("rebuild", "--home", kept).err

    told = repatria("erasures", "--home", kept, "--clean")
    assert told.code == 0
    assert "north/4: north 1: court-order: no answer yet from intermediary" in told.out
    assert "north/5: north 2: court-order: no answer yet from intermediary, south" in told.out
    lines = [
        json.loads(line) for line in repatria("erasures", "--json", "--home", kept).out.splitlines()
    ]
    assert [line["places"] for line in lines] == ["1", "2"]
    assert lines[0]["waiting_for"] == ["intermediary"]


def test_what_is_wrong_is_said(repatria, kept, head):
    before = head(kept)
    unknown = repatria("erase", "--about", "person:p1", "--reason", "spite", "--home", kept)
    assert unknown.code == 2
    assert "no such reason; one of: purpose-fulfilled" in unknown.err
    refused = repatria(
        "erase", "--place", "north/0", "--place", "north/77", "--reason", "court-order",
        "--yes", "--home", kept,
    )  # fmt: skip
    assert refused.code == 1
    assert "refused: kind-not-erasable (north/0)" in refused.err
    assert "refused: place-beyond-log (north/77)" in refused.err
    assert head(kept) == before


def test_serving_first_erases_what_came_back_and_cleans_what_was_not(erase, kept):
    old = (kept / "ledger.sqlite3").read_bytes()
    assert erase("--yes").code == 0
    (kept / "ledger.sqlite3").write_bytes(old)

    erase_again(Installation.at(kept))
    assert bodies(kept) == ["north/3"]

    (kept / "erasures").unlink()  # as if power was lost before it was written
    erase_again(Installation.at(kept))
    assert (kept / "erasures").read_text("ascii") == "north 1-2\n"


def test_a_database_that_was_put_back_is_erased_again_when_looked_at(erase, kept, repatria):
    old = (kept / "ledger.sqlite3").read_bytes()
    assert erase("--yes").code == 0
    (kept / "ledger.sqlite3").write_bytes(old)
    for left in ("ledger.sqlite3-wal", "ledger.sqlite3-shm"):
        (kept / left).unlink(missing_ok=True)
    assert "erasure-not-replayed" in repatria("verify", kept).out

    told = repatria("erasures", "--home", kept)

    assert "an older database had brought 2 bodies back; erased again" in told.err
    assert bodies(kept) == ["north/3"]
    assert "erasure-not-replayed" not in repatria("verify", kept).out
