"""A copy is exactly what was signed, or it is none; a correction is a new version."""

import json
import re

import pytest

from repatria.operations.bulletin_versions import check_copy, keys_of, signed_bulletins
from repatria.operations.bulletins import publish_bulletin
from repatria.operations.publicity import record_claims
from repatria.record.bulletin_figures import HASHTAGS, hxl_csv
from repatria.record.claim_rows import claims_in
from repatria.record.signed_bulletin import read_signed_bulletin, signed_bulletin_in
from repatria.terms import IntegrityError, Role
from simulators.party import INTERMEDIARY, NORTH, SOUTH
from simulators.refusals import refuses

CLAIMS = (
    "id,speaker,via,said_on,measure,population,holder,to_party,value,event\n"
    "c1,Government of South,Agency A,2030-02-20,held,south,north,,9,\n"
)


def publish(met, *, languages=("en",), **more):
    """The bulletin the intermediary puts out on the 28th."""
    met.clock.turn_to(met.clock.at.replace(day=28))
    given = {
        "manifest_id": met.manifest_id,
        "event": "march",
        "populations": {NORTH: "south", SOUTH: "north"},
        "issued_by": "The intermediary",
        "health_speaker": "The intermediary",
        "languages": languages,
        "labels": {},
    }
    return publish_bulletin(met.intermediary.desk(Role.PRESS), **{**given, **more})


@pytest.fixture
def released(at):
    """An exchange with both receipts, one public claim, and the bulletin about it."""
    met = at("crossed").sign(NORTH).sign(SOUTH)
    record_claims(met.intermediary.desk(Role.PRESS), claims_in(CLAIMS))
    met.carry_all()
    [published] = publish(met, says_released=True)
    return met, published


def check(met, raw, known=()):
    """What a copy is a copy of, by the intermediary's keyring alone."""
    keys = keys_of([met.intermediary.keyring])
    return check_copy(raw, known=known, keys=keys, place="copy")


def test_every_file_of_a_bulletin_is_known_again(released):
    met, published = released
    assert set(published.files) == {"html", "csv", "json"}
    for ending, raw in published.files.items():
        checked = check(met, raw, [published.signed])
        assert (checked.ending, checked.by) == (ending, INTERMEDIARY)
        assert checked.signed == published.signed


