from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from repatria.ledger.kinds import KINDS
from repatria.ledger.kinds.custody_noted import CustodyEvent, CustodyNoted
from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.ledger.kinds.list_line import ListLine
from repatria.ledger.payload import from_json, to_json
from repatria.terms import IntegrityError, PartyCode

HELD = {"person": "person:p1", "event": "held", "holder": "north"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Luggage:
    """A payload of a test."""

    pieces: frozenset[str] = frozenset()
    weights: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unwritable:
    """A payload with a type that has no form in JSON."""

    weight: float


def test_a_field_that_equals_its_default_is_left_out():
    noted = from_json(CustodyNoted, HELD, place="here")
    assert noted == CustodyNoted(
        person=noted.person, event=CustodyEvent.HELD, holder=PartyCode("north")
    )
    assert to_json(noted) == HELD
    assert to_json(Luggage()) == {}


def test_sets_are_written_sorted_and_come_back():
    packed = Luggage(pieces=frozenset({"trunk", "bag"}), weights={"bag": 3})
    assert to_json(packed) == {"pieces": ["bag", "trunk"], "weights": {"bag": 3}}
    assert from_json(Luggage, to_json(packed), place="here") == packed


def test_a_key_from_a_newer_version_is_left_alone():
    assert from_json(CustodyNoted, {**HELD, "guard": "x"}, place="here").holder == "north"


@pytest.mark.parametrize(
    "change",
    [
        {"person": 3},
        {"event": "vanished"},
        {"event": None},
        {"holder": None},
        {"on": "3.12.2029"},
        {"on": " 2029"},
        {"on": 2029},
        {"exchange": True},
    ],
)
def test_a_value_of_another_type_is_refused_without_being_quoted(change):
    with pytest.raises(IntegrityError) as caught:
        from_json(CustodyNoted, {**HELD, **change}, place="north/3 content")
    assert str(caught.value) == "north/3 content: payload-malformed"


def test_a_missing_field_is_refused():
    with pytest.raises(IntegrityError):
        from_json(CustodyNoted, {"person": "person:p1"}, place="here")


@pytest.mark.parametrize("content", [None, [], "text", 3])
def test_something_that_is_no_object_is_refused(content):
    with pytest.raises(IntegrityError):
        from_json(CustodyNoted, content, place="here")


@pytest.mark.parametrize(
    "change",
    [
        {"names": "Karo"},
        {"names": []},
        {"names": [None]},
        {"names": [{"text": ""}]},
        {"names": ["Karo"]},
        {"extra": ["a"]},
        {"extra": {"a": 1}},
        {"number": True},
        {"number": "1"},
    ],
)
def test_a_nested_value_of_another_type_is_refused(change):
    good = {"list_id": "list:a", "line_id": "line:a", "number": 1, "names": [{"text": "Karo"}]}
    assert from_json(ListLine, good, place="here").names[0].text == "Karo"
    with pytest.raises(IntegrityError):
        from_json(ListLine, {**good, **change}, place="here")


def test_a_payload_with_a_type_that_has_no_form_is_a_bug():
    with pytest.raises(AssertionError, match="no codec"):
        to_json(Unwritable(weight=0.5))


def test_every_kind_has_a_name_of_its_own_and_a_payload_of_its_own():
    assert all(kind.name == name for name, kind in KINDS.items())
    assert len({kind.payload for kind in KINDS.values()}) == len(KINDS)


def test_what_is_struck_out_is_a_field_of_the_payload():
    for kind in KINDS.values():
        assert kind.redacted <= set(kind.payload.__dataclass_fields__), kind.name


def test_redacting_strikes_out_the_sensitive_keys_and_no_others():
    kind = KINDS["list.line"]
    shown = kind.redact({"number": 3, "father": "Ashot", "note": "x"})
    assert shown == {"number": 3, "father": "[withheld]", "note": "[withheld]"}


LABELS = ("north", "south", "intermediary", "north.medical", "south.medical", "family:a", "public")


@pytest.mark.parametrize(
    ("readers", "admitted"),
    [
        (Readers.OWN, {"north"}),
        (Readers.AGENCY, {"north", "intermediary"}),
        (Readers.MEDICAL, {"north.medical"}),
        (Readers.FAMILY, {"north", "intermediary", "family:a"}),
        (Readers.PARTIES, {"north", "south", "intermediary"}),
        (Readers.PUBLIC, set(LABELS)),
    ],
)
def test_each_circle_of_readers_admits_its_labels_and_no_others(readers, admitted):
    kind = Kind(name="a.b", payload=Luggage, sensitivity=Sensitivity.PERSONAL, readers=readers)
    by = PartyCode("north")
    assert {label for label in LABELS if kind.admits(frozenset({label}), by)} == admitted
    assert not kind.admits(frozenset(), by)
    if set(LABELS) - admitted:
        assert not kind.admits(frozenset(LABELS), by)
