"""An export says why a body is missing, and never invents a reason."""

import json

import pytest

from repatria.ledger.export import export_lines, verify_export
from repatria.ledger.kinds.statement_lost import StatementLost
from repatria.ledger.verification import StoredEntry
from repatria.terms import PartyCode
from repatria.wiring.exporting import lost_places
from statements import keyring_of_party, list_log, noted, said

NORTH = PartyCode("north")


@pytest.fixture
def log():
    log = list_log("north")
    log.append([noted(1), noted(2), noted(3)])
    lost = StatementLost(places="1")
    log.append([said(lost, about=("log:north",), audience=("north", "south"))])
    return log


def lines_of(log, *, without=(), **told):
    bodies = {d.seq: d for d in log.bodies_for(NORTH) if d.seq not in without}
    entries = [
        StoredEntry(
            seq=n,
            commitment=committed,
            salt=bodies[n].salt if n in bodies else None,
            body=bodies[n].body if n in bodies else None,
        )
        for n, committed in enumerate(log.commitments(NORTH))
    ]
    return list(
        export_lines(
            entries,
            [(3, log.note(NORTH, 3)), (4, log.signed_head())],
            origin=NORTH,
            size=4,
            note=log.signed_head(),
            keyrings=[keyring_of_party("north").envelope.text],
            **told,
        )
    )


def test_what_was_erased_or_lost_is_said_to_be(log):
    lines = lines_of(log, without=(0, 1), erased={0}, lost=lost_places(log, NORTH))

    told = [json.loads(line).get("missing") for line in lines if b'"commitment"' in line]
    report = verify_export(lines, known=keyring_of_party("north"))
    assert told == ["erased", "lost", None, None]
    assert (report.faults, report.bodies, report.erased, report.lost) == ([], 2, 1, 1)


def test_a_body_that_nobody_says_why_it_is_missing_is_a_fault(log):
    report = verify_export(lines_of(log, without=(2,), erased={0}))

    assert [(f.place, f.code) for f in report.faults] == [("north/2 body", "body-missing")]


def test_a_body_that_is_held_is_shown_whatever_was_said_of_it(log):
    report = verify_export(lines_of(log, lost={0, 1, 2}, erased={0, 1, 2}))

    assert (report.faults, report.bodies) == ([], 4)


def test_an_erased_body_stays_called_erased_where_all_are_withheld(log):
    report = verify_export(lines_of(log, without=(0,), erased={0}, bodies=False))

    assert (report.faults, report.erased, report.withheld) == ([], 1, 3)


def test_every_fault_is_told_not_only_the_first(log):
    lines = lines_of(log)
    lines[1] = lines[1].replace(b"person:p1", b"person:p9")
    lines[2] = lines[2].replace(b"person:p2", b"person:p8")
    del lines[-1]

    found = [(f.place, f.code) for f in verify_export(lines).faults]

    assert found == [
        ("north/0 body", "body-not-as-committed"),
        ("north/1 body", "body-not-as-committed"),
        ("north checkpoint", "tail-not-signed"),
        ("header", "export-not-whole"),
    ]


def test_an_empty_log_leaves_as_one_line():
    (line,) = export_lines(
        [], [], origin=NORTH, size=0, note="", keyrings=[keyring_of_party("north").envelope.text]
    )
    assert verify_export([line]).holds


def test_nothing_at_all_is_no_export():
    assert [f.code for f in verify_export([]).faults] == ["export-malformed"]