def test_a_copy_with_one_changed_digit_is_not_as_signed(released):
    met, published = released
    raw = published.files["json"]
    digits = [m.start() for m in re.finditer(rb"\d", raw)]
    assert len(digits) > 200
    for place in digits[:: max(1, len(digits) // 60)]:
        other = b"7" if raw[place : place + 1] != b"7" else b"8"
        with pytest.raises(IntegrityError, match="bulletin-not-as-signed"):
            check(met, raw[:place] + other + raw[place + 1 :])


@pytest.mark.parametrize("ending", ["html", "csv"])
def test_a_changed_file_is_none_that_was_published(released, ending):
    met, published = released
    changed = published.files[ending].replace(b"4", b"5", 1)
    assert changed != published.files[ending]
    with pytest.raises(IntegrityError, match="copy-not-as-published"):
        check(met, changed, [published.signed])


def test_a_printed_copy_with_one_changed_digit_is_none_that_was_published(at):
    met = at("frozen")
    [published] = publish(met, printed=True)
    raw = published.files["pdf"]
    digits = [m.start() for m in re.finditer(rb"\d", raw)]

    assert check(met, raw, [published.signed]).ending == "pdf"
    for place in digits[:: max(1, len(digits) // 40)]:
        other = b"7" if raw[place : place + 1] != b"7" else b"8"
        with pytest.raises(IntegrityError, match="copy-not-as-published"):
            check(met, raw[:place] + other + raw[place + 1 :], [published.signed])


def test_a_copy_spelled_otherwise_or_with_something_added_is_none(released):
    met, published = released
    value = json.loads(published.files["json"])
    twice = published.files["json"].replace(b'"id":', b'"id": "x", "id":', 1)
    added = json.dumps({**value, "more": 1}, indent=1, sort_keys=True).encode()
    for raw in (json.dumps(value).encode(), twice, added, b"{}", b"{" * 5000):
        with pytest.raises(IntegrityError, match="bulletin-not-as-signed"):
            check(met, raw)


def test_who_did_not_issue_it_cannot_sign_it(released):
    met, published = released
    with pytest.raises(IntegrityError, match="bulletin-not-as-signed"):
        check_copy(
            published.files["json"],
            known=(),
            keys=keys_of([met.north.keyring]),
            place="copy",
        )


@pytest.mark.parametrize(
    "change",
    [{"keyid": 1}, {"signature": "AA=="}, {"signature": "?"}, {"bulletin": []}, {"bulletin": {}}],
)
def test_what_is_no_signed_bulletin_is_said_to_be_none(released, change):
    _, published = released
    with pytest.raises(IntegrityError, match="bulletin-malformed"):
        signed_bulletin_in({**published.signed.as_json, **change}, place="copy")


@pytest.mark.parametrize(
    ("key", "value"),
    [("version", 0), ("version", True), ("by", 1), ("files", {"html": 1}), ("said", "words")],
)
def test_a_document_of_another_shape_is_no_bulletin(released, key, value):
    _, published = released
    changed = {**published.signed.document, key: value}
    with pytest.raises(IntegrityError, match="bulletin-malformed"):
        signed_bulletin_in({**published.signed.as_json, "bulletin": changed}, place="copy")


def test_a_file_that_is_too_long_is_not_read():
    with pytest.raises(IntegrityError, match="bulletin-malformed"):
        read_signed_bulletin(b"[" + b" " * (4 * 1024 * 1024), place="copy")


def test_peers_hold_the_signed_bulletin_and_can_check_it(released):
    met, published = released
    met.carry_all()
    assert signed_bulletins(met.north.log) == (published.signed,)


def test_a_correction_is_a_new_version_that_names_the_one_before(released):
    met, published = released
    corrected = {"corrects": published.bulletin.id, "reason": "The issuer was named wrongly."}
    [second] = publish(met, issued_by="The intermediary's press office", **corrected)
    assert (second.bulletin.id, second.bulletin.version) == (published.bulletin.id, 2)
    assert second.signed.document["previous"] == published.signed.digest
    first, last = signed_bulletins(met.intermediary.log)
    assert check(met, published.files["json"], (first, last)).newer == (last.digest,)
    assert check(met, second.files["json"], (first, last)).newer == ()


def test_a_correction_needs_a_reason_and_every_language(at):
    met = at("crossed").sign(NORTH).sign(SOUTH)
    published = publish(met, languages=("en", "ar"))
    with refuses(met.intermediary, "correction-needs-reason", "correction-leaves-language"):
        publish(met, corrects=published[0].bulletin.id, reason=" ")
    with refuses(met.intermediary, "bulletin-unknown"):
        publish(met, corrects="bulletin:none", reason="a mistake")


def test_nobody_is_released_by_one_receipt_or_by_none(at):
    met = at("crossed")
    with refuses(
        met.intermediary,
        "no-receipt-for-handing-over",
        "no-receipt-for-receiving",
        "nobody-to-publish",
    ):
        publish(met, says_released=True)
    met.sign(NORTH)
    met.carry_all()
    with refuses(
        met.intermediary,
        "no-receipt-for-handing-over",
        "no-receipt-for-receiving",
        "nobody-to-publish",
    ):
        publish(met, says_released=True)
    assert publish(met)


def test_the_figures_keep_their_speakers_and_what_they_rest_on(released):
    _, published = released
    figures = published.signed.document["figures"]
    assert [(f["measure"], f["rests_on"], f["value"]) for f in figures] == [
        ("released", "both-receipts", 1),
        ("released", "both-receipts", 4),
        ("held", "claim", 9),
        ("remaining", "derived", 5),
    ]
    assert all(f["speaker"] and f["sources"] for f in figures)
    heading, tags, *rows = published.files["csv"].decode().splitlines()
    assert heading.split(",") == list(HASHTAGS)
    assert tags.split(",") == list(HASHTAGS.values())
    assert len(rows) == len(figures)


def test_a_spreadsheet_has_nothing_to_reckon_with():
    [row] = hxl_csv([{"speaker": "=1+1", "value": 3}]).splitlines()[2:]
    assert "'=1+1" in row
