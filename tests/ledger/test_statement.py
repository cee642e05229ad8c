from dataclasses import replace
from pathlib import Path

import pytest

from repatria.ledger.canonical import decode, encode
from repatria.ledger.commitment import commitment
from repatria.ledger.draft import draft
from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.custody_placed import CustodyPlaced
from repatria.ledger.kinds.person_named import PersonNamed
from repatria.ledger.statement import Entry, Ground, read_statement, reread_statement
from repatria.terms import ActorId, IntegrityError, PartialDate, PartyCode, PersonId, Place
from statements import MORNING, named, noted, placed, unknown_kind

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "ledger" / "statements.txt"


def test_the_bytes_of_statements_are_the_committed_ones():
    lines = GOLDEN.read_text("utf-8").splitlines()
    assert [s.body.decode() for s in (named(1), placed(1), noted(2), unknown_kind(3))] == lines


def test_a_statement_comes_back_whole_from_its_bytes():
    full = replace(
        noted(1), occurred_at=MORNING, as_of=PartialDate(year=2030), supersedes=("north/4",)
    )
    for statement in (full, unknown_kind(2)):
        assert read_statement(statement.body, place="here") == statement
        assert reread_statement(statement.body.decode(), place="here") == statement


def test_unknown_kinds_and_keys_survive_reading_and_writing():
    came = unknown_kind(1)
    kept = read_statement(came.body, place="here")
    assert kept.unknown == {"weight": {"kilograms": 70}}
    assert kept.body == came.body


EVIL = (
    None, True, False, 0, -1, 2**52, "", "x", "\x00", [], [1], [[]], ["a", None], {}, {"a": 1},
    "2030-13-01T00:00:00Z", "2030-03-01T08:00:00+00:00", "2030-03-01T08:00:00", "2030-3-1",
)  # fmt: skip
KEYS = (
    "v", "kind", "about", "by", "actor", "recorded_at", "audience", "ground", "content",
    "occurred_at", "as_of", "supersedes",
)  # fmt: skip


@pytest.mark.parametrize("key", KEYS)
def test_an_evil_value_in_any_place_is_refused_or_kept_byte_for_byte(key):
    good = decode(noted(1).body, place="here")
    for evil in EVIL:
        body = encode({**good, key: evil})
        try:
            statement = read_statement(body, place="north/3 body")
        except IntegrityError as caught:
            assert caught.place == "north/3 body"  # noqa: PT017 -- both outcomes are lawful
        else:
            assert statement.body == body


@pytest.mark.parametrize(
    "key", [k for k in KEYS if k not in {"occurred_at", "as_of", "supersedes"}]
)
def test_a_missing_part_is_refused(key):
    good = decode(noted(1).body, place="here")
    with pytest.raises(IntegrityError):
        read_statement(encode({k: v for k, v in good.items() if k != key}), place="here")


@pytest.mark.parametrize(
    "change",
    [
        {"about": []},
        {"audience": []},
        {"audience": ["south", "north"]},
        {"audience": ["north", "north"]},
        {"supersedes": []},
        {"v": 2},
        {"v": True},
        {"ground": {"basis": "register", "note": ""}},
        {"recorded_at": "2030-03-01T08:00:00.000000Z"},
    ],
)
def test_a_second_spelling_of_the_same_statement_is_refused(change):
    good = decode(noted(1).body, place="here")
    with pytest.raises(IntegrityError):
        read_statement(encode({**good, **change}), place="here")


@pytest.mark.parametrize("body", ["[]", "1", "null", '{"v":1}', "not json", "[" * 100_000])
def test_bytes_that_are_no_statement_are_refused_on_rereading_too(body):
    for read in (read_statement, reread_statement):
        raw = body.encode() if read is read_statement else body
        with pytest.raises(IntegrityError):
            read(raw, place="here")


def test_a_wider_audience_than_the_kind_admits_is_caught_before_anything_is_written():
    with pytest.raises(ValueError, match=r"custody\.placed may not be said") as caught:
        draft(
            CustodyPlaced(person=PersonId("person:p1"), place=Place(name="withheld place")),
            about=("person:p1",),
            by=PartyCode("north"),
            actor=ActorId("north-registrar"),
            recorded_at=MORNING,
            audience=frozenset({"north", "south"}),
            ground=Ground(basis="register"),
        )
    assert "withheld" not in str(caught.value)


def test_an_entry_is_referred_to_by_log_and_place():
    entry = Entry(PartyCode("north"), 17, named(1))
    assert entry.ref == "north/17"
    assert payload_of(entry, PersonNamed).name.text == "Karo Testyan-1"


def test_a_malformed_payload_names_its_entry():
    entry = Entry(PartyCode("north"), 17, replace(named(1), content={"person": 3}))
    with pytest.raises(IntegrityError) as caught:
        payload_of(entry, PersonNamed)
    assert caught.value.place == "north/17 content"


def test_a_commitment_hides_and_binds():
    salt, body = bytes(16), named(1).body
    assert len(commitment(salt, body)) == 32
    assert commitment(salt, body) != commitment(bytes(15) + b"\x01", body)
    assert commitment(salt, body) != commitment(salt, body + b" ")
    with pytest.raises(ValueError, match="16 bytes"):
        commitment(b"short", body)
